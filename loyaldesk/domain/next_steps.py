"""What happens next with an order, and on which day: six steps counted from the promised day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loyaldesk.domain.working_days import WorkingDays

__all__ = [
    "GroupFrame", "NextSteps", "Step", "StepKind", "TimeFrames", "next_steps", "proposed_day",
    "slowest",
]  # fmt: skip


class StepKind(Enum):
    """The steps of an order in their usual order."""

    CONFIRMED = "confirmed"
    PICKED = "picked"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class TimeFrames:
    """How long things take: working days, but calendar days for the payment."""

    transit_days: int = 2
    picking_days: int = 1
    invoice_days: int = 0
    payment_days: int = 30
    call_days: int = 2


@dataclass(frozen=True, slots=True)
class GroupFrame:
    """What a product group takes, in working days: from order to shipping, and so on."""

    lead_days: int
    picking_days: int
    transit_days: int
    call_days: int


def slowest(frames: Iterable[GroupFrame]) -> GroupFrame | None:
    """Return the frame of an order with lines of several groups: each step as the slowest takes."""
    every = tuple(frames)
    if not every:
        return None
    return GroupFrame(
        lead_days=max(frame.lead_days for frame in every),
        picking_days=max(frame.picking_days for frame in every),
        transit_days=max(frame.transit_days for frame in every),
        call_days=max(frame.call_days for frame in every),
    )


def proposed_day(ordered_on: date, frame: GroupFrame, calendar: WorkingDays) -> date:
    """Return the day of arrival to propose: order to shipping, then transit, in working days."""
    shipped = calendar.after(ordered_on, frame.lead_days)
    return calendar.after(shipped, frame.transit_days)


@dataclass(frozen=True, slots=True)
class Step:
    """A step and its day (`None`: not known yet), and the day for the lines that come later."""

    kind: StepKind
    day: date | None
    done: bool = False
    rest_day: date | None = None


@dataclass(frozen=True, slots=True)
class NextSteps:
    """The dated steps, the positions that follow later, and the day of the call afterwards.

    While any position is undated the order as a whole has no day, so no step to come has one.
    """

    steps: tuple[Step, ...]
    rest_positions: tuple[int, ...] = ()
    undated_positions: tuple[int, ...] = ()
    call_on: date | None = None


def next_steps(
    *,
    confirmed_on: date,
    promised: Mapping[int, date | None],
    frames: TimeFrames,
    calendar: WorkingDays,
    facts: Mapping[StepKind, date] | None = None,
) -> NextSteps:
    """Return the steps in time order, none on a day off unless it has happened on it.

    `promised` holds the day of arrival of each position still to come; the earliest leads, later
    ones are the rest. `facts` are steps that have been taken already.
    """
    undated = tuple(position for position, day in sorted(promised.items()) if day is None)
    days = [] if undated else sorted({day for day in promised.values() if day})
    first, last = (days[0], days[-1]) if days else (None, None)
    done = {StepKind.CONFIRMED: confirmed_on, **(facts or {})}
    main = _schedule(confirmed_on, first, frames, calendar)
    later = _schedule(confirmed_on, last, frames, calendar) if last != first else {}
    steps = _in_time_order([_step(kind, main, later, done) for kind in StepKind])
    arrived = (later or main).get(StepKind.DELIVERED)
    return NextSteps(
        steps=steps,
        rest_positions=tuple(p for p, day in sorted(promised.items()) if days and day != first),
        undated_positions=undated,
        call_on=calendar.after(arrived, frames.call_days) if arrived else None,
    )


def _schedule(
    confirmed_on: date, promised_on: date | None, frames: TimeFrames, calendar: WorkingDays
) -> dict[StepKind, date]:
    """Count back from the day of arrival and on from it, but never before the confirmation."""
    if promised_on is None:
        return {}
    start = calendar.on_or_after(confirmed_on)
    delivered = max(start, calendar.on_or_after(promised_on))
    shipped = max(start, calendar.before(delivered, frames.transit_days))
    picked = max(start, calendar.before(shipped, frames.picking_days))
    invoiced = calendar.after(delivered, frames.invoice_days)
    due = calendar.on_or_after(invoiced + timedelta(days=frames.payment_days))
    return {
        StepKind.PICKED: picked,
        StepKind.SHIPPED: shipped,
        StepKind.DELIVERED: delivered,
        StepKind.INVOICED: invoiced,
        StepKind.DUE: due,
    }


def _step(
    kind: StepKind,
    main: Mapping[StepKind, date],
    later: Mapping[StepKind, date],
    done: Mapping[StepKind, date],
) -> Step:
    if kind in done:
        return Step(kind, done[kind], done=True)
    return Step(kind, main.get(kind), rest_day=later.get(kind))


def _in_time_order(steps: list[Step]) -> tuple[Step, ...]:
    """Sort what is known by day; what has happened may lie before the confirmation."""
    known = sorted((step for step in steps if step.day), key=lambda step: step.day or date.max)
    return (*known, *(step for step in steps if not step.day))
