"""Ways to record payments, and to set them and credit notes against invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.allocation import allocate, propose_allocations
from loyaldesk.domain.ledger import EntryKey, EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.models import Allocation, Invoice, Payment
from loyaldesk.operations import operation
from loyaldesk.operations.numbers import take_number
from loyaldesk.queries.receivables import read_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.store.gate import Transaction

__all__ = ["allocate_amount", "allocate_amounts", "record_payment", "reverse_allocation"]

SERIES = "PAY"


@operation("Record payment")
def record_payment(
    tx: Transaction,
    *,
    customer_id: int,
    amount: Money,
    received_on: date | None = None,
    method: str = "",
    reference: str = "",
    number: str = "",
    allocate_oldest_first: bool = False,
    allocations: Sequence[tuple[int, Money]] = (),
) -> int:
    """Record money received and return the payment's id.

    It is set against the invoices named with their amounts, or if asked against the oldest items.
    """
    day = received_on or tx.today
    if amount.minor <= 0:
        raise Refused("A payment is above zero. Nothing was recorded.", field="amount")
    if day > tx.today:
        raise Refused(
            "A payment cannot be received in the future. Nothing was recorded.",
            field="received_on",
        )
    taken = take_number(tx, Payment, SERIES, number)
    payment_id = tx.insert(
        Payment,
        number=taken,
        customer_id=customer_id,
        received_on=day,
        currency=amount.currency,
        amount_minor=amount.minor,
        unallocated_minor=amount.minor,
        method=method,
        reference=reference,
        recorded_at=tx.now,
    )
    key = (EntryKind.PAYMENT, payment_id)
    allocate_amounts(tx, customer_id=customer_id, source=key, allocations=allocations)
    tx.describe(f"Record payment {taken}")
    if allocate_oldest_first:
        ledger = read_ledger(tx, customer_id=customer_id)
        for part in propose_allocations(ledger, source=key, applied_on=tx.today):
            _apply(
                tx,
                customer_id=customer_id,
                source=key,
                invoice_id=part.target[1],
                amount=part.amount,
                day=tx.today,
            )
    return payment_id


@operation("Allocate")
def allocate_amount(
    tx: Transaction,
    *,
    customer_id: int,
    source: EntryKey,
    invoice_id: int,
    amount: Money,
    applied_on: date | None = None,
) -> int:
    """Set a part of a payment or credit note against an invoice and return the allocation's id.

    It is kept under the day it counts from: never before both papers were there.
    """
    day = applied_on or tx.today
    if day > tx.today:
        raise Refused(
            "An amount cannot be set against an invoice in the future. Nothing was changed; "
            "choose today or an earlier day.",
            field="applied_on",
        )
    ledger = read_ledger(tx, customer_id=customer_id)
    target = (EntryKind.INVOICE, invoice_id)
    if source not in ledger.entries or target not in ledger.entries:
        raise Refused("That paper belongs to another customer. Nothing was changed.")
    part = allocate(ledger, source=source, target=target, amount=amount, applied_on=day)
    tx.describe(f"Set {ledger.entries[source].number} against {ledger.entries[target].number}")
    return _apply(
        tx,
        customer_id=customer_id,
        source=source,
        invoice_id=invoice_id,
        amount=amount,
        day=ledger.effective_on(part),
    )


@operation("Set against invoices")
def allocate_amounts(
    tx: Transaction,
    *,
    customer_id: int,
    source: EntryKey,
    allocations: Sequence[tuple[int, Money]],
) -> None:
    """Set parts of a payment or credit note against several invoices, all of them or none."""
    for invoice_id, share in allocations:
        allocate_amount(
            tx, customer_id=customer_id, source=source, invoice_id=invoice_id, amount=share
        )


@operation("Take back allocation")
def reverse_allocation(tx: Transaction, *, allocation_id: int) -> int:
    """Take an allocation back from today on, by a negative one, and return that one's id."""
    found = tx.row(
        "SELECT a.customer_id, a.payment_id, a.credit_note_id, a.invoice_id, a.amount_minor,"
        " i.currency FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE a.id = ?",
        [allocation_id],
    )
    if found is None:
        raise Refused("This allocation no longer exists. Nothing was changed.")
    customer_id, payment_id, note_id, invoice_id, minor, currency = found
    still_set = tx.value(
        "SELECT sum(amount_minor) FROM allocation"
        " WHERE invoice_id = ? AND payment_id IS ? AND credit_note_id IS ?",
        [invoice_id, payment_id, note_id],
    )
    if not 0 < minor <= still_set:
        raise Refused("This allocation was already taken back. Nothing was changed.")
    source = (
        (EntryKind.PAYMENT, payment_id)
        if payment_id is not None
        else (EntryKind.CREDIT_NOTE, note_id)
    )
    return _apply(
        tx,
        customer_id=customer_id,
        source=source,
        invoice_id=invoice_id,
        amount=Money(-minor, currency),
        day=tx.today,
    )


def _apply(
    tx: Transaction,
    *,
    customer_id: int,
    source: EntryKey,
    invoice_id: int,
    amount: Money,
    day: date,
) -> int:
    kind, source_id = source
    is_payment = kind is EntryKind.PAYMENT
    allocation_id = tx.insert(
        Allocation,
        customer_id=customer_id,
        payment_id=source_id if is_payment else None,
        credit_note_id=None if is_payment else source_id,
        invoice_id=invoice_id,
        amount_minor=amount.minor,
        applied_on=day,
        recorded_at=tx.now,
    )
    _lower(tx, Invoice, invoice_id, "open_minor", amount)
    if is_payment:
        _lower(tx, Payment, source_id, "unallocated_minor", amount)
    else:
        _lower(tx, Invoice, source_id, "open_minor", amount)
    return allocation_id


def _lower(
    tx: Transaction, model: type[Invoice | Payment], row_id: int, column: str, amount: Money
) -> None:
    now = tx.value(f"SELECT {column} FROM {model.__tablename__} WHERE id = ?", [row_id])
    tx.update(model, row_id, **{column: now - amount.minor})
