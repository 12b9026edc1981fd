"""Who may see a row? Said once more in plain words, so that the product is not its own judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.hub.access import Principal

__all__ = ["Key", "customer_of", "may_see", "visible_rows"]

Key = tuple[str, str]


def customer_of(rows: Mapping[Key, Row], key: Key) -> Row | None:
    """Return the customer that a row belongs to, following its references; None where none is."""
    row = rows.get(key)
    while row is not None and key[0] != "customer":
        path = KINDS[key[0]].account
        target = KINDS[key[0]].fields[path].refers or ""
        key = (target, row[path] or "")
        row = rows.get(key)
    return row


def may_see(principal: Principal, customer: Row) -> bool:
    """Whether somebody may see what belongs to that customer."""
    if principal.territories is None or customer["territory"] in principal.territories:
        return True
    return bool(principal.name) and customer["account_manager"] == principal.name


def visible_rows(rows: Mapping[Key, Row], principal: Principal) -> dict[Key, Row]:
    """Return the rows, of all that the hub has, which somebody may see."""
    seen = {}
    for key, row in rows.items():
        kind = KINDS[key[0]]
        customer = None if kind.is_shared else customer_of(rows, key)
        if kind.is_shared or (customer is not None and may_see(principal, customer)):
            seen[key] = row
    return {key: row for key, row in seen.items() if not KINDS[key[0]].is_upward}
