"""Which edits stand in the side file: after every commit those that wait, and those refused."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from loyaldesk.errors import LoyalDeskError
from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.store.reader import Source
    from loyaldesk.sync.recovery.side_file import Entry, SideFile

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
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY {names[0]}"
    for chunk in source.chunks(sql, values):
        yield from ({"table": table, **dict(zip(names, row, strict=True))} for row in chunk)


class UnsentKeeper:
    """Adds to the side file what was committed, and drops what the hub has answered.

    `look` follows a commit and runs while nobody else writes, so `source` may be the connection
    that writes.
    Trouble with the file never stops an edit: it is written whole at the next opportunity.
    """

    def __init__(self, side: SideFile, source: Source) -> None:
        self._side, self._source = side, source
        self._client, self._next_no = "", 0
        self._is_behind = True
        self._tidy_from = TIDY_FROM_BYTES

    def look(self) -> None:
        """Add the edits that were made since the last look."""
        try:
            self._look()
        except LoyalDeskError as error:
            self._is_behind = True
            LOG.info("The side file was not written: %s", type(error).__name__)

    def _look(self) -> None:
        client, next_no = self._state(StateKey.CLIENT), int(self._state(StateKey.NEXT_NO) or 1)
        if not client:
            return
        # Numbers begin anew with another client: then nothing follows from them.
        is_other = client != self._client or next_no < self._next_no
        if self._is_behind or is_other or self._side.size > self._tidy_from:
            self._side.replace(self._everything())
            self._is_behind = False
            # Twice as much before the next time: most of it is answered by then.
            self._tidy_from = max(TIDY_FROM_BYTES, 2 * self._side.size)
        elif next_no > self._next_no:
            self._side.append(unsent_entries(self._source, "outbox", "no >= ?", self._next_no))
        self._client, self._next_no = client, next_no

    def _everything(self) -> Iterator[Entry]:
        for table in UNSENT:
            yield from unsent_entries(self._source, table)

    def _state(self, key: StateKey) -> str:
        return str(self._source.value("SELECT value FROM sync_state WHERE key = ?", [key]) or "")
