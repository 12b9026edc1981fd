"""How do the glyphs of a script's font get into the file, and back out of it as text?

As a composite font with the used shapes only. Each number in the page stands for a shape and the
letters it was drawn for, so that copied or read-aloud text is what was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObjectReference

    from loyaldesk.pdf.scripts import Glyph, ScriptFace

__all__ = ["EmbeddedFace"]

_SYMBOLIC = 4
_STEM = 80
_MOST_PAIRS = 100
_NO_HINTS = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
# The tables for shaping, which is done, and for lines from top to bottom.
_NOT_FOR_PAPER = [int.from_bytes(tag) for tag in (b"GSUB", b"GPOS", b"GDEF", b"vhea", b"vmtx")]
# Programs turn what runs from the right around letter by letter: these two have to stay together.
_LIGATURES = {
    "\u0644\u0622": "\ufef5",
    "\u0644\u0623": "\ufef7",
    "\u0644\u0625": "\ufef9",
    "\u0644\u0627": "\ufefb",
}
# The further shapes of a letter that is drawn as several: a glyph must stand for something.
_SILENT = "\u200b"
_CMAP_HEAD = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_END = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


class EmbeddedFace:
    """The part of a face that one document uses; reportlab asks it for its objects at the end."""

    def __init__(self, face: ScriptFace, order: int) -> None:
        self.face = face
        self.name = f"S{order}"
        self._numbers: dict[tuple[int, str], int] = {}

    def operators(self, glyphs: Iterable[Glyph], size: float) -> str:
        """Return what draws the glyphs from the left to the right and ends behind the last."""
        code = [f"/{self.name} {size:g} Tf"]
        row: list[str] = []
        gap = height = 0.0
        for glyph in glyphs:
            if glyph.up != height:
                code.append(f"[{''.join(row)}] TJ {glyph.up * size / 1000:.3f} Ts")
                row, height = [], glyph.up
            row.append(_gap(gap - glyph.right) + f"<{self._number(glyph):04X}>")
            gap = glyph.right + self.face.width_of(glyph.number) - glyph.advance
        code.append(f"[{''.join(row)}{_gap(gap)}] TJ" + (" 0 Ts" if height else ""))
        return " ".join(code)

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802  # reportlab's name for it
        """Add the font with its used shapes to the document."""
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(self._base_name),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([self._descendant(document)]),
                "ToUnicode": self._stream(document, "letters", self._letters().encode("ascii")),
            }
        )
        font.__RefOnly__ = 1
        document.Reference(font, self.name)
        document.idToObject["BasicFonts"].dict[self.name] = font

    def _number(self, glyph: Glyph) -> int:
        return self._numbers.setdefault((glyph.number, glyph.text), len(self._numbers) + 1)

    @property
    def _base_name(self) -> str:
        # Six capitals tell that the font is a part; two parts of one document need different ones.
        prefix = "".join(chr(ord("A") + int(digit)) for digit in f"{int(self.name[1:]):06d}")
        return f"{prefix}+{self.face.name.rpartition('.')[0]}"

    def _descendant(self, document: PDFDocument) -> PDFObjectReference:
        content, places = self._subset()
        widths = [self.face.width_of(shape) for shape, _ in self._numbers]
        font = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(self._base_name),
                "CIDSystemInfo": PDFDictionary(
                    {
                        "Registry": PDFString("Adobe"),
                        "Ordering": PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": self._descriptor(document, content),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([round(width, 3) for width in widths])]),
                "CIDToGIDMap": self._stream(document, "shapes", places),
            }
        )
        return self._kept(document, "descendant", font)

    def _subset(self) -> tuple[bytes, bytes]:
        """Return the font with the used shapes, and at which place in it each number's shape is."""
        shapes = [shape for shape, _ in self._numbers]
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(shapes)
        wanted.drop_table_tag_set.update(_NOT_FOR_PAPER)
        wanted.flags = _NO_HINTS
        plan = hb.SubsetPlan(self.face.source, wanted)
        new = dict(plan.old_to_new_glyph_mapping)
        places = b"".join(new[shape].to_bytes(2) for shape in (0, *shapes))
        return bytes(plan.execute().blob.data), places

    def _descriptor(self, document: PDFDocument, content: bytes) -> PDFObjectReference:
        box = self.face.box
        descriptor = PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(self._base_name),
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray(box),
                "ItalicAngle": 0,
                "Ascent": box[3],
                "Descent": box[1],
                "CapHeight": box[3],
                "StemV": _STEM,
                "FontFile2": self._stream(document, "file", content, Length1=len(content)),
            }
        )
        return self._kept(document, "descriptor", descriptor)

    def _letters(self) -> str:
        """Return the table from numbers to letters, which programs use to copy and to search."""
        pairs = [
            f"<{number:04X}> <{_readable(text).encode('utf-16-be').hex().upper()}>"
            for (_, text), number in self._numbers.items()
        ]
        blocks = [pairs[i : i + _MOST_PAIRS] for i in range(0, len(pairs), _MOST_PAIRS)]
        tables = [
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks
        ]
        return _CMAP_HEAD + "".join(tables) + _CMAP_END

    def _stream(
        self, document: PDFDocument, part: str, content: bytes, **facts: int
    ) -> PDFObjectReference:
        return self._kept(document, part, PDFStream(PDFDictionary(facts), content))

    def _kept(
        self, document: PDFDocument, part: str, thing: PDFDictionary | PDFStream
    ) -> PDFObjectReference:
        return document.Reference(thing, f"{self.name}:{part}")


def _readable(text: str) -> str:
    return _LIGATURES.get(text, text) or _SILENT


def _gap(thousandths: float) -> str:
    """Return the number that moves the pen back by so much, nothing for nothing."""
    return f" {thousandths:.2f} " if abs(thousandths) >= 0.005 else ""
