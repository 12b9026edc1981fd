"""How do the facts under a customer's name share one line, the least important giving way?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import PaintedButton
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.plain_text import plain_tooltip

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["MetaRow", "ReachLink"]

_GAP, _HEIGHT, _ICON, _LEAST = 20, 24, 14, 120


class ReachLink(PaintedButton):
    """A telephone number that calls when pressed, or an address that writes.

    `verb` says so, with {0} in place of the number or address.
    """

    def __init__(
        self, theme: Theme, *, icon: str, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._icon, self._verb = icon, verb
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_target("")

    def show_target(self, target: str) -> None:
        """Show another number or address, or hide for lack of one."""
        self.setText(target)
        self.setAccessibleName(self._verb.format(target).strip())
        self.setToolTip(plain_tooltip(self._verb.format(target)) if target else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        px, font = self._theme.px, self._theme.font(TextStyle.SMALL_STRONG)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        return QSize(words + px(_ICON) + 10 if words else 0, px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        self.paint_ground(painter)
        side = theme.px(_ICON)
        sign = QRect(0, (self.height() - side) // 2, side, side)
        theme.icons.paint(painter, sign, self._icon, theme.tokens.text2)
        painter.setFont(theme.font(TextStyle.SMALL_STRONG))
        painter.setPen(theme.tokens.text)
        words = self.rect().adjusted(side + 8, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)


class MetaRow(QWidget):
    """Places its facts from the left; those that find no room hide, the last one is shortened.

    The fact given as `at_end` keeps its place at the right.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: list[QWidget] = []
        self._at_end: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, fact: QWidget) -> None:
        """Put a fact behind those that are there."""
        fact.setParent(self)
        self._facts.append(fact)

    def set_at_end(self, fact: QWidget | None) -> None:
        """Keep a fact at the right end, or none."""
        if self._at_end is not None and fact is not self._at_end:
            self._at_end.hide()
        if fact is not None:
            fact.setParent(self)
        self._at_end = fact
        self.place_facts()

    def place_facts(self) -> None:
        """Give each fact its place again, after one of them changed."""
        px, height = self._theme.px, self.height()
        right = self.width()
        if self._at_end is not None:
            hint = self._at_end.sizeHint()
            right -= hint.width()
            self._at_end.setGeometry(right, 0, hint.width(), height)
            self._at_end.show()
            right -= px(_GAP)
        left, is_full = 0, False
        for fact in self._facts:
            wanted = fact.sizeHint().width() if not fact.property("absent") else 0
            width = min(wanted, right - left)
            fits = not is_full and wanted > 0 and (width == wanted or width > px(_LEAST))
            is_full = is_full or (wanted > 0 and width < wanted)
            fact.setVisible(fits)
            if fits:
                fact.setGeometry(left, 0, width, height)
                left += width + px(_GAP)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(400), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(100), self._theme.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place_facts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.place_facts()
