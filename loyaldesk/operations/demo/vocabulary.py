"""Which words the names of a sized demo are made of: few common ones, a long tail of rare ones."""

from __future__ import annotations

from itertools import product
from random import Random

from loyaldesk.operations.demo.catalogue import read_table

__all__ = ["DISTINCT_WORDS", "Vocabulary"]

DISTINCT_WORDS = 26_000
# The first word stands in 1.7 % of all names, the last in 15 of a million: as family names do.
_SKEW = 2.5
_ONSETS = "b br d dr f fl g gr h j k kl kn l m n p pf pl r s sch schl schw sp st t tr v w z".split()
_VOWELS = "a ä e ei i ie o ö u ü au".split()
_CODAS = "b ck d ft g hl k l lt m n nd ng nt r rg rn rt s ss t tz x".split()
_ENDINGS = "a e el er i ich ing mann o sen ski".split()
_FORMS = ("GmbH", "GmbH & Co. KG", "KG", "OHG", "e. K.", "AG", "Ltd", "SARL")


class Vocabulary:
    """Draws names of companies and people; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - believable, not secret
        countries = read_table("crowd")["country"]
        self._trades = [trade for country in countries for trade in country["trades"]]
        self._given = [name for country in countries for name in country["women"] + country["men"]]
        self.words = self._make_words([name for c in countries for name in c["families"]])

    def word(self) -> str:
        """Return one word, common ones far more often."""
        return self.words[int(DISTINCT_WORDS * self._chance.random() ** _SKEW)]

    def company(self) -> str:
        """Return the name of a company of two to four words."""
        chance = self._chance
        draw, form = chance.random(), chance.choice(_FORMS)
        if draw < 0.4:
            return f"{self.word()} {chance.choice(self._trades)} {form}"
        if draw < 0.7:
            return f"{self.word()} & {self.word()} {form}"
        if draw < 0.9:
            return f"{self.word()} {self.word()} {form}"
        return f"{chance.choice(self._trades)} {chance.choice(self._given)} {self.word()}"

    def person(self) -> tuple[str, str]:
        """Return a given and a family name."""
        return self._chance.choice(self._given), self.word()

    def _make_words(self, common: list[str]) -> list[str]:
        """Return the real family names first, then invented ones in an order of chance."""
        shapes = [*product(_ONSETS, _VOWELS, _CODAS, _ENDINGS)]
        self._chance.shuffle(shapes)
        words = dict.fromkeys(common)
        for shape in shapes:
            words["".join(shape).capitalize()] = None
            if len(words) == DISTINCT_WORDS:
                break
        return list(words)
