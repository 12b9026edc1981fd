"""Has this record an open conflict, or changes that have not gone out yet?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["RecordMarks", "read_marks"]

# A customer's people and places are shown on its page, and so are their changes.
_ROWS = {
    "customer": (
        "SELECT 'customer' AS kind, uid FROM customer WHERE id = :id"
        " UNION ALL SELECT 'contact', uid FROM contact WHERE customer_id = :id"
        " UNION ALL SELECT 'address', uid FROM address WHERE customer_id = :id"
    ),
    "order": "SELECT 'sales_order' AS kind, uid FROM sales_order WHERE id = :id",
}
_CONFLICTS = (
    "SELECT c.record_kind, lower(hex(c.record_uid)) FROM ({rows}) AS r"
    " CROSS JOIN edit_conflict AS c ON c.record_kind = r.kind AND c.record_uid = r.uid"
    " WHERE c.status = 'open' ORDER BY c.id"
)
_WAITING = (
    "SELECT count(DISTINCT o.grp) FROM ({rows}) AS r"
    " CROSS JOIN outbox AS o ON o.kind = r.kind AND o.uid = lower(hex(r.uid))"
)


@dataclass(frozen=True, slots=True)
class RecordMarks:
    """How many fields wait for a decision, how many actions to go out; `first` has a conflict."""

    conflicts: int
    waiting: int
    first: tuple[str, str] | None


def read_marks(source: Source, *, page: str, record_id: int) -> RecordMarks:
    """Return the marks of what is shown on the page of a `customer` or an `order`."""
    found = source.rows(_CONFLICTS.format(rows=_ROWS[page]), {"id": record_id})
    waiting = source.value(_WAITING.format(rows=_ROWS[page]), {"id": record_id})
    return RecordMarks(len(found), int(waiting), found[0] if found else None)
