"""Whom the benchmark of statement runs writes to: customers with a dozen open items each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.data import KEY
from loyaldesk.domain.statement_run import Selection
from loyaldesk.models import Address, Allocation, Customer, Invoice, Payment
from loyaldesk.operations.demo.create import set_company
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.store.gate import Transaction

__all__ = ["AS_OF", "make_profile", "prepare"]

AS_OF = date(2026, 10, 31)
_RECORDED = "2026-10-31T08:00:00.000000Z"
# One paid in part, one paid in whole: what a statement of twelve invoices usually tells.
_INVOICES, _MINOR = 12, 101_50


def make_profile(folder: Path, customers: int) -> Store:
    """Return a new store with so many customers who owe for a dozen invoices."""
    store = Store.open(folder, KEY, actor="Benchmarks")
    with store.transaction("Fill", undoable=False) as tx:
        set_company(tx)
        _insert(tx, Customer, (_customer(n) for n in range(1, customers + 1)))
        _insert(tx, Address, (_address(n) for n in range(1, customers + 1)))
        _insert(tx, Invoice, _invoices(customers))
        _insert(tx, Payment, (_payment(n) for n in range(1, customers + 1)))
        _insert(tx, Allocation, _allocations(customers))
    return store


def prepare(store: Store) -> int:
    """Prepare a run for everybody and return its id."""
    with store.transaction(prepare_run.label, undoable=False) as tx:
        return prepare_run(tx, selection=Selection(as_of=AS_OF))


def _insert(tx: Transaction, model: Any, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    everything = (tuple(row.values()) for row in (first, *rows))
    tx.insert_many(model, tuple(first), everything)


def _customer(number: int) -> dict[str, Any]:
    return {"number": str(10_000 + number), "name": f"Kontor {number:05} GmbH", "language": "de"}


def _address(number: int) -> dict[str, Any]:
    return {
        "customer_id": number,
        "street": f"Hafenstraße {number % 300}",
        "postcode": f"{20_000 + number % 9_000}",
        "town": "Hamburg",
        "country": "DE",
    }


def _invoices(customers: int) -> Iterator[dict[str, Any]]:
    for number in range(1, customers + 1):
        for position in range(_INVOICES):
            dated = AS_OF - timedelta(days=5 + 9 * position)
            yield {
                "number": f"R{number:05}-{position:02}",
                "customer_id": number,
                "invoiced_on": dated.isoformat(),
                "due_on": (dated + timedelta(days=30)).isoformat(),
                "currency": "EUR",
                "net_minor": _MINOR,
                "total_minor": _MINOR,
                "open_minor": _MINOR - (5_000 if position == 0 else 0),
                "customer_po": f"PO {number % 977}",
                "recorded_at": _RECORDED,
            }


def _payment(number: int) -> dict[str, Any]:
    return {
        "number": f"Z{number:05}",
        "customer_id": number,
        "received_on": AS_OF.isoformat(),
        "currency": "EUR",
        "amount_minor": 6_000,
        "unallocated_minor": 1_000,
        "recorded_at": _RECORDED,
    }


def _allocations(customers: int) -> Iterator[dict[str, Any]]:
    for number in range(1, customers + 1):
        yield {
            "customer_id": number,
            "payment_id": number,
            "invoice_id": (number - 1) * _INVOICES + 1,
            "amount_minor": 5_000,
            "applied_on": AS_OF.isoformat(),
            "recorded_at": _RECORDED,
        }
