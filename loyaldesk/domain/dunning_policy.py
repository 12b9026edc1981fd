"""In which levels we ask for what is overdue: from which day, in which tone, for which fee."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "DAYS_TO_PAY", "MOST_LEVELS", "DunningPolicy", "ReminderLevel", "ReminderTone",
    "policy_problems",
]  # fmt: skip

DAYS_TO_PAY = range(8, 15)
MOST_LEVELS = 5
MOST_DAYS = 3650


class ReminderTone(StrEnum):
    """How a reminder speaks; the last one names the end of our patience, never a threat."""

    FRIENDLY = "friendly"
    FIRM = "firm"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class ReminderLevel:
    """One step: days past the due day, days since the step before, and how it asks.

    What it says stands in the letter texts of its tone. Interest and what follows if nothing
    arrives are named only where that is wished.
    """

    tone: ReminderTone
    days_late: int
    days_after: int = 0
    days_to_pay: int = 10
    fees: tuple[Money, ...] = ()
    names_interest: bool = False
    names_next_step: bool = False

    def fee_in(self, currency: str) -> Money:
        """Return the flat fee asked for in a currency, nothing where none is set."""
        return _amount_in(self.fees, currency)


@dataclass(frozen=True, slots=True)
class DunningPolicy:
    """The levels in order, and the amounts below which nobody is written to.

    `names_law` lets letters name the law at home, where fee and interest rest on it.
    """

    levels: tuple[ReminderLevel, ...] = (
        ReminderLevel(ReminderTone.FRIENDLY, days_late=7),
        ReminderLevel(ReminderTone.FIRM, days_late=21, days_after=14, names_interest=True),
        ReminderLevel(ReminderTone.FINAL, days_late=35, days_after=14, names_interest=True),
    )
    minimums: tuple[Money, ...] = ()
    names_law: bool = True

    def level(self, number: int) -> ReminderLevel:
        """Return a level by its number, counted from 1."""
        return self.levels[number - 1]

    def minimum_in(self, currency: str) -> Money:
        """Return the least amount in a currency that is worth a reminder."""
        return _amount_in(self.minimums, currency)


def policy_problems(policy: DunningPolicy) -> dict[str, str]:
    """Return a sentence for each field that is wrong, such as `levels.2.days_after`."""
    if not 1 <= len(policy.levels) <= MOST_LEVELS:
        return {"levels": f"There are one to {MOST_LEVELS} levels."}
    wrong = {
        f"levels.{number}.{field}": sentence
        for number, level in enumerate(policy.levels, 1)
        for field, sentence in _level_problems(number, level)
    }
    for number, (before, after) in enumerate(pairwise(policy.levels), 2):
        if after.days_late <= before.days_late:
            wrong.setdefault(
                f"levels.{number}.days_late", "A level comes later than the one before it."
            )
    wrong |= _amount_problems("minimums", policy.minimums)
    return wrong


def _level_problems(number: int, level: ReminderLevel) -> Iterator[tuple[str, str]]:
    if not 1 <= level.days_late <= MOST_DAYS:
        yield "days_late", f"Days past the due day are 1 to {MOST_DAYS}."
    if number > 1 and not 1 <= level.days_after <= MOST_DAYS:
        yield "days_after", f"Days since the reminder before are 1 to {MOST_DAYS}."
    if level.days_to_pay not in DAYS_TO_PAY:
        yield "days_to_pay", f"Give {DAYS_TO_PAY[0]} to {DAYS_TO_PAY[-1]} days to pay."
    if number == 1 and any(fee.minor for fee in level.fees):
        yield "fees", "The first reminder asks for no fee."
    yield from _amount_problems("fees", level.fees).items()


def _amount_problems(field: str, amounts: tuple[Money, ...]) -> dict[str, str]:
    if any(amount.minor < 0 for amount in amounts):
        return {field: "An amount is not below zero."}
    if len({amount.currency for amount in amounts}) < len(amounts):
        return {field: "Each currency stands here once."}
    return {}


def _amount_in(amounts: tuple[Money, ...], currency: str) -> Money:
    found = (amount for amount in amounts if amount.currency == currency)
    return next(found, Money.zero(currency))
