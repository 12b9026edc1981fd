"""Where does what came in wait until all is here? Little of it in memory, much in a table.

What is in memory ends with the process, and then comes again: cursors move only when everything is
in place, and no row goes back in time. So writing it down, a fifth of what a change costs in all,
pays only where much would have to be fetched again.
"""

from __future__ import annotations

import secrets
from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from loyaldesk.store.connection import Connection

__all__ = ["Inbox", "Staged"]

# Key, bucket, number, op, kind, uid, version, and the row as JSON.
Staged = tuple[int, str, int, str, str, str, int, "msgspec.Raw | str | None"]
_KEY, _BUCKET = 0, 1


class Inbox:
    """Entries in the order of their keys; `name` is that of what is in memory, or empty.

    The name is kept with the cursor (`Stage.held`): where it is another one, what it names is lost.
    """

    def __init__(self, connection: Connection, most_pages: int) -> None:
        self._connection = connection
        self._most_pages = most_pages
        self._is_changed = False
        self._forget()

    def kept(self) -> None:
        """Hear that the transaction was kept."""
        self._is_changed = False

    def taken_back(self) -> None:
        """Hear that the transaction was not kept: memory has no way back to how it was before."""
        if self._is_changed:
            self._forget()
        self._is_changed = False

    def _forget(self) -> None:
        self.name = ""
        self._entries: list[Staged] = []
        self._versions: dict[tuple[str, str], int] | None = None
        self._pages = 0
        self._is_sorted = True

    def begin(self) -> None:
        """Begin anew, in memory."""
        self.clear()
        self._is_changed = True
        self.name = secrets.token_hex(8)

    def add_page(self, rows: list[Staged]) -> None:
        """Add the entries of a page; with too many pages all of them go to the table."""
        self._is_changed = True
        self._pages += 1
        if self.name and self._pages <= self._most_pages:
            self._entries += rows
            self._is_sorted, self._versions = False, None
            return
        self._connection.executemany(
            "INSERT INTO inbox (k, bucket, seq, op, kind, uid, rv, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row[:-1], _text(row[-1])) for row in self._entries + rows],
        )
        self._forget()

    def take(self, after: int, most: int) -> list[Staged]:
        """Return the next entries behind a key; they stay until the inbox is cleared."""
        if self.name:
            start = bisect_right(self._sorted(), after, key=itemgetter(_KEY))
            return self._entries[start : start + most]
        found = self._connection.execute(
            "SELECT k, bucket, seq, op, kind, uid, rv, body FROM inbox WHERE k > ?"
            " ORDER BY k LIMIT ?",
            [after, most],
        )
        rows: list[Staged] = found.fetchall()
        return rows

    def is_coming(self, kind: str, uid: str, rv: int) -> bool:
        """Tell whether an entry brings the row in that version, or a newer one."""
        if self.name:
            return self._newest().get((kind, uid), 0) >= rv
        found = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM inbox WHERE kind = ? AND uid = ? AND op = 'P'"
            " AND rv >= ?)",
            [kind, uid, rv],
        )
        return bool(found.fetchone()[0])

    def throw_out(self, bucket: str) -> None:
        """Take the entries of a bucket out."""
        self._is_changed = True
        self._entries = [row for row in self._entries if row[_BUCKET] != bucket]
        self._versions = None
        self._connection.execute("DELETE FROM inbox WHERE bucket = ?", [bucket])

    def clear(self) -> None:
        """Take everything out."""
        self._is_changed = True
        self._forget()
        self._connection.execute("DELETE FROM inbox")

    def _newest(self) -> dict[tuple[str, str], int]:
        """Return the newest version that an entry in memory brings, by kind and uid."""
        if self._versions is None:
            self._versions = {}
            for _, _, _, op, kind, uid, rv, _ in self._entries:
                if op == "P":
                    self._versions[kind, uid] = max(rv, self._versions.get((kind, uid), 0))
        return self._versions

    def _sorted(self) -> list[Staged]:
        if not self._is_sorted:
            self._entries.sort(key=itemgetter(_KEY))
            self._is_sorted = True
        return self._entries


def _text(body: msgspec.Raw | str | None) -> str | None:
    return str(body, "utf-8") if isinstance(body, msgspec.Raw) else body
