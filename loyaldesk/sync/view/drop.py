"""How do rows leave the desk, with all that would still tell of them?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.dropped_contents import note_dropped
from loyaldesk.store.loose import line_field
from loyaldesk.store.search_residue import note_residue
from loyaldesk.store.wire_places import LINKED, line_places, parent_column, places
from loyaldesk.sync.view.lines import delete_lines
from loyaldesk.sync.view.references import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loyaldesk.protocol.kinds import Kind
    from loyaldesk.store.remote import RemoteTransaction
    from loyaldesk.store.wire_places import Place
    from loyaldesk.sync.view.lines import Loose

__all__ = ["drop_rows"]

# Whose rows name a stored file.
_WITH_CONTENT = frozenset({"document", "mail"})
_AMONG = "IN (SELECT value FROM json_each(?))"


def drop_rows(tx: RemoteTransaction, kind: Kind, uids: Iterable[str]) -> list[str]:
    """Delete those of the rows that are there; return the uids of those that others need."""
    ids = ids_of(tx, kind.table, uids)
    needed = _needed(tx, kind, json.dumps(list(ids.values()))) if ids else set()
    going = {uid: row_id for uid, row_id in ids.items() if row_id not in needed}
    if going:
        _delete(tx, kind, going)
    return [uid for uid, row_id in ids.items() if row_id in needed]


def _delete(tx: RemoteTransaction, kind: Kind, going: dict[str, int]) -> None:
    among = json.dumps(list(going.values()))
    loose = [found for each in _referrers(kind) for found in _loosen(tx, *each, among)]
    if kind.line_table:
        lines = tx.rows(
            f"SELECT id FROM {kind.line_table} WHERE {parent_column(kind)} {_AMONG}", [among]
        )
        line_ids = [line_id for (line_id,) in lines]
        _forget_changes(tx, kind.line_table, json.dumps(line_ids))
        loose += delete_lines(tx, kind, line_ids)
    if kind.name == "customer":
        _drop_leftovers(tx, among)
    if kind.name == "letter":
        tx.execute(
            f"UPDATE statement_run_item SET letter_id = NULL WHERE letter_id {_AMONG}", [among]
        )
    if kind.name in _WITH_CONTENT:
        note_dropped(tx, kind.table, going.values())
    _forget_changes(tx, kind.table, among)
    note_residue(tx.connection, kind.table)
    tx.execute(f"DELETE FROM {kind.table} WHERE id {_AMONG}", [among])
    tx.touch(kind.table, going.values())
    tx.executemany("INSERT OR REPLACE INTO loose_reference VALUES (?, ?, ?, ?, ?)", loose)
    tx.execute(
        f"DELETE FROM loose_reference WHERE kind = ? AND uid {_AMONG}",
        [kind.name, json.dumps(list(going))],
    )


def _drop_leftovers(tx: RemoteTransaction, customers: str) -> None:
    """Delete what only this desk has about customers: their places in runs, and drafts."""
    items = tx.rows(f"SELECT id FROM statement_run_item WHERE customer_id {_AMONG}", [customers])
    _forget_changes(tx, "statement_run_item", json.dumps([item_id for (item_id,) in items]))
    for statement in (
        f"DELETE FROM statement_run_item WHERE customer_id {_AMONG}",
        f"UPDATE statement_run_item SET parent_id = NULL WHERE parent_id {_AMONG}",
        "DELETE FROM draft WHERE key IN (SELECT 'note/' || value FROM json_each(?))",
    ):
        tx.execute(statement, [customers])
    tx.touch("statement_run_item", [item_id for (item_id,) in items])


def _needed(tx: RemoteTransaction, kind: Kind, among: str) -> set[int]:
    """Return the ids of those rows that another row must name."""
    statements = [
        f"SELECT {place.column} FROM {other.table} WHERE {place.column} {_AMONG}"
        for other in KINDS.values()
        for place in places(other)
        if place.table == kind.table and not place.is_nullable
    ]
    statements += [
        f"SELECT linked_id FROM document_link WHERE linked_kind = '{word}' AND linked_id {_AMONG}"
        for word, table in LINKED.items()
        if table == kind.table
    ]
    return {row_id for sql in statements for (row_id,) in tx.rows(sql, [among])}


def _referrers(kind: Kind) -> Iterator[tuple[Kind, Place, bool]]:
    """Yield kind and place of everything that may name such a row; last, whether it is a line."""
    for other in KINDS.values():
        for is_line, found in ((False, places(other)), (True, line_places(other))):
            for place in found:
                if place.table == kind.table and place.is_nullable:
                    yield other, place, is_line


def _loosen(
    tx: RemoteTransaction, other: Kind, place: Place, is_line: bool, among: str
) -> list[Loose]:
    """Empty a field where it names a row that goes; return what it said."""
    table, column = (other.line_table if is_line else other.table), place.column
    target = f"(SELECT uid FROM {place.table} WHERE id = t.{column})"
    if is_line:
        parent = f"(SELECT uid FROM {other.table} WHERE id = t.{parent_column(other)})"
        sql = f"SELECT {parent}, {target}, t.position, t.id FROM {table} t"
    else:
        sql = f"SELECT t.uid, {target}, NULL, t.id FROM {table} t"
    found = tx.rows(f"{sql} WHERE t.{column} {_AMONG}", [among])
    if not found:
        return []
    tx.execute(f"UPDATE {table} SET {column} = NULL WHERE {column} {_AMONG}", [among])
    tx.touch(table, [row_id for *_, row_id in found])
    return [
        (
            other.name,
            uid.hex(),
            place.field if position is None else line_field(position, place.field),
            json.dumps(gone.hex()),
            gone.hex(),
        )
        for uid, gone, position, _ in found
    ]


def _forget_changes(tx: RemoteTransaction, table: str, among: str) -> None:
    """Delete the record of what was done to rows, and the names of the actions that did it."""
    found = tx.rows(
        f"SELECT DISTINCT group_id FROM change WHERE table_name = ? AND row_id {_AMONG}"
        " AND fields IS NOT NULL",
        [table, among],
    )
    if not found:
        return
    groups = [group_id for (group_id,) in found]
    tx.execute(
        f"DELETE FROM change WHERE table_name = ? AND row_id {_AMONG} AND fields IS NOT NULL",
        [table, among],
    )
    tx.execute(
        f"UPDATE change_group SET label = 'Change', is_undoable = 0 WHERE id {_AMONG}",
        [json.dumps(groups)],
    )
    tx.forgotten_groups += groups
