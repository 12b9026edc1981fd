"""The little that a form needs to know of its customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["CustomerSummary", "read_customer_summary"]


@dataclass(frozen=True, slots=True)
class CustomerSummary:
    """Who the customer is, and the terms that new papers start from."""

    id: int
    number: str
    name: str
    currency: str
    terms_days: int


def read_customer_summary(source: Source, *, customer_id: int) -> CustomerSummary:
    """Return the summary, or refuse a customer that no longer exists."""
    found = source.row(
        "SELECT id, number, name, currency, terms_days FROM customer WHERE id = ?", [customer_id]
    )
    if found is None:
        raise Refused("This customer no longer exists. Nothing was saved.")
    return CustomerSummary(*found)
