"""Which documents do the tests of the file store and the viewer look at?"""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from loyaldesk.documents.file_store import FileStore

KEY = b"k" * 32


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / "files", KEY)


def make_pdf(*texts, size=(595.276, 841.89)):
    """Return a PDF with a page for each text, written one inch from the left and two from the top.

    Each page has a black square of one inch in its bottom left corner.
    """
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    for text in texts:
        canvas.drawString(72, size[1] - 144, text)
        canvas.rect(0, 0, 72, 72, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def make_bare_pdf(box="0 0 200 100", extra="", count=1):
    """Return a minimal PDF, written by hand, whose page has that box and further entries."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{'3 0 R ' * count}]/Count {count}>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]{extra}>>",
    ]
    content, offsets = "%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(content))
        content += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(content)
    content += f"xref\n0 4\n0000000000 65535 f \n{table}"
    return f"{content}trailer<</Size 4/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()


def make_picture(kind="PNG", size=(30, 20), colour="red", mode="RGB", **options):
    """Return an encoded picture of one colour."""
    buffer = BytesIO()
    Image.new(mode, size, colour).save(buffer, kind, **options)
    return buffer.getvalue()
