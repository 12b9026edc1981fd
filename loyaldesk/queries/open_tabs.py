"""Which customers were open, and where does a note wait that was not saved?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.queries.book import json_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.reader import Source

__all__ = ["OpenTab", "read_noted", "read_tabs"]

_TABS = """
SELECT id, name, EXISTS (SELECT 1 FROM draft WHERE key = 'note/' || customer.id)
FROM customer WHERE id IN (SELECT value FROM json_each(?))
"""
_NOTED = """
SELECT customer.id, customer.name, 1 FROM draft
JOIN customer ON customer.id = CAST(substr(draft.key, 6) AS INTEGER)
WHERE draft.key LIKE 'note/%' ORDER BY draft.kept_at DESC
"""


class OpenTab(NamedTuple):
    """A customer's tab as it comes back."""

    customer_id: int
    name: str
    has_note: bool


def read_tabs(source: Source, *, ids: Sequence[int]) -> list[OpenTab]:
    """Return those of the customers that still exist, in the order given."""
    found = {row[0]: _tab(row) for row in source.rows(_TABS, [json_ids(ids)])}
    return [found[key] for key in ids if key in found]


def read_noted(source: Source) -> list[OpenTab]:
    """Return the customers with a note that was not saved, the newest first."""
    return [_tab(row) for row in source.rows(_NOTED)]


def _tab(row: tuple[int, str, int]) -> OpenTab:
    return OpenTab(row[0], row[1], bool(row[2]))
