"""Who is to be reminded of what today, and which reminders an invoice or a customer has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from loyaldesk.domain.dunning import DebtAccount, Hold, OverdueItem, Reminder, reminder_of
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.queries.book import row, rows, value
from loyaldesk.queries.dunning_policy import read_policy
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loyaldesk.domain.dunning_policy import DunningPolicy
    from loyaldesk.store.reader import Row, Source

__all__ = [
    "Candidate", "CustomerReminders", "InvoiceReminders", "Pause", "SentReminder",
    "find_debt", "list_candidates", "list_customer_reminders", "read_customer_reminders",
    "read_invoice_reminders", "read_reminder",
]  # fmt: skip

_NEWEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer's late items of one currency: the reminder they are due for, or why none goes."""

    customer_id: int
    customer_number: str
    customer_name: str
    letters_by: str
    level: int
    to_pay: Money
    overdue: Money
    fee: Money
    invoices: int
    oldest_due: date
    days_late: int
    hold: Hold | None
    held_until: date | None

    @property
    def currency(self) -> str:
        """The one currency of the reminder."""
        return self.to_pay.currency


@dataclass(frozen=True, slots=True)
class Pause:
    """Until when nobody is reminded, that day included, and why."""

    until: date
    reason: str


@dataclass(frozen=True, slots=True)
class SentReminder:
    """One reminder that left: at which level, over how many invoices and how much."""

    letter_id: int
    document_id: int
    number: str
    level: int
    on: date
    issued_by: str
    invoices: int
    open: Money
    fee: Money
    revoked_on: date | None
    revoke_reason: str


@dataclass(frozen=True, slots=True)
class CustomerReminders:
    """How far a customer has been reminded of what is open: highest level, last day, a pause."""

    level: int
    last_on: date | None
    pause: Pause | None


@dataclass(frozen=True, slots=True)
class InvoiceReminders:
    """How far a customer has been reminded of one invoice, and what holds the next reminder."""

    level: int
    levels: int
    pause: Pause | None
    customer_pause: Pause | None
    sent: tuple[SentReminder, ...]


def find_debt(source: Source, *, number: str) -> tuple[int, int | None]:
    """Return a customer by its number, or an invoice by its own with its customer's id first."""
    customer_id = value(source, "customer.id_by_number", number=number)
    if customer_id is not None:
        return customer_id, None
    found = row(source, "dunning.invoice_by_number", invoice_number=number)
    if found is None:
        raise Refused(
            f"There is no customer and no invoice with the number “{number}”.", field="number"
        )
    return found[0], found[1]


def list_candidates(source: Source, *, on: date, today: date) -> list[Candidate]:
    """Return everybody with an item late enough for a first reminder, those to write to first.

    Judged is what is open now, so a day to come answers who will be due if nobody pays.
    """
    if on < today:
        raise Refused(
            "Reminders go by what is open now, so not by a day past. Nothing was made; choose "
            "today or a later day.",
            field="as_of",
        )
    policy = read_policy(source)
    due_by = on - timedelta(days=policy.levels[0].days_late)
    unapplied = _unapplied(rows(source, "dunning.unapplied"))
    found = rows(source, "dunning.items", due_by=due_by)
    candidates = [_candidate(group, unapplied, policy, on) for group in _accounts(found)]
    return sorted(candidates, key=_urgency)


def read_reminder(source: Source, *, customer_id: int, currency: str, on: date) -> Reminder | None:
    """Return what a reminder to a customer would say on a day, or None if nothing is late."""
    found = rows(source, "dunning.items_of", customer_id=customer_id, due_by=on - timedelta(days=1))
    unapplied = _unapplied(rows(source, "dunning.unapplied_of", customer_id=customer_id))
    for group in _accounts(found):
        account = _account(group, unapplied)
        if account.currency == currency:
            return reminder_of(account, read_policy(source), on)
    return None


def read_customer_reminders(source: Source, *, customer_id: int) -> CustomerReminders:
    """Return a customer's pause, its reminder level and the last day, in one statement."""
    until, reason, level, last = _existing(row(source, "dunning.customer", customer_id=customer_id))
    return CustomerReminders(level, day_or_none(last), _pause(until, reason))


def list_customer_reminders(source: Source, *, customer_id: int) -> list[SentReminder]:
    """Return the newest reminders that a customer got, at most 20."""
    found = rows(source, "dunning.letters_of", customer_id=customer_id, limit=_NEWEST)
    return list(map(_sent, found))


def read_invoice_reminders(source: Source, *, invoice_id: int) -> InvoiceReminders:
    """Return an invoice's pause, its customer's, its level and every reminder that named it."""
    found = _existing(row(source, "dunning.invoice", invoice_id=invoice_id))
    sent = tuple(map(_sent, rows(source, "dunning.letters_of_invoice", invoice_id=invoice_id)))
    return InvoiceReminders(
        level=max((each.level for each in sent if each.revoked_on is None), default=0),
        levels=len(read_policy(source).levels),
        pause=_pause(found[0], found[1]),
        customer_pause=_pause(found[2], found[3]),
        sent=sent,
    )


def _accounts(found: list[Row]) -> Iterator[list[Row]]:
    """Yield the rows of each customer and currency; they come in that order."""
    for _, group in groupby(found, key=lambda item: (item[0], item[5])):
        yield list(group)


def _account(group: list[Row], unapplied: Mapping[tuple[int, str], int]) -> DebtAccount:
    customer_id, currency, paused = group[0][0], group[0][5], group[0][4]
    return DebtAccount(
        customer_id=customer_id,
        items=tuple(_item(found[5:]) for found in group),
        unapplied=Money(unapplied.get((customer_id, currency), 0), currency),
        paused_until=day_or_none(paused),
    )


def _item(found: Row) -> OverdueItem:
    currency, key, number, dated, due, minor, customer_po, disputed, paused, level, day = found
    return OverdueItem(
        invoice_id=key,
        number=number,
        dated=date.fromisoformat(dated),
        due=date.fromisoformat(due),
        open=Money(minor, currency),
        customer_po=customer_po,
        is_disputed=bool(disputed),
        paused_until=day_or_none(paused),
        level=level,
        reminded_on=day_or_none(day),
    )


def _candidate(
    group: list[Row],
    unapplied: Mapping[tuple[int, str], int],
    policy: DunningPolicy,
    on: date,
) -> Candidate:
    reminder = reminder_of(_account(group, unapplied), policy, on)
    shown = [s.item for s in reminder.due or reminder.standings]
    oldest = min(item.due for item in shown)
    return Candidate(
        customer_id=group[0][0],
        customer_number=group[0][1],
        customer_name=group[0][2],
        letters_by=group[0][3],
        level=reminder.level,
        to_pay=reminder.to_pay,
        overdue=Money.total((item.open for item in shown), reminder.account.currency),
        fee=reminder.fee,
        invoices=len(shown),
        oldest_due=oldest,
        days_late=(on - oldest).days,
        hold=reminder.hold,
        held_until=reminder.held_until,
    )


def _urgency(candidate: Candidate) -> tuple[bool, int, date, str, int, str]:
    """Return the order of the list: letters to write first, high levels first, oldest first."""
    return (
        candidate.hold is not None,
        -candidate.level,
        candidate.oldest_due,
        candidate.customer_name,
        candidate.customer_id,
        candidate.currency,
    )


def _unapplied(found: list[Row]) -> dict[tuple[int, str], int]:
    sums: dict[tuple[int, str], int] = {}
    for customer_id, currency, minor in found:
        sums[customer_id, currency] = sums.get((customer_id, currency), 0) + minor
    return sums


def _sent(found: Row) -> SentReminder:
    letter_id, document_id, number, level, on, by, count, minor, fee, currency, revoked, why = found
    return SentReminder(
        letter_id=letter_id,
        document_id=document_id,
        number=number,
        level=level,
        on=date.fromisoformat(on),
        issued_by=by,
        invoices=count,
        open=Money(minor, currency),
        fee=Money(fee, currency),
        revoked_on=day_or_none(revoked),
        revoke_reason=why,
    )


def _pause(until: str | None, reason: str) -> Pause | None:
    return None if until is None else Pause(date.fromisoformat(until), reason)


def _existing(found: Row | None) -> Row:
    if found is None:
        raise Refused("This record no longer exists. Nothing was changed.")
    return found
