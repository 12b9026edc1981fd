"""Which rows of the desk do rows of the wire name? Looked up for many rows with few statements."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.store.connection import to_sql
from loyaldesk.store.wire_places import LINKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.remote import RemoteTransaction
    from loyaldesk.sync.view.plan import Reference

__all__ = ["References", "ids_of"]


def ids_of(
    tx: RemoteTransaction, table: str, uids: Iterable[str], name: str = "uid"
) -> dict[str, int]:
    """Return the ids of those rows that are there, by uid (or by another column of bytes)."""
    found = tx.rows(
        f"SELECT {name}, id FROM {table} WHERE {name} IN (SELECT unhex(value) FROM json_each(?))",
        [json.dumps(list(uids))],
    )
    return {uid.hex(): row_id for uid, row_id in found}


class References:
    """The ids of what a batch of rows names, by table and uid."""

    def __init__(self, tx: RemoteTransaction) -> None:
        self._tx = tx
        self._ids: dict[str, dict[str, int]] = {}

    def look_up(self, references: Sequence[Reference], rows: Sequence[Row]) -> None:
        """Find what these rows name in these fields; a content that is not known yet is noted."""
        wanted: dict[str, dict[str, None]] = {}
        for each in references:
            field = each.field
            if each.table == "stored_file":
                self._note_contents(rows)
            elif each.table == "linked":
                for row in rows:
                    wanted.setdefault(LINKED[row["linked_kind"]], {})[row[field]] = None
            elif each.table != "order_line":
                named = [row[field] for row in rows if row.get(field)]
                wanted.setdefault(each.table, {}).update(dict.fromkeys(named))
        for table, uids in wanted.items():
            known = self._ids.setdefault(table, {})
            left = [uid for uid in uids if uid not in known]
            if left:
                known |= ids_of(self._tx, table, left)

    def add(self, table: str, ids: dict[str, int]) -> None:
        """Remember rows that are being written."""
        self._ids.setdefault(table, {}).update(ids)

    def table(self, each: Reference) -> dict[str, int]:
        """Return the ids by what the field says; of a link's other end, in either table."""
        if each.table == "linked":
            return {
                uid: row_id
                for table in LINKED.values()
                for uid, row_id in self._ids.get(table, {}).items()
            }
        return self._ids.get(each.table, {})

    def _note_contents(self, rows: Sequence[Row]) -> None:
        files = {row["file_sha256"]: row for row in rows}
        known = ids_of(self._tx, "stored_file", files, "sha256")
        now = to_sql(self._tx.now)
        self._tx.executemany(
            "INSERT INTO stored_file (sha256, size, mime, stored_at) VALUES (?, ?, ?, ?)",
            [
                (bytes.fromhex(sha256), row["file_size"], row["file_mime"], now)
                for sha256, row in files.items()
                if sha256 not in known
            ],
        )
        if len(known) < len(files):
            known = ids_of(self._tx, "stored_file", files, "sha256")
        self.add("stored_file", known)
