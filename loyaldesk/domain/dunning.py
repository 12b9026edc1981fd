"""Which overdue invoices are reminded of today, at which level, and why the others are not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from loyaldesk.domain.dunning_policy import DAYS_TO_PAY
from loyaldesk.domain.money import Money
from loyaldesk.domain.working_days import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from loyaldesk.domain.dunning_policy import DunningPolicy, ReminderLevel

__all__ = [
    "DebtAccount", "Hold", "OverdueItem", "Reminder", "Standing", "pay_day", "reminder_of",
    "standing_of",
]  # fmt: skip


class Hold(StrEnum):
    """Why no reminder goes out, the most telling reason first."""

    DISPUTED = "disputed"
    CUSTOMER_PAUSED = "customer_paused"
    INVOICE_PAUSED = "invoice_paused"
    COVERED = "covered"
    BELOW_MINIMUM = "below_minimum"
    LAST_LEVEL = "last_level"
    TOO_EARLY = "too_early"


_BY_WEIGHT = {hold: weight for weight, hold in enumerate(Hold)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueItem:
    """An open invoice past its due day, with the last level its customer was reminded at."""

    invoice_id: int
    number: str
    dated: date
    due: date
    open: Money
    customer_po: str = ""
    is_disputed: bool = False
    paused_until: date | None = None
    level: int = 0
    reminded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What becomes of an item today: the level it is due for, or why it waits, and until when."""

    item: OverdueItem
    level: int = 0
    hold: Hold | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtAccount:
    """What a customer owes late in one currency, and the payments and credits not yet applied."""

    customer_id: int
    items: tuple[OverdueItem, ...]
    unapplied: Money
    paused_until: date | None = None

    @property
    def currency(self) -> str:
        """The one currency of the account."""
        return self.unapplied.currency


@dataclass(frozen=True)
class Reminder:
    """What a letter to a customer would ask for on a day, or why none is written."""

    account: DebtAccount
    policy: DunningPolicy
    on: date
    standings: tuple[Standing, ...]

    @cached_property
    def due(self) -> tuple[Standing, ...]:
        """The items that the letter names, oldest first."""
        return tuple(s for s in self.standings if s.hold is None)

    @cached_property
    def level(self) -> int:
        """The highest level that an item is due for; 0 if none is."""
        return max((s.level for s in self.due), default=0)

    @property
    def rules(self) -> ReminderLevel:
        """The rules of the letter's level."""
        return self.policy.level(self.level)

    @cached_property
    def overdue(self) -> Money:
        """What is open of the items that the letter names."""
        return Money.total((s.item.open for s in self.due), self.account.currency)

    @cached_property
    def asked(self) -> Money:
        """What is overdue less everything unapplied, never below zero."""
        left = self.overdue - self.account.unapplied
        return Money(max(left.minor, 0), left.currency)

    @property
    def fee(self) -> Money:
        """The flat fee of the letter's level; without anything to ask for there is none."""
        nothing = Money.zero(self.account.currency)
        return self.rules.fee_in(self.account.currency) if self.hold is None else nothing

    @property
    def to_pay(self) -> Money:
        """What the letter asks for: overdue, less unapplied, and the fee."""
        return self.asked + self.fee

    @cached_property
    def hold(self) -> Hold | None:
        """Why no letter is written, or None if one is."""
        if not self.due:
            return min((s.hold for s in self.standings if s.hold), key=_BY_WEIGHT.__getitem__)
        if not self.asked:
            return Hold.COVERED
        if self.asked < self.policy.minimum_in(self.account.currency):
            return Hold.BELOW_MINIMUM
        return None

    @property
    def held_until(self) -> date | None:
        """The first day on which the reason for waiting may end, if it has one."""
        days = (s.until for s in self.standings if s.hold is self.hold and s.until)
        return None if self.hold is None else min(days, default=None)


def standing_of(
    item: OverdueItem, policy: DunningPolicy, on: date, *, customer_paused_until: date | None = None
) -> Standing:
    """Return the next level of an item if its day has come and nothing stands against it.

    A pause holds through its last day. The next level is always the last one plus 1; its day is
    the later of due day + `days_late` and, from level 2, last reminder + `days_after`.
    """
    if item.is_disputed:
        return Standing(item, hold=Hold.DISPUTED)
    for hold, until in (
        (Hold.CUSTOMER_PAUSED, customer_paused_until),
        (Hold.INVOICE_PAUSED, item.paused_until),
    ):
        if until and on <= until:
            return Standing(item, hold=hold, until=until + timedelta(days=1))
    if item.level >= len(policy.levels):
        return Standing(item, hold=Hold.LAST_LEVEL)
    level = item.level + 1
    day = _day_of(item, policy.level(level))
    return Standing(item, level) if on >= day else Standing(item, hold=Hold.TOO_EARLY, until=day)


def reminder_of(account: DebtAccount, policy: DunningPolicy, on: date) -> Reminder:
    """Return what a letter to the customer would say on a day; it has at least one late item."""
    if not account.items:
        raise ValueError("a reminder needs an overdue item")
    return Reminder(account, policy, on, tuple(_standings(account, policy, on)))


def pay_day(day: date, days: int) -> date:
    """Return the working day by which to pay: so many days later, within the days allowed.

    A day on a weekend moves to the Monday after it, or back to Friday where that were too late.
    """
    wanted = day + timedelta(days=days)
    calendar = WorkingDays()
    later = calendar.on_or_after(wanted)
    return later if (later - day).days <= DAYS_TO_PAY[-1] else calendar.on_or_before(wanted)


def _standings(account: DebtAccount, policy: DunningPolicy, on: date) -> Iterable[Standing]:
    for item in sorted(account.items, key=lambda item: (item.due, item.number, item.invoice_id)):
        yield standing_of(item, policy, on, customer_paused_until=account.paused_until)


def _day_of(item: OverdueItem, rules: ReminderLevel) -> date:
    day = item.due + timedelta(days=rules.days_late)
    if item.reminded_on is None:
        return day
    return max(day, item.reminded_on + timedelta(days=rules.days_after))
