"""How does a test get papers: small PDFs and pictures, stored and filed like any other?"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image

from loyaldesk.operations.demo.papers import make_pdf
from tests.support.factories import file_content

if TYPE_CHECKING:
    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk

__all__ = ["delivery_note", "file_paper", "picture", "two_pages"]


def delivery_note() -> bytes:
    """Return a PDF of one page that says 4711 twice."""
    return make_pdf("Lieferschein 4711/1", ["Tea, 48 pcs, order 4711", "Sent with DHL"])


def two_pages() -> bytes:
    """Return a PDF of two A4 pages; each says its number, and both say "Tea"."""
    from reportlab.pdfgen.canvas import Canvas

    written = BytesIO()
    canvas = Canvas(written, pagesize=(595, 842))
    for page in (1, 2):
        canvas.drawString(72, 700, f"Tea on page {page}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


def picture(size: tuple[int, int] = (300, 200)) -> bytes:
    """Return a red PNG."""
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, "PNG")
    return written.getvalue()


def file_paper(
    store: Store, desk: Desk, customer_id: int, content: bytes = b"", **fields: Any
) -> int:
    """Store a content, a delivery note unless given, file it and return the document's id."""
    fields.setdefault("name", "Delivery note.pdf")
    return file_content(
        store,
        files=desk.files(),
        content=content or delivery_note(),
        customer_id=customer_id,
        **fields,
    )
