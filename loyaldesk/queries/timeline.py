"""What happened with a customer, newest first, by filter."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "FieldChange", "LastContact", "TimelineEntry", "TimelineFilter", "newest_first",
    "read_last_contacts", "read_timeline",
]  # fmt: skip

# Later than any day or instant that is stored.
END = "9999-12-31T23:59:59.999Z"
CONTACTS_SHOWN = 3
# In which order things of one day follow each other where nothing tells their time.
_COURSE = ("order", "document", "invoice", "credit_note", "payment")


class TimelineFilter(enum.StrEnum):
    """Which entries are shown."""

    PEOPLE_AND_MONEY = "people_and_money"
    PEOPLE = "people"
    ORDERS_AND_MONEY = "orders_and_money"
    DOCUMENTS = "documents"
    CHANGES = "changes"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change: its name, what it was, what it became."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline; `what` names its sort, `record_id` the row behind it.

    `at` is the time of day as far as it is known, `cursor` what reading goes on from.
    """

    what: str
    record_id: int
    day: date
    at: datetime | None
    title: str
    detail: str
    who: str
    order_id: int | None = None
    amount: Money | None = None
    changes: tuple[FieldChange, ...] = ()
    cursor: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class LastContact:
    """One time we were in touch; `kind` is call, email, meeting or visit."""

    id: int
    kind: str
    at: datetime
    subject: str
    author: str
    person: str


def read_timeline(
    source: Source,
    *,
    customer_id: int,
    shown: TimelineFilter = TimelineFilter.PEOPLE_AND_MONEY,
    before: str = END,
    most: int = 50,
) -> list[TimelineEntry]:
    """Return the newest entries; `before` continues from the least `cursor`, inclusive."""
    found = rows(
        source, f"timeline.{shown.value}", customer_id=customer_id, before=before, most=most
    )
    return newest_first(_entry(row) for row in found)


def newest_first(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return entries by day and time, newest first.

    What has a day only stands at its beginning: the order, then its invoice, then the payment.
    Entries of the same moment stay as they are.
    """
    return sorted(entries, key=_moment, reverse=True)


def _moment(entry: TimelineEntry) -> tuple[date, float, int]:
    course = _COURSE.index(entry.what) if entry.what in _COURSE else -1
    return entry.day, entry.at.timestamp() if entry.at else 0.0, course


def read_last_contacts(
    source: Source, *, customer_id: int, most: int = CONTACTS_SHOWN
) -> tuple[LastContact, ...]:
    """Return how, when, about what and with whom we were last in touch, newest first."""
    found = rows(source, "timeline.last_contacts", customer_id=customer_id, most=most)
    return tuple(
        LastContact(activity_id, kind, datetime.fromisoformat(at), subject, author, person or "")
        for activity_id, kind, at, subject, author, person in found
    )


def _entry(found: Row) -> TimelineEntry:
    what, record_id, at, title, detail, who, order_id, currency, amount, person, kept = found
    instant = datetime.fromisoformat(at) if len(at) > len("2026-01-01") else None
    day = instant.astimezone().date() if instant else date.fromisoformat(at)
    recorded = datetime.fromisoformat(kept) if kept else None
    if recorded is not None and recorded.astimezone().date() == day:
        instant = recorded
    changes = _field_changes(detail) if what == "change" else ()
    return TimelineEntry(
        what=what,
        record_id=record_id,
        day=day,
        at=instant,
        title=title,
        detail="" if changes else detail or "",
        who=who,
        order_id=order_id,
        amount=None if currency is None or amount is None else Money(amount, currency),
        changes=changes,
        cursor=at,
        person=person or "",
    )


def _field_changes(fields: str | None) -> tuple[FieldChange, ...]:
    changed = json.loads(fields or "{}")
    hidden = ("uid", "name_key", "number_key")
    return tuple(
        FieldChange(name, old, new)
        for name, (old, new) in changed.items()
        if name not in hidden and not isinstance(new, dict)
    )
