"""What went on with the hub lately, to read and to send to whoever helps?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtGui import QGuiApplication

from loyaldesk.ui.forms.scroll_dialog import ScrollDialog
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.sync.sync_log import SyncLog

__all__ = ["LogDialog"]

TEXT_HEIGHT = 320


class LogDialog(ScrollDialog):
    """The lines since the window was opened; its button copies them."""

    def __init__(self, desk: Desk, log: SyncLog, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Log of the exchange with the hub"),
            body=self.tr(
                "States and counts since the window was opened. No names, addresses or records "
                "are in it, so it is safe to send on."
            ),
            verb=self.tr("Copy the log"),
            cancel=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._desk = desk
        self.log = _LogText(desk.theme, name=self.tr("Log"))
        self.log.setReadOnly(True)
        self.log.setPlainText(log.text() or self.tr("Nothing happened yet."))
        self.content.addWidget(self.log)

    @Slot()
    def accept(self) -> None:
        """Copy the log and close."""
        QGuiApplication.clipboard().setText(self.log.toPlainText())
        self._desk.news.said.emit(self.tr("The log is copied"), False)
        super().accept()


class _LogText(TextArea):
    """A text area as high as a page of a log."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(TEXT_HEIGHT))
