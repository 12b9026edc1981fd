"""Which fields are kept by another system, and which are signed by the hub itself?

A record that a connector brought is mastered by it: what the ERP calls its own is changed there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from loyaldesk.errors import Refused
from loyaldesk.hub.access import Role
from loyaldesk.protocol.kinds import Kind, Merge
from loyaldesk.protocol.messages import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.engine.records import Entity

__all__ = ["as_master", "is_mastered", "refuse_mastered", "sign"]

_T = TypeVar("_T")
# What the people who look after a customer decide, wherever its master data come from.
_DESKS_OWN = frozenset({"territory", "account_manager", "acknowledgement_policy", "customer_id"})
# Who did it is who asked, whatever the desk says.
_SIGNED = {
    "paper_use": ("used_by",),
    "edit_conflict": ("resolved_by",),
    "customer_merge": ("merged_by", "undone_by"),
}


def is_mastered(kind: Kind, field: str) -> bool:
    """Say whether a connector that brought the record keeps this field of it."""
    return kind.fields[field].merge in {Merge.MANUAL, Merge.LINES} and field not in _DESKS_OWN


def as_master(principal: Principal, kind: Kind, entity: Entity | None) -> str:
    """Return who masters the record once the principal has written to it."""
    if principal.role is Role.CONNECTOR and kind.name != "edit_conflict":
        return principal.name
    return entity.origin if entity else ""


def refuse_mastered(
    principal: Principal, entity: Entity, changes: Mapping[str, Change] | None
) -> dict[str, Change]:
    """Return the changes as they are to be made; None stands for deleting the record.

    The master's word replaces whatever is there; of others a mastered field is refused.
    """
    if principal.role is Role.CONNECTOR:
        return {name: _forced(entity, name, change) for name, change in (changes or {}).items()}
    if not entity.origin:
        return dict(changes or {})
    kept = [name for name, change in (changes or {}).items() if _changes_kept(entity, name, change)]
    if kept or changes is None:
        what = kept[0].replace("_", " ") if kept else "record"
        raise Refused(
            f"The {what} is kept by {entity.origin} and can only be changed there. What you"
            " entered is kept here, so that you can ask for it."
        )
    return dict(changes)


def _changes_kept(entity: Entity, name: str, change: Change) -> bool:
    return is_mastered(entity.kind, name) and change.new != entity.row.get(name)


def _forced(entity: Entity, name: str, change: Change) -> Change:
    if not is_mastered(entity.kind, name):
        return change
    return Change(old=entity.row.get(name), new=change.new)


def sign(kind: Kind, values: Mapping[str, _T], principal: Principal) -> dict[str, _T]:
    """Return the row, or the changes of one, with the principal's name where a name is signed."""
    signed: dict[str, Any] = dict(values)
    for name in _SIGNED.get(kind.name, ()):
        value = signed.get(name)
        if isinstance(value, Change) and value.new:
            signed[name] = Change(old=value.old, new=principal.name)
        elif isinstance(value, str) and (value or kind.is_upward):
            signed[name] = principal.name
    return signed
