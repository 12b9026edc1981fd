"""Which part of a payment or credit note may be set against which invoice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.domain.ageing import due_day_of
from loyaldesk.domain.ledger import Allocation, EntryKey, EntryKind, Ledger, LedgerEntry
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from datetime import date

__all__ = ["allocate", "propose_allocations", "reverse_allocation", "unallocated_amount"]


def unallocated_amount(ledger: Ledger, key: EntryKey, *, applied_on: date) -> Money:
    """Return how much of an entry can still be allocated from a day on, as a positive amount.

    The least amount open on that day or any later one counts: an allocation dated back must not
    take what a later one already used.
    """
    entry = ledger.entries[key]
    day_one = max(applied_on, entry.dated)
    changes: dict[date, int] = {day_one: 0}
    left = entry.amount.minor
    for allocation in ledger.allocations:
        if key in (allocation.source, allocation.target):
            day = max(ledger.effective_on(allocation), day_one)
            changes[day] = changes.get(day, 0) - allocation.amount.minor
    least = None
    for day in sorted(changes):
        left += changes[day]
        least = left if least is None else min(least, left)
    return Money(max(least or 0, 0), entry.amount.currency)


def allocate(
    ledger: Ledger, *, source: EntryKey, target: EntryKey, amount: Money, applied_on: date
) -> Allocation:
    """Return the allocation of an amount, or refuse what either end cannot give or take."""
    allocation = Allocation(source=source, target=target, amount=amount, applied_on=applied_on)
    ledger.check_ends(allocation)
    if amount.minor <= 0:
        raise Refused(
            "An allocation needs an amount above zero. Nothing was changed; "
            "to take one back, reverse it.",
            field="amount",
        )
    counts_from = ledger.effective_on(allocation)
    for key in (source, target):
        left = unallocated_amount(ledger, key, applied_on=counts_from)
        if left < amount:
            raise Refused(
                f"Only {left.currency} {left} of {ledger.entries[key].number} is still open, "
                f"not {amount}. Nothing was changed; allocate that much or less.",
                field="amount",
            )
    return allocation


def reverse_allocation(ledger: Ledger, allocation: Allocation, *, applied_on: date) -> Allocation:
    """Return the negative allocation that takes one back from a day on."""
    if applied_on < allocation.applied_on:
        raise Refused(
            "An allocation cannot be reversed before the day it was made. "
            "Nothing was changed; choose that day or a later one.",
            field="applied_on",
        )
    still_set = sum(
        each.amount.minor
        for each in ledger.allocations
        if (each.source, each.target) == (allocation.source, allocation.target)
    )
    if not 0 < allocation.amount.minor <= still_set:
        raise Refused("This allocation was already reversed. Nothing was changed.")
    return replace(allocation, amount=-allocation.amount, applied_on=applied_on)


def propose_allocations(
    ledger: Ledger, *, source: EntryKey, applied_on: date
) -> tuple[Allocation, ...]:
    """Return how a payment or credit note would settle open invoices, oldest due first.

    Invoices in dispute come last: a customer rarely pays what they are arguing about.
    """
    giver = ledger.entries[source]
    left = unallocated_amount(ledger, source, applied_on=applied_on).minor
    proposed = []
    for invoice in _open_invoices_by_due_day(ledger, giver, applied_on):
        open_minor = unallocated_amount(ledger, invoice.key, applied_on=applied_on).minor
        part = Money(min(left, open_minor), giver.amount.currency)
        if part:
            proposed.append(
                Allocation(source=source, target=invoice.key, amount=part, applied_on=applied_on)
            )
            left -= part.minor
        if not left:
            break
    return tuple(proposed)


def _open_invoices_by_due_day(
    ledger: Ledger, giver: LedgerEntry, applied_on: date
) -> list[LedgerEntry]:
    open_amounts = ledger.open_amounts(applied_on)
    candidates = (
        entry
        for entry in ledger.entries_until(applied_on, giver.amount.currency)
        if entry.kind is EntryKind.INVOICE
        and entry.customer_id == giver.customer_id
        and open_amounts[entry.key].minor > 0
    )
    return sorted(
        candidates,
        key=lambda entry: (entry.dispute is not None, due_day_of(entry).day, entry.sort_key),
    )
