"""How wide the columns of a statement's tables are, and which of them give way to amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.pdf.table import Column

if TYPE_CHECKING:
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["A4_WIDTH", "LEAST_WORDS", "amount_column", "words_column"]

A4_WIDTH = 165.0
LEAST_WORDS = 16.0


def words_column(
    words: StatementWords,
    key: str,
    width: float,
    *,
    whole: bool = False,
    whole_words: bool = False,
    least: float = LEAST_WORDS,
) -> Column:
    """Return a column of words, which gives room to others down to `least` or its widest cell.

    One of `whole_words` takes room for its widest word, as far as there is any.
    """
    least = min(width, max(least, LEAST_WORDS))
    head = tuple(words.say(key).split("|"))
    return Column(head, width, whole=whole, whole_words=whole_words, gives=True, least=least)


def amount_column(words: StatementWords, key: str, width: float) -> Column:
    """Return a column of amounts or days, which grows to its widest one."""
    return Column(tuple(words.say(key).split("|")), width, right=True)
