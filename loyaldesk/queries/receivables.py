"""What a customer owes: the ledger that statements are made of, one invoice, one payment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import Allocation, Dispute, EntryKind, Ledger, LedgerEntry
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.queries.book import row, rows
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.statement_members import Member
    from loyaldesk.store.reader import Row, Source

__all__ = [
    "InvoiceDetail", "InvoiceLineRow", "PaymentDetail", "Settlement", "read_group_ledger",
    "read_invoice", "read_ledger", "read_payment",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """One line of an invoice."""

    position: int
    item_number: str
    description: str
    quantity_milli: int
    unit: str
    unit_price_micro: int
    discount_ppm: int
    tax_ppm: int
    net: Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was set against what: the other paper, the amount, the day."""

    allocation_id: int
    kind: str
    id: int
    number: str
    amount: Money
    applied_on: date
    order_id: int | None = None


@dataclass(frozen=True, slots=True)
class InvoiceDetail:
    """One invoice or credit note with lines and settlements."""

    id: int
    kind: str
    number: str
    customer_id: int
    customer_number: str
    customer_name: str
    order_id: int | None
    order_number: str | None
    invoiced_on: date
    due_on: date | None
    net: Money
    freight: Money
    tax: Money
    total: Money
    open: Money
    customer_po: str
    disputed_on: date | None
    dispute_reason: str
    source_system: str | None
    source_key: str | None
    lines: tuple[InvoiceLineRow, ...]
    settlements: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class PaymentDetail:
    """One payment with what it settled."""

    id: int
    number: str
    customer_id: int
    customer_number: str
    customer_name: str
    received_on: date
    amount: Money
    unallocated: Money
    method: str
    reference: str
    source_system: str | None
    source_key: str | None
    settlements: tuple[Settlement, ...]


def read_ledger(source: Source, *, customer_id: int) -> Ledger:
    """Return every entry and allocation of one customer, in three statements."""
    mine = {"customer_id": customer_id}
    entries = [_invoice_entry(customer_id, r) for r in rows(source, "ledger.invoices", **mine)]
    entries += [_payment_entry(customer_id, r) for r in rows(source, "ledger.payments", **mine)]
    allocations = [_allocation(r) for r in rows(source, "ledger.allocations", **mine)]
    return Ledger.of(entries, allocations)


def read_group_ledger(source: Source, *, customer_id: int, members: Sequence[Member]) -> Ledger:
    """Return the ledger of a customer and of the members whose items stand on its statement.

    Each entry of a member names it as its location.
    """
    whole = read_ledger(source, customer_id=customer_id)
    if not members:
        return whole
    entries, allocations = list(whole.entries.values()), list(whole.allocations)
    for member in members:
        own = read_ledger(source, customer_id=member.id)
        location = f"{member.number} {member.name}"
        entries += [replace(entry, location=location) for entry in own.entries.values()]
        allocations += own.allocations
    return Ledger.of(entries, allocations)


def read_invoice(source: Source, *, invoice_id: int) -> InvoiceDetail:
    """Return one invoice or credit note, or refuse if it no longer exists."""
    found = row(source, "invoice.head", invoice_id=invoice_id)
    if found is None:
        raise Refused("This invoice no longer exists.")
    currency = found[10]
    lines = rows(source, "invoice.lines", invoice_id=invoice_id)
    settled = rows(source, "invoice.settlements", invoice_id=invoice_id)
    return InvoiceDetail(
        id=found[0],
        kind=found[1],
        number=found[2],
        customer_id=found[3],
        customer_number=found[4],
        customer_name=found[5],
        order_id=found[6],
        order_number=found[7],
        invoiced_on=date.fromisoformat(found[8]),
        due_on=day_or_none(found[9]),
        net=Money(found[11], currency),
        freight=Money(found[12], currency),
        tax=Money(found[13], currency),
        total=Money(found[14], currency),
        open=Money(found[15], currency),
        customer_po=found[16],
        disputed_on=day_or_none(found[17]),
        dispute_reason=found[18],
        source_system=found[19],
        source_key=found[20],
        lines=tuple(InvoiceLineRow(*[*r[:-1], Money(r[-1], currency)]) for r in lines),
        settlements=tuple(
            Settlement(key, kind, paper, number, Money(amount, currency), date.fromisoformat(on))
            for kind, paper, number, amount, on, key in settled
        ),
    )


def read_payment(source: Source, *, payment_id: int) -> PaymentDetail:
    """Return one payment, or refuse if it no longer exists."""
    found = row(source, "payment.head", payment_id=payment_id)
    if found is None:
        raise Refused("This payment no longer exists.")
    currency = found[6]
    return PaymentDetail(
        id=found[0],
        number=found[1],
        customer_id=found[2],
        customer_number=found[3],
        customer_name=found[4],
        received_on=date.fromisoformat(found[5]),
        amount=Money(found[7], currency),
        unallocated=Money(found[8], currency),
        method=found[9],
        reference=found[10],
        source_system=found[11],
        source_key=found[12],
        settlements=tuple(
            Settlement(
                key, "invoice", invoice, number, Money(amount, currency), date.fromisoformat(on),
                order,
            )
            for key, invoice, number, amount, on, order in rows(
                source, "payment.allocations", payment_id=payment_id
            )
        ),
    )  # fmt: skip


def _invoice_entry(customer_id: int, found: Row) -> LedgerEntry:
    (key, kind, number, dated, total, currency, due, terms, customer_po, order, since, reason,
     case) = found  # fmt: skip
    return LedgerEntry(
        id=key,
        kind=EntryKind(kind),
        number=number,
        dated=date.fromisoformat(dated),
        amount=Money(total, currency),
        customer_id=customer_id,
        due=day_or_none(due),
        terms_days=terms,
        customer_po=customer_po,
        order_number=order or "",
        dispute=(
            None
            if since is None
            else Dispute(since=date.fromisoformat(since), reason=reason, case=case)
        ),
    )


def _payment_entry(customer_id: int, found: Row) -> LedgerEntry:
    key, number, received, amount, currency, reference = found
    return LedgerEntry(
        id=key,
        kind=EntryKind.PAYMENT,
        number=number,
        dated=date.fromisoformat(received),
        amount=Money(amount, currency),
        customer_id=customer_id,
        customer_po=reference,
    )


def _allocation(found: Row) -> Allocation:
    payment_id, note_id, invoice_id, amount, currency, applied_on = found
    source = (
        (EntryKind.PAYMENT, payment_id)
        if payment_id is not None
        else (EntryKind.CREDIT_NOTE, note_id or 0)
    )
    return Allocation(
        source=source,
        target=(EntryKind.INVOICE, invoice_id),
        amount=Money(amount, currency),
        applied_on=date.fromisoformat(applied_on),
    )
