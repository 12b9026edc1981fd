"""Are two customers one? What they share, weighed, so that a person can decide.

Nothing is ever merged by itself: companies share a telephone, a building and a name. The weights
follow Fellegi and Sunter (1969): what few share by chance counts for more.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from loyaldesk.domain.text import long_spelling, number_key, phone_digits, words

__all__ = ["LIKELY", "Identity", "Likeness", "Shared", "core_name", "likeness"]

# Together they say nothing about who somebody is: forms of law and filler.
_FORMS = frozenset(
    """
    ab ag and as bv co company corp corporation cie cv de eg ek et gbr ges gmbh group gruppe holding
    inc incorporated kg kgaa lda limited llc llp ltd ltda mbh nv ohg oy oyj plc pte pty sa sarl sas
    se sl sp spa srl sro the und ug y zoo
    """.split()
)
PHONE_DIGITS = 8
LIKELY = 50


class Shared(enum.Enum):
    """What two customers have in common, and how much it weighs."""

    TAX_ID = 90
    EMAIL = 60
    PHONE = 50
    NAME = 55
    WORDS = 25
    TOWN = 15


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a customer that others may share."""

    name: str
    trading_name: str = ""
    town: str = ""
    country: str = ""
    phone: str = ""
    email: str = ""
    tax_id: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two customers share; `score` from 0, `LIKELY` and more is worth a look."""

    shared: tuple[Shared, ...]

    @property
    def score(self) -> int:
        """The weights together."""
        return sum(each.value for each in self.shared)


def core_name(name: str) -> str:
    """Return the words that name a company: “Müller & Söhne GmbH” gives “mueller soehne”."""
    spelt = [word for word in words(long_spelling(name)) if len(word) > 1 or word.isdigit()]
    kept = [word for word in spelt if word not in _FORMS]
    return " ".join(kept or spelt)


def likeness(one: Identity, other: Identity) -> Likeness:
    """Return what two customers share; a place alone is nothing."""
    found = [shared for shared, rule in _RULES if rule(one, other)]
    if Shared.NAME in found and Shared.WORDS in found:
        found.remove(Shared.WORDS)
    return Likeness(() if found == [Shared.TOWN] else tuple(found))


def _same_tax_id(one: Identity, other: Identity) -> bool:
    return number_key(one.tax_id) == number_key(other.tax_id) != ""


def _same_email(one: Identity, other: Identity) -> bool:
    return one.email.casefold() == other.email.casefold() != ""


def _same_phone(one: Identity, other: Identity) -> bool:
    mine, theirs = phone_digits(one.phone), phone_digits(other.phone)
    # One may stand with its country's code and the other without.
    return min(len(mine), len(theirs)) >= PHONE_DIGITS and (
        mine.endswith(theirs[-PHONE_DIGITS:]) and theirs.endswith(mine[-PHONE_DIGITS:])
    )


def _names(identity: Identity) -> set[str]:
    return {core_name(name) for name in (identity.name, identity.trading_name)} - {""}


def _same_name(one: Identity, other: Identity) -> bool:
    return not _names(one).isdisjoint(_names(other))


def _same_words(one: Identity, other: Identity) -> bool:
    """Tell whether the words of the shorter name all stand in the longer one, or all but one."""
    mine, theirs = set(core_name(one.name).split()), set(core_name(other.name).split())
    common = mine & theirs
    return bool(common) and len(common) >= max(1, min(len(mine), len(theirs)) - 1)


def _same_town(one: Identity, other: Identity) -> bool:
    return core_name(one.town) == core_name(other.town) != "" and (
        one.country == other.country or not (one.country and other.country)
    )


_RULES = (
    (Shared.TAX_ID, _same_tax_id),
    (Shared.EMAIL, _same_email),
    (Shared.PHONE, _same_phone),
    (Shared.NAME, _same_name),
    (Shared.WORDS, _same_words),
    (Shared.TOWN, _same_town),
)
