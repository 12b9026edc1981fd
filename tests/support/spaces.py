"""How are amounts and dates, which never break, compared with what a test types?"""

from __future__ import annotations

__all__ = ["plain"]


def plain(text: str) -> str:
    """Return a text with ordinary spaces where it has unbreakable ones."""
    return text.replace("\u00a0", " ")
