"""How does the navigation at the left show its sections and their counts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Slot

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.row_list import RowDelegate, RowList, RowState
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["NavItem", "NavList"]

_WIDTH, _FOLDED, _INSET, _PAD, _ICON, _GAP, _BREAK = 184, 48, 8, 8, 16, 9, 17


@dataclass(frozen=True, slots=True)
class NavItem:
    """A section: `urgent` turns its count red, for broken promises only."""

    key: str
    title: str = ""
    icon: str = ""
    count: str = ""
    urgent: bool = False

    @classmethod
    def break_line(cls) -> NavItem:
        """Return the hairline between two groups of sections."""
        return cls("")

    @property
    def is_choosable(self) -> bool:
        """Whether it is a section."""
        return bool(self.title)

    @property
    def spoken(self) -> str:
        """The section as it is read out."""
        return f"{self.title}, {self.count}" if self.count else self.title

    @property
    def tip(self) -> str:
        """What the tooltip says."""
        return self.title


class NavList(RowList):
    """The sections; a click or Enter opens one, the arrows move between them."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.folded = False
        self.setItemDelegate(_NavDelegate(theme, self))
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(0, _INSET, 0, _INSET)
        self.clicked.connect(self._activate)
        self._fit_width()
        theme.changed.connect(self._fit_width)

    def show_items(self, items: Sequence[NavItem]) -> None:
        """Show these sections and lines."""
        self.show_entries(items)

    def set_folded(self, *, folded: bool) -> None:
        """Show icons only, for a narrow window."""
        self.folded = folded
        self._fit_width()
        self.viewport().update()

    @Slot()
    def _fit_width(self) -> None:
        self.setFixedWidth(self._theme.px(_FOLDED if self.folded else _WIDTH))

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self._content_height() + 2 * _INSET)


class _NavDelegate(RowDelegate):
    """Paints a section with its icon, words and count."""

    def entry_height(self, entry: NavItem) -> int:
        theme = self._theme
        return theme.metrics.nav_row + 2 if entry.is_choosable else theme.px(_BREAK)

    def paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: NavItem, state: RowState
    ) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        rect = option.rect.adjusted(px(_INSET), 1, -px(_INSET), -1)
        if not entry.is_choosable:
            painter.fillRect(rect.left() + 8, rect.center().y(), rect.width() - 16, 1, tokens.line)
            return
        if state.selected or state.hovered:
            ground = tokens.sel if state.selected else tokens.hover
            paint_box(painter, rect, ground=ground, edge=None)
        if state.focused:
            paint_ring(painter, rect, tokens.accent)
        side = px(_ICON)
        sign = QRect(rect.left() + px(_PAD), rect.center().y() - side // 2 + 1, side, side)
        ink = tokens.ink_on_selection(Tone.TEXT) if state.selected else tokens.text2
        theme.icons.paint(painter, sign, entry.icon, ink)
        if rect.width() > px(_FOLDED):
            self._paint_words(painter, rect, entry, selected=state.selected)

    def _paint_words(
        self, painter: QPainter, rect: QRect, item: NavItem, *, selected: bool
    ) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        words = rect.adjusted(px(_PAD + _ICON + _GAP), 0, -px(_PAD), 0)
        painter.setFont(theme.font(TextStyle.STRONG if selected else TextStyle.BODY))
        painter.setPen(tokens.sel_text if selected else tokens.text)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, item.title)
        painter.setFont(theme.font(TextStyle.SMALL_STRONG if item.urgent else TextStyle.SMALL))
        painter.setPen(tokens.bad if item.urgent else tokens.text2)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, flags, item.count)
