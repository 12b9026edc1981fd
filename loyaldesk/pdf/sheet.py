"""How marks get on the page: a reportlab canvas in points that numbers its pages at the end.

Text and rules are written as PDF operators directly, because that is twice as fast as a text
object for every cell. Every value reaches the page as the operand of Tj: there is no markup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from loyaldesk.pdf.archive_file import PDF_VERSION, archive_file
from loyaldesk.pdf.claims import Claims, claims_for
from loyaldesk.pdf.faces import faces
from loyaldesk.pdf.tags import Tags, said_otherwise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.ttfonts import TTFont

    from loyaldesk.pdf.embedding import EmbeddedFace
    from loyaldesk.pdf.lines import Piece
    from loyaldesk.pdf.scripts import ScriptFace

__all__ = ["Sheet"]

# Streams as plain bytes: the text form of them costs a quarter more room and time.
rl_config.useA85 = 0

_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})

# A circle from four Bézier curves: how far the handles stand off, as a part of the radius.
_ROUND = 0.5523


class Sheet(Canvas):  # type: ignore[misc]  # reportlab has no types
    """A canvas whose pages stay open until the last one is drawn, so each can say “of n”."""

    def __init__(self, size: tuple[float, float], *, first_font: str, language: str) -> None:
        # Without a first font every page would name an unembedded Helvetica in its resources.
        super().__init__(
            "letter.pdf",
            pagesize=size,
            invariant=1,
            pageCompression=1,
            initialFontName=first_font,
            lang=language,
            pdfVersion=PDF_VERSION,
        )
        self._open_pages: list[dict[str, Any]] = []
        self._scripts: dict[str, EmbeddedFace] = {}
        self._plain: dict[TTFont, str] = {}
        self.long_forms: Mapping[str, str] = {}
        self._fill = self._stroke = ""
        self.tags = Tags()
        self.packet: Callable[[Claims], bytes] = lambda _: b""

    def put(self, x: float, y: float, text: str, font: TTFont, size: float) -> None:
        """Draw plain text from a point on its baseline."""
        tags = self.tags
        if tags.marked is not tags.wanted:
            tags.mark(self._code)
        drawn = f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm {self._shown(text, font, size)} ET"
        if text in self.long_forms or "\u2013" in text:
            drawn = said_otherwise(drawn, text, self.long_forms)
        self._code.append(drawn)

    def put_pieces(self, x: float, y: float, pieces: Iterable[Piece], size: float) -> None:
        """Draw the pieces of a line of any script one after the other."""
        tags = self.tags
        if tags.marked is not tags.wanted:
            tags.mark(self._code)
        shown = " ".join(
            self._embedded(piece.face).operators(piece.glyphs, size)
            if piece.face
            else self._shown(piece.text, faces()[piece.bold], size)
            for piece in pieces
        )
        self._code.append(f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm {shown} ET")

    def _shown(self, text: str, font: TTFont, size: float) -> str:
        document = self._doc
        if text.isascii():
            # The first subset of a face has these letters at their own places.
            name = self._plain.get(font) or self._begun(font)
            return f"{name} {size:g} Tf ({text.translate(_ESCAPED)}) Tj"
        return " ".join(
            f"{font.getSubsetInternalName(subset, document)} {size:g} Tf ({self._escape(part)}) Tj"
            for subset, part in font.splitString(text, document)
        )

    def _begun(self, font: TTFont) -> str:
        """Return the name of a face's first subset in this document, begun when it was not yet."""
        font.splitString(" ", self._doc)
        name: str = font.getSubsetInternalName(0, self._doc)
        self._plain[font] = name
        return name

    def _embedded(self, face: ScriptFace) -> EmbeddedFace:
        if face.name not in self._scripts:
            from loyaldesk.pdf.embedding import EmbeddedFace  # brings HarfBuzz along

            self._scripts[face.name] = EmbeddedFace(face, len(self._scripts) + 1)
            self._doc.delayedFonts.append(self._scripts[face.name])
        return self._scripts[face.name]

    def turn(self, x: float, y: float, cosine: float, sine: float) -> None:
        """Begin a turned drawing at a point, which is decoration; `turn_back` ends it."""
        self.tags.decorate(self._code)
        self._code.append(f"q {cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x:.3f} {y:.3f} cm")

    def turn_back(self) -> None:
        """End a turned drawing."""
        self._code.append("Q")
        self._fill = self._stroke = ""

    def fill_with(self, operands: str) -> None:
        """Choose the colour of text and areas: red, green and blue from 0 to 1."""
        if operands != self._fill:
            self._fill = operands
            self._code.append(f"{operands} rg")

    def stroke_with(self, operands: str) -> None:
        """Choose the colour of lines: red, green and blue from 0 to 1."""
        if operands != self._stroke:
            self._stroke = operands
            self._code.append(f"{operands} RG")

    def stroke(self, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
        """Draw a straight line."""
        self.tags.decorate(self._code)
        (x0, y0), (x1, y1) = start, end
        self._code.append(f"{width:g} w {x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l S")

    def stroke_dashed(self, x0: float, x1: float, y: float, dash: float) -> None:
        """Draw a thin dashed level line."""
        self.tags.decorate(self._code)
        line = f"0.5 w {x0:.3f} {y:.3f} m {x1:.3f} {y:.3f} l S"
        self._code.append(f"q [{dash:.3f}] 0 d {line} Q")

    def areas(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill boxes given by their lower left corner, width and height."""
        self.tags.decorate(self._code)
        kept = list(boxes)
        self.tags.cover(kept)
        path = " ".join(f"{x:.3f} {y:.3f} {w:.3f} {h:.3f} re" for x, y, w, h in kept)
        self._code.append(f"{path} f")

    def picture(self, picture: ImageReader, box: tuple[float, float, float, float]) -> None:
        """Draw a picture into a box given by its lower left corner, width and height."""
        self.tags.decorate(self._code)
        self.tags.cover([box])
        self.drawImage(picture, *box)

    def outline(self, box: tuple[float, float, float, float], width: float) -> None:
        """Draw the frame of a box given by its lower left corner, width and height."""
        self.tags.decorate(self._code)
        x, y, w, h = box
        self._code.append(f"{width:g} w {x:.3f} {y:.3f} {w:.3f} {h:.3f} re S")

    def dot(self, x: float, y: float, radius: float, width: float) -> None:
        """Fill a circle and draw its edge."""
        self.tags.decorate(self._code)
        r, k = radius, radius * _ROUND
        self._code.append(
            f"{width:g} w {x + r:.3f} {y:.3f} m "
            f"{x + r:.3f} {y + k:.3f} {x + k:.3f} {y + r:.3f} {x:.3f} {y + r:.3f} c "
            f"{x - k:.3f} {y + r:.3f} {x - r:.3f} {y + k:.3f} {x - r:.3f} {y:.3f} c "
            f"{x - r:.3f} {y - k:.3f} {x - k:.3f} {y - r:.3f} {x:.3f} {y - r:.3f} c "
            f"{x + k:.3f} {y - r:.3f} {x + r:.3f} {y - k:.3f} {x + r:.3f} {y:.3f} c B"
        )

    def leave_page(self) -> None:
        """Put the page aside, to be closed with all others, and start the next one."""
        self.tags.end(self._code)
        self._open_pages.append(dict(self.__dict__))
        self._startPage()
        self.tags.next_page()
        self._fill = self._stroke = ""

    def close(self, at_foot: Callable[[int, int], None]) -> bytes:
        """Return the document after drawing each page's foot, told its number and the count."""
        self.leave_page()
        pages, own = self._open_pages, dict(self.__dict__)
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            self._fill = self._stroke = ""
            self.tags.go_back(number - 1)
            at_foot(number, len(pages))
            self.tags.end(self._code)
            self.showPage()
        own["_code"] = []
        self.__dict__.update(own)
        packet = self.packet(claims_for(self.tags, self._doc))
        return archive_file(self._doc, self.tags, packet)
