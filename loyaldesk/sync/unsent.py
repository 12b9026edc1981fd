"""Which edits stand in the side file: after every commit those that wait, and those refused."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from loyaldesk.errors import LoyalDeskError
from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.store.reader import Source
    from loyaldesk.sync.side_file import Entry, SideFile

__all__ = ["UNSENT", "UnsentKeeper", "unsent_entries"]

LOG = logging.getLogger("loyaldesk.sync")
# A file this small is not worth the work of making it smaller.
TIDY_FROM_BYTES = 64 << 10

# What is kept of each table, and in which order it is read.
UNSENT = {
    "outbox": (
        "no", "uuid", "grp", "kind", "uid", "op", "body", "edited_at", "offset_ms", "schema",
        "actor", "label",
    ),
    "attention": (
        "uuid", "grp", "kind", "uid", "op", "body", "edited_at", "actor", "label", "reason",
        "told_at", "seen",
    ),
}  # fmt: skip


def unsent_entries(
    source: Source, table: str, where: str = "1", *values: object
) -> Iterator[Entry]:
    """Yield the rows of outbox or attention as entries of the side file."""
    names = UNSENT[table]
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY {names[0]}"  # noqa: S608
    for chunk in source.chunks(sql, values):
        yield from ({"table": table, **dict(zip(names, row, strict=True))} for row in chunk)


class UnsentKeeper:
    """Adds to the side file what was committed, and drops what the hub has answered.

    `look` follows a commit, so it runs while nobody else writes; `reader` is its own connection.
    Trouble with the file never stops an edit: it is written whole at the next opportunity.
    """

    def __init__(self, side: SideFile, reader: Source) -> None:
        self._side, self._reader = side, reader
        self._client, self._next_no = "", 0
        self._is_behind = True

    def look(self) -> None:
        """Add the edits that were made since the last look."""
        try:
            self._look()
        except LoyalDeskError as error:
            self._is_behind = True
            LOG.info("The side file was not written: %s", type(error).__name__)

    def tidy(self) -> None:
        """Leave only what waits, once much of the file is answered."""
        if self._side.size > TIDY_FROM_BYTES or self._outbox_is_empty():
            self._is_behind = True
            self.look()

    def _look(self) -> None:
        client, next_no = self._state(StateKey.CLIENT), int(self._state(StateKey.NEXT_NO) or 1)
        if not client:
            return
        # Numbers begin anew with another client: then nothing follows from them.
        if self._is_behind or client != self._client or next_no < self._next_no:
            self._side.replace(self._everything())
            self._is_behind = False
        elif next_no > self._next_no:
            self._side.append(unsent_entries(self._reader, "outbox", "no >= ?", self._next_no))
        self._client, self._next_no = client, next_no

    def _everything(self) -> Iterator[Entry]:
        for table in UNSENT:
            yield from unsent_entries(self._reader, table)

    def _outbox_is_empty(self) -> bool:
        return self._reader.value("SELECT 1 FROM outbox LIMIT 1") is None

    def _state(self, key: StateKey) -> str:
        return str(self._reader.value("SELECT value FROM sync_state WHERE key = ?", [key]) or "")
