"""Shall this desk be signed out of its hub? What stays and what waits is said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot

from loyaldesk.ui.sync.connect_work import disconnect
from loyaldesk.ui.sync.state_words import changes, hub_name
from loyaldesk.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["DisconnectDialog"]

translate = QCoreApplication.translate


class DisconnectDialog(Dialog):
    """Signing in again goes on where it was left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        state = desk.news.sync
        super().__init__(
            desk.theme,
            title=translate("DisconnectDialog", "Sign out of {0}?").format(hub_name(state)),
            verb=translate("DisconnectDialog", "Sign out"),
            cancel=translate("DisconnectDialog", "Stay connected"),
            body=_fate(desk),
            parent=parent,
        )
        self._desk = desk

    @Slot()
    def accept(self) -> None:
        """Sign out."""
        news = self._desk.news

        def done(_: object) -> None:
            news.hub_changed.emit()
            said = translate("DisconnectDialog", "Signed out; your records are still here")
            news.said.emit(said, False)

        self._desk.jobs.network(
            disconnect,
            lane="sign-in",
            owner=news,
            then=done,
            failed=lambda error: news.said.emit(str(error), False),
            profile=self._desk.temporary.parent.parent,
        )
        super().accept()


def _fate(desk: Desk) -> str:
    words = translate(
        "DisconnectDialog",
        "The records stay on this computer and can be read and edited. Nothing is sent or "
        "received until you sign in again.",
    )
    count = desk.news.sync.waiting
    if not count:
        return words
    waiting = changes(count, desk.formats)
    kept = translate(
        "DisconnectDialog", "{0} that the hub does not have yet: kept here until then."
    )
    return f"{words} {kept.format(waiting)}"
