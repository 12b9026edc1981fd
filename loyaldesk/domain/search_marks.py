"""Which part of a line is why it was found, so that it can be set in bold."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from loyaldesk.domain.search_ranking import begins_word
from loyaldesk.domain.text import fold, long_spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Marks", "holds_word", "mark_number", "mark_phone", "mark_words"]

Marks = tuple[tuple[int, int], ...]
# Within a word people leave these out: “oneill” finds O’Neill, “cocacola” Coca-Cola.
_JOINERS = frozenset("'’‘.-")
_WITHOUT_JOINERS = str.maketrans("", "", "".join(_JOINERS))
# Where a word begins: a letter or digit behind neither, or a digit behind a letter or vice versa.
_START = re.compile(r"(?<![^\W_])[^\W_]|(?<=\d)[^\W\d_]|(?<=[^\W\d_])\d")


def mark_words(text: str, sought: Iterable[Sequence[str]]) -> Marks:
    """Return where words of the text begin as sought; each word is given in all its spellings."""
    starts = [word.start() for word in _START.finditer(text)]
    # Of plain letters there is but one spelling.
    pieces_of = (_plain_piece,) if text.isascii() else (_plain_piece, _long_piece)
    found = [
        (start, end)
        for spellings in sought
        for start in _starts(text, starts, spellings)
        if (end := max(_end(text, start, word, of) for word in spellings for of in pieces_of))
    ]
    return _joined(found)


def holds_word(text: str, spellings: Sequence[str]) -> bool:
    """Tell whether there is anything to mark for one word, given in all its spellings."""
    if text.isascii():
        # Most texts hold it plainly or nowhere, which is told much quicker than where it stands.
        folded = text.lower()
        if begins_word(folded, spellings):
            return True
        run = folded.translate(_WITHOUT_JOINERS)
        if not any(word in run for word in spellings):
            return False
    return bool(mark_words(text, (spellings,)))


def mark_number(text: str, key: str) -> Marks:
    """Return where the text holds a number given by its letters and digits only."""
    for start, letter in enumerate(text):
        if letter.isalnum() and (end := _end(text, start, key, _number_piece)):
            return ((start, end),)
    return ()


def mark_phone(text: str, digits: str) -> Marks:
    """Return where the text holds these digits, however they are grouped."""
    dialled = text.replace("(0)", "( )")
    for start, letter in enumerate(dialled):
        if letter == digits[:1] and (end := _end(dialled, start, digits, _phone_piece)):
            return ((start, end),)
    return ()


def _starts(text: str, starts: list[int], spellings: Sequence[str]) -> Iterator[int]:
    # A Chinese or Japanese sign is a word wherever it stands.
    signs = {word for word in spellings if len(word) == 1 and not word.isascii()}
    yield from (i for i, c in enumerate(text) if c in signs) if signs else starts


def _end(text: str, start: int, sought: str, piece_of: Callable[[str], str]) -> int:
    """Return the end of what is sought when it stands at `start`, else 0."""
    taken = 0
    for position in range(start, len(text)):
        piece = piece_of(text[position])
        rest = sought[taken:]
        if piece.startswith(rest):
            return position + 1
        if not rest.startswith(piece):
            return 0
        taken += len(piece)
    return 0


@cache
def _plain_piece(letter: str) -> str:
    if letter in _JOINERS or unicodedata.combining(letter):
        return ""
    return fold(letter) or letter


@cache
def _long_piece(letter: str) -> str:
    return _plain_piece(letter) if letter.isascii() else fold(long_spelling(letter)) or letter


def _number_piece(letter: str) -> str:
    return fold(letter) if letter.isalnum() else ""


def _phone_piece(letter: str) -> str:
    return letter if letter.isdecimal() else ""


def _joined(spans: list[tuple[int, int]]) -> Marks:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
