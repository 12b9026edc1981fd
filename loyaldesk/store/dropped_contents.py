"""How is a content marked whose document or mail leaves this desk? By a row `dropped` in `blob`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.remote import RemoteTransaction

__all__ = ["note_dropped"]

_NOTE = """
INSERT INTO blob (sha256, direction, size)
SELECT lower(hex(f.sha256)), 'dropped', f.size FROM stored_file AS f
 WHERE f.id IN (SELECT r.file_id FROM {table} AS r
                 WHERE r.id IN (SELECT value FROM json_each(?)))
ON CONFLICT DO NOTHING
"""


def note_dropped(tx: RemoteTransaction, table: str, ids: Iterable[int]) -> None:
    """Mark the contents of rows (of `document` or `mail`) that are about to leave."""
    tx.execute(_NOTE.format(table=table), [json.dumps(list(ids))])
