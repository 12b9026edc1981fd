"""How an address is written where it is going, and in which language and envelope."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Place", "envelope_for", "letter_locale", "postal_lines"]

# The town stands before the postcode, with the region between them, in these countries.
_REGION_BETWEEN = frozenset({"US", "CA", "AU"})
# The postcode has a line of its own below the town.
_POSTCODE_BELOW = frozenset({"GB", "IE", "JP", "IN"})
_LETTER = frozenset({"US", "CA", "MX"})
# What a country's stationers have in stock; DIN long with its window on the left elsewhere.
_ENVELOPES = {
    **dict.fromkeys(_LETTER, "us-10"),
    **dict.fromkeys(("GB", "IE"), "uk-dl"),
    **dict.fromkeys(("FR", "MC"), "french"),
    **dict.fromkeys(("CH", "LI"), "swiss-right"),
}
# The languages besides English that letters are written in: where no other region is known of,
# and the regions that write dates and numbers in a way of their own.
_REGIONS = {
    "de": ("DE", frozenset({"AT", "CH", "DE", "LI"})),
    "fr": ("FR", frozenset({"BE", "CA", "CH", "FR", "LU"})),
    "es": ("ES", frozenset({"AR", "CL", "CO", "ES", "MX", "PE", "US", "UY"})),
}


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
    if spoken in _REGIONS:
        usual, known = _REGIONS[spoken]
        return f"{spoken}-{region if region in known else usual}"
    return "en-US" if region in _LETTER else "en-GB"


def envelope_for(wanted: str, home: str) -> str:
    """Return the customer's own envelope profile, or what the company's country has in stock."""
    return wanted or _ENVELOPES.get(home, "din-5008-b")


def _town_lines(place: Place) -> tuple[str, ...]:
    if place.country in _REGION_BETWEEN:
        town = ", ".join(part for part in (place.town, place.region) if part)
        return (f"{town} {place.postcode}".strip(),)
    if place.country in _POSTCODE_BELOW:
        return (place.town, place.postcode)
    return (f"{place.postcode} {place.town}".strip(),)
