"""What can a person do about edits that wait, or that the hub refused?

An edit that was never sent simply goes. One that may have been sent cannot: the hub may have made
it, so it is taken back by the opposite edit, which goes out after it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from loyaldesk.errors import Refused
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Change
from loyaldesk.store.outbox import Edit, forget_edits, renumber, waiting_edits
from loyaldesk.store.outbox_body import Body, decode_body
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.bases import read_base
from loyaldesk.sync.engine.rebasing import rebase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loyaldesk.store.outbox import Waiting
    from loyaldesk.sync.engine.desk import Desk, Tx

__all__ = ["discard", "export", "retry", "retry_all"]

_GONE = "This change has gone out meanwhile. Nothing was done; undo it in the record itself."
_NEEDED = (
    "Later changes that wait build on this one. Nothing was done; discard those first, the newest "
    "before the others."
)
_NOT_BACK = (
    "This deletion may have reached the hub and cannot be taken back here. Nothing was done; "
    "synchronise, and then make the record again."
)
_UNKNOWN = "This change is not in the list any more. Nothing was done."
_OPEN = "uuid, kind, uid, op, body, label, actor"


def discard(desk: Desk, grp: int) -> bool:
    """Take a waiting action back; return whether an opposite edit goes out for it."""
    with desk.transaction("discard") as tx:
        group = waiting_edits(tx.connection, grp=grp)
        if not group:
            raise Refused(_GONE)
        if _is_built_upon(tx, group):
            raise Refused(_NEEDED)
        was_sent = any(edit.tries for edit in group)
        if was_sent:
            opposite = [_opposite(tx, edit) for edit in reversed(group)]
            desk.keep(tx, opposite, actor=group[0].actor, label=f"Discard: {group[0].label}")
        else:
            (first,) = tx.connection.execute("SELECT min(no) FROM outbox").fetchone()
            forget_edits(tx.connection, [edit.uuid for edit in group])
            renumber(tx.connection, first)
        for kind, uid in dict.fromkeys((edit.kind, edit.uid) for edit in reversed(group)):
            rebase(tx, kind, uid)
    return was_sent


def retry_all(desk: Desk) -> None:
    """Have what waits go out at the next moment, however often the hub was away."""
    with desk.transaction("retry") as tx:
        tx.remember(StateKey.FAILURES, "")
        tx.remember(StateKey.NEXT_AT, desk.now)


def retry(desk: Desk, grp: int, values: Mapping[str, Mapping[str, Any]] | None = None) -> None:
    """Send a refused action once more, as a new one.

    `values` are fields to send instead of those that were refused, by the uid of their row.
    """
    with desk.transaction("retry") as tx:
        found = tx.connection.execute(
            f"SELECT {_OPEN} FROM attention WHERE grp = ? ORDER BY edited_at, uuid", [grp]
        ).fetchall()
        if not found:
            raise Refused(_UNKNOWN)
        edits = [_again(tx, row, (values or {}).get(row[2], {})) for row in found]
        edits.sort(key=lambda edit: list(KINDS).index(edit.kind))
        desk.keep(tx, edits, actor=found[0][6], label=found[0][5])
        tx.connection.execute("DELETE FROM attention WHERE grp = ?", [grp])
        for edit in edits:
            rebase(tx, edit.kind, edit.uid)


def export(desk: Desk) -> str:
    """Return everything that is not at the hub as JSON: what waits, and what was refused."""
    with desk.transaction("look") as tx:
        waiting = [
            {
                "number": edit.no, "uuid": edit.uuid, "action": edit.grp, "label": edit.label,
                "actor": edit.actor, "edited_at": edit.edited_at, "kind": edit.kind,
                "uid": edit.uid, "op": edit.op, "edit": json.loads(edit.body),
            }
            for edit in waiting_edits(tx.connection)
        ]  # fmt: skip
        refused = list(_refused(tx))
    return json.dumps({"waiting": waiting, "refused": refused}, ensure_ascii=False, indent=2)


def _refused(tx: Tx) -> Iterator[dict[str, Any]]:
    found = tx.connection.execute(
        f"SELECT {_OPEN}, grp, edited_at, reason FROM attention ORDER BY edited_at, uuid"
    )
    for uuid, kind, uid, op, body, label, actor, grp, edited_at, reason in found:
        yield {
            "uuid": uuid, "action": grp, "label": label, "actor": actor, "edited_at": edited_at,
            "kind": kind, "uid": uid, "op": op, "edit": json.loads(body), "reason": reason,
        }  # fmt: skip


def _is_built_upon(tx: Tx, group: Sequence[Waiting]) -> bool:
    """Tell whether a later action changes the same row, or refers to a row made here."""
    for edit in group:
        found = tx.connection.execute(
            "SELECT 1 FROM outbox WHERE grp <> ?1 AND no > ?2 AND (kind = ?3 AND uid = ?4"
            " OR ?5 = 'create' AND instr(body, ?4) > 0) LIMIT 1",
            [edit.grp, edit.no, edit.kind, edit.uid, edit.op],
        ).fetchone()
        if found:
            return True
    return False


def _opposite(tx: Tx, edit: Waiting) -> Edit:
    body = decode_body(edit.body)
    seen = tx.view.read(edit.kind, edit.uid)
    if edit.op == "create":
        saw = {name: Change(old=value) for name, value in (seen or {}).items()}
        return Edit(edit.kind, edit.uid, "delete", seen, None, saw)
    if edit.op == "delete":
        base = read_base(tx.connection, edit.kind, edit.uid)
        if base is None or base.row is None:
            raise Refused(_NOT_BACK)
        return Edit(edit.kind, edit.uid, "create", None, base.row)
    changes = {name: _reversed(change) for name, change in body.ch.items()}
    return Edit(edit.kind, edit.uid, "edit", seen, seen, changes)


def _reversed(change: Change) -> Change:
    if change.inc is not UNSET:
        return Change(inc=-change.inc)
    return Change(old=change.new, new=None if change.old is UNSET else change.old)


def _again(tx: Tx, found: Sequence[Any], values: Mapping[str, Any]) -> Edit:
    """Return the refused edit as a new one, with what the person put in its place."""
    _, kind, uid, op, text, _, _ = found
    body: Body = decode_body(text)
    before = tx.view.read(kind, uid)
    if op == "create":
        return Edit(kind, uid, op, None, {**(body.row or {}), **values})
    changes = dict(body.ch)
    for name, value in values.items():
        known = changes.get(name)
        changes[name] = Change(old=known.old if known else (before or {}).get(name), new=value)
    return Edit(kind, uid, op, before, before, changes)
