"""Which of the two values of a conflict did the person type who looks at it?

A conflict calls mine, on every desk, whichever edit came later to the hub, and names people as
the hub does. A desk hears its user's name at the hub with the records that are the user's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.buckets import own_bucket

if TYPE_CHECKING:
    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.store.reader import Source

__all__ = ["read_own_name", "typed_by"]

_OWN = "SELECT name FROM bucket WHERE name >= ? AND name < ? AND is_revoked = 0 ORDER BY name"


def read_own_name(source: Source) -> str:
    """Return the user's name as the hub writes it into conflicts, or an empty text."""
    prefix = own_bucket("")
    found = source.rows(_OWN, [prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)])
    return str(found[0][0]).removeprefix(prefix) if found else ""


def typed_by(conflict: FieldConflict, *, name: str, desk: str) -> tuple[bool, bool]:
    """Tell of each value, `mine` and `theirs`, whether it was typed by this user.

    `name` is the user's at the hub, `desk` the code that this computer has there.
    """
    is_here = bool(desk) and conflict.my_desk == desk
    return is_here or conflict.my_user == name, conflict.their_user == name
