"""What does the ERP do? It masters some fields of some customers, and sends what it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS, SCHEMA, Row
from loyaldesk.protocol.messages import Call, Change, Head, Mutation, Problem, Push, Pushed
from loyaldesk.protocol.replay import difference
from loyaldesk.store.connection import to_sql
from tests.simulator.rows import MASTERED, blank

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.simulator.clocks import WorldClock
    from tests.simulator.ids import Ids
    from tests.simulator.wire import Wire

__all__ = ["NAME", "ErpSource"]

NAME = "erp"
_SYSTEM = "erp"


class ErpSource:
    """A connector: its records, and the edits that the hub has not answered.

    Like every client it numbers its edits and sends them until they are answered.
    """

    def __init__(self, clock: WorldClock, ids: Ids, rng: random.Random) -> None:
        self._clock, self._ids, self._rng = clock, ids, rng
        self.records: dict[str, dict[str, Row]] = {}
        self._client, self._epoch, self._no = ids.new(), "", 0
        self._waiting: list[Mutation] = []
        self.sent: list[Mutation] = []

    @property
    def is_done(self) -> bool:
        """Whether the hub has answered everything."""
        return not self._waiting

    def create(self, kind: str, key: str, values: Row) -> str:
        """Make a record and return its uid."""
        uid = self._ids.new()
        sourced = {"source_system": _SYSTEM, "source_key": key}
        row = blank(kind) | values | (sourced if "source_system" in KINDS[kind].fields else {})
        self.records.setdefault(kind, {})[uid] = row
        self._queue(kind, uid, "create", row=row)
        return uid

    def change(self, word: str, territories: list[str]) -> None:
        """Change a mastered field of a customer, or move it to another territory."""
        customers = self.records["customer"]
        uid = self._rng.choice(list(customers))
        row = customers[uid]
        if self._rng.random() < 0.4:
            values: dict[str, Any] = {"territory": self._rng.choice(territories)}
        else:
            name = self._rng.choice(MASTERED)
            is_number = KINDS["customer"].fields[name].type == "int"
            values = {name: int(word[1:]) if is_number else word}
        changes = difference(KINDS["customer"], row, row | values)
        customers[uid] = row | values
        self._queue("customer", uid, "edit", changes=changes)

    def refresh(self) -> None:
        """Send a customer once more though nothing about it changed."""
        customers = self.records["customer"]
        uid = self._rng.choice(list(customers))
        row = customers[uid]
        same = {name: Change(old=row[name], new=row[name]) for name in MASTERED}
        self._queue("customer", uid, "edit", changes=same)

    def _resend(self) -> None:
        """Send what it masters of every customer, as after a hub was restored."""
        self._waiting = []
        for uid, row in self.records["customer"].items():
            changes = {name: Change(new=row[name]) for name in (*MASTERED, "territory")}
            self._queue("customer", uid, "edit", changes=changes)

    def sync(self, wire: Wire, answered: Callable[[Mutation, str], None]) -> None:
        """Send what waits once, and take the answer if there is one."""
        if not self._waiting:
            return
        head = Head(
            client=self._client, epoch=self._epoch, schema=SCHEMA, now=to_sql(self._clock.now())
        )
        batch = self._waiting[: self._rng.randint(1, 20)] if wire.is_faulty else self._waiting[:200]
        answer = wire.send(NAME, Call("sync/push", head, Push(list(batch))))
        if isinstance(answer.reply, Pushed):
            self._take(answer.reply, answered)
        elif isinstance(answer.reply, Problem) and answer.reply.err == "epoch":
            self._begin_anew(answer.reply.epoch or answer.epoch)

    def _take(self, pushed: Pushed, answered: Callable[[Mutation, str], None]) -> None:
        outcomes = {each.uuid: each.st for each in pushed.res}
        for each in self._waiting:
            if each.uuid in outcomes:
                answered(each, outcomes[each.uuid])
        self._waiting = [each for each in self._waiting if each.uuid not in outcomes]

    def _begin_anew(self, epoch: str) -> None:
        is_restored = self._epoch != ""
        self._epoch, self._client, self._no = epoch, self._ids.new(), 0
        if is_restored:
            self._resend()
            return
        queued, self._waiting = self._waiting, []
        for each in queued:
            self._queue(each.kind, each.id, each.op, row=each.row, changes=each.ch)

    def _queue(
        self, kind: str, uid: str, op: Any, *, row: Row | None = None, changes: Any = None
    ) -> None:  # fmt: skip
        self._no += 1
        mutation = Mutation(
            no=self._no, uuid=self._ids.new(), grp=self._no, kind=kind, id=uid, op=op,
            schema=SCHEMA, edited_at=to_sql(self._clock.now()), offset_ms=0, row=row,
            ch=changes or {},
        )  # fmt: skip
        self._waiting.append(mutation)
        self.sent.append(mutation)
