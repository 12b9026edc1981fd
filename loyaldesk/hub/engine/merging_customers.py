"""What if a desk writes about a customer that was merged into another while it was away?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from loyaldesk.protocol.messages import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.hub.engine.records import Entity
    from loyaldesk.hub.engine.workset import Workset
    from loyaldesk.protocol.kinds import Kind, Row

__all__ = ["follow_alias", "note_merge"]

_T = TypeVar("_T")


def follow_alias(
    work: Workset, kind: Kind, values: Mapping[str, _T], *, current: Row | None = None
) -> dict[str, _T]:
    """Return a row, or the changes of one, that names the customers of today.

    What an edit began from is left as it is where the row, `current`, still says so: the edit that
    moves a row away from a merged customer is not to be taken for one that comes too late.
    """
    followed: dict[str, Any] = dict(values)
    for field in kind.references:
        value = followed.get(field.name)
        if field.refers != "customer" or value is None:
            continue
        if not isinstance(value, Change):
            followed[field.name] = work.survivor(value)
        elif isinstance(value.new, str):
            is_as_it_was = current is not None and current.get(field.name) == value.old
            old = value.old if is_as_it_was else _today(work, value.old)
            followed[field.name] = Change(old=old, new=work.survivor(value.new))
    return followed


def _today(work: Workset, old: Any) -> Any:
    return work.survivor(old) if isinstance(old, str) else old


def note_merge(work: Workset, entity: Entity) -> None:
    """Remember or forget an alias when customers were merged, parted, or made again by undo."""
    if entity.kind.name == "customer" and work.aliases.get(entity.id) is not None:
        # It lives again, before anything of its own comes back to it.
        work.aliases.put(entity.id, None)
    if entity.kind.name != "customer_merge":
        return
    gone = entity.row["gone_uid"]
    if entity.row.get("undone_at") is None:
        work.aliases.put(gone, (entity.row["customer_id"], entity.id))
    elif (work.aliases.get(gone) or ("", ""))[1] == entity.id:
        work.aliases.put(gone, None)
