"""What a letter can draw: text, and the tags that say what each part of it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from loyaldesk.pdf.faces import REGULAR, faces, is_plain
from loyaldesk.pdf.fonts import measure, printable
from loyaldesk.pdf.metadata import Metadata, describe
from loyaldesk.pdf.shapes import Shapes
from loyaldesk.pdf.sheet import Sheet
from loyaldesk.pdf.style import MM, Style, accent_colour
from loyaldesk.pdf.tags import Aside, properties_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from loyaldesk.pdf.tags import Tag
    from loyaldesk.pdf.wrapping import Run

__all__ = ["LetterCanvas"]


class LetterCanvas(Shapes):
    """A sheet of paper; x and y are millimetres from the top left, text stands on its baseline."""

    def __init__(self, *, width: float, height: float, accent: str, metadata: Metadata) -> None:
        self._faces = faces()
        sheet = Sheet((width * MM, height * MM), first_font=REGULAR, language=metadata.language)
        super().__init__(sheet, height=height, width=width, accent=accent_colour(accent))
        describe(sheet, metadata)

    def read_out(self, long_forms: Mapping[str, str]) -> None:
        """Have abbreviations that stand alone read aloud as the words that they are short for."""
        self._sheet.long_forms = long_forms

    def tag(self, kind: str, *, scope: str = "", span: int = 1, alt: str = "") -> Tag | Aside:
        """Return an element of the letter; what is drawn inside `with` it belongs to it.

        `scope` is what a table's head cell speaks for, Row or Column; `span` how many columns a
        cell takes; `alt` says in words what a figure shows.
        """
        return self._sheet.tags.open(kind, properties_of(scope, span, alt))

    def artifact(self) -> Aside:
        """Return what to draw decoration in: what a reader passes over."""
        return Aside(self._sheet.tags)

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Draw a text from its left end."""
        shown = printable(text)
        self._sheet.fill_with((style.colour or self.accent).operands)
        self._put(x * MM, (self.height - y) * MM, shown, style)

    def text_right(self, x: float, y: float, text: str, style: Style) -> None:
        """Draw a text that ends at x."""
        shown = printable(text)
        width = measure(shown, style.bold) * style.size / 1000
        self._sheet.fill_with((style.colour or self.accent).operands)
        self._put(x * MM - width, (self.height - y) * MM, shown, style)

    def runs(self, x: float, y: float, runs: Iterable[Run], style: Style) -> None:
        """Draw pieces of one line one after the other, each in its weight."""
        parts = tuple((printable(run.text), run.bold or style.bold) for run in runs)
        if not all(is_plain(text) for text, _ in parts):
            # As one line: a word that runs from the right may stand left of the piece before it.
            self._sheet.fill_with((style.colour or self.accent).operands)
            self._put_line(x * MM, (self.height - y) * MM, parts, style.size)
            return
        for text, bold in parts:
            weighted = style.as_bold() if bold else style
            self.text(x, y, text, weighted)
            x += measure(text, bold) * style.size / 1000 / MM

    def overprint(self, x: float, y: float, text: str, style: Style, degrees: float) -> None:
        """Draw a large word across the page, centred on a point."""
        turn = math.radians(degrees)
        half = measure(printable(text), style.bold) * style.size / 2000
        cosine, sine = math.cos(turn), math.sin(turn)
        centre_y = (self.height - y) * MM
        self._sheet.turn(x * MM, centre_y, cosine, sine)
        self._sheet.fill_with((style.colour or self.accent).operands)
        with self.artifact():
            drop = style.size * 0.36
            self._sheet.put(-half, -drop, printable(text), self._faces.bold, style.size)
        self._sheet.turn_back()

    def new_page(self) -> None:
        """Leave this page and go on with an empty one."""
        self._sheet.leave_page()

    def finish(self, at_foot: Callable[[int, int], None]) -> bytes:
        """Return the file after drawing each page's foot, told its number and the page count."""
        return self._sheet.close(at_foot)

    def _put(self, x: float, y: float, text: str, style: Style) -> None:
        if is_plain(text):
            face = self._faces.bold if style.bold else self._faces.regular
            self._sheet.put(x, y, text, face, style.size)
        else:
            self._put_line(x, y, ((text, style.bold),), style.size)

    def _put_line(
        self, x: float, y: float, parts: tuple[tuple[str, bool], ...], size: float
    ) -> None:
        from loyaldesk.pdf.lines import lay_out  # brings HarfBuzz along

        self._sheet.put_pieces(x, y, lay_out(parts), size)
