"""Which conflict is meant by a uid, and which uid has it? The command line names them so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.store.reader import Source

__all__ = ["conflict_uids", "find_conflict"]

_UIDS = "SELECT id, lower(hex(uid)) FROM edit_conflict WHERE id IN (SELECT value FROM json_each(?))"
_ONE = "SELECT id FROM edit_conflict WHERE uid = ?"


def conflict_uids(source: Source, *, ids: Sequence[int]) -> Mapping[int, str]:
    """Return the uid of each of these conflicts in 32 hexadecimal digits, by id."""
    return dict(source.rows(_UIDS, [json.dumps(list(ids))]))


def find_conflict(source: Source, *, uid: str) -> int:
    """Return the id of the conflict with that uid, or refuse."""
    try:
        found = source.value(_ONE, [bytes.fromhex(uid)])
    except ValueError:
        found = None
    if found is None:
        raise Refused(
            f"There is no conflict “{uid}” here. Nothing was changed. See them with "
            "`loyaldesk sync conflicts`.",
            field="uid",
        )
    return int(found)
