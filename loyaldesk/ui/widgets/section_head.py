"""How does a section say its name, count and answer, and fold away?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import PaintedButton
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["SectionHead"]

_HEIGHT, _FOLDED_HEIGHT, _CHEVRON, _GAP = 28, 32, 14, 6


class SectionHead(QWidget):
    """A section's name and count at the left, its answer and actions at the right.

    A foldable one hides its body by click or Enter; folded, the answer still stands there.
    """

    folded_changed = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        title: str,
        *,
        foldable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bodies: list[QWidget] = []
        self._title = _FoldTitle(theme, title, foldable=foldable)
        self._answer = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addStretch(1)
        self._row.addWidget(self._answer)
        self._title.clicked.connect(lambda: self.fold(not self.folded))

    @property
    def folded(self) -> bool:
        """Whether the body is hidden."""
        return self._title.folded

    def set_count(self, count: str) -> None:
        """Show how many there are, ready to read."""
        self._title.set_count(count)

    def set_answer(self, answer: str, tone: Tone = Tone.SECONDARY) -> None:
        """Show the one-line answer at the right, which stays when the section is folded."""
        self._answer.setText(answer)
        self._answer.set_tone(tone)

    def add_action(self, action: QWidget) -> None:
        """Put a button, link or chip at the right end."""
        self._row.addWidget(action)

    def add_body(self, body: QWidget) -> None:
        """Name a widget that is hidden while the section is folded."""
        self._bodies.append(body)
        body.setVisible(not self.folded)

    def fold(self, folded: bool) -> None:
        """Hide or show the body."""
        if folded == self.folded:
            return
        self._title.set_folded(folded=folded)
        for body in self._bodies:
            body.setVisible(not folded)
        self.updateGeometry()
        self.folded_changed.emit(folded)

    def sizeHint(self) -> QSize:
        height = _FOLDED_HEIGHT if self.folded else _HEIGHT
        return QSize(super().sizeHint().width(), self._theme.px(height))


class _FoldTitle(PaintedButton):
    """The name with its chevron: the part of a section head that takes the focus."""

    def __init__(self, theme: Theme, title: str, *, foldable: bool) -> None:
        super().__init__(theme)
        self.folded, self._count, self._foldable = False, "", foldable
        self.setText(title)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if foldable else Qt.FocusPolicy.NoFocus)
        self.setEnabled(foldable)
        self._tell_state()

    def set_count(self, count: str) -> None:
        """Show how many there are."""
        self._count = count
        self._tell_state()

    def set_folded(self, *, folded: bool) -> None:
        """Show the chevron of a folded or an open section."""
        self.folded = folded
        self._tell_state()

    def _tell_state(self) -> None:
        words = [self.text(), self._count] if self._count else [self.text()]
        if self._foldable:
            words.append(self.tr("folded") if self.folded else self.tr("open"))
        self.setAccessibleName(", ".join(words))
        self.updateGeometry()
        self.update()

    def _chevron_width(self) -> int:
        return self._theme.px(_CHEVRON + _GAP) if self._foldable and self.folded else 0

    def sizeHint(self) -> QSize:
        theme = self._theme
        strong = QFontMetrics(theme.font(TextStyle.SMALL_STRONG)).horizontalAdvance(self.text())
        count = QFontMetrics(theme.font(TextStyle.SMALL)).horizontalAdvance(self._count)
        chevron = theme.px(_CHEVRON + _GAP) if self._foldable else 0
        return QSize(strong + theme.px(_GAP) + count + chevron + 4, theme.px(24))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, tokens, left = self._theme, self._theme.tokens, self._chevron_width()
        side = theme.px(_CHEVRON)
        sign = QRect(0, (self.height() - side) // 2, side, side)
        if left:
            theme.icons.paint(painter, sign, "chevron-right", tokens.text2)
        elif self._foldable and (self.underMouse() or self.hasFocus()):
            # Behind the words, so that nothing moves under the pointer.
            sign.moveRight(self.width() - 4)
            theme.icons.paint(painter, sign, "chevron-down", tokens.text2)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(TextStyle.SMALL_STRONG))
        painter.setPen(tokens.text2)
        words = painter.fontMetrics().horizontalAdvance(self.text())
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), middle, self.text())
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(tokens.text3)
        count = self.rect().adjusted(left + words + theme.px(_GAP), 0, 0, 0)
        painter.drawText(count, middle, self._count)
        if self.hasFocus():
            paint_ring(painter, self.rect(), tokens.accent)
