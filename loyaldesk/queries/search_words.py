"""Which customers, people and documents are found by words, asked of the full-text index.

Each kind is asked once, in three steps that end as soon as a screenful is found: names that hold
the words whole, names that hold words beginning so, and what surrounds the name. This is the one
place outside migrations where statements are text: SQLAlchemy has no words for MATCH.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.queries.search_hits import HitKind
from loyaldesk.store.search_entries import AROUND, CONTACTS, CUSTOMERS, DOCUMENTS, EMAIL, ID_MASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.queries.search_hits import Sought
    from loyaldesk.store.reader import Row, Source
    from loyaldesk.store.search_entries import Kind

__all__ = ["Steps", "find_by_words", "steps_forgiving", "steps_to_find"]

NOTHING = '""'
# A shorter word is the beginning of too much: every “c” would find every e-mail at a .com.
SHORTEST_AROUND = 3
SHORTEST_EMAIL = 4

_FOUND = (
    "SELECT * FROM (SELECT rowid AS place, {step} AS found_as FROM {index}"
    " WHERE {index} MATCH :step{step} ORDER BY rowid LIMIT :limit)"
)
_CUSTOMERS = (
    "found_as, customer.id, number, name, name_key, trading_name, town, email,"
    " last_contact_on, is_key_account, account_manager"
)
_CONTACTS = (
    "found_as, contact.id, customer.id, number, name, given_name, family_name, role,"
    " contact.email, last_contact_on, is_key_account, account_manager"
)
_DOCUMENTS = (
    "found_as, document.id, customer.id, customer.number, customer.name, document.name,"
    " filed_on, kind"
)


def _statement(kind: Kind, columns: str) -> str:
    steps = " UNION ALL ".join(_FOUND.format(step=step, index=kind.index) for step in range(3))
    joined = f"{kind.table} ON {kind.table}.id = place & {ID_MASK}"
    if kind is not CUSTOMERS:
        joined += " JOIN customer ON customer.id = customer_id"
    return f"SELECT {columns} FROM ({steps} LIMIT :limit) CROSS JOIN {joined}"  # noqa: S608  names of our own


_STATEMENTS = {
    HitKind.CUSTOMER: _statement(CUSTOMERS, _CUSTOMERS),
    HitKind.CONTACT: _statement(CONTACTS, _CONTACTS),
    HitKind.DOCUMENT: _statement(DOCUMENTS, _DOCUMENTS),
}


@dataclass(frozen=True, slots=True)
class Steps:
    """The three questions to one kind's index, none of which repeats an answer of those before."""

    whole: str
    beginning: str
    around: str


def find_by_words(source: Source, kind: HitKind, steps: Steps, *, limit: int) -> list[Row]:
    """Return up to `limit` rows of a kind, the most important first within each step."""
    asked = {
        "step0": steps.whole, "step1": steps.beginning, "step2": steps.around, "limit": limit,
    }  # fmt: skip
    return source.rows(_STATEMENTS[kind], asked)


def steps_to_find(kind: HitKind, sought: Sought, *, is_email: bool) -> Steps:
    """Return the questions that find these words, each given in all its spellings."""
    # What looks like an e-mail is sought among e-mails first, anything else among names.
    marks = [EMAIL] if is_email else [""]
    whole = _all_of(sought, marks=marks, star="")
    names = _all_of(sought, marks=marks)
    around = _around(kind, sought, is_email=is_email)
    return Steps(
        whole,
        f"({names}) NOT ({whole})",
        f"({around}) NOT ({names})" if around else NOTHING,
    )


def steps_forgiving(kind: HitKind, likely: Sought, possible: Sought) -> Steps:
    """Return the questions that find what was likely meant, and then what possibly was."""
    names = _all_of(possible)
    around = _around(kind, possible, is_email=False)
    return Steps(
        _all_of(likely),
        f"({names}) NOT ({_all_of(likely)})",
        f"({around}) NOT ({names})" if around else NOTHING,
    )


def _around(kind: HitKind, sought: Sought, *, is_email: bool) -> str:
    if len(sought) == 1 and not is_email:
        return _any_of(sought[0], _marks_of_one(kind, len(sought[0][0])))
    marks = ["", AROUND] if kind is HitKind.DOCUMENT else ["", AROUND, EMAIL]
    found = _all_of(sought, marks=marks)
    if is_email or kind is HitKind.CUSTOMER:
        return found
    # All people and papers of a company would drown the company: one word must be their own.
    return f"{found} AND ({_any_of([word for group in sought for word in group], [''])})"


def _marks_of_one(kind: HitKind, length: int) -> list[str]:
    marks = []
    if kind is HitKind.CUSTOMER and length >= SHORTEST_AROUND:
        marks.append(AROUND)
    if kind is not HitKind.DOCUMENT and length >= SHORTEST_EMAIL:
        marks.append(EMAIL)
    return marks


def _all_of(sought: Sought, *, marks: Sequence[str] = ("",), star: str = "*") -> str:
    return " AND ".join(f"({_any_of(group, marks, star=star)})" for group in sought)


def _any_of(words: Iterable[str], marks: Sequence[str], *, star: str = "*") -> str:
    return " OR ".join(f'"{mark}{word}"{star}' for word in words for mark in marks)
