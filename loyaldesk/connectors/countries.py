"""Which ISO 3166 code a country's name stands for."""

from __future__ import annotations

from functools import cache

from loyaldesk.domain.text import fold

__all__ = ["country_code"]

# The languages in which sources name countries, the likely ones first.
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "sv", "da", "nb", "fi", "hu")
# What people write that no locale lists.
_ALIASES = {
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "usa": "US", "u.s.a.": "US", "u.s.": "US",
    "united states of america": "US", "holland": "NL", "the netherlands": "NL",
    "republic of ireland": "IE", "eire": "IE", "korea": "KR", "republic of korea": "KR",
    "south korea": "KR", "russian federation": "RU", "czech republic": "CZ", "turkey": "TR",
    "viet nam": "VN", "uae": "AE", "macedonia": "MK", "ivory coast": "CI", "burma": "MM",
    "brd": "DE", "bundesrepublik deutschland": "DE",
}  # fmt: skip
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})


def country_code(name: str) -> str | None:
    """Return the two-letter code of a country written as a name or as its code; None if unknown."""
    folded = fold(name)
    if folded in _ALIASES:
        return _ALIASES[folded]
    if len(folded) == 2 and folded.upper() in _codes("en").values():
        return folded.upper()
    for language in _LANGUAGES:
        if code := _codes(language).get(folded):
            return code
    return None


@cache
def _codes(language: str) -> dict[str, str]:
    # Thirty milliseconds per language: only an import with unknown names pays for all of them.
    from babel import Locale

    return {
        fold(name): code
        for code, name in Locale(language).territories.items()
        if code.isalpha() and code not in _NOT_COUNTRIES
    }
