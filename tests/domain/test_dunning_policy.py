"""Are levels refused that would skip, ask too early or too often, or give no time to pay?"""

from dataclasses import replace

import pytest

from loyaldesk.domain.dunning_policy import (
    DunningPolicy,
    ReminderLevel,
    ReminderTone,
    policy_problems,
)
from loyaldesk.domain.money import Money

POLICY = DunningPolicy()
FIRST, SECOND, THIRD = POLICY.levels


def with_second(**changes):
    return replace(POLICY, levels=(FIRST, replace(SECOND, **changes), THIRD))


def test_usual_levels_are_sound_and_ask_for_no_fee():
    assert policy_problems(POLICY) == {}
    assert [level.fee_in("EUR").minor for level in POLICY.levels] == [0, 0, 0]
    assert [level.tone for level in POLICY.levels] == list(ReminderTone)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days_late": 0}, "days_late"),
        ({"days_late": 7}, "days_late"),
        ({"days_after": 0}, "days_after"),
        ({"days_to_pay": 7}, "days_to_pay"),
        ({"days_to_pay": 15}, "days_to_pay"),
        ({"fees": (Money(-1, "EUR"),)}, "fees"),
        ({"fees": (Money(1, "EUR"), Money(2, "EUR"))}, "fees"),
    ],
)
def test_field_that_cannot_be_used_is_named(changes, field):
    assert list(policy_problems(with_second(**changes))) == [f"levels.2.{field}"]


def test_first_reminder_asks_for_no_fee():
    policy = replace(POLICY, levels=(replace(FIRST, fees=(Money(5_00, "EUR"),)),))
    assert list(policy_problems(policy)) == ["levels.1.fees"]


@pytest.mark.parametrize("count", [0, 6])
def test_there_are_one_to_five_levels(count):
    levels = tuple(ReminderLevel(ReminderTone.FIRM, i + 1, 1) for i in range(count))
    assert list(policy_problems(replace(POLICY, levels=levels))) == ["levels"]
