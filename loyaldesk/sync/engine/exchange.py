"""One request of the desk, and what its answer tells besides: the hub's clock and epoch."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.messages import Call, Head, Problem, Reply
from loyaldesk.store.connection import to_sql
from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from loyaldesk.protocol.messages import KnownAsked, Pull, Push, Verify
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["Answer", "EpochChanged", "Interrupted", "Round", "Sleep", "Steps", "ask", "hub_time"]

# What a step of the engine deals with itself; every other problem ends the round.
_OF_STEPS = frozenset({"forked", "gap", "ahead", "too-large", "malformed"})
# A longer exchange says too little about the hub's clock: the delay may lie on either way.
_LONGEST_EXCHANGE = timedelta(seconds=10)
_STEADY_MS = 20
_PATIENCE_S, _PATIENCE_TIMES = 5.0, 4


@dataclass(frozen=True, slots=True)
class Sleep:
    """The engine's wish to be resumed after so many seconds; 0 lets others write first."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the message, and the hub's epoch and clock from its headers.

    No answer at all, or one that is not the hub's, is a `Problem(err="offline")` without either;
    `has_left` is False if the request certainly did not get out.
    """

    reply: Reply
    epoch: str = ""
    now: str = ""
    has_left: bool = True


@dataclass(slots=True)
class Round:
    """What a round moved, and how it ended.

    `problem` is what ended it early, `troubles` what did not agree with the hub (names of buckets,
    or "receipts"); `again_in_s` says when to come again, and None leaves it to a switch.
    """

    accepted: int = 0
    refused: int = 0
    received: int = 0
    requests: int = 0
    is_in_step: bool = False
    problem: Problem | None = None
    troubles: list[str] = field(default_factory=list)
    again_in_s: float | None = None

    @property
    def has_moved(self) -> bool:
        """Whether anything went out or came in."""
        return bool(self.accepted or self.refused or self.received)

    def after(self, earlier: Round) -> Round:
        """Return this round with what moved in an earlier one counted as well."""
        names = ("accepted", "refused", "received", "requests")
        sums = {name: getattr(self, name) + getattr(earlier, name) for name in names}
        return replace(self, **sums)


T = TypeVar("T")
# What an engine is: it yields what it wants done, and is resumed with the answer (None after
# a `Sleep`).
Steps = Generator[Call | Sleep, Answer | None, T]


class Interrupted(Exception):  # noqa: N818 - it ends a round, which is no error
    """The hub is away, or wants something that a round cannot give."""

    def __init__(self, problem: Problem, *, has_left: bool = True) -> None:
        super().__init__(problem.err)
        self.problem, self.has_left = problem, has_left


class EpochChanged(Exception):  # noqa: N818 - as above
    """The hub is not the one that answered last: it was restored to an earlier day."""

    def __init__(self, epoch: str) -> None:
        super().__init__(epoch)
        self.epoch = epoch


def ask(
    desk: Desk, path: str, body: Push | Pull | KnownAsked | Verify, round_: Round
) -> Steps[Reply]:
    """Yield the request until it is answered, and return the hub's message."""
    problem, has_left = Problem(err="unknown"), True
    for _ in range(_PATIENCE_TIMES):
        asked_at = desk.clock()
        answer = yield Call(path, _head(desk, asked_at), body)
        if answer is None:
            raise TypeError("an engine that asked is resumed with an answer")
        round_.requests += 1
        reply = answer.reply
        _learn(desk, answer, asked_at)
        if not isinstance(reply, Problem) or reply.err in _OF_STEPS:
            return reply
        problem, has_left = reply, answer.has_left
        if problem.err == "busy" and problem.retry_after_s <= _PATIENCE_S:
            yield Sleep(problem.retry_after_s or 1.0)
        elif problem.err != "epoch":
            break
    raise Interrupted(problem, has_left=has_left)


def hub_time(desk: Desk) -> str:
    """Return the hub's clock as far as this desk knows it, as it is stored."""
    offset = timedelta(milliseconds=int(desk.state(StateKey.OFFSET) or 0))
    return str(to_sql(desk.clock() - offset))


def _head(desk: Desk, now: datetime) -> Head:
    return Head(
        client=desk.state(StateKey.CLIENT),
        epoch=desk.state(StateKey.EPOCH),
        schema=SCHEMA,
        now=to_sql(now),
    )


def _learn(desk: Desk, answer: Answer, asked_at: datetime) -> None:
    """Remember what the exchange says about the hub; raise if it is no longer the same."""
    if not (epoch := _epoch(answer)):
        return
    offset = _offset(desk, answer, asked_at)
    known = desk.state(StateKey.EPOCH)
    if offset != desk.state(StateKey.OFFSET) or not known:
        with desk.transaction("exchange") as tx:
            tx.remember(StateKey.OFFSET, offset)
            tx.remember(StateKey.EPOCH, known or epoch)
    if known and known != epoch:
        raise EpochChanged(epoch)


def _epoch(answer: Answer) -> str:
    reply = answer.reply
    return (reply.epoch if isinstance(reply, Problem) else "") or answer.epoch


def _offset(desk: Desk, answer: Answer, asked_at: datetime) -> str:
    """Return how far this clock is ahead, in milliseconds, if the exchange tells it better."""
    known, took = desk.state(StateKey.OFFSET), desk.clock() - asked_at
    if not answer.now or not timedelta(0) <= took <= _LONGEST_EXCHANGE:
        return known
    ahead = asked_at + took / 2 - datetime.fromisoformat(answer.now)
    found = round(ahead / timedelta(milliseconds=1))
    # What lies within the exchange's own uncertainty is no news, and an idle sync writes nothing.
    doubt = max(_STEADY_MS, took / timedelta(milliseconds=2))
    return known if known and abs(found - int(known)) <= doubt else str(found)
