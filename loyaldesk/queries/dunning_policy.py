"""The company's levels of payment reminders, as the settings keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.domain.dunning_policy import DunningPolicy, ReminderLevel, ReminderTone
from loyaldesk.domain.money import Money
from loyaldesk.queries.company import read_setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.store.reader import Source

__all__ = ["DUNNING_KEY", "policy_values", "read_policy"]

DUNNING_KEY = "dunning"


def read_policy(source: Source) -> DunningPolicy:
    """Return the levels that were set, or the usual three before anybody set any."""
    kept = read_setting(source, key=DUNNING_KEY)
    if kept is None:
        return DunningPolicy()
    return DunningPolicy(
        levels=tuple(_level(level) for level in kept["levels"]),
        minimums=_amounts(kept["minimums"]),
        names_law=kept["names_law"],
    )


def policy_values(policy: DunningPolicy) -> dict[str, Any]:
    """Return the levels as the setting keeps them, amounts as `{"EUR": minor}`."""
    return {
        "levels": [_level_values(level) for level in policy.levels],
        "minimums": _amount_values(policy.minimums),
        "names_law": policy.names_law,
    }


def _level(kept: dict[str, Any]) -> ReminderLevel:
    return ReminderLevel(
        tone=ReminderTone(kept["tone"]),
        days_late=kept["days_late"],
        days_after=kept["days_after"],
        days_to_pay=kept["days_to_pay"],
        fees=_amounts(kept["fees"]),
        names_interest=kept["names_interest"],
        names_next_step=kept["names_next_step"],
    )


def _level_values(level: ReminderLevel) -> dict[str, Any]:
    return {
        "tone": level.tone.value,
        "days_late": level.days_late,
        "days_after": level.days_after,
        "days_to_pay": level.days_to_pay,
        "fees": _amount_values(level.fees),
        "names_interest": level.names_interest,
        "names_next_step": level.names_next_step,
    }


def _amounts(kept: Mapping[str, int]) -> tuple[Money, ...]:
    return tuple(Money(minor, currency) for currency, minor in kept.items())


def _amount_values(amounts: tuple[Money, ...]) -> dict[str, int]:
    return {amount.currency: amount.minor for amount in amounts}
