"""What a search answers: hits, each with its lines and why it was found."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.search_marks import mark_number, mark_phone, mark_words
from loyaldesk.domain.text import number_key

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.search_marks import Marks

__all__ = ["BETWEEN", "WORD_KINDS", "Hit", "HitKind", "Matched", "SearchResult", "Sought"]

BETWEEN = " · "
Sought = tuple[tuple[str, ...], ...]


class HitKind(enum.StrEnum):
    """Which sort of record was found."""

    CUSTOMER = "customer"
    CONTACT = "contact"
    ORDER = "order"
    INVOICE = "invoice"
    DOCUMENT = "document"


# Those that are found by words; the others have nothing but numbers.
WORD_KINDS = frozenset({HitKind.CUSTOMER, HitKind.CONTACT, HitKind.DOCUMENT})


class Matched(enum.StrEnum):
    """Which field of the record answers what was typed."""

    NUMBER = "number"
    CUSTOMER_PO = "customer_po"
    PHONE = "phone"
    NAME = "name"
    TRADING_NAME = "trading_name"
    TOWN = "town"
    EMAIL = "email"
    CUSTOMER = "customer"
    ROLE = "role"


class Hit(NamedTuple):
    """One record found; `day` and `status` end the second line, each as the reader writes it.

    A tuple since it is made fifty times at every key typed, in a quarter of a dataclass's time.
    """

    kind: HitKind
    record_id: int
    customer_id: int
    number: str
    title: str
    second_line: str
    why: Matched
    day: date | None
    status: str
    sought: Sought

    @property
    def title_marks(self) -> Marks:
        """Where the title answers what was typed, as (start, end) to be set in bold."""
        if self.why is Matched.NUMBER:
            return self._number_marks(self.title)
        if self.why in {Matched.PHONE, Matched.CUSTOMER_PO}:
            return ()
        return mark_words(self.title, self.sought)

    @property
    def second_marks(self) -> Marks:
        """Where the second line answers what was typed, as (start, end) to be set in bold."""
        if self.why in {Matched.NUMBER, Matched.CUSTOMER_PO}:
            return self._number_marks(self.second_line)
        if self.why is Matched.PHONE:
            return mark_phone(self.second_line, self.sought[0][0])
        return () if self.why is Matched.NAME else mark_words(self.second_line, self.sought)

    def _number_marks(self, line: str) -> Marks:
        numbers, *beside = self.sought
        marks, start = list(mark_words(line, beside)), 0
        for part in line.split(BETWEEN):
            for key in numbers:
                if number_key(part).startswith(key):
                    marks += [(a + start, b + start) for a, b in mark_number(part, key)]
            start += len(part) + len(BETWEEN)
        return tuple(sorted(marks))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first; how many there are at least; and the words taken for misspelt ones."""

    hits: tuple[Hit, ...]
    total_at_least: int
    forgiven: str | None
