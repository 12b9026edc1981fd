"""Pages with lines of any script, and how the tests read their glyphs back."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import NamedTuple

import pikepdf
import pypdfium2
import uharfbuzz as hb

from loyaldesk.pdf.canvas import LetterCanvas
from loyaldesk.pdf.metadata import Metadata
from loyaldesk.pdf.style import Type
from tests.pdf.reading import open_pdf

METADATA = Metadata("Scripts", "Test", "Nordlicht", (), "en", datetime(2026, 3, 12, tzinfo=UTC))


def page_of(*lines, style=Type.BODY):
    """Return a page with one text below the other, each from the same left edge."""
    canvas = LetterCanvas(width=210, height=297, accent="#204080", metadata=METADATA)
    for i, line in enumerate(lines):
        with canvas.tag("P"):
            canvas.text(20, 20 + 8 * i, line, style)
    return canvas.finish(lambda _number, _count: None)


def plain(text):
    """Return a text as two are compared: of one form, without what has no shape."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if unicodedata.category(c) not in {"Cf", "Cc"}).strip()


def lines_read(pdf):
    """Return the lines of the first page as PDFium reads them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    return [plain(line) for line in text.splitlines() if plain(line)]


class Letter(NamedTuple):
    """A letter in the order it is read, with its left edge in points."""

    letter: str
    left: float


def letters_read(pdf):
    """Return every visible letter of the first page in reading order, with its place."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage()
        found = [
            Letter(text.get_text_range(i, 1), text.get_charbox(i)[0])
            for i in range(text.count_chars())
        ]
    finally:
        document.close()
    return [letter for letter in found if plain(letter.letter)]


def glyph_boxes(pdf, font_name):
    """Return the boxes of the glyphs drawn in a face, from the left, read from the embedded font.

    In units of the font: left, bottom, width and height of each shape that leaves a mark.
    """
    boxes = []
    with open_pdf(pdf) as document:
        page = document.pages[0]
        chosen = None
        for instruction in pikepdf.parse_content_stream(page):
            operands, operator = instruction.operands, instruction.operator
            if str(operator) == "Tf":
                font = page.Resources.Font[str(operands[0])]
                chosen = font if str(font.BaseFont).endswith(font_name) else None
            elif str(operator) == "TJ" and chosen is not None:
                codes = [bytes(part) for part in operands[0] if isinstance(part, pikepdf.String)]
                boxes += [_box(chosen, code) for code in codes]
    return [box for box in boxes if box.width]


def _box(font, code):
    descendant = font.DescendantFonts[0]
    places = descendant.CIDToGIDMap.read_bytes()
    number = int.from_bytes(code)
    glyph = int.from_bytes(places[2 * number : 2 * number + 2])
    program = hb.Font(hb.Face(descendant.FontDescriptor.FontFile2.read_bytes()))
    return program.get_glyph_extents(glyph)


def harfbuzz_boxes(file, text, direction):
    """Return the boxes of what HarfBuzz makes of a text in the whole font."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(file)), 0))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = direction
    hb.shape(font, buffer)
    boxes = [font.get_glyph_extents(info.codepoint) for info in buffer.glyph_infos]
    return [box for box in boxes if box.width]
