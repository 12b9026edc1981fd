"""How do the objects that reportlab made become one file that an archive takes?

The file is written here and not by reportlab, which leaves no line end before `endstream` and knows
neither structure trees nor output intents. Whatever is no stream is packed into one object stream:
a tagged letter has some hundred small objects.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, Any, NamedTuple

from reportlab.pdfbase.pdfdoc import format as formatted

from loyaldesk.pdf.tag_tree import tree_objects
from loyaldesk.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfbase.pdfdoc import PDFDocument

    from loyaldesk.pdf.tags import Tags

__all__ = ["PDF_VERSION", "archive_file"]

PDF_VERSION = (1, 7)
# Four bytes above 127 tell programs that carry files that this one is no text.
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_END = b"endstream\n"
# Packing harder takes a tenth of the letter's time and saves one part in fifty of its size.
_PACKING = 1
# What kind of place, where in the file or in which stream, at which index in that stream.
_PLACE = Struct(">BIH")
_ALONE, _PACKED, _FREE = 1, 2, (0, 0, 65535)
_BLOCK = re.compile(r"\d+ beginbfchar\n(.*?)\nendbfchar", re.DOTALL)
_NO_LETTER, _MOST_PAIRS = "<0000>", 100
_SRGB = "sRGB IEC61966-2.1"


class _Extra(NamedTuple):
    """The objects that reportlab does not make, and what the catalog says of them."""

    bodies: list[bytes]
    catalog: bytes


def archive_file(document: PDFDocument, tags: Tags, xmp: bytes) -> bytes:
    """Return the finished file with its structure tree, metadata packet and output intent."""
    bodies = _bodies(document)
    numbers = document.idToObjectNumberAndVersion
    pages = [numbers[f"Page{i}"][0] for i in range(1, document.pageCounter)]
    for i, number in enumerate(pages):
        bodies[number - 1] = _with(bodies[number - 1], f"/StructParents {i}/Tabs/S".encode())
    extra = _extra(tags, xmp, pages, len(bodies) + 1)
    root = document.Reference(document.Catalog).name
    catalog, info = numbers[root][0], numbers[document.Reference(document.info).name][0]
    bodies[catalog - 1] = _with(bodies[catalog - 1], extra.catalog)
    writer = _Writer()
    for body in (*bodies, *extra.bodies):
        writer.add(body)
    return writer.finish(catalog, info)


def _bodies(document: PDFDocument) -> list[bytes]:
    """Return the objects in the order of their numbers; formatting one may make further ones."""
    for font in document.delayedFonts:
        font.addObjects(document)
    for name, thing in document.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            thing.content = _BLOCK.sub(_used_letters, thing.content)
    for font in document.idToObject["BasicFonts"].dict.values():
        _write_widths(font)
    document.Catalog.Outlines = None
    document.Reference(document.Catalog)
    document.Reference(document.info)
    bodies: list[bytes] = []
    while (name := document.numberToId.get(len(bodies) + 1)) is not None:
        bodies.append(formatted(document.idToObject[name], document, toplevel=1))
    return bodies


def _used_letters(block: re.Match[str]) -> str:
    """Return the part of a table of letters that has letters, a hundred of them at a time."""
    pairs = [pair for pair in block[1].splitlines() if not pair.endswith(_NO_LETTER)]
    parts = [pairs[i : i + _MOST_PAIRS] for i in range(0, len(pairs), _MOST_PAIRS)]
    return "\n".join("\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"]) for part in parts)


def _write_widths(font: Any) -> None:
    """Write the widths of a font down at once; number by number they take as long as the text."""
    widths = getattr(font, "Widths", None)
    if widths is not None:
        widths.sequence = [" ".join(f"{width:g}" for width in widths.sequence)]


def _extra(tags: Tags, xmp: bytes, pages: Sequence[int], first: int) -> _Extra:
    profile = _profile()
    tree = tree_objects(tags, pages, first + 2)
    catalog = (
        f"/Metadata {first} 0 R/StructTreeRoot {first + 2} 0 R/MarkInfo<</Marked true>>"
        f"/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier({_SRGB})"
        f"/Info({_SRGB})/DestOutputProfile {first + 1} 0 R>>]"
    )
    # The packet stays readable, so that a program that knows no PDF finds it.
    packet = _stream("/Type/Metadata/Subtype/XML", xmp)
    return _Extra([packet, profile, *tree], catalog.encode())


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """Return the colour profile of the screen standard as an object, packed once."""
    packed = zlib.compress(resource("colour/sRGB.icc").read_bytes(), 9)
    return _stream("/N 3/Alternate/DeviceRGB/Filter/FlateDecode", packed)


def _stream(facts: str, content: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%bendstream\n" % (facts.encode(), len(content), content)


def _with(dictionary: bytes, more: bytes) -> bytes:
    """Return a dictionary with further entries."""
    return dictionary[: dictionary.rindex(b">>")] + more + b">>"


class _Writer:
    """A file that grows object by object; `places` says where each is to be found."""

    def __init__(self) -> None:
        self._out = bytearray(_HEADER)
        self._places: list[tuple[int, int, int]] = [_FREE]
        self._loose: list[tuple[int, bytes]] = []

    def add(self, body: bytes) -> int:
        """Add an object, a stream at once and anything else at the end; return its number."""
        number = len(self._places)
        if body.endswith(_STREAM_END):
            self._places.append((_ALONE, len(self._out), 0))
            content = body[: -len(_STREAM_END)]
            self._out += b"%d 0 obj\n%b\nendstream\nendobj\n" % (number, content)
        else:
            self._places.append((_PACKED, 0, len(self._loose)))
            self._loose.append((number, body))
        return number

    def finish(self, catalog: int, info: int) -> bytes:
        """Return the file with its packed objects, its table of places and its id."""
        holder = self.add(_object_stream(self._loose))
        name = hashlib.md5(self._out, usedforsecurity=False).hexdigest()
        start = len(self._out)
        self._places.append((_ALONE, start, 0))
        table = b"".join(
            _PLACE.pack(kind, holder if kind == _PACKED else at, index)
            for kind, at, index in self._places
        )
        facts = (
            f"/Type/XRef/Size {len(self._places)}/W[1 4 2]/Root {catalog} 0 R/Info {info} 0 R"
            f"/ID[<{name}><{name}>]/Filter/FlateDecode"
        )
        self._places.pop()
        self.add(_stream(facts, zlib.compress(table, _PACKING)))
        return bytes(self._out) + b"startxref\n%d\n%%%%EOF\n" % start


def _object_stream(loose: Sequence[tuple[int, bytes]]) -> bytes:
    heads, at = [], 0
    for number, body in loose:
        heads.append(f"{number} {at}")
        at += len(body) + 1
    head = " ".join(heads).encode() + b"\n"
    content = zlib.compress(head + b"\n".join(body for _, body in loose), _PACKING)
    return _stream(f"/Type/ObjStm/N {len(loose)}/First {len(head)}/Filter/FlateDecode", content)
