"""Customers who owe, and drives of runs for them, for the tests of statement runs."""

from datetime import UTC, datetime

from loyaldesk.runs.statement_line import drive_run
from tests.support.statement_runs import DAY, items_of, make_debtor, prepared

__all__ = ["DAY", "NOW", "drive", "items_of", "numbers", "owing", "prepared"]

NOW = datetime(2024, 11, 12, 9, tzinfo=UTC)


def owing(store, number, **fields):
    """Make a customer with an address who owes its own number and fifty cents."""
    return make_debtor(store, number, f"{number}.50", **fields)


def numbers(store, run_id):
    """Return the last digits of the letters' numbers, in the order of the run."""
    return [item.letter_number[-5:] for item in items_of(store, run_id) if item.letter_id]


def drive(store, files, run_id, draw, ahead=3, **more):
    """Drive a run to its end, or until it is stopped."""
    return drive_run(store, files=files, run_id=run_id, draw=draw, ahead=ahead, **more)
