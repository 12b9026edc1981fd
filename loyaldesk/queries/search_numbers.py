"""Which records are found by a number: their own, a customer's order number, or a phone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.domain.search_marks import mark_phone
from loyaldesk.domain.search_ranking import Tier, begins_word, hit_importance
from loyaldesk.queries.book import rows
from loyaldesk.queries.search_hits import BETWEEN, Hit, HitKind, Matched
from loyaldesk.queries.search_typed import Said
from loyaldesk.queries.values import day_or_none
from loyaldesk.store.search_entries import CONTACTS, CUSTOMERS

if TYPE_CHECKING:
    from loyaldesk.queries.search_rows import Ranked
    from loyaldesk.queries.search_typed import Typed
    from loyaldesk.store.reader import Row, Source

__all__ = ["find_numbers", "find_phones"]

MOST_OF_A_KIND = 5
# Read before the words beside the number choose among them.
MOST_BESIDE_WORDS = 100
DIGITS_OF_A_PHONE = 5
CUSTOMER_PO = "customer_po"
# The column that says which key a number begins with.
WHICH = 7
# Among exact numbers ours come before theirs.
ORDER_OF_KINDS = ("customer", "order", CUSTOMER_PO, "invoice")


_KINDS = {CUSTOMERS.number: HitKind.CUSTOMER, CONTACTS.number: HitKind.CONTACT}


def find_numbers(source: Source, typed: Typed, *, limit: int, widely: bool) -> list[Ranked]:
    """Return the records whose number is, or begins with, what was typed.

    Customers only, or widely orders and invoices too: letters alone hardly ever mean one.
    """
    if not typed.number_keys:
        return []
    most = limit if len(typed.kinds) == 1 else min(limit, MOST_OF_A_KIND)
    keys = list(typed.number_keys)
    # Room for the further keys behind those numbers that go on from the first.
    most = MOST_BESIDE_WORDS if typed.beside and len(keys) > 1 else most * len(keys)
    name = "search.numbers" if widely else "search.customer_numbers"
    found = rows(source, name, keys=json.dumps(keys), limit=most)
    ranked = (_numbered(row, keys[row[WHICH]], typed) for row in found)
    return [hit for hit in ranked if hit is not None]


def _numbered(row: Row, key: str, typed: Typed) -> Ranked | None:
    found_as, record_id, customer_id, number, customer_po, day, status, _, is_exact = row[:9]
    customer_number, name, name_key, town = row[9:]
    kind = HitKind.ORDER if found_as == CUSTOMER_PO else HitKind(found_as)
    if not typed.wants(kind):
        return None
    said = typed.number_keys[key]
    beside = () if said is Said.WHOLE else typed.beside
    if not all(begins_word(name_key, group) for group in beside):
        return None
    is_customer = kind is HitKind.CUSTOMER
    parts = [customer_number, town] if is_customer else [name, customer_po, town]
    hit = Hit(
        kind=kind,
        record_id=record_id,
        customer_id=customer_id,
        number=number,
        title=name if is_customer else number,
        second_line=BETWEEN.join(part for part in parts if part),
        why=Matched.CUSTOMER_PO if found_as == CUSTOMER_PO else Matched.NUMBER,
        day=None if is_customer else day_or_none(day),
        status="" if is_customer else status,
        sought=((key,), *beside),
    )
    return _number_tier(key, said, is_exact=is_exact), ORDER_OF_KINDS.index(found_as), hit


def _number_tier(key: str, said: Said, *, is_exact: int) -> int:
    if is_exact:
        return Tier.NUMBER if said is Said.PART else Tier.EXACT_NUMBER
    return Tier.LETTERS_OF_NUMBER if said is Said.PART or key.isalpha() else Tier.NUMBER


def find_phones(source: Source, typed: Typed, *, limit: int, mine: str) -> list[Ranked]:
    """Return the customers and people whose phone runs on from the digits typed."""
    if not typed.phone_keys or not typed.kinds.intersection(_KINDS.values()):
        return []
    most = max(limit // 2, 1)
    found = rows(source, "search.phones", keys=json.dumps(typed.phone_keys), limit=most)
    # As typed, or else without a country code that is not on file.
    nearest = min((row[0] for row in found), default=0)
    return [
        _phoned(row, mine=mine)
        for row in found
        if row[0] == nearest and typed.wants(_KINDS[row[2]])
    ]


def _phoned(row: Row, *, mine: str) -> Ranked:
    _, digits, kind, record_id, customer_id, number, name, town, phone, given, family = row[:11]
    day, is_key_account, manager = row[13:]
    is_contact = _KINDS[kind] is HitKind.CONTACT
    phones = [text for text in row[11:13] if text] if is_contact else [phone]
    # Of a single phone there is no doubt.
    answering = next((text for text in phones if len(phones) == 1 or mark_phone(text, digits)), "")
    first = [name, number] if is_contact else [number, town]
    hit = Hit(
        kind=_KINDS[kind],
        record_id=record_id,
        customer_id=customer_id,
        number=number,
        title=f"{given} {family}".strip() if is_contact else name,
        second_line=BETWEEN.join(part for part in [*first, answering] if part),
        why=Matched.PHONE,
        day=None,
        status="",
        sought=((digits,),),
    )
    importance = hit_importance(day, is_key_account=is_key_account, is_mine=manager == mine != "")
    tier = Tier.PHONE if len(digits) >= DIGITS_OF_A_PHONE else Tier.LETTERS_OF_NUMBER
    return tier, -importance, hit
