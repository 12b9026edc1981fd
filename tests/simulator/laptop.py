"""One laptop: its disk, the desk on it, the person before it, and how far its engine has come."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.messages import Call
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.desk import Limits
from loyaldesk.sync.engine.exchange import Round, Sleep
from loyaldesk.sync.engine.rounds import sync_round
from tests.simulator.disk import last_no, uuids_after
from tests.simulator.fuse import Fuse, Killed
from tests.simulator.intents import Intent, Intents
from tests.simulator.violation import require

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Edit
    from loyaldesk.sync.engine.exchange import Answer, Steps
    from tests.simulator.clocks import DeskClock
    from tests.simulator.disk import Disk
    from tests.simulator.ids import Ids
    from tests.simulator.trace import Trace
    from tests.simulator.wire import Wire

__all__ = ["Laptop"]

_LONGEST_EXCHANGE = timedelta(seconds=10)


class Laptop:
    """A desk as it stands on somebody's table; `disk` outlives every death of its process."""

    def __init__(
        self, name: str, disk: Disk, *, clock: DeskClock, ids: Ids, rng: random.Random,
        wire: Wire, trace: Trace, intents: Intents, person: str,
    ) -> None:  # fmt: skip
        self.person = person
        self.name, self.clock, self.disk, self.fuse = name, clock, disk, Fuse()
        self._ids, self._rng, self._wire = ids, rng, wire
        self._trace, self._intents = trace, intents
        self._engine: Steps[Round] | None = None
        self._asked: Call | Sleep | None = None
        self._asked_at = clock.now()
        self.rounds: list[Round] = []
        self.boot()

    def boot(self) -> None:
        """Start the program anew on what the disk holds."""
        self._engine = self._asked = None
        self.desk = self.disk.boot(
            clock=self.clock.now, new_uid=self._ids.new, crash=self.fuse, limits=self._limits(),
            free_bytes=lambda: 0 if self.fuse.is_disk_full else 1 << 40,
        )  # fmt: skip

    def _limits(self) -> Limits:
        draw = self._rng.randint
        return Limits(
            push_edits=draw(1, 20), page_rows=draw(1, 50), chunk_rows=draw(1, 20),
            memory_pages=draw(0, 3),
        )  # fmt: skip

    @property
    def is_connected(self) -> bool:
        """Whether the desk on the disk has a hub."""
        return self.desk.state(StateKey.CLIENT) != ""

    def is_referred_to(self, uid: str) -> bool:
        """Return whether a row that is shown cannot do without this one."""
        return self.disk.is_needed(uid)

    def new_uid(self) -> str:
        """Return the uid of a row that is made here."""
        return self._ids.new()

    def uids(self, kind: str) -> list[str]:
        """Return the rows of that kind that the person sees, sorted."""
        return self.disk.uids(kind)

    def read(self, kind: str, uid: str) -> Row | None:
        """Return a row as the person sees it."""
        return self.disk.read(kind, uid)

    def keep(self, label: str, edits: Sequence[Edit], *, poison: str = "") -> None:
        """Make the edits of one action here, and keep them for the hub."""
        was_killed = False
        try:
            before = last_no(self.disk.connection)
            self.disk.keep(self.desk, label, edits, actor=self.name)
        except Killed as killed:
            was_killed = True
            self._die(killed)
        except Unavailable:
            self._trace.note("disk full for", self.name, label)
            return
        uuids = uuids_after(self.disk.connection, before)
        is_kept = len(uuids) == len(edits) or (was_killed and not uuids)
        require(is_kept, "I6", "Edits were made and are not waiting", self.name, label)
        for uuid, edit in zip(uuids, edits, strict=False):
            self._intents.add(self._intent(uuid, edit, poison))
        self._trace.note(label, self.name, [[each.kind, each.uid, each.op] for each in edits])

    def _intent(self, uuid: str, edit: Edit, poison: str) -> Intent:
        return Intent(
            uuid, self.name, edit.kind, edit.uid, edit.op, edit.changes, edit.after,
            at=self.clock.true(), is_certain=self.clock.is_certain, poison=poison,
        )  # fmt: skip

    def step(self) -> bool:
        """Let the engine do its next piece of work; False when a round ended with it."""
        try:
            return self._step()
        except Killed as killed:
            self._die(killed)
        except Unavailable as error:
            self._trace.note("round broke off", self.name, str(error))
            self._engine = None
            self.clock.known_skew = None
        return False

    def _step(self) -> bool:
        answer: Answer | None = None
        if self._engine is None:
            self._engine = sync_round(self.desk)
        elif isinstance(self._asked, Call):
            answer = self._wire.send(self.name, self._asked)
        elif isinstance(self._asked, Sleep):
            self.clock.sleep(self._asked.seconds)
        if answer is not None and answer.now:
            took = self.clock.now() - self._asked_at
            if timedelta(0) <= took <= _LONGEST_EXCHANGE:
                self.clock.note_exchange()
        return self._resume(self._engine, answer)

    def _resume(self, engine: Steps[Round], answer: Answer | None) -> bool:
        try:
            self._asked = engine.send(answer)
        except StopIteration as stop:
            self._engine = None
            self.rounds.append(stop.value)
            self._trace.note("round", self.name, str(stop.value))
            return False
        if isinstance(self._asked, Call) and self._asked.path == "sync/verify":
            is_sound = not self.disk.is_damaged
            require(not is_sound, "P6", "A sound desk found that it lacks something", self.name)
        self._asked_at = self.clock.now()
        return True

    def _die(self, killed: Killed) -> None:
        self._trace.note("killed", self.name, str(killed))
        self.clock.known_skew = None
        self.boot()

    def finish_round(self, most: int) -> Round | None:
        """Let a whole round run from its start, in at most so many steps; None if it had more."""
        self._engine = None
        done = len(self.rounds)
        for _ in range(most):
            if not self.step():
                return self.rounds[-1] if len(self.rounds) > done else None
        return None

    def replace_disk(self, disk: Disk) -> None:
        """Let the laptop have another disk, as when a backup was put back."""
        self.disk = disk
        self.clock.known_skew = None
        self.boot()
