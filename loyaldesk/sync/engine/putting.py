"""What does an entry of a bucket do to the desk: to its memberships, and to what people see?"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.outbox import PENDING
from loyaldesk.store.outbox_body import decode_row
from loyaldesk.sync.engine.bases import Base, erase_base, has_bases, leave, read_base, write_base
from loyaldesk.sync.engine.memberships import Memberships
from loyaldesk.sync.engine.rebasing import rebase, show_or_hide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import msgspec

    from loyaldesk.sync.engine.desk import Tx
    from loyaldesk.sync.engine.inbox import Inbox, Staged

__all__ = ["put_entries"]


@dataclass(slots=True)
class _Known:
    """What the desk knows of the rows of one kind: memberships, bases, and whose edits wait."""

    inbox: Inbox
    listed: dict[str, dict[str, int]]
    bases: dict[str, Base]
    waiting: frozenset[str]
    wanted: dict[str, tuple[int, msgspec.Raw | str | None]] = field(default_factory=dict)
    newest: dict[str, int] = field(default_factory=dict)
    left: dict[str, None] = field(default_factory=dict)

    def version(self, uid: str) -> int:
        """Return the newest version of the row that ever came here."""
        base = self.bases.get(uid)
        newest = max(base.rv if base else 0, self.newest.get(uid, 0))
        for rv in self.listed[uid].values():
            newest = max(newest, abs(rv))
        return newest


def put_entries(tx: Tx, entries: Sequence[Staged]) -> None:
    """Put entries in place that are ordered by kind, and those of a row by their arrival."""
    memberships = Memberships(tx.connection)
    found = tx.connection.execute("SELECT name FROM bucket WHERE is_reset = 1")
    resets = frozenset(name for (name,) in found)
    for kind, group in groupby(entries, key=itemgetter(4)):
        of_kind = list(group)
        known = _known(tx, memberships, kind, dict.fromkeys(each[5] for each in of_kind))
        for entry in of_kind:
            _list(memberships, known, entry, is_reset=entry[1] in resets)
        memberships.write_listed()
        if kind in KINDS:
            _let_go(tx, kind, known)
            _show(tx, kind, known)
    memberships.flush()


def _known(tx: Tx, memberships: Memberships, kind: str, uids: Iterable[str]) -> _Known:
    bases = {}
    if has_bases(tx.connection):
        found = ((uid, read_base(tx.connection, kind, uid)) for uid in uids)
        bases = {uid: base for uid, base in found if base is not None}
    waiting = tx.connection.execute("SELECT DISTINCT uid FROM outbox WHERE kind = ?", [kind])
    listed = memberships.of_all(kind, uids)
    return _Known(tx.inbox, listed, bases, frozenset(uid for (uid,) in waiting))


def _list(memberships: Memberships, known: _Known, entry: Staged, *, is_reset: bool) -> None:
    """Note where the row lies now, and whether this is news of it."""
    _, bucket, _, op, kind, uid, rv, body = entry
    listed, newest = known.listed[uid], known.version(uid)
    # What takes a row away brings no version of it: the entry that puts it elsewhere still does.
    known.newest[uid] = max(newest, rv) if op == "P" else newest
    if op == "P":
        is_news = rv > newest or (rv == newest and (is_reset or uid in known.bases))
        was = listed.get(bucket)
        listed[bucket] = _noted(known.inbox, entry, newest)
        memberships.put(kind, uid, bucket, listed[bucket], was=was)
        if is_news and body is not None:
            known.wanted[uid] = (rv, body)
        return
    if bucket in listed:
        memberships.remove(kind, uid, bucket, was=listed.pop(bucket))
        known.left[uid] = None
    # A row that another bucket lists in that version is not gone.
    if op == "D" and rv >= newest and all(abs(each) < rv for each in listed.values()):
        known.wanted[uid] = (rv, None)


def _noted(inbox: Inbox, entry: Staged, newest: int) -> int:
    """Return the version to note: never an older one while a page still brings what is known.

    What is known may lie in another bucket, which the row is about to leave.
    """
    *_, kind, uid, rv, _ = entry
    return newest if rv < newest and inbox.is_coming(kind, uid, newest) else rv


def _let_go(tx: Tx, kind: str, known: _Known) -> None:
    """Note the rows that lie nowhere any more; they go when everything has come in."""
    for uid in known.left:
        if not known.listed[uid] and uid not in known.waiting:
            known.wanted.pop(uid, None)
            leave(tx.connection, kind, uid, known.version(uid))


def _show(tx: Tx, kind: str, known: _Known) -> None:
    plain = []
    for uid, (rv, body) in known.wanted.items():
        row = None if body is None else decode_row(body)
        if uid in known.waiting:
            write_base(tx.connection, kind, uid, Base(rv, row, PENDING))
        elif row is not None:
            plain.append((uid, rv, row))
            if uid in known.bases:
                erase_base(tx.connection, kind, uid)
    if plain:
        show_or_hide(tx, kind, plain)
    for uid in known.wanted:
        if uid in known.waiting:
            rebase(tx, kind, uid)
