"""Runs of statements for tests: customers who owe, runs for them, what came of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.statement_run import Selection
from loyaldesk.models import Customer
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.queries.statement_runs import RunItem, list_run_items
from tests.support.factories import do, make_address, make_customer, make_invoice

if TYPE_CHECKING:
    from loyaldesk.store.store import Store

__all__ = ["DAY", "change_customer", "items_of", "make_debtor", "outcomes_of", "prepared"]

DAY = date(2024, 10, 31)


def make_debtor(
    store: Store, number: str, amount: str = "100.00", *, place: bool = True, **fields: Any
) -> int:
    """Make a customer who owes an amount since September, and return its id."""
    currency = fields.get("currency", "EUR")
    name = fields.pop("name", f"Customer {number}")
    customer_id = make_customer(store, name, number=number, **fields)
    make_invoice(store, customer_id, amount, invoiced_on=date(2024, 9, 1), currency=currency)
    if place:
        make_address(store, customer_id)
    return customer_id


def change_customer(store: Store, customer_id: int, **fields: Any) -> None:
    """Set fields of a customer, whoever may set them otherwise."""
    with store.transaction("Change") as tx:
        tx.update(Customer, customer_id, **fields)


def prepared(store: Store, **choices: Any) -> int:
    """Prepare a run, of the last of October unless said otherwise, and return its id."""
    run_id: int = do(store, prepare_run, selection=Selection(**{"as_of": DAY, **choices}))
    return run_id


def items_of(store: Store, run_id: int) -> list[RunItem]:
    """Return all items of a run."""
    with store.reader() as reader:
        return list_run_items(reader, run_id=run_id)


def outcomes_of(store: Store, run_id: int) -> dict[str, str]:
    """Return the outcome of every customer of a run by its number."""
    return {item.number: item.outcome for item in items_of(store, run_id)}
