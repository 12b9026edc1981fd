"""What do desk and hub leave behind in the tables? Conflicts, waiting and refused edits."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.models import EditConflict
from loyaldesk.store.uids import new_uid

if TYPE_CHECKING:
    from loyaldesk.store.store import Store

__all__ = ["make_conflict", "make_refused", "make_waiting", "uid_of"]

EDITED = datetime(2026, 11, 18, 17, 20, tzinfo=UTC)
THEIRS_AT = datetime(2026, 11, 19, 8, 31, tzinfo=UTC)
FOUND = datetime(2026, 11, 19, 9, 50, tzinfo=UTC)
_OUTBOX = (
    "INSERT INTO outbox (uuid, grp, kind, uid, op, body, edited_at, schema, actor, label, tries,"
    " answer) VALUES (?, ?, ?, ?, ?, ?, ?, 1, 'Ana', ?, ?, ?)"
)
_ATTENTION = (
    "INSERT INTO attention (uuid, grp, kind, uid, op, body, edited_at, actor, label, reason,"
    " told_at) VALUES (?, 7, ?, ?, ?, ?, ?, 'Ana', ?, ?, ?)"
)


def uid_of(store: Store, table: str, row_id: int) -> str:
    """Return the uid of a record as it travels."""
    with store.reader() as reader:
        found: bytes = reader.value(f"SELECT uid FROM {table} WHERE id = ?", [row_id])
    return found.hex()


def make_conflict(
    store: Store,
    record: tuple[str, str],
    field: str,
    values: tuple[Any, Any, Any],
    **beside: Any,
) -> int:
    """Let two edits of a field meet: what it was, mine, theirs, which stands unless told."""
    base, mine, theirs = (json.dumps(value) for value in values)
    winner = json.dumps(beside.pop("winner")) if "winner" in beside else theirs
    known = {
        "rule": "manual", "my_user": "Ana", "my_desk": "B7", "my_edited_at": EDITED,
        "their_user": "Claire", "their_edited_at": THEIRS_AT, "found_at": FOUND,
        "customer_id": 1,
    }  # fmt: skip
    kind, uid = record
    with store.transaction("Sync", undoable=False) as tx:
        return tx.insert(
            EditConflict, record_kind=kind, record_uid=bytes.fromhex(uid), field=field, base=base,
            mine=mine, theirs=theirs, winner=winner, mutation_uid=new_uid(FOUND),
            **{**known, **beside},
        )  # fmt: skip


def make_waiting(
    store: Store,
    record: tuple[str, str],
    *,
    grp: int = 1,
    changes: dict[str, list[Any]] | None = None,
    row: dict[str, Any] | None = None,
    label: str = "Edit Müller & Söhne GmbH",
    tries: int = 0,
    answer: str = "",
) -> None:
    """Let an edit wait to go out: fields with old and new value, or the row of a new record."""
    body = json.dumps(_body(changes, row))
    op = "create" if row else "edit"
    values = (
        new_uid(EDITED).hex(), grp, *record, op, body, EDITED.isoformat(), label, tries, answer,
    )  # fmt: skip
    _write(store, _OUTBOX, values)


def make_refused(
    store: Store,
    record: tuple[str, str],
    *,
    changes: dict[str, list[Any]] | None = None,
    row: dict[str, Any] | None = None,
    label: str = "Edit Müller & Söhne GmbH",
    reason: str = "This customer is no longer in your territory.",
) -> str:
    """Let the hub have refused an edit, and return its uuid."""
    uuid = new_uid(EDITED).hex()
    op, body = "create" if row else "edit", json.dumps(_body(changes, row))
    told = FOUND.isoformat()
    values = (uuid, *record, op, body, EDITED.isoformat(), label, reason, told)
    _write(store, _ATTENTION, values)
    return uuid


def _body(changes: dict[str, list[Any]] | None, row: dict[str, Any] | None) -> dict[str, Any]:
    if row is not None:
        return {"row": row}
    return {"ch": {name: {"old": old, "new": new} for name, (old, new) in (changes or {}).items()}}


def _write(store: Store, sql: str, values: tuple[Any, ...]) -> None:
    with store.transaction("Sync", undoable=False) as tx:
        tx._connection.execute(sql, values)  # noqa: SLF001 - as the store's own outbox does
