"""How does a logo stand on paper: plain red, green and blue, without anything to see through?"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

    from reportlab.lib.utils import ImageReader

__all__ = ["flat_picture"]

_WHITE = (255, 255, 255, 255)


def flat_picture(path: Path) -> ImageReader:
    """Return a picture as it looks on white paper, or say that the file cannot be read."""
    try:
        return _flat(path, path.stat().st_mtime_ns)
    except OSError as reason:
        raise Unavailable(
            f"The logo {path.name} could not be read. Nothing was printed. "
            "Please choose the logo again in the settings."
        ) from reason


# A run draws the same logo on every page of ten thousand letters.
@lru_cache(maxsize=4)
def _flat(path: Path, _changed: int) -> ImageReader:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    with Image.open(path) as picture:
        over = picture.convert("RGBA")
    paper = Image.new("RGBA", over.size, _WHITE)
    return ImageReader(Image.alpha_composite(paper, over).convert("RGB"))
