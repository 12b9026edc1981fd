"""How do rows come before people's eyes when another row has their number, or one is missing?

A row that a waiting edit made steps aside for the hub's: it is seen as `<number>~2` until the hub
has decided. So does one whose newer version is kept back, or two could wait for each other's number
for ever. Whatever cannot be shown is kept, and put again once more has come in.
"""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.outbox import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.sync.engine.desk import Tx

__all__ = ["SUFFIX", "show_hub_rows", "show_waiting_row"]

SUFFIX = "~"
_MOST_SUFFIXES = 20


def show_hub_rows(tx: Tx, kind: str, rows: Sequence[tuple[str, Row]]) -> list[str]:
    """Show rows as the hub has them and return the uids that must be put again later."""
    failed = tx.view.put(kind, rows)
    if not failed or not KINDS[kind].unique:
        return failed
    by_uid = dict(rows)
    return [uid for uid in failed if not _made_room(tx, KINDS[kind], uid, by_uid[uid])]


def show_waiting_row(tx: Tx, kind: str, uid: str, row: Row) -> bool:
    """Show a row with waiting edits, under another number if it must be; tell whether it is."""
    if not tx.view.put(kind, [(uid, row)]):
        return True
    tries = (changed for group in KINDS[kind].unique for changed in _renamed(row, group))
    return any(not tx.view.put(kind, [(uid, changed)]) for changed in tries)


def _made_room(tx: Tx, kind: Kind, uid: str, row: Row) -> bool:
    """Rename the row that has this row's number, if it may be, and put this row again."""
    rivals = [
        (rival, seen, group)
        for rival in _yielding_rows(tx, kind.name, uid)
        if (seen := tx.view.read(kind.name, rival)) is not None
        for group in kind.unique
        if _values(seen, group) == _values(row, group) and None not in _values(row, group)
    ]
    for rival, seen, group in rivals:
        _ = any(not tx.view.put(kind.name, [(rival, named)]) for named in _renamed(seen, group))
    return bool(rivals) and not tx.view.put(kind.name, [(uid, row)])


def _yielding_rows(tx: Tx, kind: str, but: str) -> list[str]:
    """Return rows with waiting edits, and those that are seen in an older version than came in.

    Only a row that is seen already has a number to exchange; the many that wait for one they need
    are not looked through for each other.
    """
    is_seen = tx.view.read(kind, but) is not None
    found = tx.connection.execute(
        "SELECT uid FROM outbox WHERE kind = ?1 AND uid <> ?2 UNION SELECT uid FROM sync_base"
        " WHERE kind = ?1 AND uid <> ?2 AND is_waiting = ?3 AND ?4 ORDER BY uid",
        [kind, but, HIDDEN, is_seen],
    )
    return [uid for (uid,) in found]


def _values(row: Row, group: tuple[str, ...]) -> list[object]:
    return [row.get(name) for name in group]


def _renamed(row: Row, group: tuple[str, ...]) -> Iterator[Row]:
    """Yield the row under one free number after another, if its number is a text."""
    name = "number" if "number" in group else group[-1]
    value = row.get(name)
    if isinstance(value, str):
        for number in islice(count(2), _MOST_SUFFIXES):
            yield {**row, name: f"{value}{SUFFIX}{number}"}
