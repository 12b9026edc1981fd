"""What lies in the outbox, newest first, and when is the next mail due?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.queries.book import composed, rows, value

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = [
    "MOST_MAILS",
    "OutboxCounts",
    "OutboxMail",
    "count_outbox",
    "list_outbox",
    "next_send_at",
]

MOST_MAILS = 500


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


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many mails wait, and how many failed and were neither sent again nor withdrawn."""

    waiting: int
    failed: int


def list_outbox(
    source: Source,
    *,
    state: str = "",
    customer_id: int | None = None,
    text: str = "",
    most: int = MOST_MAILS,
) -> tuple[OutboxMail, ...]:
    """Return the mails of a state, a customer and with a text, the newest first."""
    filters = [
        name
        for name, wanted in (("state", state), ("customer", customer_id), ("text", text))
        if wanted
    ]
    found = source.rows(
        composed("mail", "outbox", *filters),
        {"state": state, "customer_id": customer_id, "text": f"%{text}%", "most": most},
    )
    return tuple(_mail(each) for each in found)


def count_outbox(source: Source) -> OutboxCounts:
    """Return how many mails wait or failed."""
    found = dict(rows(source, "mail.counts"))
    return OutboxCounts(
        waiting=found.get("queued", 0) + found.get("sending", 0), failed=found.get("failed", 0)
    )


def next_send_at(source: Source) -> datetime | None:
    """Return the instant at which the next queued mail may leave, or None."""
    found = value(source, "mail.next_send_at")
    return datetime.fromisoformat(found) if found else None


def _mail(found: tuple[object, ...]) -> OutboxMail:
    *start, written_at, written_by, send_after, accepted_at, sha256 = found
    return OutboxMail(
        *start,  # type: ignore[arg-type]
        datetime.fromisoformat(str(written_at)),
        str(written_by),
        datetime.fromisoformat(str(send_after)),
        datetime.fromisoformat(str(accepted_at)) if accepted_at else None,
        sha256,  # type: ignore[arg-type]
    )
