"""Which letters were issued, under which number and hash, and how did each of them leave?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement_queue import QueueState, letter_state
from loyaldesk.errors import Refused
from loyaldesk.queries.book import composed, ids, json_ids, rows
from loyaldesk.queries.list_search import found_customers
from loyaldesk.queries.lists import ALL, ListQuery

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "DispatchRow", "RegisterRow", "count_letters", "find_letter", "list_letter_ids",
    "list_letters", "read_dispatches", "read_register_rows",
]  # fmt: skip

# What a chip of the list means in days, today among them.
_DAYS = {"today": 1, "week": 7, "month": 31}


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One issued letter with the last time it left; `channel` is empty where nobody recorded it."""

    id: int
    kind: str
    number: str
    revision: int
    customer_id: int
    customer_name: str
    customer_number: str
    order_id: int | None
    order_number: str | None
    document_id: int
    file_name: str
    pages: int | None
    sha256: bytes
    size: int
    issued_at: datetime
    issued_by: str
    language: str
    copies: int
    channel: str
    state: QueueState | None
    recipient: str


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """One time a letter left: how, to whom, when, by whom, and what became of it."""

    id: int
    channel: str
    state: QueueState
    recipient: str
    is_copy: bool
    reason: str
    dispatched_at: datetime
    dispatched_by: str
    print_batch_id: int | None
    position: int | None


def list_letter_ids(
    source: Source, *, wanted: ListQuery, text: str = "", today: date, most: int = ALL
) -> array[int]:
    """Return the ids of issued letters in order.

    A text is a letter's number, a day such as 2026-11-20, or words of a customer.
    """
    filters = [name for name in wanted.filters if name not in _DAYS]
    values = dict(wanted.values)
    days = [_DAYS[name] for name in wanted.filters if name in _DAYS]
    if days:
        filters.append("since")
        values["since"] = _day_start(today - timedelta(days=max(days) - 1))
    if text.strip():
        more, found = _typed(source, text.strip())
        filters += [name for name in more if name not in filters]
        values |= found
    sql = composed(
        "letters_register", "letter_ids", wanted.sort, wanted.descending, *sorted(filters)
    )
    return ids(source, sql, **values, most=most)


def list_letters(
    source: Source,
    *,
    kind: str = "",
    customer_id: int | None = None,
    first: date | None = None,
    last: date | None = None,
) -> list[RegisterRow]:
    """Return issued letters, the newest first: of a kind, a customer, between two days."""
    values: dict[str, object] = {}
    if customer_id is not None:
        values["customer_id"] = customer_id
    if first is not None:
        values["since"] = _day_start(first)
    if last is not None:
        values["until"] = _day_start(last + timedelta(days=1))
    names = {"customer_id": "customer"}
    filters = [names.get(name, name) for name in values] + ([f"kind_{kind}"] if kind else [])
    sql = composed("letters_register", "letter_ids", "issued_at", True, *sorted(filters))
    found = ids(source, sql, **values, most=ALL)
    by_id = read_register_rows(source, ids=found)
    return [by_id[letter_id] for letter_id in found if letter_id in by_id]


def count_letters(source: Source) -> int:
    """Return how many letters were issued."""
    return int(source.value("SELECT count(*) FROM letter"))


def read_register_rows(source: Source, *, ids: Iterable[int]) -> dict[int, RegisterRow]:
    """Return the columns of some letters by id."""
    return {row[0]: _row(row) for row in rows(source, "register.rows", ids=json_ids(ids))}


def read_dispatches(source: Source, *, letter_id: int) -> tuple[DispatchRow, ...]:
    """Return every time a letter left, the first time first."""
    return tuple(_dispatch(row) for row in rows(source, "register.dispatches", letter_id=letter_id))


def find_letter(source: Source, *, number: str, revision: int | None = None) -> int:
    """Return the id of the letter with that number, of its newest revision unless one is named."""
    found = rows(source, "register.by_number", number=number)
    for letter_id, its_revision in found:
        if revision in {None, its_revision}:
            return int(letter_id)
    if found:
        raise Refused(f"{number} has no revision {revision}.", field="revision")
    raise Refused(f"No letter was issued with the number “{number}”.", field="number")


def _row(row: Row) -> RegisterRow:
    channel, state, recipient, mail_state = row[18:]
    known = letter_state(channel, state, mail_state) if channel else None
    issued_at = datetime.fromisoformat(row[14])
    return RegisterRow(*[*row[:14], issued_at, *row[15:18], channel or "", known, recipient or ""])


def _dispatch(row: Row) -> DispatchRow:
    key, channel, state, recipient, is_copy, reason, at, *rest, mail_state, answer = row
    known = letter_state(channel, state, mail_state)
    left_at = datetime.fromisoformat(at)
    said = answer or reason
    return DispatchRow(*[key, channel, known, recipient, bool(is_copy), said, left_at, *rest])


def _typed(source: Source, text: str) -> tuple[list[str], dict[str, object]]:
    """Return what a text means: the filters it adds, and their values."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        customers = json_ids(sorted(found_customers(source, text)))
        return ["found"], {"found_customers": customers, "number": text.upper()}
    bounds: dict[str, object] = {
        "since": _day_start(day),
        "until": _day_start(day + timedelta(days=1)),
    }
    return ["since", "until"], bounds


def _day_start(day: date) -> datetime:
    """Return the first instant of a day where we are."""
    return datetime.combine(day, time()).astimezone(UTC)
