"""How are boxes, rings and hairlines painted, so that all of them have the same corners?"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

__all__ = ["RADIUS", "RADIUS_PANEL", "paint_box", "paint_ring"]

RADIUS, RADIUS_PANEL = 4, 6
_RING = 2


def paint_box(
    painter: QPainter,
    rect: QRect,
    *,
    ground: QColor | None,
    edge: QColor | None,
    radius: float = RADIUS,
) -> None:
    """Paint a rounded box with a 1 px edge inside its rectangle; either part may be missing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if edge is None else QPen(edge, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush if ground is None else ground)
    inset = 0.0 if edge is None else 0.5
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def paint_ring(
    painter: QPainter, rect: QRect, colour: QColor, *, width: int = _RING, radius: float = RADIUS
) -> None:
    """Paint a focus or error ring inside a rectangle, so that nothing clips it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()
