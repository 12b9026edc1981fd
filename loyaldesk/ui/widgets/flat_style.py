"""How do buttons, fields, check boxes, headers and tabs look? Fusion, a dozen things flat.

Sizes stay Fusion's: `pixelMetric` and `styleHint` are asked thousands of times a second.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygon
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionSlider,
    QStyleOptionTab,
    QTabBar,
    QWidget,
)

from loyaldesk.ui.widgets.flat_bars import (
    paint_menu_title,
    paint_nothing,
    paint_splitter,
    paint_thumb,
)
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.plain_text import make_plain
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme
    from loyaldesk.ui.widgets.tokens import Tokens

__all__ = ["FlatStyle"]

_State = QStyle.StateFlag
_Draw = Callable[[QStyleOption, QPainter, QWidget | None], None]
_INDICATOR = 16


class FlatStyle(QProxyStyle):
    """Fusion with flat buttons, fields, marks, focus rings, headers and tabs in our colours."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme
        self._primitives: dict[QStyle.PrimitiveElement, _Draw] = {
            _PE.PE_PanelButtonCommand: self._button,
            _PE.PE_PanelLineEdit: self._field,
            _PE.PE_IndicatorCheckBox: self._check_box,
            _PE.PE_IndicatorRadioButton: self._radio,
            _PE.PE_FrameFocusRect: self._focus,
            _PE.PE_FrameTabBarBase: self._tab_base,
            _PE.PE_PanelMenuBar: paint_nothing,
        }
        self._controls: dict[QStyle.ControlElement, _Draw] = {
            _CE.CE_HeaderSection: self._header,
            _CE.CE_HeaderEmptyArea: self._header,
            _CE.CE_TabBarTabShape: self._tab,
            _CE.CE_TabBarTabLabel: self._tab_label,
            _CE.CE_PushButtonLabel: self._button_label,
            _CE.CE_ShapedFrame: self._frame,
            _CE.CE_Splitter: partial(paint_splitter, theme),
            _CE.CE_MenuBarItem: partial(paint_menu_title, theme),
            _CE.CE_MenuBarEmptyArea: paint_nothing,
        }

    @property
    def _tokens(self) -> Tokens:
        return self._theme.tokens

    def _button(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        kind = widget.property("kind") if widget else None
        state = option.state
        ground, edge = self._button_colours(str(kind), state)
        paint_box(painter, option.rect, ground=ground, edge=edge)
        if state & _State.State_HasFocus:
            inset = 2 if kind == "primary" else 0
            ring = self._tokens.accent_text if kind == "primary" else self._tokens.accent
            paint_ring(painter, option.rect.adjusted(inset, inset, -inset, -inset), ring)

    def _button_colours(
        self, kind: str, state: QStyle.StateFlag
    ) -> tuple[QColor | None, QColor | None]:
        tokens = self._tokens
        enabled = bool(state & _State.State_Enabled)
        hovered = enabled and bool(state & _State.State_MouseOver)
        pressed = enabled and bool(state & (_State.State_Sunken | _State.State_On))
        if kind == "primary" and enabled:
            return (tokens.accent_ink if hovered or pressed else tokens.accent), None
        if pressed:
            return tokens.sel, tokens.accent
        if kind == "flat":
            return (tokens.hover if hovered else None), None
        ground = tokens.hover if hovered else tokens.base
        return ground, tokens.line2 if enabled else tokens.line

    def _field(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        tokens = self._tokens
        mark = widget.property("field") if widget else None
        if mark == "bare":  # it lies on a ground of its own, such as the palette
            return
        locked = mark == "locked" or not option.state & _State.State_Enabled
        edge = tokens.line if locked else tokens.line2
        paint_box(painter, option.rect, ground=tokens.sunken if locked else tokens.base, edge=edge)
        if mark == "error":
            paint_ring(painter, option.rect, tokens.bad)
        elif option.state & _State.State_HasFocus:
            paint_ring(painter, option.rect, tokens.accent)

    def _frame(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if widget is not None and widget.property("field") is not None:
            self._field(option, painter, widget)
        else:
            super().drawControl(_CE.CE_ShapedFrame, option, painter, widget)

    def _check_box(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        box = _indicator_box(option.rect)
        ink = self._indicator(option, painter, box, radius=4)
        if option.state & _State.State_On:
            painter.setPen(_pen(ink, 2))
            points = ((4, 8), (7, 11), (12, 5))
            painter.drawPolyline(QPolygon([box.topLeft() + QPoint(x, y) for x, y in points]))
        elif option.state & _State.State_NoChange:
            painter.setPen(_pen(ink, 2))
            painter.drawLine(box.left() + 4, box.center().y(), box.right() - 4, box.center().y())
        painter.restore()

    def _radio(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        box = _indicator_box(option.rect)
        ink = self._indicator(option, painter, box, radius=8)
        if option.state & _State.State_On:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(box.adjusted(5, 5, -5, -5))
        painter.restore()

    def _indicator(
        self, option: QStyleOption, painter: QPainter, box: QRect, *, radius: int
    ) -> QColor:
        tokens, state = self._tokens, option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not state & _State.State_Enabled:
            paint_box(painter, box, ground=tokens.sunken, edge=tokens.line, radius=radius)
            return tokens.text3
        chosen = bool(state & (_State.State_On | _State.State_NoChange))
        ground = tokens.accent if chosen else tokens.base
        edge = tokens.accent if chosen else tokens.line2
        paint_box(painter, box, ground=ground, edge=edge, radius=radius)
        return tokens.accent_text

    def _focus(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if not isinstance(widget, QPushButton):  # a button's ring follows its own edge
            paint_ring(painter, option.rect, self._tokens.accent)

    def _tab_base(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        painter.fillRect(_bottom(option.rect, 1), self._tokens.line)

    def _header(self, option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
        hovered = isinstance(option, QStyleOptionHeader) and option.state & _State.State_MouseOver
        painter.fillRect(option.rect, self._tokens.hover if hovered else self._tokens.window)
        painter.fillRect(_bottom(option.rect, 1), self._tokens.line)

    def _tab(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        selected = bool(option.state & _State.State_Selected)
        if isinstance(widget, QTabBar) and widget.documentMode():
            self._underlined_tab(option, painter, selected=selected)
            return
        rect = option.rect.adjusted(0, 4, 0, 8)  # the lower corners are cut off: joined to the page
        painter.save()
        painter.setClipRect(option.rect)
        if selected:
            paint_box(painter, rect, ground=self._tokens.base, edge=self._tokens.line, radius=6)
        elif option.state & _State.State_MouseOver:
            paint_box(painter, rect, ground=self._tokens.hover, edge=None, radius=6)
        painter.restore()

    def _underlined_tab(self, option: QStyleOption, painter: QPainter, *, selected: bool) -> None:
        if not selected and option.state & _State.State_MouseOver:
            painter.fillRect(option.rect, self._tokens.hover)
        if selected:
            painter.fillRect(_bottom(option.rect, 2), self._tokens.accent)

    def _tab_label(self, option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
        if not isinstance(option, QStyleOptionTab):
            return
        label = QStyleOptionTab(option)
        palette = label.palette
        chosen = bool(label.state & _State.State_Selected)
        ink = self._tokens.text if chosen else self._tokens.text2
        for role in (palette.ColorRole.WindowText, palette.ColorRole.ButtonText):
            palette.setColor(role, ink)
        label.palette = palette
        if chosen and widget is not None and widget.property("strong"):
            painter.setFont(self._theme.font(TextStyle.STRONG))
        super().drawControl(_CE.CE_TabBarTabLabel, label, painter, widget)

    def _button_label(
        self, option: QStyleOption, painter: QPainter, widget: QWidget | None
    ) -> None:
        primary = widget is not None and widget.property("kind") == "primary"
        enabled = option.state & _State.State_Enabled
        if primary and enabled and isinstance(option, QStyleOptionButton):
            option = QStyleOptionButton(option)
            palette = option.palette
            palette.setColor(palette.ColorRole.ButtonText, self._tokens.accent_text)
            option.palette = palette
        super().drawControl(_CE.CE_PushButtonLabel, option, painter, widget)

    def polish(self, target: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        if isinstance(target, QObject):
            make_plain(target)
        super().polish(target)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._primitives.get(element)
        if draw is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        draw = self._controls.get(element)
        if draw is None:
            super().drawControl(element, option, painter, widget)
        else:
            draw(option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if (
            widget is not None
            and isinstance(option, QStyleOptionSlider)
            and control is _CC.CC_ScrollBar
        ):
            thumb = self.subControlRect(control, option, _SC.SC_ScrollBarSlider, widget)
            paint_thumb(self._theme, option, painter, thumb)
        else:
            super().drawComplexControl(control, option, painter, widget)


def _indicator_box(rect: QRect) -> QRect:
    # Fusion gives 14 px; the two that are missing come out of the gap before the words.
    return QRect(rect.left(), rect.center().y() - _INDICATOR // 2 + 1, _INDICATOR, _INDICATOR)


def _bottom(rect: QRect, height: int) -> QRect:
    return QRect(rect.left(), rect.bottom() - height + 1, rect.width(), height)


def _pen(colour: QColor, width: int) -> QPen:
    return QPen(
        colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


_PE, _CE = QStyle.PrimitiveElement, QStyle.ControlElement
_CC, _SC = QStyle.ComplexControl, QStyle.SubControl
