"""How a composed letter is drawn, numbered, filed and put on record, all or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.domain.letter import file_name
from loyaldesk.models import LetterKind
from loyaldesk.operations.acknowledging import refuse_unverified
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.pdf.compose_acknowledgement import ComposedAcknowledgement
from loyaldesk.pdf.compose_reminder import ComposedReminder
from loyaldesk.pdf.compose_statement import ComposedStatement

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.operations.dunning import IssuedReminder
    from loyaldesk.store.store import Store

__all__ = [
    "Composed",
    "DrawnLetter",
    "DrawnPages",
    "draw",
    "draw_letter",
    "draw_pages",
    "drawn_letter",
    "issue_letter",
    "refuse_unready",
]

Composed = ComposedAcknowledgement | ComposedReminder | ComposedStatement
"""A letter of any sort, ready to be drawn."""


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
    file_name: str
    language: str
    data_sha256: bytes
    composed: Composed
    order_id: int | None = None
    as_of: date | None = None
    period_from: date | None = None
    reminder: IssuedReminder | None = None

    @property
    def sha256(self) -> bytes:
        """The hash of the bytes."""
        return hashlib.sha256(self.pdf).digest()


@dataclass(frozen=True, slots=True)
class _Sort:
    """What sets a letter apart from those of other sorts: in the register and in its file name."""

    kind: LetterKind
    file_kind: str
    order_id: int | None = None
    as_of: date | None = None
    period_from: date | None = None
    reminder: IssuedReminder | None = None


def draw(composed: Composed) -> DrawnLetter:
    """Draw the letter here; what is returned is exactly what is issued."""
    return drawn_letter(composed, draw_pages(composed=composed))


def draw_pages(*, composed: Composed) -> DrawnPages:
    """Return the bytes of the letter and how many pages they are; for a child process."""
    pdf = draw_letter(composed)
    return DrawnPages(pdf, _page_count(pdf))


def drawn_letter(composed: Composed, drawn: DrawnPages) -> DrawnLetter:
    """Return the drawn pages together with what the register keeps about them."""
    sort, frame = _sort_of(composed), composed.letter.frame
    return DrawnLetter(
        kind=sort.kind,
        pdf=drawn.pdf,
        pages=drawn.pages,
        number=frame.number,
        revision=frame.revision or 1,
        customer_id=composed.customer_id,
        file_name=file_name(frame, sort.file_kind, day=sort.as_of),
        language=frame.locale,
        data_sha256=composed.data_sha256,
        composed=composed,
        order_id=sort.order_id,
        as_of=sort.as_of,
        period_from=sort.period_from,
        reminder=sort.reminder,
    )


def draw_letter(composed: Composed, *, copy: bool = False) -> bytes:
    """Return the PDF of a composed letter, marked as a copy if asked."""
    # Reportlab costs a quarter of a second to import; only who draws pays it.
    if isinstance(composed, ComposedAcknowledgement):
        from loyaldesk.pdf.acknowledgement import draw_acknowledgement

        return draw_acknowledgement(composed.letter, copy=copy)
    if isinstance(composed, ComposedReminder):
        from loyaldesk.pdf.reminder import draw_reminder

        return draw_reminder(composed.letter, copy=copy)
    from loyaldesk.pdf.statement import draw_statement

    return draw_statement(composed.letter, copy=copy)


def refuse_unready(store: Store, composed: Composed) -> None:
    """Refuse what could not be issued, before anybody gets it in hand: an unverified acceptance."""
    if isinstance(composed, ComposedAcknowledgement) and composed.accepts:
        with store.reader() as reader:
            refuse_unverified(reader, composed.order_id)


def issue_letter(
    store: Store,
    *,
    files: FileStore,
    drawn: DrawnLetter,
    handing: Callable[..., object] | None = None,
) -> int:
    """File the letter and put it on record; return its id. Its number must still be free.

    `handing(tx, letter_id=…)` puts on record in the same transaction how the letter leaves, so that
    none is ever issued of which nobody knows whether it left.

    The content lies in the file store before the record names it; a crash between the two leaves
    a content nobody refers to, never a record without its paper.
    """
    kept = files.add(BytesIO(drawn.pdf))
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
        as_of=drawn.as_of,
        period_from=drawn.period_from,
        reminder=drawn.reminder,
        accepts=isinstance(drawn.composed, ComposedAcknowledgement) and drawn.composed.accepts,
    )
    with store.transaction("Issue letter", undoable=False) as tx:
        letter_id = record_letter(tx, letter=letter)
        if handing is not None:
            handing(tx, letter_id=letter_id)
        return letter_id


def _sort_of(composed: Composed) -> _Sort:
    if isinstance(composed, ComposedAcknowledgement):
        order_id = composed.order_id
        return _Sort(LetterKind.ACKNOWLEDGEMENT, "order-acknowledgement", order_id=order_id)
    if isinstance(composed, ComposedReminder):
        issued = composed.issued
        name = f"reminder-{issued.level}"
        return _Sort(LetterKind.REMINDER, name, as_of=issued.on, reminder=issued)
    request = composed.letter.statement.request
    return _Sort(LetterKind.STATEMENT, "statement", as_of=request.as_of, period_from=request.start)


def _page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
