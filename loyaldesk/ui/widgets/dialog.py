"""How does LoyalDesk ask before something leaves the house? The title asks, a button answers."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Dialog", "DialogWidth"]


class DialogWidth(Enum):
    """How wide a dialog is, in pixels at 100 %."""

    SMALL = 420
    MEDIUM = 560
    LARGE = 760


class Dialog(QDialog):
    """A question: `content` takes the fields, the verb accepts, the way back rejects."""

    def __init__(
        self,
        theme: Theme,
        *,
        title: str,
        verb: str,
        body: str = "",
        cancel: str = "",
        width: DialogWidth = DialogWidth.SMALL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._width = theme, width
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(TextLabel(theme, title, TextStyle.PANEL_TITLE, wrap=True))
        if body:
            column.addWidget(TextLabel(theme, body, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        self.content = QVBoxLayout()
        self.content.setSpacing(12)
        column.addLayout(self.content)
        column.addSpacing(4)
        column.addWidget(self._add_verbs(verb, cancel or self.tr("Cancel")))

    def _add_verbs(self, verb: str, cancel: str) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.verb_button = Button(self._theme, verb, kind=ButtonKind.PRIMARY)
        self.cancel_button = Button(self._theme, cancel)
        box.addButton(self.verb_button, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(self.cancel_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.verb_button.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.tokens.raised)

    def sizeHint(self) -> QSize:
        width = self._theme.px(self._width.value)
        height = self.heightForWidth(width) if self.hasHeightForWidth() else 0
        return QSize(width, max(height, super().sizeHint().height()))
