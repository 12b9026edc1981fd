"""How wide the columns of a statement's tables are, and which of them give way to amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.pdf.table import Column

if TYPE_CHECKING:
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["A4_WIDTH", "amount_column", "words_column"]

A4_WIDTH = 165.0
_LEAST = 15.0


def words_column(
    words: StatementWords, key: str, width: float, *, whole: bool = False, least: float = _LEAST
) -> Column:
    """Return a column of words; unless it is whole it gives room to others, down to `least`."""
    head = tuple(words.say(key).split("|"))
    least = min(width, max(least, _LEAST))
    return Column(head, width, whole=whole, gives=not whole, least=least)


def amount_column(words: StatementWords, key: str, width: float) -> Column:
    """Return a column of amounts or days, which grows to its widest one."""
    return Column(tuple(words.say(key).split("|")), width, right=True)
