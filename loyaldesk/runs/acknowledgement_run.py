"""How is an order acknowledged once and handed over, among many or alone?

The steps of one order, for the window and for the command line: prepare it where the records are
read, draw it in a process of its own, hand it over in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import checked_totals
from loyaldesk.errors import Refused
from loyaldesk.mail.letters import letter_mail
from loyaldesk.mail.outbox import UNDO_SECONDS, queue_mail
from loyaldesk.models import DispatchChannel, MailState
from loyaldesk.operations.acknowledging import refuse_unverified
from loyaldesk.operations.dispatches import record_dispatch, record_print
from loyaldesk.operations.mail import withdraw_mail
from loyaldesk.pdf.compose_acknowledgement import ComposedAcknowledgement, compose_acknowledgement
from loyaldesk.pdf.copies import reprint
from loyaldesk.pdf.issuing import draw_pages, drawn_letter, issue_letter
from loyaldesk.queries.mail import read_mail_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = [
    "HandedLetter", "Handing", "HandingWay", "PreparedOrder", "check_drawing", "hand_copy",
    "hand_over", "prepare_order", "prepare_orders", "take_back",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PreparedOrder:
    """An order whose letter may go: as it is composed now, or as it lies on record already.

    `kept_letter_id` is the newest letter where it says the same: then its bytes are handed over
    again, and nothing is issued.
    """

    order_id: int
    composed: ComposedAcknowledgement
    kept_letter_id: int | None


@dataclass(frozen=True, slots=True)
class HandingWay:
    """By what a letter leaves: a printer with its batch, a mail, or a file by its name."""

    channel: DispatchChannel
    recipient: str = ""
    print_batch_id: int | None = None
    undo_seconds: int = UNDO_SECONDS


@dataclass(frozen=True, slots=True)
class HandedLetter:
    """A letter on record together with how it leaves: the row of its dispatch, or its mail."""

    letter_id: int
    dispatch_id: int | None
    mail_id: int | None
    pdf: bytes = field(repr=False)


def prepare_order(source: Source, *, order_id: int, now: datetime) -> PreparedOrder:
    """Return what is to be handed over; refuses figures that do not hold, and what nobody verified.

    What is on record already says nothing new, and goes as it is.
    """
    composed = compose_acknowledgement(source, order_id=order_id, now=now)
    checked_totals(composed.letter)
    last = composed.last
    kept = last.id if last is not None and composed.is_unchanged else None
    if kept is None and composed.accepts:
        refuse_unverified(source, order_id)
    return PreparedOrder(order_id, composed, kept)


def prepare_orders(
    source: Source, *, order_ids: Sequence[int], now: datetime
) -> dict[int, PreparedOrder | str]:
    """Return each order prepared, or the sentence that says why it cannot go."""
    found: dict[int, PreparedOrder | str] = {}
    for order_id in order_ids:
        try:
            found[order_id] = prepare_order(source, order_id=order_id, now=now)
        except Refused as refused:
            found[order_id] = refused.message
    return found


def check_drawing(*, prepared: Sequence[PreparedOrder]) -> dict[int, str]:
    """Return, by order, why a letter cannot be drawn, such as a letter no font has."""
    problems: dict[int, str] = {}
    for order in prepared:
        try:
            draw_pages(composed=order.composed)
        except Refused as refused:
            problems[order.order_id] = refused.message
    return problems


def hand_over(
    store: Store,
    *,
    files: Callable[[], FileStore],
    prepared: PreparedOrder,
    pages: DrawnPages | None,
    way: HandingWay,
) -> HandedLetter:
    """Issue the drawn letter, or take the one on record, and record how it leaves.

    Both in one transaction: a letter is never on record without a word on how it left, and never
    given a second number because somebody stopped in between.
    """
    handing = Handing(files(), way)
    if prepared.kept_letter_id is not None:
        with store.transaction("Hand over letter", undoable=False) as tx:
            handing(tx, letter_id=prepared.kept_letter_id)
            pdf = _kept_pdf(tx, files(), prepared.kept_letter_id)
        return handing.handed(prepared.kept_letter_id, pdf)
    if pages is None:
        raise ValueError("a letter that is not on record must be drawn before it is handed over")
    drawn = drawn_letter(prepared.composed, pages)
    letter_id = issue_letter(store, files=files(), drawn=drawn, handing=handing)
    return handing.handed(letter_id, pages.pdf)


def hand_copy(
    store: Store, *, files: Callable[[], FileStore], letter_id: int, way: HandingWay
) -> HandedLetter:
    """Count a copy of a letter that is known to have left, and record how the copy leaves."""
    handing = Handing(files(), way, is_copy=True)
    pdf = reprint(store, files=files(), letter_id=letter_id, handing=handing)
    return handing.handed(letter_id, pdf)


def take_back(store: Store, *, mail_ids: Sequence[int]) -> int:
    """Withdraw the mails that still wait and return how many; the others are gone already."""
    with store.transaction("Withdraw mail", undoable=False) as tx:
        waiting = [mail_id for mail_id in mail_ids if _is_waiting(tx, mail_id)]
        for mail_id in waiting:
            withdraw_mail(tx, mail_id=mail_id)
    return len(waiting)


class Handing:
    """Records in the transaction of a letter how it leaves, and remembers the row."""

    def __init__(self, files: FileStore, way: HandingWay, *, is_copy: bool = False) -> None:
        self._files, self._way, self._is_copy = files, way, is_copy
        self._dispatch_id: int | None = None
        self._mail_id: int | None = None

    def __call__(self, tx: Transaction, *, letter_id: int) -> None:
        """Record it; called in the transaction that issues the letter."""
        way = self._way
        if way.channel is DispatchChannel.EMAIL:
            _require_server(tx)
            mail = letter_mail(tx, letter_id=letter_id)
            self._mail_id = queue_mail(
                tx, files=self._files, mail=mail, undo_seconds=way.undo_seconds
            )
        elif way.channel is DispatchChannel.PRINT:
            self._dispatch_id = record_print(
                tx,
                letter_id=letter_id,
                printer=way.recipient,
                print_batch_id=way.print_batch_id,
                is_copy=self._is_copy,
            )
        else:
            self._dispatch_id = record_dispatch(
                tx,
                letter_id=letter_id,
                channel=way.channel,
                recipient=way.recipient,
                is_copy=self._is_copy,
            )

    def handed(self, letter_id: int, pdf: bytes) -> HandedLetter:
        """Return the letter with the row that tells how it left."""
        return HandedLetter(letter_id, self._dispatch_id, self._mail_id, pdf)


def _require_server(source: Source) -> None:
    """Refuse to mail many letters where mails leave as drafts: those are never called sent."""
    if not read_mail_settings(source).sends:
        raise Refused(
            "There is no mail server, so this mail would only become a draft. Nothing was issued. "
            "Fill in Settings, E-mail, or print the letter."
        )


def _is_waiting(tx: Transaction, mail_id: int) -> bool:
    return bool(tx.value("SELECT state FROM mail WHERE id = ?", [mail_id]) == MailState.QUEUED)


def _kept_pdf(source: Source, files: FileStore, letter_id: int) -> bytes:
    sha256 = source.value(
        "SELECT f.sha256 FROM letter l JOIN document d ON d.id = l.document_id"
        " JOIN stored_file f ON f.id = d.file_id WHERE l.id = ?",
        [letter_id],
    )
    if sha256 is None:
        raise Refused("This letter is not in the register. Nothing was handed over.")
    return files.read(sha256)
