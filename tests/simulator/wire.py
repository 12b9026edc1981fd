"""What becomes of a message between desk and hub: lost, doubled, late, or an old one again?"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.protocol.messages import Call, Problem, Push
from loyaldesk.sync.engine.exchange import Answer

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.simulator.trace import Trace

__all__ = ["OFFLINE", "Wire"]

OFFLINE = Answer(Problem(err="offline", sentence="Nobody answered."))
_OLD_PUSHES = 12


class Wire:
    """The network between everybody; with `is_faulty` off each message arrives once, at once.

    `serve` is the hub's end of it: it takes the sender's name and a call. Messages cross as the
    bytes that they are in reality, so that neither side keeps hold of the other's objects.
    """

    def __init__(
        self, serve: Callable[[str, Call], Answer], *, rng: random.Random, trace: Trace
    ) -> None:
        self._serve = serve
        self._rng = rng
        self._trace = trace
        self._late: list[tuple[str, Call]] = []
        self._old: deque[tuple[str, Call]] = deque(maxlen=_OLD_PUSHES)
        self.is_faulty = True
        self.requests = 0

    def send(self, sender: str, call: Call) -> Answer:
        """Return what the sender hears: the hub's reply, or that nobody answered."""
        self.requests += 1
        if isinstance(call.body, Push):
            self._old.append((sender, call))
        fate = self._rng.random() if self.is_faulty else 1.0
        if fate < 0.04:
            return self._lose("request lost", sender)
        if fate < 0.08:
            self._late.append((sender, call))
            return self._lose("request late", sender)
        reply = self._deliver(sender, call)
        if fate < 0.12:
            return self._lose("reply lost", sender)
        if fate < 0.16:
            self._trace.note("doubled", sender)
            again = self._deliver(sender, call)
            return self._rng.choice((reply, again))
        return reply

    def deliver_late(self) -> None:
        """Let one message arrive that its sender has long given up; any of them, not the first."""
        if self._late:
            sender, call = self._late.pop(self._rng.randrange(len(self._late)))
            self._trace.note("late request arrives", sender)
            self._deliver(sender, call)

    def replay_push(self) -> None:
        """Let one of the last pushes arrive once more."""
        if self._old:
            sender, call = self._old[self._rng.randrange(len(self._old))]
            self._trace.note("old push again", sender)
            self._deliver(sender, call)

    def _lose(self, what: str, sender: str) -> Answer:
        self._trace.note(what, sender)
        return OFFLINE

    def _deliver(self, sender: str, call: Call) -> Answer:
        body = msgspec.json.decode(msgspec.json.encode(call.body), type=type(call.body))
        answer = self._serve(sender, Call(path=call.path, head=call.head, body=body))
        text = msgspec.json.encode(answer.reply)
        self._trace.note(call.path, sender, text.decode())
        reply = msgspec.json.decode(text, type=type(answer.reply))
        return Answer(reply, answer.epoch, answer.now)
