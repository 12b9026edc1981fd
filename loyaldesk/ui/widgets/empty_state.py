"""Why is a list empty? One of four reasons, said in a sentence, with the way out."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["EmptyReason", "EmptyState"]

_ROUND, _ICON, _WIDTH = 40, 20, 360
_ICONS = {"nothing yet": "circle-dashed", "filtered": "funnel-x", "not synced": "cloud-off"}


class EmptyReason(Enum):
    """Why there is nothing to see."""

    NOTHING_YET = "nothing yet"
    FILTERED = "filtered"
    NOT_SYNCED = "not synced"
    NO_RIGHT = "no right"


class EmptyState(QWidget):
    """A title, one sentence and one button in the upper third of an empty list."""

    action_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        self._theme = theme
        self._sign = _RoundIcon(theme)
        self._title = TextLabel(theme, "", TextStyle.PANEL_TITLE)
        self._sentence = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._button: Button | None = None
        self._column.addStretch(1)
        for widget in (self._sign, self._title, self._sentence):
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(2)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reason = EmptyReason.NOTHING_YET

    def explain(
        self,
        reason: EmptyReason,
        title: str,
        sentence: str,
        *,
        action: str = "",
        icon: str = "",
    ) -> None:
        """Say why the list is empty and offer one way out."""
        self.reason = reason
        self._sign.show_icon(icon or _ICONS.get(reason.value, "lock"))
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setFixedWidth(min(self._theme.px(_WIDTH - 64), _WIDTH * 2))
        # A centred label is not asked for its height at this width.
        width = self._sentence.width()
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(width) if sentence else 0)
        self.setAccessibleName(f"{title}. {sentence}")
        if self._button is not None:
            self._column.removeWidget(self._button)
            self._button.deleteLater()
            self._button = None
            self._column.takeAt(self._column.count() - 2)  # the space above the old button
        if action:
            self._button = Button(self._theme, action)
            self._button.clicked.connect(self.action_chosen)
            centre = Qt.AlignmentFlag.AlignHCenter
            self._column.insertSpacing(self._column.count() - 1, 8)
            self._column.insertWidget(self._column.count() - 1, self._button, 0, centre)

    @property
    def words(self) -> tuple[str, str]:
        """The title and the sentence."""
        return self._title.text(), self._sentence.text()


class _RoundIcon(QWidget):
    """An icon on a round sunken field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, "circle-dashed"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_ROUND), self._theme.px(_ROUND))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, side = self._theme.tokens, self._theme.px(_ICON)
        ground = tokens.sunken
        paint_box(painter, self.rect(), ground=ground, edge=None, radius=self.height() / 2)
        sign = QRect(0, 0, side, side)
        sign.moveCenter(self.rect().center())
        self._theme.icons.paint(painter, sign, self._icon, tokens.text2)
