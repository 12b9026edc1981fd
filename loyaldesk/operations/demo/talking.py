"""What was said to the demo's customers, by whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.models import Activity, ActivityKind
from loyaldesk.operations.demo.books import Books, Row, instant_of

if TYPE_CHECKING:
    from datetime import date

__all__ = ["add_talk"]


def add_talk(books: Books, customer: Row, kind: str, *, day: date, at: str, **values: Any) -> Row:
    """Add an activity and remember the last day of contact; a note among us is no contact."""
    activity = books.add(
        Activity, customer_id=customer["id"], kind=ActivityKind(kind),
        happened_at=instant_of(day, at), **values,
    )  # fmt: skip
    if activity["kind"] is not ActivityKind.NOTE:
        known = customer["last_contact_on"]
        customer["last_contact_on"] = max(known, day) if known else day
    return activity
