"""What do mails say in the customer's language?"""

from __future__ import annotations

import tomllib
from functools import lru_cache

from loyaldesk.resources import resource

__all__ = ["fill", "mail_texts"]

ENGLISH = "en"


class _Known(dict[str, str]):
    """Values by name; a place that has none stays as it is written, so that it can be found."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@lru_cache(maxsize=16)
def mail_texts(language_tag: str) -> dict[str, str]:
    """Return the texts for a tag such as de-DE, in English where a language is not there yet.

    Those of mails by their name, those of letters as `title.reminder_1`.
    """
    language = language_tag.partition("-")[0]
    tags = (ENGLISH, language, language_tag)
    return {name: text for tag in dict.fromkeys(tags) for name, text in _read(tag).items()}


def fill(text: str, **values: str) -> str:
    """Return the text with its places filled; one whose value is empty stays visible."""
    return text.format_map(_Known({name: value for name, value in values.items() if value}))


def _read(tag: str) -> dict[str, str]:
    # The tag comes from a customer's record and must not name a file elsewhere.
    if not tag.replace("-", "").isalnum() or not (resource("texts") / f"{tag}.toml").is_file():
        return {}
    tables = tomllib.loads((resource("texts") / f"{tag}.toml").read_text(encoding="utf-8"))
    return {
        name if area in {"general", "mail"} else f"{area}.{name}": text
        for area, table in tables.items()
        for name, text in table.items()
    }
