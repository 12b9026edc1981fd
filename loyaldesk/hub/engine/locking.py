"""Which rows does a push lock on PostgreSQL, so that two pushes never judge the same records?

The customer's row stands for everything that belongs to the customer; what the whole company
shares is locked row by row. All are locked at once, sorted, before anything is judged: so no two
pushes wait for each other in a circle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS, kind_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loyaldesk.hub.engine.records import Entity, Key
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.messages import Mutation

__all__ = ["lock_of", "lock_rows", "locks_wanted"]

_ACCOUNTS = "SELECT kind, id, account_id FROM entity WHERE id IN {}"


def lock_of(entity: Entity) -> Key:
    """Return the row that is locked by whoever changes this one."""
    return ("customer", entity.account) if entity.account else entity.key


def locks_wanted(tx: Tx, mutations: Sequence[Mutation]) -> set[Key]:
    """Return the rows to lock for these edits, as far as it shows before they are judged."""
    named = {each.id for each in mutations} | set(_referred(mutations))
    found = tx.rows_of(_ACCOUNTS, sorted(named))
    wanted = {("customer", account) if account else (kind, uid) for kind, uid, account in found}
    return wanted | {(each.kind, each.id) for each in mutations if each.kind in KINDS}


def _referred(mutations: Iterable[Mutation]) -> Iterator[str]:
    """Yield the uids that the edits lead to on the way to a customer, before and after them."""
    for mutation in mutations:
        kind = kind_named(mutation.kind)
        if kind is None or kind.account in {"", "id"}:
            continue
        values = [(mutation.row or {}).get(kind.account)]
        change = mutation.ch.get(kind.account)
        values += [change.new] if change is not None else []
        yield from (value for value in values if isinstance(value, str))


def lock_rows(tx: Tx, keys: Iterable[Key]) -> None:
    """Lock those of the rows that there are, until the transaction ends; all in one order."""
    wanted = sorted(keys)
    if not wanted:
        return
    tx.rows(
        "SELECT e.id FROM entity e JOIN unnest(?::text[], ?::text[]) AS wanted (kind, id)"
        " ON e.kind = wanted.kind AND e.id = wanted.id ORDER BY e.kind, e.id FOR UPDATE OF e",
        ([kind for kind, _ in wanted], [uid for _, uid in wanted]),
    )
