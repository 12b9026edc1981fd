"""What somebody was typing and had not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["read_draft"]


def read_draft(source: Source, *, key: str) -> str | None:
    """Return the kept draft, or None."""
    found: str | None = source.value("SELECT content FROM draft WHERE key = ?", [key])
    return found
