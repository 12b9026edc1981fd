"""How do menu bars, scroll bars and splitters look? A title, a thumb, a line: nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QStyle, QStyleOption, QStyleOptionMenuItem, QWidget

from loyaldesk.ui.widgets.strokes import paint_box

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionSlider

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["paint_menu_title", "paint_nothing", "paint_splitter", "paint_thumb"]

_State = QStyle.StateFlag
_THUMB, _EDGE = 8, 3


def paint_nothing(_option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """Leave the ground of the window as it is, where Fusion would draw a line."""


def paint_menu_title(
    theme: Theme, option: QStyleOption, painter: QPainter, widget: QWidget | None
) -> None:
    """Paint the title of a menu; its letter is underlined once Alt gave the bar the keyboard."""
    if not isinstance(option, QStyleOptionMenuItem):
        return
    tokens, state = theme.tokens, option.state
    if state & _State.State_Selected:
        ground = tokens.sel if state & _State.State_Sunken else tokens.hover
        paint_box(painter, option.rect, ground=ground, edge=None)
    by_keyboard = widget is not None and widget.hasFocus()
    hint = Qt.TextFlag.TextShowMnemonic if by_keyboard else Qt.TextFlag.TextHideMnemonic
    painter.setPen(tokens.text if state & _State.State_Enabled else tokens.text3)
    flags = int(Qt.AlignmentFlag.AlignCenter) | int(hint)
    painter.drawText(option.rect, flags, option.text)


def paint_splitter(
    theme: Theme, option: QStyleOption, painter: QPainter, _widget: QWidget | None
) -> None:
    """Paint one pixel of the six that can be taken hold of."""
    rect = QRect(option.rect)
    if option.state & _State.State_Horizontal:
        rect.setLeft(rect.center().x())
        rect.setWidth(1)
    else:
        rect.setTop(rect.center().y())
        rect.setHeight(1)
    hovered = option.state & _State.State_MouseOver
    painter.fillRect(rect, theme.tokens.line2 if hovered else theme.tokens.line)


def paint_thumb(theme: Theme, option: QStyleOptionSlider, painter: QPainter, thumb: QRect) -> None:
    """Paint a scroll bar as a thin round thumb, without trough and arrows."""
    if option.orientation is Qt.Orientation.Vertical:
        thumb = thumb.adjusted(thumb.width() - _THUMB - _EDGE, 1, -_EDGE, -1)
    else:
        thumb = thumb.adjusted(1, thumb.height() - _THUMB - _EDGE, -1, -_EDGE)
    held = option.state & (_State.State_MouseOver | _State.State_Sunken)
    ground = theme.tokens.text2 if held else theme.tokens.line2
    paint_box(painter, thumb, ground=ground, edge=None, radius=_THUMB / 2)
