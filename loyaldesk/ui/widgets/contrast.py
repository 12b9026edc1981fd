"""How far apart do two colours stand, as WCAG 2.2 measures it?"""

from __future__ import annotations

from PySide6.QtGui import QColor

__all__ = ["contrast_ratio", "mix"]


def contrast_ratio(one: QColor, other: QColor) -> float:
    """Return the contrast of two opaque colours, from 1 (equal) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mix(top: QColor, ground: QColor, share: float) -> QColor:
    """Return `share` (0 to 1) of one colour laid over another."""
    return QColor.fromRgbF(
        *(
            over * share + under * (1 - share)
            for over, under in zip(_channels(top), _channels(ground), strict=True)
        )
    )


def _channels(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(channel) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
