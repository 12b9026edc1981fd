"""The little that a form needs to know of its customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["CustomerSummary", "Person", "read_customer_summary", "read_people"]


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """Who the customer is, and the terms that new papers start from."""

    id: int
    number: str
    name: str
    currency: str
    terms_days: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the customer, as a form offers them."""

    id: int
    name: str


def read_people(source: Source, *, customer_id: int) -> list[Person]:
    """Return the people of a customer, the first to call first."""
    found = rows(source, "customer.contacts", customer_id=customer_id)
    return [Person(row[0], f"{row[2]} {row[3]}".strip()) for row in found]


def read_customer_summary(source: Source, *, customer_id: int) -> CustomerSummary:
    """Return the summary, or refuse a customer that no longer exists."""
    found = source.row(
        "SELECT id, number, name, currency, terms_days FROM customer WHERE id = ?", [customer_id]
    )
    if found is None:
        raise Refused("This customer no longer exists. Nothing was saved.")
    return CustomerSummary(*found)
