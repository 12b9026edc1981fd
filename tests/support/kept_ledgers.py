"""Random ledgers as rows of a store, recorded when a test says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.models import Allocation, Invoice, Payment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from loyaldesk.domain import ledger as domain
    from loyaldesk.store.gate import Transaction

__all__ = ["keep_allocations", "keep_entries", "keep_ledger"]

Ids = dict["domain.EntryKey", int]

LAST_DAY = date(2029, 12, 31)


def keep_ledger(tx: Transaction, ledger: domain.Ledger, customer_id: int) -> None:
    """Put a whole ledger into the store as the ledger of a customer."""
    ids = keep_entries(tx, ledger, ledger.entries, customer_id=customer_id, at=tx.now)
    keep_allocations(tx, ledger.allocations, ids, customer_id=customer_id, at=tx.now)


def keep_entries(
    tx: Transaction,
    ledger: domain.Ledger,
    keys: Iterable[domain.EntryKey],
    *,
    customer_id: int,
    at: datetime,
) -> Ids:
    """Insert some entries as recorded at an instant; return their new ids by their keys.

    What is open of them is what the whole ledger leaves in the end.
    """
    left = ledger.open_amounts(LAST_DAY)
    return {
        key: _insert(tx, ledger.entries[key], abs(left[key].minor), customer_id, at) for key in keys
    }


def keep_allocations(
    tx: Transaction,
    allocations: Iterable[domain.Allocation],
    ids: Ids,
    *,
    customer_id: int,
    at: datetime,
) -> None:
    """Insert some allocations as recorded at an instant."""
    for each in allocations:
        is_payment = each.source[0] is EntryKind.PAYMENT
        tx.insert(
            Allocation, customer_id=customer_id, invoice_id=ids[each.target],
            payment_id=ids[each.source] if is_payment else None,
            credit_note_id=None if is_payment else ids[each.source],
            amount_minor=each.amount.minor, applied_on=each.applied_on, recorded_at=at,
        )  # fmt: skip


def _insert(
    tx: Transaction, entry: domain.LedgerEntry, left: int, customer_id: int, at: datetime
) -> int:
    number, currency = f"{customer_id}-{entry.number}", entry.amount.currency
    if entry.kind is EntryKind.PAYMENT:
        # A payment of nothing is not recorded, so it is of the smallest coin.
        return tx.insert(
            Payment, number=number, customer_id=customer_id, received_on=entry.dated,
            currency=currency, amount_minor=entry.amount.minor or 1,
            unallocated_minor=left if entry.amount.minor else 1, recorded_at=at,
        )  # fmt: skip
    return tx.insert(
        Invoice, number=number, kind=str(entry.kind), customer_id=customer_id,
        invoiced_on=entry.dated, due_on=entry.due, terms_days=entry.terms_days, currency=currency,
        net_minor=entry.amount.minor, total_minor=entry.amount.minor, open_minor=left,
        recorded_at=at,
    )  # fmt: skip
