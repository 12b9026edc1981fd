"""What do mails say in the customer's language?"""

from __future__ import annotations

from functools import lru_cache

from loyaldesk.domain.letter_texts import with_own_words
from loyaldesk.resources import read_texts

__all__ = ["fill", "mail_texts"]

ENGLISH = "en"


class _Known(dict[str, str]):
    """Values by name; a place that has none stays as it is written, so that it can be found."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


@lru_cache(maxsize=64)
def mail_texts(language_tag: str, own: tuple[tuple[str, str], ...] = ()) -> dict[str, str]:
    """Return the texts for a tag such as de-DE, in English where a language is not there yet.

    Those of mails stand as `mail.statement`; `own` are the company's words by name.
    """
    language = language_tag.partition("-")[0]
    tags = (ENGLISH, language, language_tag)
    texts = {name: said for tag in dict.fromkeys(tags) for name, said in read_texts(tag).items()}
    return with_own_words(texts, own)


def fill(text: str, **values: str) -> str:
    """Return the text with its places filled and nothing bold; an empty place stays visible."""
    return text.replace("**", "").format_map(
        _Known({name: value for name, value in values.items() if value})
    )
