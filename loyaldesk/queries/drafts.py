"""What somebody was typing and had not saved yet."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["KeptDraft", "read_draft", "read_kept_draft"]


class KeptDraft(NamedTuple):
    """What was typed, and the aware instant at which it was kept."""

    content: str
    kept_at: datetime


def read_draft(source: Source, *, key: str) -> str | None:
    """Return the kept draft, or None."""
    found: str | None = source.value("SELECT content FROM draft WHERE key = ?", [key])
    return found


def read_kept_draft(source: Source, *, key: str) -> KeptDraft | None:
    """Return the kept draft with its instant, or None."""
    found = source.row("SELECT content, kept_at FROM draft WHERE key = ?", [key])
    return None if found is None else KeptDraft(found[0], datetime.fromisoformat(found[1]))
