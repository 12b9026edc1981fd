"""What is a segment? Rows of a desk's tables as a file, ready to be copied into an empty desk.

A first sync by pages makes every row anew, with its references and its words for search. A segment
was made once, by a desk that is in step: its rows have their ids, its words are split. The first of
a set is a slice through all tables, the newest customers with all that is theirs; if there are
more, each of the others holds all rows of some tables, with their indexes.
"""

from __future__ import annotations

from dataclasses import dataclass

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.schema import HEAD
from loyaldesk.store.search_index import INDEX_TABLES

__all__ = ["BESIDE", "MEMBERSHIP", "REVISION", "WHOLE", "Slice", "slices"]

# Of the tables, and of how they are cut.
REVISION = f"{HEAD}.2"
MEMBERSHIP = "membership"
# What a desk keeps about its records, without ids.
BESIDE = frozenset({MEMBERSHIP, *INDEX_TABLES})


@dataclass(frozen=True, slots=True)
class Slice:
    """A table and how its rows `t` are reached from the newest customers, `newest`.

    Without a way all of its rows come with the first segment, as do those that `first_too` finds.
    """

    table: str
    kind: str = ""
    way: str = ""
    first_too: str = ""


def slices() -> tuple[Slice, ...]:
    """Return the slices in an order in which every row comes after those it needs."""
    found = [Slice("stored_file", way=_way_of_contents())]
    for kind in KINDS.values():
        if kind.is_upward:
            continue
        if kind.is_shared:
            found.append(Slice(kind.table, kind.name))
            continue
        first_too = ""
        account = kind.fields.get(kind.account)
        if account is not None and account.is_nullable:
            first_too = f"t.{kind.account} IS NULL"
        found.append(Slice(kind.table, kind.name, _way(kind.name), first_too))
        if kind.line_table:
            parent = "order_id" if kind.table == "sales_order" else f"{kind.table}_id"
            join = f"CROSS JOIN {kind.line_table} t ON t.{parent} = p.id"
            found.append(Slice(kind.line_table, way=f"{_way(kind.name, 'p')} {join}"))
    return tuple(found)


def _way_of_contents() -> str:
    """Return the join to what the newest customers' documents contain, and the files of mails."""
    holders = (
        f"SELECT file_id FROM {table} WHERE customer_id = newest.id"
        for table in ("document", "mail")
    )
    return f"CROSS JOIN stored_file t ON t.id IN ({' UNION ALL '.join(holders)})"


def _way(name: str, alias: str = "t") -> str:
    """Return the joins that lead from the newest customers to the rows of a kind."""
    kind = KINDS[name]
    if kind.account == "id":
        return f"CROSS JOIN {kind.table} {alias} ON {alias}.id = newest.id"
    parent = kind.fields[kind.account].refers or "customer"
    if parent == "customer":
        return f"CROSS JOIN {kind.table} {alias} ON {alias}.{kind.account} = newest.id"
    step = f"CROSS JOIN {kind.table} {alias} ON {alias}.{kind.account} = a.id"
    return f"{_way(parent, 'a')} {step}"


# What is copied whole, in this order. Memberships come before the rows: one that no bucket was
# known to list would stay for ever. Search comes last: it finds what is there.
WHOLE = (MEMBERSHIP, *(each.table for each in slices() if each.way), *INDEX_TABLES)
