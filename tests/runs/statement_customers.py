"""Customers who owe, and runs for them, for the tests of statement runs."""

from datetime import UTC, date, datetime

from loyaldesk.domain.statement_run import Selection
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.queries.statement_runs import list_run_items
from loyaldesk.runs.statement_line import drive_run
from tests.support.factories import do, make_address, make_customer, make_invoice

__all__ = ["DAY", "NOW", "drive", "items_of", "numbers", "owing", "prepared"]

DAY = date(2024, 10, 31)
NOW = datetime(2024, 11, 12, 9, tzinfo=UTC)


def owing(store, number, name=None, **fields):
    """Make a customer with an address who owes its own number and fifty cents."""
    customer_id = make_customer(store, name or f"Customer {number}", number=number, **fields)
    make_invoice(store, customer_id, f"{number}.50", invoiced_on=date(2024, 9, 1))
    make_address(store, customer_id)
    return customer_id


def prepared(store, **choices):
    """Prepare a run of the last of October and return its id."""
    return do(store, prepare_run, selection=Selection(**{"as_of": DAY, **choices}))


def items_of(store, run_id):
    """Return all items of a run."""
    with store.reader() as reader:
        return list_run_items(reader, run_id=run_id)


def numbers(store, run_id):
    """Return the last digits of the letters' numbers, in the order of the run."""
    return [item.letter_number[-5:] for item in items_of(store, run_id) if item.letter_id]


def drive(store, files, run_id, draw, ahead=3, **more):
    """Drive a run to its end, or until it is stopped."""
    return drive_run(store, files=files, run_id=run_id, draw=draw, ahead=ahead, **more)
