"""About: the version, and the licences of everything that is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk import __version__
from loyaldesk.resources import resource
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["AboutDialog"]

HEIGHT = 320


class AboutDialog(Dialog):
    """Version, licence, and the texts of third parties, which can be copied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("LoyalDesk {version}").format(version=__version__),
            body=self.tr(
                "Licensed under Apache-2.0. It stands on the work of others; their licences:"
            ),
            verb=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self.cancel_button.hide()
        licences = TextArea(desk.theme, name=self.tr("Licences of third parties"))
        path = resource("licences/third-party.txt")
        licences.setPlainText(path.read_text(encoding="utf-8"))
        licences.setReadOnly(True)
        licences.setMinimumHeight(desk.theme.px(HEIGHT))
        self.content.addWidget(licences)
