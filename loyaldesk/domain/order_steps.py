"""Where an order stands: its seven steps, each done, late or still to come."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

__all__ = ["OrderStep", "StepFacts", "StepName", "StepState", "order_steps"]


class StepName(enum.StrEnum):
    """The steps of the step bar, in their order."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    RELEASED = "released"
    SHIPPED = "shipped"
    INVOICED = "invoiced"
    PAID = "paid"
    FOLLOWED_UP = "followed_up"


class StepState(enum.StrEnum):
    """How a step stands."""

    DONE = "done"
    LATE = "late"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """The days on which the steps happened, and those they were due on."""

    today: date
    ordered_on: date
    acknowledged_on: date | None
    released_on: date | None
    shipped_on: date | None
    promised_on: date | None
    invoiced_on: date | None
    paid_on: date | None
    due_on: date | None
    followed_up_on: date | None
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One step: the day it happened, or the day it is due where one is known."""

    name: StepName
    state: StepState
    day: date | None
    days_late: int = 0


def order_steps(facts: StepFacts) -> tuple[OrderStep, ...]:
    """Return the seven steps; a step is late when its due day has passed and it has not happened.

    What has shipped was released, whatever the source kept of it.
    """
    released = facts.released_on or facts.shipped_on
    known = (
        (StepName.RECEIVED, facts.ordered_on, None),
        (StepName.ACKNOWLEDGED, facts.acknowledged_on, None),
        (StepName.RELEASED, released, None),
        (StepName.SHIPPED, facts.shipped_on, facts.promised_on),
        (StepName.INVOICED, facts.invoiced_on, None),
        (StepName.PAID, facts.paid_on, facts.due_on),
        (StepName.FOLLOWED_UP, facts.followed_up_on, None),
    )
    return tuple(_step(facts, name, done, due) for name, done, due in known)


def _step(facts: StepFacts, name: StepName, done: date | None, due: date | None) -> OrderStep:
    if done is not None:
        late = max((done - due).days, 0) if due else 0
        return OrderStep(name, StepState.DONE, done, late)
    if due is not None and due < facts.today and not facts.is_cancelled:
        return OrderStep(name, StepState.LATE, due, (facts.today - due).days)
    return OrderStep(name, StepState.TO_COME, due)
