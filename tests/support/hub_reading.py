"""What does the hub have in its tables? For tests that look behind the engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.hub_desks import uid

if TYPE_CHECKING:
    from loyaldesk.hub.store import HubStore
    from loyaldesk.protocol.kinds import Row

__all__ = ["audit_of", "conflicts_of", "everything", "row_of"]

_TABLES = (
    "entity", "unique_value", "alias", "bucket_head", "bucket_entry", "mutation_result",
    "applied_uuid", "change_audit",
)  # fmt: skip


def row_of(hub: HubStore, kind: str, word: str) -> Any:
    """Return the live row, or None."""
    with hub.snapshot("look") as tx:
        found = tx.row(
            "SELECT row FROM entity WHERE kind = ? AND id = ? AND deleted = 0", (kind, uid(word))
        )
    return None if found is None else json.loads(found[0])


def conflicts_of(hub: HubStore) -> list[Row]:
    """Return the conflicts in the order they were written, each with its `id`."""
    with hub.snapshot("look") as tx:
        found = tx.rows("SELECT id, row FROM entity WHERE kind = 'edit_conflict' ORDER BY id")
    return [json.loads(row) | {"id": conflict} for conflict, row in found]


def audit_of(hub: HubStore, kind: str, word: str) -> list[tuple[Any, ...]]:
    """Return actor, op, field, old and new of everything noted about a record."""
    with hub.snapshot("look") as tx:
        found = tx.rows(
            "SELECT actor, op, field, old, new FROM change_audit"
            " WHERE kind = ? AND entity_id = ? ORDER BY k",
            (kind, uid(word)),
        )
    return [(actor, op, field, json.loads(a), json.loads(b)) for actor, op, field, a, b in found]


def everything(hub: HubStore) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables that an edit touches."""
    with hub.snapshot("look") as tx:
        return {name: sorted(tx.rows(f"SELECT * FROM {name}"), key=repr) for name in _TABLES}
