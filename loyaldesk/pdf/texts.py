"""What letters say in each language: fixed texts with named places for values."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from loyaldesk.domain.letter_texts import text_problem
from loyaldesk.errors import Refused
from loyaldesk.pdf.wrapping import Run
from loyaldesk.resources import resource

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
    base = "en" if not _has(language) else language
    entries = _read(base)
    if language_tag != base and _has(language_tag):
        entries |= _read(language_tag)
    for key, text in own:
        if problem := text_problem(text, entries.get(key, "")):
            raise Refused(
                f"The company's text “{text[:60]}” cannot be printed. {problem} Nothing was "
                "made; correct it under Settings, Letter texts."
            )
    return Texts(entries | dict(own))


def _has(tag: str) -> bool:
    # The tag comes from a customer's record and must not name a file elsewhere.
    is_tag = tag.replace("-", "").isalnum()
    return is_tag and (resource("texts") / f"{tag}.toml").is_file()


def _read(tag: str) -> dict[str, str]:
    tables = tomllib.loads((resource("texts") / f"{tag}.toml").read_text(encoding="utf-8"))
    return {
        f"{area}.{key}" if area != "general" else key: text
        for area, table in tables.items()
        for key, text in table.items()
    }
