"""Receivables to test with: readable entries, and random ledgers that keep the rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from loyaldesk.domain.allocation import allocate, reverse_allocation, unallocated_amount
from loyaldesk.domain.ledger import Allocation, Dispute, EntryKind, Ledger, LedgerEntry
from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["AS_OF", "FIRST_DAY", "credit_note", "days", "invoice", "ledgers", "payment", "set_off"]

AS_OF = date(2026, 3, 31)
FIRST_DAY = date(2025, 1, 1)
_LAST_OFFSET = 600


def _entry(kind: EntryKind, id_: int, amount: str, dated: date, **more: Any) -> LedgerEntry:
    prefix = {"invoice": "26-", "credit_note": "CN-26-", "payment": "RC-26-"}[kind]
    currency = more.pop("currency", "EUR")
    number = more.pop("number", f"{prefix}{id_:05d}")
    money = Money.of(amount, currency)
    return LedgerEntry(id=id_, kind=kind, number=number, dated=dated, amount=money, **more)


def invoice(id_: int, amount: str, dated: date, **more: Any) -> LedgerEntry:
    """Return an invoice; pass `due=…` or `terms_days=…` for its due day."""
    return _entry(EntryKind.INVOICE, id_, amount, dated, **more)


def credit_note(id_: int, amount: str, dated: date, **more: Any) -> LedgerEntry:
    """Return a credit note."""
    return _entry(EntryKind.CREDIT_NOTE, id_, amount, dated, **more)


def payment(id_: int, amount: str, dated: date, **more: Any) -> LedgerEntry:
    """Return a payment."""
    return _entry(EntryKind.PAYMENT, id_, amount, dated, **more)


def set_off(
    source: LedgerEntry, target: LedgerEntry, amount: str, applied_on: date | None = None
) -> Allocation:
    """Return an allocation as stored, without asking the rules."""
    return Allocation(
        source=source.key,
        target=target.key,
        amount=Money.of(amount, source.amount.currency),
        applied_on=applied_on or max(source.dated, target.dated),
    )


def days() -> SearchStrategy[date]:
    """Return days on which random ledgers move."""
    return st.integers(0, _LAST_OFFSET).map(lambda offset: FIRST_DAY + timedelta(days=offset))


@st.composite
def _entries(draw: DrawFn) -> list[LedgerEntry]:
    count = draw(st.integers(0, 14))
    return [draw(_random_entry(number)) for number in range(1, count + 1)]


@st.composite
def _random_entry(draw: DrawFn, id_: int) -> LedgerEntry:
    kind = draw(st.sampled_from([EntryKind.INVOICE, EntryKind.INVOICE, *EntryKind]))
    dated = draw(days())
    return LedgerEntry(
        id=id_,
        kind=kind,
        number=f"{kind}-{id_}",
        dated=dated,
        amount=Money(draw(st.integers(0, 10**9)), draw(st.sampled_from(["EUR", "JPY", "KWD"]))),
        due=draw(st.none() | days()),
        terms_days=draw(st.none() | st.integers(0, 90)),
        dispute=draw(st.none() | days().map(lambda day: Dispute(since=day, reason="damaged"))),
    )


@st.composite
def ledgers(draw: DrawFn) -> Ledger:
    """Return ledgers in three currencies whose allocations and reversals keep the rules."""
    entries = draw(_entries())
    ledger = Ledger.of(entries)
    sources = [entry for entry in entries if entry.kind.is_credit]
    for source in sources:
        for target in entries:
            fits = not target.kind.is_credit and target.amount.currency == source.amount.currency
            if fits and draw(st.booleans()):
                ledger = _allocated(draw, ledger, source, target)
    return ledger


def _allocated(draw: DrawFn, ledger: Ledger, source: LedgerEntry, target: LedgerEntry) -> Ledger:
    """Return the ledger with a random allocation more, perhaps reversed again."""
    applied_on = draw(days())
    counts_from = max(applied_on, source.dated, target.dated)
    most = min(
        unallocated_amount(ledger, end.key, applied_on=counts_from).minor
        for end in (source, target)
    )
    if not most:
        return ledger
    allocation = allocate(
        ledger,
        source=source.key,
        target=target.key,
        amount=Money(draw(st.integers(1, most)), source.amount.currency),
        applied_on=applied_on,
    )
    ledger = Ledger(ledger.entries, (*ledger.allocations, allocation))
    if draw(st.integers(0, 3)):
        return ledger
    later = applied_on + timedelta(days=draw(st.integers(0, 200)))
    reversal = reverse_allocation(ledger, allocation, applied_on=later)
    return Ledger(ledger.entries, (*ledger.allocations, reversal))
