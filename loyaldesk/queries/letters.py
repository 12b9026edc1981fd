"""What a letter needs of the customer, and which number it will get."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.domain.paper_number import paper_number
from loyaldesk.domain.postal import Place
from loyaldesk.errors import Refused
from loyaldesk.queries.book import row

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = ["Addressee", "LastLetter", "last_letter_of_order", "peek_number", "read_addressee"]

_NEXT_NUMBER = """
SELECT (SELECT next_number FROM number_series WHERE series = ? AND year = ?),
 (SELECT value FROM sync_state WHERE key = 'desk_code'
 AND EXISTS (SELECT 1 FROM sync_state WHERE key = 'client'))
"""

# By kind first, as the index of letters has them.
_TAKEN = """
SELECT DISTINCT number FROM letter WHERE kind IN ('acknowledgement', 'statement', 'reminder')
 AND number >= ? AND number < ? ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class Addressee:
    """The customer as a letter sees it."""

    id: int
    number: str
    name: str
    language: str
    currency: str
    tax_id: str
    envelope: str
    statement_type: str
    terms_days: int
    account_manager: str
    recipient: str
    place: Place
    salutation: str
    given_name: str
    family_name: str


@dataclass(frozen=True, slots=True)
class LastLetter:
    """The newest revision of an order's acknowledgement."""

    id: int
    number: str
    revision: int
    issued_on: date
    data_sha256: bytes
    document_id: int


def read_addressee(source: Source, *, customer_id: int) -> Addressee:
    """Return the customer with its billing address and primary contact."""
    found = row(source, "letter.addressee", customer_id=customer_id)
    if found is None:
        raise Refused("This customer no longer exists. No letter was made.")
    fields = list(found)
    place = Place(*(part or "" for part in fields[11:17]))
    recipient = fields[10] or fields[2]
    people = [part or "" for part in fields[17:20]]
    return Addressee(*[*fields[:10], recipient, place, *people])


def last_letter_of_order(source: Source, *, order_id: int) -> LastLetter | None:
    """Return the newest acknowledgement of the order, or None."""
    found = row(source, "letter.last_of_order", order_id=order_id)
    if found is None:
        return None
    letter_id, number, revision, issued, data, document_id = found
    day = datetime.fromisoformat(issued).astimezone().date()
    return LastLetter(letter_id, number, revision, day, data, document_id)


def peek_number(source: Source, *, series: str, year: int, ahead: int = 0) -> str:
    """Return the number the next letter of the series will get, without taking it.

    `ahead` is how many letters will be issued before it. Numbers that letters have already, such
    as those that another copy of this profile gave, are passed over.
    """
    found, code = source.row(_NEXT_NUMBER, [series, year]) or (None, None)

    def written(number: int) -> str:
        return paper_number(series, year, number, desk_code=code or "")

    number = found or 1
    stem = written(number).rpartition("-")[0]
    # A sign that comes after all digits ends the numbers of this series, year and desk.
    taken = source.rows(_TAKEN, [written(number), f"{stem}-:"])
    number += ahead
    for (each,) in taken:
        number += each.rpartition("-")[2].isdigit() and each <= written(number)
    return written(number)
