"""Does the desk hold what the hub says it should, and what is done if it does not?

The first time a bucket disagrees its rows are compared one by one, and it is read anew if they
differ; the second time within a day nothing more is tried, and it is told. Nothing that a person
typed is ever touched, and work goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.messages import Verified, Verify
from loyaldesk.sync.engine.exchange import ask
from loyaldesk.sync.engine.staging import reread
from loyaldesk.sync.engine.troubles import (
    CONFIRM,
    HEALED,
    REREAD,
    STOPPED,
    VERIFY,
    Trouble,
    forget_trouble,
    is_recent,
    note_trouble,
    read_troubles,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.protocol.messages import HeadOf
    from loyaldesk.sync.engine.desk import Desk, Tx
    from loyaldesk.sync.engine.exchange import Round, Steps

__all__ = ["compare", "verify"]


def compare(desk: Desk, tx: Tx, heads: Mapping[str, HeadOf]) -> None:
    """Hold count and digest of every bucket against the hub's, and note what disagrees."""
    found = tx.connection.execute("SELECT name, live, digest FROM bucket ORDER BY name").fetchall()
    troubles = read_troubles(tx)
    buckets = frozenset(name for name, _, _ in found)
    for name, trouble in troubles.items():
        if name not in buckets and not is_recent(trouble, desk.now):
            forget_trouble(tx, name)
    for name, live, digest in found:
        known = troubles.get(name)
        if name in heads and heads[name][1:] != (live, digest):
            _disagrees(tx, name, known, desk.now)
        elif known is not None:
            _agrees(tx, name, known, desk.now)


def verify(desk: Desk, round_: Round) -> Steps[bool]:
    """Compare buckets that disagree row by row; return whether one is to be read anew."""
    with desk.transaction("look") as tx:
        asked = [name for name, each in read_troubles(tx).items() if each.step == VERIFY]
    for name in asked:
        reply = yield from ask(desk, "sync/verify", Verify(name), round_)
        with desk.transaction("compare") as tx:
            if isinstance(reply, Verified) and _rows(tx, name) == sorted(reply.rows):
                # The rows agree: it is the hub that counted wrong, and reading would not help.
                note_trouble(tx, name, STOPPED, desk.now)
            else:
                note_trouble(tx, name, REREAD, desk.now)
                reread(tx, name)
                desk.wake(tx)
    return bool(asked)


def _disagrees(tx: Tx, name: str, trouble: Trouble | None, now: str) -> None:
    if not is_recent(trouble, now):
        note_trouble(tx, name, VERIFY, now)
    elif trouble is not None and trouble.step in {REREAD, HEALED}:
        note_trouble(tx, name, STOPPED, trouble.at)
    elif trouble is not None and trouble.step == CONFIRM:
        note_trouble(tx, name, VERIFY, trouble.at)


def _agrees(tx: Tx, name: str, trouble: Trouble, now: str) -> None:
    if not is_recent(trouble, now):
        forget_trouble(tx, name)
    elif trouble.step in {VERIFY, REREAD, STOPPED}:
        note_trouble(tx, name, HEALED, trouble.at)


def _rows(tx: Tx, bucket: str) -> list[tuple[str, str, int]]:
    found = tx.connection.execute(
        "SELECT kind, uid, rv FROM membership WHERE bucket = ? AND rv > 0 ORDER BY kind, uid",
        [bucket],
    )
    return [(kind, uid, rv) for kind, uid, rv in found]
