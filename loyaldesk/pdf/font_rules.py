"""Which rules for fonts does a file break? (ISO 19005-2, 6.2.11; ISO 14289-1, 7.21)."""

from __future__ import annotations

import re
from struct import unpack_from
from typing import TYPE_CHECKING, Any

from loyaldesk.pdf.page_content import painted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pikepdf

__all__ = ["FONT_RULES"]

_SUBSET = re.compile(r"/[A-Z]{6}\+.+")
_PAIR = re.compile(rb"^<([0-9A-F]+)> <([0-9A-F]+)>$", re.MULTILINE)
_NO_LETTERS = {b"0000", b"FEFF", b"FFFE"}
_MOST_OFF = 1.0


def embeds_every_font(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every font is inside the file, named as the part of a font that it is."""
    for font, _ in _drawn(pdf):
        if "/FontFile2" not in _descriptor(font):
            yield f"The font {font.get('/BaseFont')} is not inside the file."
        elif not _SUBSET.fullmatch(str(font["/BaseFont"])):
            yield f"The font {font['/BaseFont']} does not say that it is a part."


def maps_every_font_to_letters(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every font tells which letters its drawn codes stand for."""
    for font, codes in _drawn(pdf):
        table = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
        told = {int(code, 16) for code, text in _PAIR.findall(table) if text not in _NO_LETTERS}
        for code in sorted(codes - told):
            yield f"The font {font.get('/BaseFont')} does not tell what its code {code} means."


def encodes_symbolic_fonts_by_themselves(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A simple font with an order of its own has no other order beside it."""
    for font, _ in _drawn(pdf):
        is_simple = font["/Subtype"] == "/TrueType"
        if is_simple and int(_descriptor(font).get("/Flags", 0)) & 4 and "/Encoding" in font:
            yield f"The font {font['/BaseFont']} has two encodings."


def draws_only_what_its_fonts_have(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every code drawn has a shape in its font, as wide as the file says it is."""
    for font, codes in _drawn(pdf):
        if "/FontFile2" not in _descriptor(font):
            continue
        program = _Program(font)
        for code in sorted(codes):
            shape = program.shape(code)
            if not shape:
                yield f"The font {font['/BaseFont']} has no shape for the code {code}."
            elif abs(program.width(shape) - _told_width(font, code)) > _MOST_OFF:
                yield f"The font {font['/BaseFont']} tells a wrong width of the code {code}."


FONT_RULES: tuple[Callable[[pikepdf.Pdf], Iterator[str]], ...] = (
    embeds_every_font,
    maps_every_font_to_letters,
    encodes_symbolic_fonts_by_themselves,
    draws_only_what_its_fonts_have,
)


class _Program:
    """The TrueType program inside a font: the shapes of its codes and their widths."""

    def __init__(self, font: Any) -> None:
        self._data = bytes(_descriptor(font)["/FontFile2"].read_bytes())
        count = unpack_from(">H", self._data, 4)[0]
        heads = [unpack_from(">4sLLL", self._data, 12 + 16 * i) for i in range(count)]
        self._tables = {tag: offset for tag, _, offset, _ in heads}
        self._units = unpack_from(">H", self._data, self._tables[b"head"] + 18)[0]
        self._wide = unpack_from(">H", self._data, self._tables[b"hhea"] + 34)[0]
        self._places = _places(font)

    def shape(self, code: int) -> int:
        """Return the number of the shape that a code draws, 0 for none."""
        if self._places is not None:
            (shape,) = unpack_from(">H", self._places, 2 * code)
            return int(shape)
        start = self._tables[b"cmap"]
        start += unpack_from(">L", self._data, start + 8)[0]
        # Format 6: a row of shapes from a first code on.
        _, _, _, first, count = unpack_from(">5H", self._data, start)
        if not first <= code < first + count:
            return 0
        return int(unpack_from(">H", self._data, start + 10 + 2 * (code - first))[0])

    def width(self, shape: int) -> float:
        """Return the width of a shape in thousandths of the type size."""
        at = self._tables[b"hmtx"] + 4 * min(shape, self._wide - 1)
        return float(unpack_from(">H", self._data, at)[0] * 1000 / self._units)


def _drawn(pdf: pikepdf.Pdf) -> list[tuple[Any, set[int]]]:
    """Return the fonts that draw something, each with the codes that it draws."""
    drawn: dict[tuple[int, int], tuple[Any, set[int]]] = {}
    for page in pdf.pages:
        for thing in painted(page.obj):
            if thing.font is not None:
                _, codes = drawn.setdefault(thing.font.objgen, (thing.font, set()))
                codes.update(_codes(thing.font, thing.codes))
    return list(drawn.values())


def _codes(font: Any, text: bytes) -> list[int]:
    if font["/Subtype"] != "/Type0":
        return list(text)
    return [high << 8 | low for high, low in zip(text[::2], text[1::2], strict=True)]


def _inner(font: Any) -> Any:
    return font["/DescendantFonts"][0] if font["/Subtype"] == "/Type0" else font


def _descriptor(font: Any) -> Any:
    return _inner(font).get("/FontDescriptor", {})


def _places(font: Any) -> bytes | None:
    """Return the table from codes to shapes of a composite font."""
    if font["/Subtype"] != "/Type0":
        return None
    return bytes(_inner(font)["/CIDToGIDMap"].read_bytes())


def _told_width(font: Any, code: int) -> float:
    if font["/Subtype"] != "/Type0":
        return float(font["/Widths"][code - int(font["/FirstChar"])])
    told = list(_inner(font)["/W"])
    for first, widths in zip(told[::2], told[1::2], strict=True):
        if int(first) <= code < int(first) + len(widths):
            return float(widths[code - int(first)])
    return float(_inner(font)["/DW"])
