"""Shall a change that never went out be thrown away? It cannot come back, so it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.sync_edits import WaitingGroup
    from loyaldesk.ui.desk import Desk

__all__ = ["DiscardDialog"]

translate = QCoreApplication.translate


class DiscardDialog(Dialog):
    """Names what goes and what stays."""

    def __init__(self, desk: Desk, group: WaitingGroup, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=translate("DiscardDialog", "Discard “{0}”?").format(group.label),
            verb=translate("DiscardDialog", "Discard the change"),
            cancel=translate("DiscardDialog", "Keep it"),
            body=_fate(was_sent=group.tries > 0),
            parent=parent,
        )
        self.cancel_button.setFocus()


def _fate(*, was_sent: bool) -> str:
    if was_sent:
        return translate(
            "DiscardDialog",
            "This change was sent, but no answer came back, so it may be at the hub already. Its "
            "opposite is sent after it. Export it to a file first if you may need the text.",
        )
    return translate(
        "DiscardDialog",
        "The record goes back to what the hub has. This change was never sent and cannot be "
        "brought back; export it to a file first if you may need the text.",
    )
