"""What is in the copy of this computer, and since when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["LocalCopy", "read_local_copy"]

_COUNT = "SELECT count(*) FROM {}"
_BYTES = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"


@dataclass(frozen=True, slots=True)
class LocalCopy:
    """How much lies on this computer: records, months of history, bytes with the contents."""

    customers: int
    orders: int
    documents: int
    months: int
    size: int


def read_local_copy(source: Source, *, today: date) -> LocalCopy:
    """Return what is here; months are counted from the first order on."""
    customers, orders, documents = (
        int(source.value(_COUNT.format(table))) for table in ("customer", "sales_order", "document")
    )
    first = source.value("SELECT min(ordered_on) FROM sales_order")
    size = int(source.value(_BYTES)) + int(source.value("SELECT total(size) FROM stored_file"))
    return LocalCopy(customers, orders, documents, _months(first, today), size)


def _months(first: str | None, today: date) -> int:
    """Return how many months, begun ones counted, lie between a first day and today."""
    if first is None:
        return 0
    begin = date.fromisoformat(first)
    return max((today.year - begin.year) * 12 + today.month - begin.month + 1, 0)
