"""Which customers does a new desk get first? The newest, with their families."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from loyaldesk.sync.first.slices import slices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.store.connection import Connection

__all__ = ["newest_customers"]

# So few that somebody can work with them within a second or two.
FIRST_ROWS = 15_000
# Of these tables a customer may have many rows; the index alone counts them.
WEIGHED = (("sales_order", 5), ("invoice", 4), ("activity", 1), ("document", 2), ("payment", 2))


def newest_customers(connection: Connection) -> set[int]:
    """Return the ids of the newest customers, with about `FIRST_ROWS` rows; families together.

    Among them are those who own the highest ids: whatever is written once their rows are there gets
    ids above those of all that is still to come.
    """
    weights = _weights(connection)
    families = _families(connection)
    found: set[int] = set()
    for owner in _owners_of_last(connection):
        found.update(families.get(owner, [owner]))
    room = FIRST_ROWS
    for customer_id in _newest_first(connection):
        if room <= 0:
            break
        family = families.get(customer_id, [customer_id])
        if customer_id not in found:
            room -= sum(weights[member] for member in family)
            found.update(family)
    return found


def _newest_first(connection: Connection) -> Iterator[int]:
    newest = connection.execute(
        "SELECT c.id FROM customer c LEFT JOIN search_entry e ON e.kind = 1 AND e.record_id = c.id"
        " ORDER BY e.place, c.id"
    )
    return (row_id for (row_id,) in newest.fetchall())


def _owners_of_last(connection: Connection) -> list[int]:
    owners = []
    for each in slices():
        if not each.way:
            continue
        found = connection.execute(
            f"SELECT newest.id FROM (SELECT id FROM customer) newest {each.way}"
            f" WHERE t.id = (SELECT max(id) FROM {each.table}) LIMIT 1"
        ).fetchone()
        owners += [found[0]] if found else []
    return owners


def _families(connection: Connection) -> dict[int, list[int]]:
    """Return for each member of a family all of it."""
    parents = dict(
        connection.execute("SELECT id, parent_id FROM customer WHERE parent_id IS NOT NULL")
    )
    children: defaultdict[int, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    families: dict[int, list[int]] = {}
    for root in [parent for parent in children if parent not in parents]:
        family = [root]
        for member in family:
            family += children.get(member, [])
        families.update(dict.fromkeys(family, family))
    return families


def _weights(connection: Connection) -> Counter[int]:
    weights: Counter[int] = Counter()
    for (customer_id,) in connection.execute("SELECT id FROM customer"):
        weights[customer_id] = 4
    for table, rows in WEIGHED:
        counted = connection.execute(
            f"SELECT customer_id, count(*) FROM {table} GROUP BY customer_id"
        )
        for customer_id, count in counted:
            weights[customer_id] += rows * count
    return weights
