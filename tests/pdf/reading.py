"""How the tests read a letter back: its lines of text with their places in millimetres."""

from __future__ import annotations

import io
from typing import NamedTuple

import pikepdf
import pypdfium2

MM = 25.4 / 72


class Line(NamedTuple):
    """A piece of text on a page, measured from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def lines_of(pdf: bytes, page: int = 0) -> list[Line]:
    """Return the pieces of text of a page, as PDFium sees them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        lines = []
        for i in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(i)
            shown = text.get_text_bounded(left, bottom, right, top).strip()
            places = (left, height - top, right, height - bottom)
            lines.append(Line(shown, *(round(place * MM, 2) for place in places)))
        return lines
    finally:
        document.close()


def text_of(pdf: bytes, page: int | None = None) -> str:
    """Return the text of one page, or of all."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = range(len(document)) if page is None else [page]
        return "\n".join(document[i].get_textpage().get_text_bounded() for i in pages)
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def find(lines: list[Line], text: str) -> Line:
    """Return the only piece that contains a text."""
    found = [line for line in lines if text in line.text]
    assert len(found) == 1, (text, [line.text for line in lines])
    return found[0]


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))
