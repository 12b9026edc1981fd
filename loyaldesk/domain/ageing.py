"""How late an open item is, and in which ageing bucket it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.domain.ledger import LedgerEntry

__all__ = ["AgeingBasis", "Bucket", "DueDay", "bucket_of", "days_late", "due_day_of"]


class AgeingBasis(StrEnum):
    """The day that ageing counts from."""

    DUE_DATE = "due_date"
    DOCUMENT_DATE = "document_date"


class Bucket(StrEnum):
    """The six ageing buckets, by days late; the last one has no end."""

    NOT_DUE = "not_due"
    DAYS_1_30 = "1-30"
    DAYS_31_60 = "31-60"
    DAYS_61_90 = "61-90"
    DAYS_91_120 = "91-120"
    OVER_120 = "over_120"


_LAST_DAYS = (
    (0, Bucket.NOT_DUE),
    (30, Bucket.DAYS_1_30),
    (60, Bucket.DAYS_31_60),
    (90, Bucket.DAYS_61_90),
    (120, Bucket.DAYS_91_120),
)


@dataclass(frozen=True, slots=True)
class DueDay:
    """The day an entry falls due, and whether it had to be worked out for want of a due date."""

    day: date
    is_assumed: bool


def due_day_of(entry: LedgerEntry) -> DueDay:
    """Return the due date; without one document date plus terms, without terms the document date.

    A day worked out like this is marked, so that the page can say so.
    """
    if entry.due is not None:
        return DueDay(entry.due, is_assumed=False)
    return DueDay(entry.dated + timedelta(days=entry.terms_days or 0), is_assumed=True)


def days_late(basis_day: date, as_of: date) -> int:
    """Return whole days from the basis day to the as-of date; zero or less is not late."""
    return (as_of - basis_day).days


def bucket_of(days: int) -> Bucket:
    """Return the bucket of an item so many days late: exactly 30 days is still `1-30`."""
    return next((bucket for last, bucket in _LAST_DAYS if days <= last), Bucket.OVER_120)
