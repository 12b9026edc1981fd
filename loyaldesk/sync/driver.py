"""When does a desk speak with its hub by itself, and what does it show meanwhile?

One thread runs the driver. It goes when edits were made, when the hub hints that something moved,
every minute otherwise, and ever more seldom while nobody answers; everybody else only rings.
"""

from __future__ import annotations

import math
import random
from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.protocol.messages import Call, Problem, Pulled, Push
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.back_off import LONGEST_S, BackOff
from loyaldesk.sync.bell import Bell
from loyaldesk.sync.engine.exchange import Round, Sleep
from loyaldesk.sync.engine.rounds import sync_round
from loyaldesk.sync.reach.calls import Trouble
from loyaldesk.sync.reach.refusals import refusal_sentence
from loyaldesk.sync.schedule import Schedule
from loyaldesk.sync.state import Phase, Progress, SyncState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loyaldesk.sync.bulletin import Bulletin
    from loyaldesk.sync.engine.desk import Desk
    from loyaldesk.sync.engine.exchange import Answer
    from loyaldesk.sync.first.first_sync import FirstSync
    from loyaldesk.sync.reach.calls import Caller
    from loyaldesk.sync.reach.clock import Clock

__all__ = ["Driver"]

MOST_ROUNDS = 50
_PHASES = {
    "offline": Phase.OFFLINE,
    "busy": Phase.OFFLINE,
    "signed-out": Phase.SIGNED_OUT,
    "revoked": Phase.REVOKED,
    "wipe": Phase.REVOKED,
}
# What no waiting alone makes better.
_SELDOM = frozenset({"signed-out", "revoked", "outdated"})
_FINAL = frozenset({"wipe"})
# Of the switch in `sync_state`.
_ON = "1"


class Driver:
    """Runs round after round; `once` makes a desk even, `run` keeps it so until `stop`.

    `wake`, `sync_now`, `work_offline` and `stop` may be called from any thread. `first` loads what
    is ready for a desk that has nothing yet. `chance` returns a number from 0 to 1; it and `bell`
    are injected so that tests need not wait.
    """

    def __init__(
        self,
        desk: Desk,
        caller: Caller,
        bulletin: Bulletin,
        *,
        clock: Clock,
        first: FirstSync | None = None,
        chance: Callable[[], float] = random.random,  # noqa: S311 - no secret
        bell: Bell | None = None,
    ) -> None:
        self._desk, self._caller, self._bulletin, self._clock = desk, caller, bulletin, clock
        self._bell = bell or Bell()
        self._first = first
        self._back_off = BackOff(chance)
        self._schedule = Schedule(clock)
        self._received = 0
        self._is_stopped = False
        self._by_choice = bulletin.state.phase is Phase.BY_CHOICE

    @property
    def state(self) -> SyncState:
        """How it is between desk and hub."""
        return self._bulletin.state

    def wake(self) -> None:
        """Go soon, unless the hub is known not to answer: edits were made, or something moved."""
        self._schedule.want_soon()
        self._bell.ring()

    def sync_now(self) -> None:
        """Go at once: somebody asked for it."""
        self._schedule.want_now()
        self._bell.ring()

    def work_offline(self, on: bool) -> None:
        """Leave the hub alone until told otherwise, or take it up again."""
        self._by_choice = on
        self._schedule.want_now()
        self._bell.ring()

    def stop(self) -> None:
        """Let `run` return after what is under way."""
        self._is_stopped = True
        self._bell.ring()

    def once(self) -> Round:
        """Run rounds until desk and hub are even, or one ends with a problem.

        The last round is returned, and counts what all of them moved.
        """
        last = Round()
        if not self._may_go():
            return last
        for _ in range(MOST_ROUNDS):
            last = self._round().after(last)
            if last.problem is not None or last.is_in_step or self._is_stopped:
                break
        self._settle(last)
        return last

    def run(self) -> Round:
        """Keep desk and hub even until stopped, or until the hub wants everything erased."""
        last = Round()
        while not self._is_stopped:
            if self._may_go():
                last = self._round()
                self._settle(last)
                if last.problem is not None and last.problem.err in _FINAL:
                    break
            self._rest()
        return last

    def _may_go(self) -> bool:
        self._schedule.begin()
        by_choice = self._by_choice
        if by_choice:
            self._schedule.plan(math.inf)
            self._bulletin.show(Phase.BY_CHOICE)
        if bool(self._desk.state(StateKey.WORK_OFFLINE)) != by_choice:
            with self._desk.transaction("switch") as tx:
                tx.remember(StateKey.WORK_OFFLINE, _ON if by_choice else "")
        return not by_choice

    def _rest(self) -> None:
        """Wait until the next exchange is due; what was changed meanwhile is counted and shown."""
        while not self._is_stopped and (left_s := self._schedule.left_s()) != 0:
            if self._bell.wait(left_s):
                self._bulletin.count()

    def _round(self) -> Round:
        if self._first is not None:
            if (problem := self._load_first(self._first)) is not None:
                return Round(problem=problem)
            self._first = None
        steps, answer = sync_round(self._desk), None
        try:
            while not self._is_stopped:
                wish = steps.send(answer)
                answer = None
                if isinstance(wish, Sleep):
                    self._sleep(wish.seconds)
                else:
                    answer = self._answered(wish)
        except StopIteration as end:
            found: Round = end.value
            return found
        finally:
            steps.close()
        return Round()

    def _load_first(self, first: FirstSync) -> Problem | None:
        if not first.is_due():
            return None

        def tell(done: int, total: int) -> None:
            self._bulletin.show(Phase.FIRST, progress=Progress(done, total))

        return first.run(tell)

    def _sleep(self, seconds: float) -> None:
        until = self._clock.monotonic() + seconds
        while not self._is_stopped and (left_s := until - self._clock.monotonic()) > 0:
            self._bell.wait(left_s)

    def _answered(self, call: Call) -> Answer:
        is_first = self.state.last_success_at is None
        if isinstance(call.body, Push):
            self._bulletin.move(Phase.SENDING)
        elif is_first:
            self._bulletin.move(Phase.FIRST, progress=Progress(self._received, None))
        answer = self._caller.answer(call)
        if isinstance(answer.reply, Pulled) and answer.reply.rows:
            self._received += len(answer.reply.rows)
            if not is_first:
                self._bulletin.move(Phase.UPDATING if answer.reply.done else Phase.RECEIVING)
        return answer

    def _settle(self, last: Round) -> None:
        """Say how the round ended, and plan the next."""
        if last.problem is not None:
            self._tell_problem(last.problem, last.again_in_s or 0.0)
            return
        self._back_off.reset()
        self._keep_shut_out(False)
        self._schedule.plan(last.again_in_s or 0.0)
        if last.is_in_step:
            self._received = 0
        phase = Phase.IN_STEP if last.is_in_step else Phase.WAITING
        self._bulletin.show(phase, next_try_at=self._next_try())

    def _tell_problem(self, problem: Problem, again_in_s: float) -> None:
        pause_s = max(self._back_off.pause_s(problem.retry_after_s), again_in_s)
        self._schedule.plan(LONGEST_S if problem.err in _SELDOM else pause_s, has_failed=True)
        if problem.err != "offline":
            self._keep_shut_out(problem.err == "revoked")
        trouble = self._caller.trouble
        if trouble is None or trouble.err != problem.err:
            # What is offline was said by this desk itself, and so is ours.
            said = problem.sentence if problem.err == "offline" else refusal_sentence(problem)
            trouble = Trouble(problem.err, said)
        self._bulletin.show(
            _PHASES.get(problem.err, Phase.TROUBLE),
            next_try_at=self._next_try(),
            problem=trouble.sentence,
            detail=trouble.detail,
        )

    def _keep_shut_out(self, on: bool) -> None:
        """Remember it for whoever asks how it is while nothing is exchanged."""
        if bool(self._desk.state(StateKey.SHUT_OUT)) != on:
            with self._desk.transaction("switch") as tx:
                tx.remember(StateKey.SHUT_OUT, _ON if on else "")

    def _next_try(self) -> datetime:
        return self._clock.now() + timedelta(seconds=self._schedule.left_s() or 0.0)
