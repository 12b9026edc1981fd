"""How do the newest customers get into an empty desk? Row by row, with their words for search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.store.search_entries import KINDS as SEARCHED
from loyaldesk.sync.first.slices import MEMBERSHIP, slices

if TYPE_CHECKING:
    from loyaldesk.store.connection import Connection

__all__ = ["OWN_DEFAULTS", "put_newest"]

# A desk that has nothing else has rows of these, which stay.
OWN_DEFAULTS = frozenset({"setting", "time_frame"})


def put_newest(connection: Connection) -> None:
    """Copy the attached `segment`, made by `cut_newest`, in the caller's transaction."""
    for table in (MEMBERSHIP, *(each.table for each in slices())):
        columns = connection.execute(f"PRAGMA segment.table_info({table})")
        names = ", ".join(name for _, name, *_ in columns)
        verb = "INSERT OR IGNORE" if table in OWN_DEFAULTS else "INSERT"
        connection.execute(
            f"{verb} INTO main.{table} ({names}) SELECT {names} FROM segment.{table}"
        )
    _put_search(connection)


def _put_search(connection: Connection) -> None:
    for kind in SEARCHED:
        connection.execute(
            f"INSERT INTO main.{kind.index} (rowid, words)"
            " SELECT place, words FROM segment.search_entry WHERE kind = ? ORDER BY place",
            [kind.number],
        )
    for table in ("search_entry", "search_phone", "search_word", "search_misspelling"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM segment.{table} ORDER BY 1, 2")
