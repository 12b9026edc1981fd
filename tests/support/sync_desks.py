"""Desks with the real engine and a hub in memory, and a wire between them that can be disturbed."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.hub.engine.answering import answer
from loyaldesk.hub.state import epoch_of
from loyaldesk.hub.store import HubStore
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Call, Problem
from loyaldesk.protocol.replay import difference
from loyaldesk.store.connection import to_sql
from loyaldesk.store.outbox import Edit
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.desk import Limits
from loyaldesk.sync.engine.invariants import check_invariants
from loyaldesk.sync.engine.rounds import Answer, Round, Sleep, sync_round
from tests.support.hub_desks import NOW, principal
from tests.support.memory_desk import MemoryView, memory_desk, open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.hub.access import Principal
    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.connection import Connection
    from tests.support.page_hub import PageHub

__all__ = ["OFFLINE", "Crashed", "Laptop", "Office", "Wire", "crash_at"]


class Crashed(BaseException):
    """The process ended here."""


def crash_at(name: str, moment: str, ordinal: int = 1) -> Callable[[str, str], None]:
    """Return a hook that ends the process when it comes there for the n-th time."""
    times = itertools.count(1)

    def hook(at: str, when: str) -> None:
        if (at, when) == (name, moment) and next(times) == ordinal:
            raise Crashed(name)

    return hook


@dataclass
class Office:
    """A hub, its clock and its ids; both belong to the desks as well."""

    now: datetime = NOW
    url: str = "sqlite://"
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        """Open the hub."""
        self.hub = HubStore.create(self.url, clock=self.clock, new_uid=self.new_uid)

    def clock(self) -> datetime:
        """Return what time it really is."""
        return self.now

    def new_uid(self) -> str:
        """Return an identity that nothing had before."""
        return f"{next(self.numbers):032x}"

    def answer(self, who: Principal, call: Call) -> Answer:
        """Return what the hub says, with its headers."""
        reply = answer(self.hub, who, call, now=self.now)
        with self.hub.snapshot("epoch") as tx:
            epoch = epoch_of(tx)
        return Answer(reply, epoch, to_sql(self.now))

    def restore_to(self, epoch: str) -> None:
        """Give the hub another epoch, as after a restore."""
        with self.hub.transaction("restore") as tx:
            tx.run("UPDATE hub_state SET value = ? WHERE key = 'epoch'", (epoch,))


OFFLINE = Answer(Problem(err="offline"))


@dataclass
class Wire:
    """The way to the hub; `disturb` may answer in its place, or change what it answered."""

    office: Office
    who: Principal
    calls: list[Call] = field(default_factory=list)
    before: Callable[[Call], Answer | None] = lambda _call: None
    after: Callable[[Call, Answer], Answer] = lambda _call, answered: answered

    def send(self, call: Call) -> Answer:
        """Carry the request and bring the answer back."""
        self.calls.append(call)
        instead = self.before(call)
        return instead or self.after(call, self.office.answer(self.who, call))

    def paths(self) -> list[str]:
        """Return the paths that were asked for, oldest first."""
        return [call.path for call in self.calls]

    def answer_by(self, hub: PageHub) -> None:
        """Have another hub answer everything from now on."""
        self.before = hub.answer


class Laptop:
    """A desk with a person before it."""

    def __init__(
        self,
        office: Office,
        who: Principal | None = None,
        *,
        database: Connection | None = None,
        limits: Limits | None = None,
        ahead: timedelta = timedelta(0),
        **more: Any,
    ) -> None:
        self.office, self.ahead = office, ahead
        self.wire = Wire(office, who or principal())
        self.database = database or open_database()
        self.pauses = 0
        self.limits, self.more = limits or Limits(), more
        self.seen: dict[tuple[str, str], tuple[str, int]] = {}
        self.boot()
        if not self.desk.state(StateKey.CLIENT):
            self.desk.connect()

    def boot(self, **more: Any) -> None:
        """Start the program anew on the same tables."""
        self.desk = memory_desk(
            self.database, clock=lambda: self.office.now + self.ahead,
            new_uid=self.office.new_uid, limits=self.limits, **(self.more | more),
        )  # fmt: skip
        self.view = MemoryView(self.database)

    def keep(self, *edits: Edit, label: str = "Edit") -> None:
        """Make edits as one action."""
        with self.desk.transaction("edit") as tx:
            for edit in edits:
                if edit.after is None:
                    assert not tx.view.drop(edit.kind, [edit.uid])
                else:
                    assert not tx.view.put(edit.kind, [(edit.uid, edit.after)])
            self.desk.keep(tx, edits, actor="ann", label=label)

    def create(self, kind: str, row: Row) -> str:
        """Make a row and return its uid."""
        uid = self.office.new_uid()
        self.keep(Edit(kind, uid, "create", None, row))
        return uid

    def edit(self, kind: str, uid: str, **values: Any) -> None:
        """Change fields of a row."""
        before = self.view.read(kind, uid)
        assert before is not None
        after = {**before, **values}
        self.keep(Edit(kind, uid, "edit", before, after, difference(KINDS[kind], before, after)))

    def delete(self, kind: str, uid: str) -> None:
        """Delete a row."""
        before = self.view.read(kind, uid)
        assert before is not None
        self.keep(Edit(kind, uid, "delete", before, None))

    def sync(self, *, checked: bool = True) -> Round:
        """Run one round and check the invariants after every step."""
        steps = sync_round(self.desk)
        answered: Answer | None = None
        while True:
            try:
                asked = steps.send(answered)
            except StopIteration as stop:
                round_: Round = stop.value
                break
            self.pauses += isinstance(asked, Sleep)
            answered = None if isinstance(asked, Sleep) else self.wire.send(asked)
            if checked:
                check_invariants(self.desk, self.seen)
        check_invariants(self.desk, self.seen)
        return round_

    def rows(self, kind: str) -> dict[str, Row]:
        """Return what the person sees of a kind, by uid."""
        return dict(self.view.rows(kind))

    def count(self, table: str) -> int:
        """Return how many rows a table of the desk has."""
        return int(self.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
