"""What is a record that travels called, and whose is it?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.reader import Source

__all__ = ["Named", "RecordName", "read_record_names"]

# A record as it travels: its kind, and its uid in 32 hexadecimal digits.
Named = tuple[str, str]
# What each kind is called by, and the way from its row `r` to the customer it belongs to.
_OWN, _SHARED = "r.customer_id", "NULL"
_DOCUMENT = "(SELECT customer_id FROM document WHERE document.id = r.document_id)"
_LETTER = "(SELECT customer_id FROM letter WHERE letter.id = r.letter_id)"
_CALLED = {
    "setting": ("r.key", _SHARED),
    "time_frame": ("r.product_group", _SHARED),
    "product": ("r.number", _SHARED),
    "customer": ("r.number", "r.id"),
    "contact": ("trim(r.given_name || ' ' || r.family_name)", _OWN),
    "address": ("trim(r.street || ' ' || r.town)", _OWN),
    "sales_order": ("r.number", _OWN),
    "invoice": ("r.number", _OWN),
    "payment": ("r.number", _OWN),
    "allocation": ("''", _OWN),
    "document": ("r.name", _OWN),
    "document_link": (
        "coalesce((SELECT name FROM document WHERE document.id = r.document_id), '')", _DOCUMENT
    ),
    "activity": ("r.subject", _OWN),
    "letter": ("r.number", _OWN),
    "reminder_item": (
        "coalesce((SELECT number FROM letter WHERE letter.id = r.letter_id), '')", _LETTER
    ),
    "mail": ("r.subject", _OWN),
    "dispatch": (
        "coalesce((SELECT number FROM letter WHERE letter.id = r.letter_id), '')", _LETTER
    ),
    "customer_merge": ("''", _OWN),
    "edit_conflict": ("r.field", _OWN),
    "paper_use": (
        "coalesce((SELECT name FROM document WHERE document.id = r.document_id), '')", _DOCUMENT
    ),
}  # fmt: skip

_NAMES = (
    "SELECT lower(hex(r.uid)), {called}, r.id, c.id, coalesce(c.name, ''),"
    " coalesce(c.number, ''), coalesce({currency}, '') FROM {table} AS r"
    " LEFT JOIN customer AS c ON c.id = {customer}"
    " WHERE r.uid IN (SELECT unhex(value) FROM json_each(?))"
)


@dataclass(frozen=True, slots=True)
class RecordName:
    """A record by its name or number; without an `id` it is not, or no longer, on this desk.

    The customer is the one it belongs to, or the record itself; its amounts are in `currency`.
    """

    kind: str
    uid: str
    name: str = ""
    id: int | None = None
    customer_id: int | None = None
    customer_name: str = ""
    customer_number: str = ""
    currency: str = ""

    @property
    def words(self) -> str:
        """What the record is called where it stands for itself; a customer by name and number."""
        is_customer = self.kind == "customer" and self.id is not None
        return f"{self.customer_name} · {self.name}" if is_customer else self.name


def read_record_names(source: Source, wanted: Iterable[Named]) -> dict[Named, RecordName]:
    """Return what these records are called; one that is not here has no name."""
    asked = list(dict.fromkeys(wanted))
    found: dict[Named, RecordName] = {}
    for kind in dict.fromkeys(kind for kind, _ in asked):
        uids = [uid for of, uid in asked if of == kind]
        for uid, *row in source.rows(_names_of(kind), [json.dumps(uids)]) if kind in KINDS else ():
            found[kind, uid] = RecordName(kind, uid, *row)
    return {each: found.get(each) or RecordName(*each) for each in asked}


def _names_of(kind: str) -> str:
    called, customer = _CALLED[kind]
    known = KINDS[kind]
    currency = "r.currency" if "currency" in known.fields else "c.currency"
    return _NAMES.format(called=called, table=known.table, customer=customer, currency=currency)
