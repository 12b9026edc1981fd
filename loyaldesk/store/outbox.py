"""Edits that wait for the hub: how they are kept, listed, and taken out again.

A waiting edit never changes, since it may have been sent and its answer be on the way. Its number
may change, for the hub knows an edit by its uuid, and takes a number twice for another desk's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.store.sync_state import StateKey, read_number, read_state, write_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.protocol.messages import Change
    from loyaldesk.store.connection import Connection

__all__ = [
    "GROUP_EDITS", "HIDDEN", "LEAVING", "PENDING", "Edit", "Op", "Waiting", "forget_edits",
    "is_connected", "keep_edits", "renumber", "waiting_edits", "waiting_of",
]  # fmt: skip

Op = Literal["create", "edit", "delete"]

# Why a row stands in `sync_base` (`is_waiting`): edits of it wait to go out; it cannot be shown
# yet, or not taken away; or no bucket holds it any more, and it goes once nothing refers to it.
PENDING, HIDDEN, LEAVING = 0, 1, 2
# A longer action travels as several groups: the hub takes no more at once.
GROUP_EDITS = 500
_COLUMNS = "no, uuid, grp, kind, uid, op, body, edited_at, offset_ms, schema, actor, label, tries"


@dataclass(frozen=True, slots=True)
class Edit:
    """What one action did to one row, in wire form; `before` is None for a create.

    `after` is None for a delete, whose `changes` say what its author saw.
    """

    kind: str
    uid: str
    op: Op
    before: Row | None = None
    after: Row | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of the outbox; `body` is JSON, as `outbox_body` reads it."""

    no: int
    uuid: str
    grp: int
    kind: str
    uid: str
    op: Op
    body: str
    edited_at: str
    offset_ms: int | None
    schema: int
    actor: str
    label: str
    tries: int = 0


def is_connected(connection: Connection) -> bool:
    """Tell whether this desk has a hub, so that its edits must be kept for it."""
    return read_state(connection, StateKey.CLIENT) != ""


def keep_edits(
    connection: Connection,
    edits: Sequence[Edit],
    *,
    actor: str,
    label: str,
    now: str,
    new_uid: Callable[[], str],
) -> None:
    """Keep the edits of one action for the hub, inside the caller's transaction.

    The first edit of a row that waits also keeps the row as it was before: what the hub has.
    """
    if not edits:
        return
    first, group = _take_numbers(connection, len(edits))
    offset = read_state(connection, StateKey.OFFSET)
    stamp = (now, int(offset) if offset else None, SCHEMA, actor, label)
    for no, edit in enumerate(edits, first):
        _keep_base(connection, edit)
        grp = group + (no - first) // GROUP_EDITS
        values = [no, new_uid(), grp, edit.kind, edit.uid, edit.op, _body(edit), *stamp]
        connection.execute(
            "INSERT INTO outbox (no, uuid, grp, kind, uid, op, body, edited_at, offset_ms, schema,"
            " actor, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
    _wake(connection, now)


def waiting_edits(
    connection: Connection, *, limit: int = -1, grp: int | None = None
) -> list[Waiting]:
    """Return waiting edits in the order they go out, of one group if it is given."""
    where, values = ("", []) if grp is None else ("WHERE grp = ?", [grp])
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox {where} ORDER BY no LIMIT ?", [*values, limit]
    )
    return [Waiting(*row) for row in found]


def waiting_of(connection: Connection, kind: str, uid: str) -> list[Waiting]:
    """Return the waiting edits of one row, oldest first."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE kind = ? AND uid = ? ORDER BY no", [kind, uid]
    )
    return [Waiting(*row) for row in found]


def forget_edits(connection: Connection, uuids: Iterable[str]) -> None:
    """Take edits out of the outbox; the caller has kept them elsewhere."""
    connection.executemany("DELETE FROM outbox WHERE uuid = ?", [[uuid] for uuid in uuids])


def renumber(connection: Connection, first: int) -> None:
    """Number what waits from `first` on without a hole, in the order it has.

    In two steps, since a number may not be given twice even in between.
    """
    numbers = [no for (no,) in connection.execute("SELECT no FROM outbox ORDER BY no")]
    # Below everything that is there: edits called back from the journal stand below zero.
    free = min([0, *numbers]) - len(numbers) - 1
    for step in (
        [(free + at, no) for at, no in enumerate(numbers)],
        [(first + at, free + at) for at in range(len(numbers))],
    ):
        connection.executemany("UPDATE outbox SET no = ? WHERE no = ?", step)
    write_state(connection, StateKey.NEXT_NO, first + len(numbers))


def _take_numbers(connection: Connection, count: int) -> tuple[int, int]:
    first = read_number(connection, StateKey.NEXT_NO, 1)
    group = read_number(connection, StateKey.NEXT_GROUP, 1)
    write_state(connection, StateKey.NEXT_NO, first + count)
    groups = -(-count // GROUP_EDITS)
    write_state(connection, StateKey.NEXT_GROUP, group + groups)
    return first, group


def _keep_base(connection: Connection, edit: Edit) -> None:
    if edit.before is None or next(islice(waiting_of(connection, edit.kind, edit.uid), 1), None):
        return
    from loyaldesk.store.outbox_body import encode_row

    connection.execute(
        "INSERT INTO sync_base (kind, uid, rv, body, is_waiting) VALUES (?, ?,"
        " (SELECT coalesce(max(abs(rv)), 0) FROM membership WHERE kind = ? AND uid = ?), ?, ?)"
        " ON CONFLICT (kind, uid) DO UPDATE SET body = excluded.body,"
        " is_waiting = excluded.is_waiting WHERE sync_base.is_waiting = ?",
        [edit.kind, edit.uid, edit.kind, edit.uid, encode_row(edit.before), PENDING, LEAVING],
    )


def _body(edit: Edit) -> str:
    # Not above: msgspec has no place on the start path of the window.
    from loyaldesk.store.outbox_body import encode_body

    return encode_body(edit.after if edit.op == "create" else None, edit.changes)


def _wake(connection: Connection, now: str) -> None:
    """Have the edits sent at once, unless the hub is known not to answer."""
    at = read_state(connection, StateKey.NEXT_AT)
    if not at or not read_number(connection, StateKey.FAILURES):
        write_state(connection, StateKey.NEXT_AT, now)
