"""Which contents do the records name, and which of them may be at the hub alone?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["NamedContent", "read_named_contents"]

# A content that lies, or lay, on this disk has a row `up`, which says whether the hub has it; what
# was filed here and waits to go out cannot be there yet.
_NAMED = """
SELECT f.sha256,
       coalesce((SELECT b.answer IN ('present', 'ask') FROM blob AS b
                  WHERE b.sha256 = lower(hex(f.sha256)) AND b.direction = 'up'), 1)
       AND NOT EXISTS (SELECT 1 FROM document AS d JOIN outbox AS o
                           ON o.kind = 'document' AND o.op = 'create' AND o.uid = lower(hex(d.uid))
                        WHERE d.file_id = f.id)
       AND f.id NOT IN (SELECT m.file_id FROM mail AS m JOIN outbox AS o
                           ON o.kind = 'mail' AND o.op = 'create' AND o.uid = lower(hex(m.uid)))
  FROM stored_file AS f ORDER BY f.id
"""


@dataclass(frozen=True, slots=True)
class NamedContent:
    """A content by its hash; `may_be_at_hub` is whether a connected desk need not have it."""

    sha256: bytes
    may_be_at_hub: bool


def read_named_contents(source: Source) -> list[NamedContent]:
    """Return every content that is on record, in the order they were stored."""
    return [NamedContent(sha256, bool(at_hub)) for sha256, at_hub in source.rows(_NAMED)]
