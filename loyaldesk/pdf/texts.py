"""What letters say in each language: fixed texts with named places for values."""

from __future__ import annotations

from functools import lru_cache

from loyaldesk.domain.letter_texts import with_own_words
from loyaldesk.pdf.wrapping import Run
from loyaldesk.resources import read_texts

__all__ = ["Texts", "texts_for"]

_BOLD = "**"


class Texts:
    """The letter texts of one language tag; a variant such as en-US changes single texts."""

    def __init__(self, entries: dict[str, str]) -> None:
        self._entries = entries
        pairs = (pair.partition("=") for pair in entries["alt.short"].split(" | "))
        self.long_forms = {short: long for short, _, long in pairs}

    def __getitem__(self, key: str) -> str:
        """Return a text without places, such as a label; nothing in it is bold."""
        return self._entries[key].replace(_BOLD, "")

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def known(self, area: str, word: str) -> str:
        """Return a word of our records in the letter's language, one that is not listed as it is.

        `area` is `channel` or `unit`.
        """
        return self._entries.get(f"{area}.{word.strip().casefold()}", word)

    def fill(self, key: str, **values: object) -> str:
        """Return a text with its places filled; nothing in it is bold."""
        return self._entries[key].replace(_BOLD, "").format(**values)

    def runs(self, key: str, **values: object) -> tuple[Run, ...]:
        """Return a text with its places filled, bold where the template, never a value, says so."""
        pieces = self._entries[key].split(_BOLD)
        return tuple(
            Run(piece.format(**values), bold=i % 2 == 1) for i, piece in enumerate(pieces) if piece
        )

    def template(self, key: str) -> str:
        """Return a text as it is written, with its places and its stars."""
        return self._entries[key]

    def names(self) -> frozenset[str]:
        """Return the names of all texts."""
        return frozenset(self._entries)

    def counted(self, number: int) -> str:
        """Return a small number in words, a large one in digits."""
        words = self._entries["counts"].split()
        return words[number] if number < len(words) else str(number)


@lru_cache(maxsize=64)
def texts_for(language_tag: str, own: tuple[tuple[str, str], ...] = ()) -> Texts:
    """Return the texts for a tag such as de-DE, in English where a language is not there yet.

    `own` are the company's words by name; a field of theirs that nothing would fill is refused.
    """
    language = language_tag.partition("-")[0]
    entries = read_texts(language) or read_texts("en")
    if language_tag != language:
        entries |= read_texts(language_tag)
    return Texts(with_own_words(entries, own))
