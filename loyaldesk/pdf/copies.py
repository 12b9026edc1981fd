"""How an issued letter is reprinted: the kept bytes, with COPY over the title."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.operations.letters import count_copy
from loyaldesk.pdf.envelopes import envelope, envelope_by_template
from loyaldesk.pdf.texts import texts_for

if TYPE_CHECKING:
    from collections.abc import Callable

    import pikepdf

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.pdf.envelopes import Envelope
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = ["mark_copy", "read_copy", "reprint"]

# Right-aligned above the title, bold 9.5.
SIZE = 9.5
MM = 72 / 25.4
# The id line of every letter names its template: kind, envelope and version.
TEMPLATE = re.compile(r"\b[a-z]+-([a-z]+(?:-[a-z0-9]+)*)\s\d+\.\d+")
USUAL = "din-5008-b"


def reprint(
    store: Store,
    *,
    files: FileStore,
    letter_id: int,
    handing: Callable[..., object] | None = None,
) -> bytes:
    """Return an issued letter exactly as it was sent, marked COPY, and count the copy.

    `handing(tx, letter_id=…)` puts on record in the same transaction how the copy leaves.
    """
    with store.transaction("Reprint letter", undoable=False) as tx:
        copy = read_copy(tx, files=files, letter_id=letter_id)
        count_copy(tx, letter_id=letter_id)
        if handing is not None:
            handing(tx, letter_id=letter_id)
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

    places = _places_of(pdf)
    word = texts_for(language)["copy"]
    with pikepdf.open(BytesIO(pdf)) as letter:
        first = letter.pages[0]
        width, height = (float(first.mediabox[i]) for i in (2, 3))
        with pikepdf.open(BytesIO(_stamp(word, places, width, height))) as stamp:
            # pikepdf's own overlay takes a random name: two copies would not be the same bytes.
            mark = letter.copy_foreign(stamp.pages[0].as_form_xobject())
            name = first.add_resource(mark, pikepdf.Name.XObject, pikepdf.Name.CopyMark)
            first.contents_add(b"q\n", prepend=True)
            first.contents_add(f"\nQ\n/Artifact BMC\nq {name} Do Q\nEMC\n".encode())
        _withdraw_broken_claims(letter)
        written = BytesIO()
        letter.save(written, deterministic_id=True)
    return written.getvalue()


def _withdraw_broken_claims(letter: pikepdf.Pdf) -> None:
    """Let a copy say that it is made for archives only if it still is."""
    from loyaldesk.pdf.archive_rules import broken_rules, claims_of, withdraw_claims

    if claims_of(letter) and broken_rules(letter):
        withdraw_claims(letter)


def _stamp(word: str, places: Envelope, width: float, height: float) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from loyaldesk.pdf.faces import BOLD, faces

    faces()
    page = BytesIO()
    canvas = Canvas(page, pagesize=(width, height), initialFontName=BOLD, invariant=1)
    canvas.setFont(BOLD, SIZE)
    canvas.drawRightString(places.paper.right * MM, height - places.head.copy * MM, word)
    canvas.save()
    return page.getvalue()


def _places_of(pdf: bytes) -> Envelope:
    """Return the envelope that the letter was laid out for, as its id line tells."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        text = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    found = (envelope_by_template(template) for template in TEMPLATE.findall(text))
    return next((each for each in found if each), None) or envelope(USUAL)
