"""Does the step bar say truthfully what has happened to an order, what is late, what is to come?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.order_steps import StepFacts, StepName, StepState, order_steps

TODAY = date(2024, 11, 12)
YESTERDAY = TODAY - timedelta(days=1)


def steps_of(**known):
    """Return the steps of an order of 1 November by name; what is not given did not happen."""
    nothing = dict.fromkeys(
        "acknowledged_on released_on shipped_on promised_on invoiced_on paid_on due_on "
        "followed_up_on".split()
    )
    facts = StepFacts(**{"today": TODAY, "ordered_on": date(2024, 11, 1), **nothing, **known})
    return {step.name: step for step in order_steps(facts)}


def test_the_seven_steps_stand_in_the_order_in_which_they_happen():
    assert list(steps_of()) == list(StepName)


def test_a_new_order_is_received_and_nothing_else():
    states = {name: step.state for name, step in steps_of().items()}
    assert states.pop(StepName.RECEIVED) is StepState.DONE
    assert set(states.values()) == {StepState.TO_COME}


def test_what_has_shipped_was_released_on_that_day():
    steps = steps_of(shipped_on=YESTERDAY)
    assert (steps[StepName.RELEASED].state, steps[StepName.RELEASED].day) == (
        StepState.DONE,
        YESTERDAY,
    )


def test_a_release_on_record_wins_over_the_day_of_shipping():
    steps = steps_of(released_on=date(2024, 11, 5), shipped_on=YESTERDAY)
    assert steps[StepName.RELEASED].day == date(2024, 11, 5)


@pytest.mark.parametrize(
    ("step", "due"), [(StepName.SHIPPED, "promised_on"), (StepName.PAID, "due_on")]
)
class TestLateness:
    def test_a_step_due_today_is_still_to_come(self, step, due):
        assert steps_of(**{due: TODAY})[step].state is StepState.TO_COME

    def test_a_step_due_yesterday_is_one_day_late(self, step, due):
        found = steps_of(**{due: YESTERDAY})[step]
        assert (found.state, found.day, found.days_late) == (StepState.LATE, YESTERDAY, 1)

    def test_nothing_is_late_about_a_cancelled_order(self, step, due):
        found = steps_of(**{due: YESTERDAY}, is_cancelled=True)[step]
        assert (found.state, found.days_late) == (StepState.TO_COME, 0)

    def test_a_step_done_late_says_how_late_it_was(self, step, due):
        done = "shipped_on" if step is StepName.SHIPPED else "paid_on"
        found = steps_of(**{due: YESTERDAY - timedelta(days=3), done: YESTERDAY})[step]
        assert (found.state, found.days_late) == (StepState.DONE, 3)

    def test_a_step_done_early_is_not_late(self, step, due):
        done = "shipped_on" if step is StepName.SHIPPED else "paid_on"
        assert steps_of(**{due: TODAY, done: YESTERDAY})[step].days_late == 0


@given(
    st.dictionaries(
        st.sampled_from(["acknowledged_on", "released_on", "shipped_on", "promised_on", "due_on"]),
        st.dates(date(2024, 1, 1), date(2025, 1, 1)),
    )
)
def test_a_step_is_late_only_when_its_day_has_passed(known):
    for step in steps_of(**known).values():
        assert (step.state is StepState.LATE) <= (step.day is not None and step.day < TODAY)
        assert step.days_late >= 0
