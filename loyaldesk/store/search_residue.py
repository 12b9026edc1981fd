"""How do the words of rows that left go from the index for good?

The index marks a deleted row as gone and keeps its words in its pages until these are merged. What
a person may no longer read must not lie there for long: all pages are merged, a few at a time, so
that whoever saves meanwhile does not wait. Since that writes the whole index, it is done once a
day at most: the first time at once, whatever leaves later on the same day goes on the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.store.search_entries import KINDS
from loyaldesk.store.sync_state import StateKey, read_state, write_state

if TYPE_CHECKING:
    from loyaldesk.store.connection import Connection

__all__ = ["note_residue", "purge_residue"]

# Of the index, merged at once: some 10 ms.
PAGES = 16
_INDEXES = {kind.table: kind.index for kind in KINDS}
# What a merge that found nothing to do counts as changed.
_IDLE_CHANGES = 1


def note_residue(connection: Connection, table: str) -> None:
    """Remember that rows of a table left, if they were found by words."""
    if table in _INDEXES:
        names = {*read_state(connection, StateKey.RESIDUE).split(), _INDEXES[table]}
        write_state(connection, StateKey.RESIDUE, " ".join(sorted(names)))


def purge_residue(connection: Connection, today: str) -> bool:
    """Merge some pages of an index that rows left; tells whether more is to be done today."""
    indexes = read_state(connection, StateKey.RESIDUE).split()
    if not indexes or read_state(connection, StateKey.RESIDUE_ON) == today:
        return False
    if not _merged(connection, indexes[0]):
        write_state(connection, StateKey.RESIDUE, " ".join(indexes[1:]))
        if not indexes[1:]:
            write_state(connection, StateKey.RESIDUE_ON, today)
    return True


def _merged(connection: Connection, index: str) -> bool:
    """Merge some pages of the index into one whole, and tell whether there were any."""
    before: int = connection.total_changes
    connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', ?)", [-PAGES])
    after: int = connection.total_changes
    return after - before > _IDLE_CHANGES
