"""How does a state look: icon and word on a soft ground, never colour alone?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import RADIUS, paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Chip", "ChipLabel", "chip_width", "fill_chip", "paint_chip"]

_PAD, _ICON, _GAP, _HEIGHT = 6, 14, 3, 20


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in one word with its icon; `quadrant` 0 to 3 draws the 2 × 2 glyph instead."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str = ""
    quadrant: int | None = None

    @property
    def has_icon(self) -> bool:
        """Whether something is drawn before the word."""
        return bool(self.icon) or self.quadrant is not None


def chip_width(chip: Chip, theme: Theme) -> int:
    """Return the width of a chip in pixels."""
    words = QFontMetricsF(theme.font(TextStyle.SMALL_MEDIUM)).horizontalAdvance(chip.text)
    icon = theme.px(_ICON + _GAP) if chip.has_icon else 0
    return int(words + 0.999) + icon + 2 * theme.px(_PAD)


def paint_chip(painter: QPainter, rect: QRect, chip: Chip, theme: Theme) -> int:
    """Paint a chip at the left of a rectangle, centred in its height; return the chip's width."""
    width = min(chip_width(chip, theme), rect.width())
    fill_chip(painter, QRect(rect.left(), rect.top(), width, rect.height()), chip, theme)
    return width


def fill_chip(painter: QPainter, rect: QRect, chip: Chip, theme: Theme) -> None:
    """Paint a chip as wide as a rectangle that was measured before, centred in its height."""
    height, width = theme.px(_HEIGHT), rect.width()
    top = rect.center().y() - height // 2 + 1
    device = painter.device()
    picture = theme.icons.picture(
        (chip.tone, chip.icon, chip.quadrant, theme.tokens.scheme, theme.tokens.base.rgba()),
        QSize(width, height),
        device.devicePixelRatioF() if device else 1.0,
        lambda inside: _paint_ground(inside, QRect(0, 0, width, height), chip, theme),
    )
    painter.drawPixmap(rect.left(), top, picture)
    left = rect.left() + theme.px(_PAD) + (theme.px(_ICON + _GAP) if chip.has_icon else 0)
    painter.setFont(theme.font(TextStyle.SMALL_MEDIUM))
    painter.setPen(theme.tokens.ink(chip.tone))
    measure = painter.fontMetrics()
    painter.drawText(left, top + (height + measure.ascent() - measure.descent()) // 2, chip.text)


def _paint_ground(painter: QPainter, box: QRect, chip: Chip, theme: Theme) -> None:
    tokens, ink = theme.tokens, theme.tokens.ink(chip.tone)
    edge = ink if tokens.is_high_contrast else None
    paint_box(painter, box, ground=tokens.soft(chip.tone), edge=edge, radius=RADIUS)
    if not chip.has_icon:
        return
    side = theme.px(_ICON)
    sign = QRect(theme.px(_PAD), (box.height() - side) // 2, side, side)
    if chip.quadrant is None:
        theme.icons.paint(painter, sign, chip.icon, ink)
    else:
        paint_quadrant(painter, sign, chip.quadrant, ink)


def paint_quadrant(painter: QPainter, rect: QRect, cell: int, ink: QColor) -> None:
    """Paint the 2 × 2 glyph with one cell filled: 0 top left, 1 top right, 2 and 3 below."""
    side = (rect.width() - 2) // 2
    for number in range(4):
        left = rect.left() + (number % 2) * (side + 2)
        top = rect.top() + (number // 2) * (side + 2)
        ground = ink if number == cell else None
        paint_box(painter, QRect(left, top, side, side), ground=ground, edge=ink, radius=1)


class ChipLabel(QWidget):
    """A chip that stands in a layout; it says a state and is not clickable."""

    def __init__(self, theme: Theme, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Show another state."""
        self.chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.chip, self._theme), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self.chip, self._theme)
