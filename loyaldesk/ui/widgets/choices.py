"""How does a list offer its filters: chips that are on or off, and one of several views?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import PaintedButton
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["FilterChip", "Segment"]

_PAD, _ICON, _GAP = 10, 16, 6


class FilterChip(PaintedButton):
    """A filter that is on or off, with the number of rows it would leave."""

    def __init__(
        self, theme: Theme, text: str, *, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._icon_name, self._count = icon, ""
        self.setText(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._tell_state)
        self._tell_state()

    def set_count(self, count: str) -> None:
        """Show a number at the right, ready to read; nothing takes it away."""
        self._count = count
        self._tell_state()

    @Slot()
    def _tell_state(self) -> None:
        state = self.tr("on") if self.isChecked() else self.tr("off")
        words = [self.tr("Filter: {0}").format(self.text()), state]
        self.setAccessibleName(", ".join([*words, self._count] if self._count else words))
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[int, int, int, int]:
        px = self._theme.px
        words = QFontMetrics(self._theme.font(TextStyle.NAME)).horizontalAdvance(self.text())
        strong = QFontMetrics(self._theme.font(TextStyle.STRONG))
        count = strong.horizontalAdvance(self._count) + px(_GAP) if self._count else 0
        icon = px(_ICON + _GAP) if self._icon_name else 0
        return icon, words, count, px(_ICON - 2 + _GAP) if self.isChecked() else 0

    def sizeHint(self) -> QSize:
        width = sum(self._parts()) + 2 * self._theme.px(_PAD)
        return QSize(width, self._theme.metrics.control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, tokens, on = self._theme, self._theme.tokens, self.isChecked()
        ground = tokens.sel if on else tokens.hover if self.underMouse() else tokens.base
        edge = tokens.accent if on else tokens.line2
        paint_box(painter, self.rect(), ground=ground, edge=edge)
        ink = tokens.sel_text if on else tokens.ink(self.tone_when_enabled(Tone.TEXT))
        icon, words, count, _cross = self._parts()
        left, height, side = theme.px(_PAD), self.height(), theme.px(_ICON)
        if icon:
            sign = QRect(left, (height - side) // 2, side, side)
            theme.icons.paint(painter, sign, self._icon_name, ink)
        painter.setPen(ink)
        painter.setFont(theme.font(TextStyle.NAME))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left + icon, 0, words + 4, height), middle, self.text())
        painter.setFont(theme.font(TextStyle.STRONG))
        at = left + icon + words
        painter.drawText(QRect(at + theme.px(_GAP), 0, count, height), middle, self._count)
        if on:
            small = theme.px(_ICON - 2)
            cross = QRect(at + count + theme.px(_GAP), (height - small) // 2, small, small)
            theme.icons.paint(painter, cross, "x", ink)
        if self.hasFocus():
            paint_ring(painter, self.rect(), tokens.accent)


class Segment(QWidget):
    """One of several views in one frame; arrow keys move the choice."""

    chosen_changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[str, str]],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._cells: dict[str, _SegmentCell] = {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, text in choices:
            cell = self._cells[key] = _SegmentCell(theme, text, name)
            self._group.addButton(cell)
            row.addWidget(cell)
            cell.toggled.connect(lambda on, k=key: self.chosen_changed.emit(k) if on else None)
        self.choose(choices[0][0])

    @property
    def chosen(self) -> str:
        """The key of the chosen view."""
        return next((key for key, cell in self._cells.items() if cell.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a view by its key."""
        self._cells[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Give a view other words, for example with a new count."""
        self._cells[key].show_text(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        paint_box(painter, self.rect(), ground=tokens.base, edge=tokens.line2)
        for cell in list(self._cells.values())[1:]:
            painter.fillRect(cell.x(), 1, 1, self.height() - 2, tokens.line)


class _SegmentCell(PaintedButton):
    """A view in a segment; only the chosen one is a stop for Tab."""

    def __init__(self, theme: Theme, text: str, group_name: str) -> None:
        super().__init__(theme)
        self._group_name = group_name
        self.show_text(text)
        self.setCheckable(True)
        self.toggled.connect(self._tell_state)
        self._tell_state()

    def show_text(self, text: str) -> None:
        """Show other words."""
        self.setText(text)
        self.setAccessibleName(f"{self._group_name}: {text}")
        self.updateGeometry()

    @Slot()
    def _tell_state(self) -> None:
        chosen = self.isChecked()
        focus = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(focus)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(TextStyle.STRONG)).horizontalAdvance(self.text())
        return QSize(words + 2 * self._theme.px(_PAD), self._theme.metrics.control)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        # Qt moves the focus inside an exclusive group; the choice follows it.
        focused = self.window().focusWidget()
        if isinstance(focused, _SegmentCell) and focused.parent() is self.parent():
            focused.setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, tokens, on = self._theme, self._theme.tokens, self.isChecked()
        inside = self.rect().adjusted(1, 1, -1, -1)
        if on or self.underMouse():
            ground = tokens.sel if on else tokens.hover
            paint_box(painter, inside, ground=ground, edge=None, radius=3)
        painter.setFont(theme.font(TextStyle.STRONG if on else TextStyle.BODY))
        painter.setPen(tokens.sel_text if on else tokens.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_ring(painter, self.rect(), tokens.accent)
