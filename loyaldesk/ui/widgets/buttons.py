"""Which buttons are there? One filled blue one a pane; plain, flat, icon-only and link ones."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Button", "ButtonKind", "IconButton", "LinkButton", "PaintedButton"]

_PAD, _ICON, _GAP = 11, 16, 6


class ButtonKind(Enum):
    """How loud a button is; the verb says what it does, so there is no danger look."""

    PLAIN = "plain"
    PRIMARY = "primary"
    FLAT = "flat"


class Button(QPushButton):
    """A push button 28 px high (24 when small) with an optional icon before its verb."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: ButtonKind = ButtonKind.PLAIN,
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._kind, self._small = theme, kind, small
        self.setProperty("kind", kind.value)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if icon:
            primary = kind is ButtonKind.PRIMARY
            self.setIcon(theme.icon(icon, Tone.ON_ACCENT if primary else Tone.TEXT))
        theme.changed.connect(self._restyle)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._style()))
        self.setIconSize(QSize(self._theme.px(_ICON), self._theme.px(_ICON)))

    def _style(self) -> TextStyle:
        if self._small:
            return TextStyle.SMALL_MEDIUM
        return TextStyle.STRONG if self._kind is ButtonKind.PRIMARY else TextStyle.NAME

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        if not self.icon().isNull():
            width += theme.px(_ICON + (_GAP if self.text() else 0))
        height = theme.px(24) if self._small else theme.metrics.control
        arrow = theme.px(18) if self.menu() else 0
        return QSize(width + arrow + 2 * theme.px(9 if self._small else _PAD), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class PaintedButton(QAbstractButton):
    """A button that paints itself from the theme; hover and focus look the same in all of them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint pressed, hover and focus under the content."""
        tokens = self._theme.tokens
        if self.isDown() or self.isChecked():
            paint_box(painter, self.rect(), ground=tokens.sel, edge=None)
        elif self.underMouse() and self.isEnabled():
            paint_box(painter, self.rect(), ground=tokens.hover, edge=None)
        if self.hasFocus():
            paint_ring(painter, self.rect(), tokens.accent)

    def tone_when_enabled(self, tone: Tone) -> Tone:
        """Return `tone`, or muted while the button cannot be pressed."""
        return tone if self.isEnabled() else Tone.MUTED


class IconButton(PaintedButton):
    """A square button with an icon only; its name is read out and shown as a tip with its key."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        keys: str = "",
        tone: Tone = Tone.SECONDARY,
        checkable: bool = False,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon_name, self._tone, self._small = icon, tone, small
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name, keys)

    def set_name(self, name: str, keys: str = "") -> None:
        """Give the button another name, with the key that does the same."""
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({native})" if native else name)

    def set_icon(self, icon: str, tone: Tone | None = None) -> None:
        """Show another icon."""
        self._icon_name, self._tone = icon, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        side = self._theme.px(24) if self._small else max(self._theme.metrics.control, 24)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        side = self._theme.px(_ICON)
        rect = QRect(0, 0, side, side)
        rect.moveCenter(self.rect().center())
        tone = Tone.ACCENT if self.isChecked() else self.tone_when_enabled(self._tone)
        self._theme.icons.paint(painter, rect, self._icon_name, self._theme.tokens.ink(tone))


class LinkButton(PaintedButton):
    """Words that act like a link: underlined on hover and focus, 24 px to hit."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        style: TextStyle = TextStyle.BODY,
        tone: Tone = Tone.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._style, self._tone = style, tone
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(self._style)).horizontalAdvance(self.text())
        return QSize(words + self._theme.px(6), self._theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font(self._style)
        if self.underMouse() or self.hasFocus():
            font = type(font)(font)
            font.setUnderline(True)
        if self.hasFocus():
            paint_ring(painter, self.rect(), self._theme.tokens.accent)
        painter.setFont(font)
        painter.setPen(self._theme.tokens.ink(self.tone_when_enabled(self._tone)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
