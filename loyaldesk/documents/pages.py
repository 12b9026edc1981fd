"""What does a document look like? The functions that the viewer runs in the child process.

Each takes a `source`: a sealed file with the key to just itself, or the bytes of a letter that is
not stored yet. The document used last stays open, so turning pages does not read it again. Files
come from strangers: what is broken, too large or not what it says is refused with a sentence.
"""

from __future__ import annotations

import codecs
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from loyaldesk.documents.content_types import HEAD_BYTES, MAIL, PDF, PICTURES, TEXT, content_type
from loyaldesk.documents.sealing import SealedFile
from loyaldesk.documents.shapes import DocumentShape, PagePicture, PageSize, TextHit, ViewKind
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "MOST_PAGES", "MOST_PIXELS", "describe", "find_text", "forget", "read_page_text",
    "render_band", "render_page", "warm_up",
]  # fmt: skip

Source = SealedFile | bytes

# A sheet of A4 at 600 dpi has 35 million; a hostile page box asks for a thousand times that.
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 30_000
MOST_PAGES = 5_000
MOST_HITS = 500
MOST_TEXT_BYTES = 1_000_000


class Pages(Protocol):
    """An open document that can draw its pages."""

    kind: ViewKind
    sizes: tuple[PageSize, ...]

    def render(self, page: int, dpi: float, *, is_grey: bool, rows: range) -> PagePicture:
        """Draw those rows of pixels of a page."""

    def text(self, page: int) -> str:
        """Return the words of a page."""

    def find(self, page: int, text: str) -> Iterator[TextHit]:
        """Yield where the text stands on a page."""


def warm_up() -> None:
    """Import what drawing needs, so that the first document opens at once."""
    import pypdfium2  # noqa: F401 - imported for its effect


def forget() -> None:
    """Close the document used last and let its content go, when the viewer closes."""
    _open.cache_clear()
    _content.cache_clear()


def describe(*, source: Source) -> DocumentShape:
    """Return what there is to show of a document."""
    mime = content_type(_content(source)[:HEAD_BYTES])
    if mime in {TEXT, MAIL}:
        return _text_shape(_content(source))
    pages = _open(source)
    return DocumentShape(pages.kind, pages.sizes)


def render_page(*, source: Source, page: int, dpi: float, is_grey: bool = False) -> PagePicture:
    """Draw a page (from 0) at that many dots per inch, or at as many as are sensible."""
    pages = _open(source)
    size = _size_of(pages, page)
    dpi = _sensible_dpi(size, dpi)
    return pages.render(page, dpi, is_grey=is_grey, rows=range(size.pixels(dpi)[1]))


def render_band(*, source: Source, page: int, dpi: float, top: int, height: int) -> PagePicture:
    """Draw `height` rows of pixels of a page from row `top` on in grey, for a printer.

    A page at 600 dpi is too large to hold at once; in bands no more than one is in memory.
    """
    pages = _open(source)
    width, page_height = _size_of(pages, page).pixels(dpi)
    rows = range(top, min(top + height, page_height))
    if width > LONGEST_SIDE or width * len(rows) > MOST_PIXELS or not rows:
        raise _too_large()
    return pages.render(page, dpi, is_grey=True, rows=rows)


def read_page_text(*, source: Source, page: int) -> str:
    """Return the words of a page (from 0); empty when it is a picture."""
    pages = _open(source)
    _size_of(pages, page)
    return pages.text(page)


def find_text(*, source: Source, text: str) -> tuple[TextHit, ...]:
    """Return the first places where a text stands, upper or lower case, in reading order."""
    hits: list[TextHit] = []
    pages = _open(source)
    for page in range(len(pages.sizes) if text.strip() else 0):
        for hit in pages.find(page, text):
            hits.append(hit)
            if len(hits) == MOST_HITS:
                return tuple(hits)
    return tuple(hits)


@lru_cache(maxsize=1)
def _content(source: Source) -> bytes:
    return source.read() if isinstance(source, SealedFile) else source


@lru_cache(maxsize=1)
def _open(source: Source) -> Pages:
    content = _content(source)
    mime = content_type(content[:HEAD_BYTES])
    pages: Pages
    if mime == PDF:
        from loyaldesk.documents.pdf_pages import PdfPages

        pages = PdfPages(content, most_pages=MOST_PAGES)
    elif mime in PICTURES:
        from loyaldesk.documents.picture_pages import PicturePages

        pages = PicturePages(content, most_pixels=MOST_PIXELS)
    else:
        raise Refused(
            "This document can't be shown here: it is not a PDF, a picture or a text. It is kept "
            "as it came; save it to use it elsewhere."
        )
    return pages


def _text_shape(content: bytes) -> DocumentShape:
    text = _decoded(content[:MOST_TEXT_BYTES])
    return DocumentShape(ViewKind.TEXT, text=text, is_cut=len(content) > MOST_TEXT_BYTES)


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        # Incremental, because the limit may have cut the last letter in two.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _size_of(pages: Pages, page: int) -> PageSize:
    if not 0 <= page < len(pages.sizes):
        raise Refused("This page can't be shown: the document has no such page.")
    return pages.sizes[page]


def _sensible_dpi(size: PageSize, dpi: float) -> float:
    width, height = size.pixels(dpi)
    if width <= LONGEST_SIDE and height <= LONGEST_SIDE and width * height <= MOST_PIXELS:
        return dpi
    # One per cent less, because each side is rounded up.
    fits = min(math.sqrt(MOST_PIXELS / width / height), LONGEST_SIDE / max(width, height)) * 0.99
    return dpi * fits


def _too_large() -> Refused:
    return Refused(
        "This page can't be printed in this size: it is too large. Save the document and print it "
        "with another program."
    )
