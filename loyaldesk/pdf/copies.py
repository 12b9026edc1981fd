"""How an issued letter is reprinted: the kept bytes, with COPY over the title."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.operations.letters import count_copy
from loyaldesk.pdf.texts import texts_for

if TYPE_CHECKING:
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = ["mark_copy", "read_copy", "reprint"]

# Right-aligned above the title on line 23 of the 12-point grid, bold 9.5.
BASELINE_FROM_TOP = 23 * 12
SIZE = 9.5
MM = 72 / 25.4
LETTER_WIDTH, A4_RIGHT, LETTER_RIGHT = 612, 190.0, 196.85


def reprint(store: Store, *, files: FileStore, letter_id: int) -> bytes:
    """Return an issued letter exactly as it was sent, marked COPY, and count the copy."""
    with store.transaction("Reprint letter", undoable=False) as tx:
        copy = read_copy(tx, files=files, letter_id=letter_id)
        count_copy(tx, letter_id=letter_id)
    return copy


def read_copy(source: Source, *, files: FileStore, letter_id: int) -> bytes:
    """Return an issued letter marked COPY, to look at before it is printed."""
    found = source.row(
        "SELECT f.sha256, l.language FROM letter l JOIN document d ON d.id = l.document_id"
        " JOIN stored_file f ON f.id = d.file_id WHERE l.id = ?",
        [letter_id],
    )
    if found is None:
        raise Refused("This letter is not in the register. Nothing was printed.")
    return mark_copy(files.read(found[0]), language=found[1])


def mark_copy(pdf: bytes, *, language: str) -> bytes:
    """Return the letter marked as a copy on its first page; nothing else of it changes."""
    import pikepdf

    word = texts_for(language)["copy"]
    with pikepdf.open(BytesIO(pdf)) as letter:
        first = letter.pages[0]
        width, height = (float(first.mediabox[i]) for i in (2, 3))
        with pikepdf.open(BytesIO(_stamp(word, width, height))) as stamp:
            # pikepdf's own overlay takes a random name: two copies would not be the same bytes.
            mark = letter.copy_foreign(stamp.pages[0].as_form_xobject())
            name = first.add_resource(mark, pikepdf.Name.XObject, pikepdf.Name.CopyMark)
            first.contents_add(b"q\n", prepend=True)
            first.contents_add(f"\nQ\nq {name} Do Q\n".encode())
        written = BytesIO()
        letter.save(written, deterministic_id=True)
    return written.getvalue()


def _stamp(word: str, width: float, height: float) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from loyaldesk.pdf.fonts import BOLD, faces

    faces()
    page = BytesIO()
    canvas = Canvas(page, pagesize=(width, height), initialFontName=BOLD, invariant=1)
    canvas.setFont(BOLD, SIZE)
    canvas.drawRightString(_right_edge(width), height - BASELINE_FROM_TOP, word)
    canvas.save()
    return page.getvalue()


def _right_edge(width: float) -> float:
    """Return the right edge of the text, in points, for A4 or Letter."""
    return (A4_RIGHT if width < LETTER_WIDTH else LETTER_RIGHT) * MM
