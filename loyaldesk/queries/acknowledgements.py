"""Which orders are still to be acknowledged, how long they wait, and which letters came back?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.acknowledgement_queue import QueueState, Trouble, letter_state
from loyaldesk.domain.acknowledgement_target import Arrival, Target
from loyaldesk.domain.money import Money
from loyaldesk.domain.postal import envelope_for, letter_locale
from loyaldesk.queries.book import json_ids, rows
from loyaldesk.queries.company import read_company, read_setting
from loyaldesk.queries.verification import verification_states

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.domain.verification import Finding, Verification
    from loyaldesk.store.reader import Row, Source

__all__ = [
    "TARGET_KEY", "LineDifference", "OpenBatch", "Queue", "QueueLetter", "QueueRow",
    "count_open_orders", "read_queue", "read_target",
]  # fmt: skip

TARGET_KEY = "acknowledgement_target_days"
# A screen of orders is worked off from its oldest end; nobody scrolls through more than these.
MOST_ROWS, MOST_BATCHES, MOST_ANSWERED = 500, 20, 5_000
_DIFFERENCES = ("date", "quantity", "item", "price")


class LineDifference(NamedTuple):
    """The first line that confirms other than what was asked, and in what: `date` to `price`."""

    position: int
    kind: str


@dataclass(frozen=True, slots=True)
class QueueLetter:
    """A letter on record and the last time it was handed over.

    `answer` is why it failed: the mail server's own words, or ours.
    """

    letter_id: int
    number: str
    revision: int
    sha256: bytes
    dispatch_id: int
    channel: str
    recipient: str
    answer: str
    handed_at: datetime
    print_batch_id: int | None
    position: int | None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One order of the queue; without a letter it was never acknowledged in writing.

    `finding` is the first thing that its verification found and nobody settled.
    """

    order_id: int
    order_number: str
    customer_id: int
    customer_name: str
    customer_po: str
    arrival: Arrival
    value: Money
    locale: str
    envelope: str
    letters_by: str
    state: QueueState
    trouble: Trouble | None = None
    difference: LineDifference | None = None
    finding: Finding | None = None
    hold_reason: str = ""
    is_late: bool = False
    letter: QueueLetter | None = None


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """Letters handed to a printer in one go, of which nobody said that they came out."""

    id: int
    printer: str
    started_at: datetime
    letters: int


@dataclass(frozen=True, slots=True)
class Queue:
    """The whole page: its rows, how many orders wait beyond them, and how it goes this month.

    `answered` counts the orders acknowledged this month, `met` those of them within the target.
    """

    rows: tuple[QueueRow, ...]
    unlisted: int
    batches: tuple[OpenBatch, ...]
    target: Target
    answered: int
    met: int


def read_target(source: Source) -> Target:
    """Return by when the company wants to have acknowledged an order: one working day at first."""
    kept = read_setting(source, key=TARGET_KEY)
    return Target(kept) if isinstance(kept, int) and kept >= 0 else Target()


def count_open_orders(source: Source) -> int:
    """Return how many orders nobody acknowledged yet, for the navigation."""
    return int(source.value("SELECT count(*) FROM sales_order WHERE status = 'submitted'"))


def read_queue(source: Source, *, now: datetime) -> Queue:
    """Return the queue as it stands, in sixteen statements whatever waits.

    The oldest 500 orders come first, then as many letters that somebody must still look at, then
    what left today.
    """
    target = read_target(source)
    reading = _Reading(source, now, target)
    returned = {row.order_id: row for row in reading.unsettled()}
    oldest = reading.orders()
    waiting = [row for row in oldest if row.order_id not in returned]
    known = returned.keys() | {row.order_id for row in waiting}
    sent = [row for row in reading.sent() if row.order_id not in known]
    month = now.astimezone().date().replace(day=1)
    answers = _answers(source, month)
    return Queue(
        rows=(*waiting, *returned.values(), *sent),
        unlisted=max(count_open_orders(source) - len(oldest), 0),
        batches=_read_batches(source),
        target=target,
        answered=len(answers),
        met=sum(not target.is_missed(arrival, issued) for arrival, issued in answers),
    )


class _Reading:
    """Reads the parts of one queue as they stand at one instant."""

    def __init__(self, source: Source, now: datetime, target: Target) -> None:
        self._source, self._now, self._target = source, now, target
        company = read_company(source)
        self._home = company.country if company else ""

    def orders(self) -> list[QueueRow]:
        """Return what was never acknowledged, the oldest first, with what keeps it from going."""
        found = rows(self._source, "queue.orders", most=MOST_ROWS)
        order_ids = [row[0] for row in found]
        differing = self._differences(order_ids)
        verified = verification_states(
            self._source, order_ids=order_ids, today=self._now.astimezone().date()
        )
        waiting = [self._order(row, differing.get(row[0]), verified[row[0]]) for row in found]
        return sorted(waiting, key=lambda row: (self._target.due(row.arrival), row.order_id))

    def unsettled(self) -> list[QueueRow]:
        """Return the letters that may not have left, the newest first."""
        found = [
            row
            for name in ("queue.papers", "queue.mails")
            for row in rows(self._source, name, most=MOST_ROWS)
        ]
        return [self._letter(row) for row in found]

    def sent(self) -> list[QueueRow]:
        """Return what left today, the newest first."""
        since = _day_start(self._now.astimezone().date())
        found = rows(self._source, "queue.sent", since=since, most=MOST_ROWS)
        return [self._letter(row) for row in found]

    def _order(
        self, row: Row, difference: LineDifference | None, verified: Verification
    ) -> QueueRow:
        common, (country, has_email, hold, credit) = row[:12], row[12:]
        arrival = _arrival(common)
        # A mere receipt confirms nothing, so it waits for nobody's look at the lines.
        accepts = verified.stance is Stance.ACCEPTANCE
        trouble = _trouble(
            (hold, Trouble.ON_HOLD),
            (credit == "hold", Trouble.CREDIT_HOLD),
            (country is None, Trouble.NO_ADDRESS),
            (common[11] == "email" and not has_email, Trouble.NO_EMAIL),
            (accepts and difference and verified.verified_on is None, Trouble.DIFFERENCES),
            (not verified.is_ready, Trouble.VERIFICATION),
        )
        return QueueRow(
            **self._common(common, country),
            state=QueueState.NEEDS_LOOK if trouble else QueueState.READY,
            trouble=trouble,
            difference=difference,
            finding=next(iter((*verified.stops, *verified.open_looks)), None),
            hold_reason=hold,
            is_late=self._target.is_missed(arrival, self._now),
        )

    def _letter(self, row: Row) -> QueueRow:
        letter_id, number, revision, sha256, dispatch_id, channel, state = row[13:20]
        recipient, reason, handed_at, batch_id, position, mail_state, answer = row[20:]
        return QueueRow(
            **self._common(row[:12], row[12]),
            state=letter_state(channel, state, mail_state),
            letter=QueueLetter(
                letter_id=letter_id,
                number=number,
                revision=revision,
                sha256=sha256,
                dispatch_id=dispatch_id,
                channel=channel,
                recipient=recipient,
                answer=answer or reason,
                handed_at=datetime.fromisoformat(handed_at),
                print_batch_id=batch_id,
                position=position,
            ),
        )

    def _common(self, row: Row, country: str | None) -> dict[str, Any]:
        order_id, number, customer_id, name, customer_po, _, _, currency, total = row[:9]
        return {
            "order_id": order_id,
            "order_number": number,
            "customer_id": customer_id,
            "customer_name": name,
            "customer_po": customer_po,
            "arrival": _arrival(row),
            "value": Money(total, currency),
            "locale": letter_locale(row[9], country or ""),
            "envelope": envelope_for(row[10], self._home),
            "letters_by": row[11],
        }

    def _differences(self, order_ids: Iterable[int]) -> dict[int, LineDifference]:
        first: dict[int, LineDifference] = {}
        for order_id, position, *differs in rows(
            self._source, "queue.differences", ids=json_ids(order_ids)
        ):
            kind = next(kind for kind, is_so in zip(_DIFFERENCES, differs, strict=True) if is_so)
            first.setdefault(order_id, LineDifference(position, kind))
        return first


def _trouble(*asked: tuple[object, Trouble]) -> Trouble | None:
    return next((trouble for is_so, trouble in asked if is_so), None)


def _arrival(row: Row) -> Arrival:
    at = datetime.fromisoformat(row[6]) if row[6] else None
    return Arrival(date.fromisoformat(row[5]), at)


def _read_batches(source: Source) -> tuple[OpenBatch, ...]:
    return tuple(
        OpenBatch(key, printer, datetime.fromisoformat(started), letters)
        for key, printer, started, letters in rows(source, "queue.batches", most=MOST_BATCHES)
    )


def _answers(source: Source, since: date) -> list[tuple[Arrival, datetime]]:
    """Return when orders came and were first answered, for at most 5,000 answers since a day."""
    found = rows(source, "queue.answered", since=_day_start(since), most=MOST_ANSWERED)
    return [
        (
            Arrival(date.fromisoformat(day), datetime.fromisoformat(at) if at else None),
            datetime.fromisoformat(issued),
        )
        for day, at, issued in found
    ]


def _day_start(day: date) -> datetime:
    """Return the first instant of a day where we are."""
    return datetime.combine(day, time()).astimezone(UTC)
