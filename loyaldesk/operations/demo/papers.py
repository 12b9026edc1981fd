"""Which papers the demo company has filed: small, valid PDFs and a picture, made on the spot."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.models import DocumentKind
from loyaldesk.operations.demo.books import Calendar
from loyaldesk.operations.demo.catalogue import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

__all__ = ["DemoDocument", "demo_documents", "make_pdf", "make_picture"]

_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>"
)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A paper to file with a customer and perhaps an order, named by their numbers."""

    customer_number: str
    order_number: str | None
    kind: DocumentKind
    name: str
    content: bytes
    filed_on: date
    filed_by: str


def demo_documents(today: date) -> Iterator[DemoDocument]:
    """Yield the papers of the demo company as of that day; the same day, the same bytes."""
    calendar = Calendar(today)
    for entry in read_table("documents")["document"]:
        is_picture = entry["name"].endswith(".png")
        yield DemoDocument(
            customer_number=entry["customer"],
            order_number=entry.get("order"),
            kind=DocumentKind(entry["kind"]),
            name=entry["name"],
            content=make_picture() if is_picture else make_pdf(entry["title"], entry["text"]),
            filed_on=calendar.day(entry["filed"]),
            filed_by=entry["by"],
        )


def make_pdf(title: str, text: Sequence[str]) -> bytes:
    """Return a PDF of one A4 page: a title and lines of text in Western European letters."""
    drawn = [b"BT /F1 18 Tf 70 760 Td (%b) Tj /F2 10 Tf 0 -36 Td 15 TL" % _pdf_text(title)]
    drawn += [b"(%b) Tj T*" % _pdf_text(line) for line in text]
    stream = b"\n".join([*drawn, b"ET"])
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>"
    return _assemble([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        font % b"Helvetica-Bold",
        font % b"Courier",
    ])  # fmt: skip


def make_picture(*, width: int = 320, height: int = 200) -> bytes:
    """Return a PNG in the size given: sacks on a pallet, as far as stripes can show them."""
    sack, gap, wood = (b"\xd8\xc3\x9a", b"\x8a\x74\x4c", b"\x6b\x4a\x2a")
    rows = []
    for y in range(height):
        is_pallet = y > height * 0.86
        pixels = [wood if is_pallet else gap if x % 64 < 3 or y % 42 < 3 else sack
                  for x in range(width)]  # fmt: skip
        rows.append(b"\x00" + b"".join(pixels))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return _PNG + b"".join(_png_chunk(name, content) for name, content in parts)


def _assemble(objects: Sequence[bytes]) -> bytes:
    file, offsets = _HEAD, []
    for number, content in enumerate(objects, 1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    table = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, entries)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return file + table + trailer % (len(objects) + 1, len(file))


def _pdf_text(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _png_chunk(name: bytes, content: bytes) -> bytes:
    body = name + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
