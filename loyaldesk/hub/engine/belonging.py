"""To which customer does a record belong, what comes with it when it moves, and who needs it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.hub.access import UNKNOWN
from loyaldesk.protocol.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.hub.engine.records import Entity
    from loyaldesk.hub.engine.workset import Workset
    from loyaldesk.protocol.kinds import Kind, Row

__all__ = ["account_of", "move_followers", "needed_by"]


def account_of(work: Workset, kind: Kind, uid: str, row: Row) -> str:
    """Return the uid of the record's customer, "" where it has none; refuse what leads nowhere."""
    for field in kind.references:
        if not field.is_nullable:
            _required(work, field.refers or "", row[field.name])
    if kind.is_shared:
        return ""
    if kind.account == "id":
        return uid
    leads_to, target = kind.fields[kind.account].refers, row.get(kind.account)
    if target is None or leads_to == "customer":
        return target or ""
    return _required(work, leads_to or "", target).account


def _required(work: Workset, kind: str, uid: str) -> Entity:
    found = work.get(kind, uid)
    if found is None or found.is_deleted:
        raise Refused(UNKNOWN)
    return found


def move_followers(work: Workset, before: Entity | None, after: Entity) -> None:
    """Let what hangs on a record that went to another customer go with it."""
    if before is None or before.account == after.account:
        return
    kinds = [
        kind
        for kind in KINDS.values()
        if kind.account not in {"", "id"} and kind.fields[kind.account].refers == after.kind.name
    ]
    for found in _of_account(work, before.account, kinds):
        if found.row.get(found.kind.account) == after.id:
            moved = replace(found, account=after.account)
            work.put(moved)
            move_followers(work, found, moved)


def needed_by(work: Workset, entity: Entity) -> bool:
    """Say whether a live record cannot do without this one."""
    referring = {
        kind.name: [
            field.name
            for field in kind.references
            if field.refers == entity.kind.name and not field.is_nullable
        ]
        for kind in KINDS.values()
        if not kind.is_upward
    }
    kinds = [KINDS[name] for name, fields in referring.items() if fields]
    return any(
        found.row.get(name) == entity.id
        for found in _of_account(work, entity.account, kinds)
        for name in referring[found.kind.name]
    )


def _of_account(work: Workset, account: str, kinds: list[Kind]) -> Iterator[Entity]:
    """Yield the account's live records of these kinds, as the workset sees them."""
    if not kinds:
        return
    found = work.tx.rows_of(
        "SELECT kind, id FROM entity WHERE account_id = ? AND deleted = 0 AND kind IN {}",
        [kind.name for kind in kinds],
        before=(account,),
    )
    names = {kind.name for kind in kinds}
    touched = [*work.entities.kept, *work.entities.group]
    keys = dict.fromkeys([*found, *(key for key in touched if key[0] in names)])
    work.preload(keys)
    for key in keys:
        entity = work.entities.get(key)
        if entity is not None and not entity.is_deleted and entity.account == account:
            yield entity
