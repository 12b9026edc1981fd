"""What lies in the outbox, and when is the next mail due?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.queries.book import composed, ids, json_ids, rows, value
from loyaldesk.queries.lists import ALL, ListQuery

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = [
    "OutboxMail", "count_mails", "count_unsettled", "list_mail_ids", "next_send_at",
    "read_mail_rows",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutboxMail:
    """One mail as the outbox shows it; instants are aware UTC."""

    id: int
    customer_id: int
    customer_number: str
    customer_name: str
    letter_id: int | None
    document_id: int | None
    recipient: str
    subject: str
    state: str
    answer: str
    attempts: int
    written_at: datetime
    written_by: str
    send_after: datetime
    accepted_at: datetime | None
    sha256: bytes


def list_mail_ids(
    source: Source, *, wanted: ListQuery, text: str = "", today: date, most: int = ALL
) -> array[int]:
    """Return the ids of the mails under the filters whose customer, address or subject match."""
    del today
    filters = (*wanted.filters, "found") if text.strip() else wanted.filters
    sql = composed("mail", "mail_ids", wanted.sort, wanted.descending, *filters)
    return ids(source, sql, text=f"%{_plain(text.strip())}%", most=most)


def read_mail_rows(source: Source, *, ids: Iterable[int]) -> dict[int, OutboxMail]:
    """Return some mails by id."""
    found = rows(source, "mail.rows", ids=json_ids(ids))
    return {each[0]: _mail(each) for each in found}


def count_mails(source: Source) -> int:
    """Return how many mails there ever were."""
    return int(source.value("SELECT count(*) FROM mail"))


def count_unsettled(source: Source) -> int:
    """Return how many mails wait, are under way or failed."""
    return sum(count for _, count in rows(source, "mail.counts"))


def next_send_at(source: Source) -> datetime | None:
    """Return the instant at which the next queued mail may leave, or None."""
    found = value(source, "mail.next_send_at")
    return datetime.fromisoformat(found) if found else None


def _plain(text: str) -> str:
    """Return the text without what LIKE would read as any sign."""
    return text.replace("%", " ").replace("_", " ")


def _mail(found: tuple[Any, ...]) -> OutboxMail:
    *start, written_at, written_by, send_after, accepted_at, sha256 = found
    written, due = map(datetime.fromisoformat, (written_at, send_after))
    accepted = datetime.fromisoformat(accepted_at) if accepted_at else None
    return OutboxMail(*[*start, written, written_by, due, accepted, sha256])
