"""A desk as the hub sees one: it numbers its edits, sends them, and reads pages."""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.hub.access import Principal, Role
from loyaldesk.hub.engine.answering import answer
from loyaldesk.hub.state import epoch_of
from loyaldesk.protocol.kinds import KINDS, SCHEMA, Row
from loyaldesk.protocol.messages import (
    Call,
    Change,
    Entry,
    Head,
    Mutation,
    Outcome,
    Problem,
    Pull,
    Pulled,
    Push,
    Pushed,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.hub.store import HubStore
    from loyaldesk.protocol.messages import Cursor, Reply

__all__ = ["NOW", "HubDesk", "customer_row", "order_line", "principal", "uid", "wire_row"]

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_EMPTY = {
    "text": "", "int": 0, "bool": 0, "day": "2026-03-02", "instant": "2026-03-02 08:00:00.000000",
    "bytes": "00" * 16, "json": "null",
}  # fmt: skip


def uid(word: str) -> str:
    """Return the uid that this word always has."""
    return hashlib.sha256(word.encode()).hexdigest()[:32]


def wire_row(kind: str, **values: Any) -> Row:
    """Return a whole row of the kind, empty where nothing is given."""
    return {name: _empty(each) for name, each in KINDS[kind].fields.items()} | values


def customer_row(number: str = "K-1", **values: Any) -> Row:
    """Return a customer in the territory North."""
    return wire_row(
        "customer", **{"number": number, "territory": "North", "currency": "EUR"} | values
    )


def order_line(position: int, **values: Any) -> Row:
    """Return a line of an order: one piece at ten euros."""
    row = {name: _empty(each) for name, each in KINDS["sales_order"].lines.items()}
    prices = {"quantity_milli": 1000, "unit_price_micro": 10_000_000, "net_minor": 1000}
    return row | {"position": position} | prices | values


def _empty(each: Any) -> Any:
    if each.is_nullable:
        return None
    if each.type == "lines":
        return []
    if each.refers:
        return uid(each.refers)
    return (
        "submitted" if each.name == "status" and each.merge.name == "STATE" else _EMPTY[each.type]
    )


def principal(
    name: str = "Ann", role: Role = Role.REP, territories: str | None = "North"
) -> Principal:
    """Return a signed-in user at a laptop of their own."""
    areas = None if territories is None else frozenset(territories.split())
    return Principal(f"user-{name}", name, f"laptop-{name}", f"D-{name}", role, areas)


@dataclass
class HubDesk:
    """A desk that speaks to the hub's engine at once; its clock is `NOW` unless told otherwise."""

    hub: HubStore
    who: Principal = field(default_factory=principal)
    client: str = ""
    number: int = 0
    at: datetime = NOW
    cursor: dict[str, Cursor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.client = self.client or f"client-{self.who.name}"
        self._groups = itertools.count(1)
        with self.hub.snapshot("epoch") as tx:
            self.epoch = epoch_of(tx)

    @property
    def head(self) -> Head:
        """What stands in the headers of each request."""
        return Head(client=self.client, epoch=self.epoch, schema=SCHEMA, now=str(self.at))

    def ask(self, path: str, body: Any) -> Reply:
        """Return the reply, as it comes off the wire."""
        sent = msgspec.json.decode(msgspec.json.encode(body), type=type(body))
        call = Call(path, self.head, sent)
        reply = answer(self.hub, self.who, call, now=NOW + timedelta(days=1))
        return msgspec.json.decode(msgspec.json.encode(reply), type=type(reply))

    def mutation(self, op: Any, kind: str, word: str, /, **values: Any) -> Mutation:
        """Return the next edit, in a group of its own."""
        self.number += 1
        edited_at = self.at.isoformat()
        made = uid(f"{self.client} {self.number} {kind} {word} {op}")
        return Mutation(
            no=self.number, uuid=made, grp=next(self._groups), kind=kind, id=uid(word), op=op,
            schema=SCHEMA, edited_at=edited_at, **values,
        )  # fmt: skip

    def push(self, *mutations: Mutation) -> list[Outcome]:
        """Send the edits and return their outcomes."""
        reply = self.ask("sync/push", Push(list(mutations)))
        assert isinstance(reply, Pushed), reply
        return reply.res

    def refused_push(self, *mutations: Mutation) -> Problem:
        """Send edits that the hub does not take and return why."""
        reply = self.ask("sync/push", Push(list(mutations)))
        assert isinstance(reply, Problem), reply
        return reply

    def create(self, kind: str, word: str, row: Row, /) -> Outcome:
        """Make a record."""
        return self.push(self.mutation("create", kind, word, row=row))[0]

    def edit(self, kind: str, word: str, /, **changes: tuple[Any, Any]) -> Outcome:
        """Change fields from one value to another."""
        return self.push(self.edit_of(kind, word, **changes))[0]

    def edit_of(self, kind: str, word: str, /, **changes: tuple[Any, Any]) -> Mutation:
        """Return the edit, not sent yet."""
        return self.mutation("edit", kind, word, ch=as_changes(changes))

    def count(self, kind: str, word: str, /, **increments: int) -> Outcome:
        """Add to counters."""
        ch = {key: Change(inc=value) for key, value in increments.items()}
        return self.push(self.mutation("edit", kind, word, ch=ch))[0]

    def delete(self, kind: str, word: str, /, **saw: Any) -> Outcome:
        """Delete a record that looked like this."""
        ch = {key: Change(old=value) for key, value in saw.items()}
        return self.push(self.mutation("delete", kind, word, ch=ch))[0]

    def page(self, **options: int) -> Pulled:
        """Read one page and move on."""
        reply = self.ask("sync/pull", Pull(cur=self.cursor, **options))
        assert isinstance(reply, Pulled), reply
        self.cursor = reply.cur
        return reply

    def pull(self, **options: int) -> list[Entry]:
        """Read all there is."""
        found: list[Entry] = []
        for _ in range(10_000):
            page = self.page(**options)
            found += page.rows
            if page.done:
                return found
        raise AssertionError("the hub never says that it is done")


def as_changes(changes: Mapping[str, tuple[Any, Any]]) -> dict[str, Change]:
    """Return changes given as pairs of old and new."""
    return {name: Change(old=old, new=new) for name, (old, new) in changes.items()}
