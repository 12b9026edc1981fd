"""What the search index keeps of a record: its place, its words and the digits of its phones.

A record is filed in the index of its kind under its *place*: a number whose high bits are the
month of the last contact, newest first, and whose low bits are the record's id. So reading in the
order of places is reading the most important records first, and may stop after a screenful.

Words of the record's own name stand as they are. Words that only surround it (its town, its
company) begin with `=`, those of its e-mail with `+`: they are sought only after the names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.text import indexed_words, phone_suffixes, words

if TYPE_CHECKING:
    from collections.abc import Iterator


__all__ = [
    "AROUND", "CONTACTS", "CUSTOMERS", "DOCUMENTS", "EMAIL", "ID_MASK", "KINDS",
    "LONGEST_INDEXED_PREFIX", "Entries", "Entry", "Kind", "Run", "entries_of", "month_of",
    "own_words", "phone_rows", "stored_entries",
]  # fmt: skip

AROUND, EMAIL = "=", "+"
LONGEST_INDEXED_PREFIX = 6

ID_BITS = 34
ID_MASK = (1 << ID_BITS) - 1
LAST_MONTH = 2300 * 12
KEY_ACCOUNT_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index keeps of one record: place, words and phone digits, each set space-joined."""

    place: int
    words: str
    runs: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record that is found by words, and how its entry is made.

    `columns` are those of its own table that the entry is made of; of its customer's it takes more.
    """

    number: int
    table: str
    index: str
    columns: frozenset[str]
    select: str
    make: Callable[[Sequence[Any]], Entry]


Entries = dict[int, Entry]
# How a statement is run: on the writing connection or by a reader.
Run = Callable[[str, Sequence[Any]], Iterable[Sequence[Any]]]


def entries_of(run: Run, kind: Kind, ids: Iterable[int]) -> Entries:
    """Return what the index should keep of these records, by id; deleted ones are missing."""
    make = kind.make
    return {row[0]: make(row) for row in run(kind.select, [json.dumps(list(ids))])}


def stored_entries(run: Run, kind: Kind, ids: Iterable[int]) -> Entries:
    """Return what the index does keep of these records, by id."""
    found = run(
        "SELECT record_id, place, words, runs FROM json_each(?)"
        " CROSS JOIN search_entry ON kind = ? AND record_id = value",
        [json.dumps(list(ids)), kind.number],
    )
    return {record_id: Entry(*entry) for record_id, *entry in found}


def phone_rows(kind: Kind, entries: Entries) -> Iterator[tuple[str, int, int]]:
    """Yield the rows of digits that the index keeps for these entries."""
    for record_id, entry in entries.items():
        for run in entry.runs.split():
            yield run, kind.number, record_id


def own_words(stored: str) -> list[str]:
    """Return the words of the record's own name from its stored words."""
    return [word for word in stored.split() if word[0] not in {AROUND, EMAIL}]


def month_of(place: int) -> int:
    """Return the part of a place that says how recent the record is."""
    return place >> ID_BITS


def _place(record_id: int, day: str | None, *, is_key_account: int = 0) -> int:
    month = int(day[:4]) * 12 + int(day[5:7]) if day else 0
    month += KEY_ACCOUNT_MONTHS if is_key_account else 0
    return (max(LAST_MONTH - month, 0) << ID_BITS) | record_id


def _marked(mark: str, *texts: str) -> list[str]:
    return [mark + word for text in texts if text for word in indexed_words(text)]


def _email(address: str) -> list[str]:
    return [EMAIL + word for word in words(address)] if address else []


def _entry(place: int, own: list[str], around: list[str], phones: Iterable[str]) -> Entry:
    runs = [run for phone in phones if phone for run in phone_suffixes(phone)]
    return Entry(place, " ".join(dict.fromkeys(own + around)), " ".join(dict.fromkeys(runs)))


def _customer(row: Sequence[Any]) -> Entry:
    record_id, name, trading_name, town, email, phone, contacted_on, is_key_account = row
    own = indexed_words(name) + (indexed_words(trading_name) if trading_name else [])
    place = _place(record_id, contacted_on, is_key_account=is_key_account)
    return _entry(place, own, _marked(AROUND, town) + _email(email), [phone])


def _contact(row: Sequence[Any]) -> Entry:
    record_id, given, family, role, email, phone, mobile, name, trading_name, *importance = row
    contacted_on, is_key_account = importance
    own = indexed_words(f"{given} {family}")
    around = _marked(AROUND, name, trading_name, role) + _email(email)
    place = _place(record_id, contacted_on, is_key_account=is_key_account)
    return _entry(place, own, around, [phone, mobile])


def _document(row: Sequence[Any]) -> Entry:
    record_id, document_name, filed_on, name, trading_name = row
    own = indexed_words(document_name)
    return _entry(_place(record_id, filed_on), own, _marked(AROUND, name, trading_name), [])


CUSTOMERS = Kind(
    1,
    "customer",
    "search_customer",
    frozenset("name trading_name town email phone last_contact_on is_key_account".split()),
    "SELECT customer.id, name, trading_name, town, email, phone, last_contact_on, is_key_account"
    " FROM json_each(?) CROSS JOIN customer ON customer.id = value",
    _customer,
)
CONTACTS = Kind(
    2,
    "contact",
    "search_contact",
    frozenset("given_name family_name role email phone mobile customer_id".split()),
    "SELECT contact.id, given_name, family_name, role, contact.email, contact.phone, mobile,"
    " name, trading_name, last_contact_on, is_key_account FROM json_each(?)"
    " CROSS JOIN contact ON contact.id = value JOIN customer ON customer.id = contact.customer_id",
    _contact,
)
DOCUMENTS = Kind(
    3,
    "document",
    "search_document",
    frozenset({"name", "filed_on", "customer_id"}),
    "SELECT document.id, document.name, filed_on, customer.name, trading_name FROM json_each(?)"
    " CROSS JOIN document ON document.id = value"
    " JOIN customer ON customer.id = document.customer_id",
    _document,
)
# Customers first: what the index keeps of the others depends on theirs.
KINDS = (CUSTOMERS, CONTACTS, DOCUMENTS)
