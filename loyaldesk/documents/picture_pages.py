"""How is a picture (PNG, JPEG) shown as a document of one page?"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from loyaldesk.documents.shapes import POINTS_PER_INCH, PagePicture, PageSize, TextHit, ViewKind
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PicturePages"]

FORMATS = ("PNG", "JPEG")
# A phone says nothing, or 72, about the size of the sheet it looked at.
USUAL_DPI = 150.0
SENSIBLE_DPI = (90.0, 1_200.0)


class PicturePages:
    """A decoded picture, upright, on white where it is transparent."""

    kind = ViewKind.PICTURE

    def __init__(self, content: bytes, *, most_pixels: int) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                opened = Image.open(BytesIO(content), formats=FORMATS)
            if opened.width * opened.height > most_pixels:
                raise _refusal("it is too large")
            self._dpi = _dpi_of(opened)
            self._image = _on_white(ImageOps.exif_transpose(opened))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise _refusal("it is too large") from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
            raise _refusal("it is damaged") from error
        sides = (side * POINTS_PER_INCH / self._dpi for side in self._image.size)
        self.sizes: tuple[PageSize, ...] = (PageSize(*sides),)

    def render(self, page: int, dpi: float, *, is_grey: bool, rows: range) -> PagePicture:
        """Draw those rows of pixels of the picture at that resolution."""
        width, height = self.sizes[page].pixels(dpi)
        across, down = self._image.width / width, self._image.height / height
        box = (0, rows.start * down, width * across, rows.stop * down)
        image = self._image.convert("L") if is_grey else self._image
        drawn = image.resize((width, len(rows)), Image.Resampling.BILINEAR, box=box)
        pixels = drawn.tobytes() if is_grey else drawn.tobytes("raw", "BGRX")
        return PagePicture(width, len(rows), len(pixels) // len(rows), is_grey, dpi, pixels)

    def text(self, page: int) -> str:
        """Return nothing: a picture has no words."""
        return ""

    def find(self, page: int, text: str) -> Iterator[TextHit]:
        """Find nothing."""
        return iter(())


def _dpi_of(image: Image.Image) -> float:
    least, most = SENSIBLE_DPI
    try:
        # PNG counts dots per metre, so 300 comes back as 299.9994.
        told = round(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return USUAL_DPI
    return float(told) if least <= told <= most else USUAL_DPI


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    sheet = Image.new("RGBA", image.size, "white")
    sheet.alpha_composite(image.convert("RGBA"))
    return sheet.convert("RGB")


def _refusal(reason: str) -> Refused:
    return Refused(
        f"This picture can't be shown: {reason}. It is kept as it came; save it to open it with "
        "another program."
    )
