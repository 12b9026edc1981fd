"""Can a colour be read on white paper?"""

from __future__ import annotations

__all__ = ["READABLE", "contrast_on_white"]

# What WCAG 2 asks of small text.
READABLE = 4.5


def contrast_on_white(digits: str) -> float:
    """Return the contrast of six hexadecimal digits with white, from 1 to 21, as WCAG 2 says."""
    channels = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
