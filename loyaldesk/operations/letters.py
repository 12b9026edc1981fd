"""Ways to put an issued letter on record: numbered, hashed, never changed, never undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import DocumentKind, Letter, LetterKind, OrderStatus, SalesOrder
from loyaldesk.operations import operation
from loyaldesk.operations.acknowledging import refuse_unverified
from loyaldesk.operations.documents import file_document
from loyaldesk.operations.dunning import record_reminder
from loyaldesk.operations.numbers import take_number

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.operations.dunning import IssuedReminder
    from loyaldesk.store.gate import Transaction

__all__ = ["LETTER_SERIES", "IssuedLetter", "count_copy", "record_letter"]

LETTER_SERIES = {
    LetterKind.ACKNOWLEDGEMENT: "A",
    LetterKind.STATEMENT: "S",
    LetterKind.REMINDER: "M",
}
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """A letter as it leaves the house: its number, its bytes' place, what it was made of."""

    kind: LetterKind
    number: str
    revision: int
    customer_id: int
    file_name: str
    sha256: bytes
    size: int
    pages: int
    data_sha256: bytes
    language: str
    order_id: int | None = None
    as_of: date | None = None
    period_from: date | None = None
    reminder: IssuedReminder | None = None
    accepts: bool = False


@operation("Issue letter", undoable=False)
def record_letter(tx: Transaction, *, letter: IssuedLetter) -> int:
    """Put the letter on record and return its id; its number must still be the next one."""
    _take(tx, letter)
    document_id = file_document(
        tx,
        sha256=letter.sha256,
        size=letter.size,
        mime=PDF,
        name=letter.file_name,
        customer_id=letter.customer_id,
        order_id=letter.order_id,
        kind=DocumentKind(letter.kind.value),
        pages=letter.pages,
    )
    letter_id = tx.insert(
        Letter,
        kind=letter.kind,
        number=letter.number,
        revision=letter.revision,
        customer_id=letter.customer_id,
        order_id=letter.order_id,
        document_id=document_id,
        issued_at=tx.now,
        issued_by=tx.actor,
        language=letter.language,
        as_of=letter.as_of,
        period_from=letter.period_from,
        data_sha256=letter.data_sha256,
        level=letter.reminder.level if letter.reminder else None,
        fee_minor=letter.reminder.fee.minor if letter.reminder else None,
    )
    if letter.kind is LetterKind.ACKNOWLEDGEMENT:
        _acknowledged(tx, letter)
    if letter.reminder:
        record_reminder(
            tx, letter_id=letter_id, customer_id=letter.customer_id, reminder=letter.reminder
        )
    tx.describe(f"Issue {letter.number}")
    return letter_id


@operation("Reprint letter", undoable=False)
def count_copy(tx: Transaction, *, letter_id: int) -> None:
    """Count a reprint that was marked as a copy."""
    copies = tx.value("SELECT copies FROM letter WHERE id = ?", [letter_id])
    if copies is None:
        raise Refused("This letter is not in the register. Nothing was printed.")
    tx.update(Letter, letter_id, copies=copies + 1)


def _take(tx: Transaction, letter: IssuedLetter) -> None:
    earlier = tx.value(
        "SELECT max(revision) FROM letter WHERE kind = ? AND number = ?",
        [letter.kind, letter.number],
    )
    if earlier is not None:
        if letter.kind is LetterKind.ACKNOWLEDGEMENT and letter.revision == earlier + 1:
            return
        raise Conflict("This number was given to another letter meanwhile. Nothing was issued.")
    if take_number(tx, Letter, LETTER_SERIES[letter.kind]) != letter.number:
        raise Conflict("Another letter was issued meanwhile. Nothing was issued.")


def _acknowledged(tx: Transaction, letter: IssuedLetter) -> None:
    if letter.order_id is None:
        raise Refused("An acknowledgement belongs to an order. Nothing was issued.")
    if letter.accepts:
        refuse_unverified(tx, letter.order_id)
    status, on_hold = tx.row(
        "SELECT status, hold_reason <> '' FROM sales_order WHERE id = ?", [letter.order_id]
    ) or ("", 0)
    if on_hold:
        return
    tx.update(SalesOrder, letter.order_id, acknowledged_on=tx.today)
    if status in {OrderStatus.DRAFT, OrderStatus.SUBMITTED}:
        tx.update(SalesOrder, letter.order_id, status=OrderStatus.ACKNOWLEDGED)
