"""What did not agree with the hub, since when, and what was done about it?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from loyaldesk.sync.engine.desk import Tx

__all__ = [
    "ALL_BUCKETS", "CONFIRM", "HEALED", "RECEIPTS", "REREAD", "STOPPED", "VERIFY", "Trouble",
    "forget_trouble", "is_recent", "note_trouble", "read_troubles", "reported",
]  # fmt: skip

# What is done about a bucket: its rows are compared one by one; it is read anew; it was, and
# agrees; nothing more is tried today; it is read anew once more before many rows go.
VERIFY, REREAD, HEALED, STOPPED, CONFIRM = "verify", "reread", "healed", "stopped", "confirm"
# Troubles that are not of one bucket: the chain over answered edits, and a cursor ahead of the hub.
RECEIPTS, ALL_BUCKETS = "receipts", "*"
_DAY = timedelta(days=1)


class Trouble(msgspec.Struct):
    """When it was found, by this desk's clock, and the step that was taken."""

    at: str
    step: str


def read_troubles(tx: Tx) -> dict[str, Trouble]:
    """Return the troubles by bucket."""
    text = tx.state(StateKey.TROUBLE)
    return msgspec.json.decode(text, type=dict[str, Trouble]) if text else {}


def note_trouble(tx: Tx, name: str, step: str, now: str) -> None:
    """Remember what is done about a trouble found now."""
    _write(tx, {**read_troubles(tx), name: Trouble(now, step)})


def forget_trouble(tx: Tx, name: str) -> None:
    """Remember the trouble no more."""
    troubles = read_troubles(tx)
    if troubles.pop(name, None) is not None:
        _write(tx, troubles)


def is_recent(trouble: Trouble | None, now: str) -> bool:
    """Tell whether it was found within a day, so that nothing expensive is tried again."""
    if trouble is None:
        return False
    age = datetime.fromisoformat(now) - datetime.fromisoformat(trouble.at)
    return abs(age) < _DAY


def reported(tx: Tx) -> list[str]:
    """Return the names of what somebody should look at."""
    return [name for name, each in read_troubles(tx).items() if each.step == STOPPED]


def _write(tx: Tx, troubles: dict[str, Trouble]) -> None:
    text = msgspec.json.encode(dict(sorted(troubles.items()))).decode() if troubles else ""
    tx.remember(StateKey.TROUBLE, text)
