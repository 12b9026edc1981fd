"""How an address is written where it is going, and in which language and envelope."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Place", "envelope_for", "letter_locale", "postal_lines"]

# The town stands before the postcode, with the region between them, in these countries.
_REGION_BETWEEN = frozenset({"US", "CA", "AU"})
# The postcode has a line of its own below the town.
_POSTCODE_BELOW = frozenset({"GB", "IE", "JP", "IN"})
_LETTER = frozenset({"US", "CA", "MX"})
_DL = frozenset({"GB", "IE"})
_GERMAN = frozenset({"AT", "CH", "DE", "LI"})


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it is kept; the country is an ISO 3166 code."""

    street: str = ""
    postcode: str = ""
    town: str = ""
    region: str = ""
    country: str = ""
    extra: str = ""


def postal_lines(place: Place) -> tuple[str, ...]:
    """Return the lines below the name, in the order of the country of destination."""
    return tuple(line for line in (place.extra, place.street, *_town_lines(place)) if line)


def letter_locale(language: str, country: str) -> str:
    """Return the locale of a letter: a language we write letters in, and a region of it."""
    spoken, _, region = language.partition("-")
    region = region or country
    if spoken == "de":
        return f"de-{region if region in _GERMAN else 'DE'}"
    return "en-US" if region in _LETTER else "en-GB"


def envelope_for(wanted: str, home: str) -> str:
    """Return the customer's own envelope profile, or what the company's country has in stock."""
    if wanted:
        return wanted
    if home in _LETTER:
        return "us-10"
    return "uk-dl" if home in _DL else "din-5008-b"


def _town_lines(place: Place) -> tuple[str, ...]:
    if place.country in _REGION_BETWEEN:
        town = ", ".join(part for part in (place.town, place.region) if part)
        return (f"{town} {place.postcode}".strip(),)
    if place.country in _POSTCODE_BELOW:
        return (place.town, place.postcode)
    return (f"{place.postcode} {place.town}".strip(),)
