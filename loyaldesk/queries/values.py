"""How stored text becomes a value again."""

from __future__ import annotations

from datetime import date

__all__ = ["day_or_none"]


def day_or_none(text: str | None) -> date | None:
    """Return the day of its ISO text; nothing stays nothing."""
    return None if text is None else date.fromisoformat(text)
