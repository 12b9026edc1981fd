"""How a composed letter is drawn, numbered, filed and put on record, all or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.domain.letter import file_name
from loyaldesk.models import LetterKind
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.pdf.compose_acknowledgement import ComposedAcknowledgement

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.pdf.compose_statement import ComposedStatement
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.store import Store

__all__ = [
    "DrawnLetter",
    "DrawnPages",
    "draw",
    "draw_letter",
    "draw_pages",
    "drawn_letter",
    "issue_letter",
]

FILE_KINDS = {
    LetterKind.ACKNOWLEDGEMENT: "order-acknowledgement",
    LetterKind.STATEMENT: "statement",
}


@dataclass(frozen=True, slots=True)
class DrawnPages:
    """A letter's bytes and how many pages they are."""

    pdf: bytes = field(repr=False)
    pages: int


@dataclass(frozen=True, slots=True)
class DrawnLetter:
    """A letter's bytes with everything the register keeps about it."""

    kind: LetterKind
    pdf: bytes
    pages: int
    number: str
    revision: int
    customer_id: int
    order_id: int | None
    file_name: str
    language: str
    data_sha256: bytes
    composed: ComposedAcknowledgement | ComposedStatement

    @property
    def sha256(self) -> bytes:
        """The hash of the bytes."""
        return hashlib.sha256(self.pdf).digest()


def draw(composed: ComposedAcknowledgement | ComposedStatement) -> DrawnLetter:
    """Draw the letter here; what is returned is exactly what is issued."""
    return drawn_letter(composed, draw_pages(composed=composed))


def draw_pages(*, composed: ComposedAcknowledgement | ComposedStatement) -> DrawnPages:
    """Return the bytes of the letter and how many pages they are; for a child process."""
    pdf = draw_letter(composed)
    return DrawnPages(pdf, _page_count(pdf))


def drawn_letter(
    composed: ComposedAcknowledgement | ComposedStatement, drawn: DrawnPages
) -> DrawnLetter:
    """Return the drawn pages together with what the register keeps about them."""
    is_order = isinstance(composed, ComposedAcknowledgement)
    kind = LetterKind.ACKNOWLEDGEMENT if is_order else LetterKind.STATEMENT
    frame = composed.letter.frame
    return DrawnLetter(
        kind=kind,
        pdf=drawn.pdf,
        pages=drawn.pages,
        number=frame.number,
        revision=frame.revision or 1,
        customer_id=composed.customer_id,
        order_id=composed.order_id if isinstance(composed, ComposedAcknowledgement) else None,
        file_name=file_name(frame, FILE_KINDS[kind]),
        language=frame.locale,
        data_sha256=composed.data_sha256,
        composed=composed,
    )


def draw_letter(
    composed: ComposedAcknowledgement | ComposedStatement, *, copy: bool = False
) -> bytes:
    """Return the PDF of a composed letter, marked as a copy if asked."""
    # Reportlab costs a quarter of a second to import; only who draws pays it.
    if isinstance(composed, ComposedAcknowledgement):
        from loyaldesk.pdf.acknowledgement import draw_acknowledgement

        return draw_acknowledgement(composed.letter, copy=copy)
    from loyaldesk.pdf.statement import draw_statement

    return draw_statement(composed.letter, copy=copy)


def issue_letter(
    store: Store,
    *,
    files: FileStore,
    drawn: DrawnLetter,
    handing: Callable[[Transaction, int], object] | None = None,
) -> int:
    """File the letter and put it on record; return its id. Its number must still be free.

    `handing(tx, letter_id)` puts on record in the same transaction how the letter leaves, so that
    none is ever issued of which nobody knows whether it left.

    The content lies in the file store before the record names it; a crash between the two leaves
    a content nobody refers to, never a record without its paper.
    """
    kept = files.add(BytesIO(drawn.pdf))
    request = None
    if not isinstance(drawn.composed, ComposedAcknowledgement):
        request = drawn.composed.letter.statement.request
    letter = IssuedLetter(
        kind=drawn.kind,
        number=drawn.number,
        revision=drawn.revision,
        customer_id=drawn.customer_id,
        order_id=drawn.order_id,
        file_name=drawn.file_name,
        sha256=kept.sha256,
        size=kept.size,
        pages=drawn.pages,
        data_sha256=drawn.data_sha256,
        language=drawn.language,
        as_of=request.as_of if request else None,
        period_from=request.start if request else None,
    )
    with store.transaction("Issue letter", undoable=False) as tx:
        letter_id = record_letter(tx, letter=letter)
        if handing is not None:
            handing(tx, letter_id)
        return letter_id


def _page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
