"""How is a PDF drawn, read and searched?"""

from __future__ import annotations

import ctypes
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from loyaldesk.documents.shapes import (
    PagePicture,
    PageSize,
    TextBox,
    TextHit,
    ViewKind,
    pixels_per_point,
)
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PdfPages"]

# Device units a point, for PDFium's whole-number coordinates.
FINENESS = 100
LARGEST_SIDE_PT = 1_000_000.0


class PdfPages:
    """A PDF, opened from memory; one process draws one at a time."""

    kind = ViewKind.PAGES

    def __init__(self, content: bytes, *, most_pages: int) -> None:
        with _refusing():
            self._pdf = pypdfium2.PdfDocument(content)
            count = len(self._pdf)
        if not 0 < count <= most_pages:
            raise Refused(
                f"This document can't be shown here: it has {count:,} pages, and from 1 to "
                f"{most_pages:,} can be shown. It is kept as it came; save it to read it elsewhere."
            )
        with _refusing():
            # Without this the filled-in fields of a form stay empty. PDFium runs no scripts here.
            self._pdf.init_forms()
            self.sizes = tuple(_page_size(*self._pdf.get_page_size(page)) for page in range(count))

    def render(self, page: int, dpi: float, *, is_grey: bool, rows: range) -> PagePicture:
        """Draw those rows of pixels of a page."""
        scale = pixels_per_point(dpi)
        below = self.sizes[page].pixels(dpi)[1] - rows.stop
        with _refusing():
            bitmap = self._pdf[page].render(
                scale=scale,
                crop=(0, _cut(below, scale), 0, _cut(rows.start, scale)),
                grayscale=is_grey,
                prefer_bgrx=True,
                limit_image_cache=True,
            )
            pixels = bytes(bitmap.buffer)
        return PagePicture(bitmap.width, bitmap.height, bitmap.stride, is_grey, dpi, pixels)

    def text(self, page: int) -> str:
        """Return the words of a page."""
        with _refusing():
            text: str = self._pdf[page].get_textpage().get_text_range()
        return text

    def find(self, page: int, text: str) -> Iterator[TextHit]:
        """Yield where the text stands on a page."""
        with _refusing():
            opened = self._pdf[page]
            words = opened.get_textpage()
            search = words.search(text)
            while (found := search.get_next()) is not None:
                rectangles = range(words.count_rects(*found))
                boxes = (_box(opened, *words.get_rect(number)) for number in rectangles)
                yield TextHit(page, tuple(boxes))


def _page_size(width_pt: float, height_pt: float) -> PageSize:
    for side in (width_pt, height_pt):
        if not (math.isfinite(side) and 0 < side <= LARGEST_SIDE_PT):
            raise Refused(
                "This document can't be shown: one of its pages has no sensible size. It is kept "
                "as it came; save it to read it elsewhere."
            )
    return PageSize(width_pt, height_pt)


def _cut(rows: int, scale: float) -> float:
    # pypdfium2 rounds up after scaling: half a row less makes it come out at just these rows.
    return max(rows - 0.5, 0) / scale


def _box(page: Any, left: float, bottom: float, right: float, top: float) -> TextBox:
    """Return PDF coordinates (from below, before cropping and turning) as they are looked at."""
    (x1, y1), (x2, y2) = _on_screen(page, left, top), _on_screen(page, right, bottom)
    return TextBox(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def _on_screen(page: Any, x: float, y: float) -> tuple[float, float]:
    size = [round(side * FINENESS) for side in page.get_size()]
    found = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, *map(ctypes.byref, found))
    return found[0].value / FINENESS, found[1].value / FINENESS


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        reason = "it needs a password" if is_locked else "it is damaged, or not a PDF"
        raise Refused(
            f"This document can't be shown: {reason}. It is kept as it came; save it to open it "
            "with another program."
        ) from error
