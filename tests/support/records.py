"""Records with readable defaults, for tests that are about something else."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from loyaldesk.models import Contact, Customer, Document, Invoice, SalesOrder, StoredFile

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

_NUMBERS = count(10_001)


def make_customer(tx: Transaction, name: str = "Müller & Söhne GmbH", **values) -> int:
    values.setdefault("number", str(next(_NUMBERS)))
    return tx.insert(Customer, name=name, **values)


def make_contact(tx: Transaction, customer_id: int, name: str = "Anna Kowalski", **values) -> int:
    given, _, family = name.rpartition(" ")
    return tx.insert(
        Contact, customer_id=customer_id, given_name=given, family_name=family, **values
    )


def make_order(tx: Transaction, customer_id: int, number: str, customer_po: str = "") -> int:
    return tx.insert(
        SalesOrder,
        customer_id=customer_id,
        number=number,
        customer_po=customer_po,
        ordered_on=date(2024, 11, 4),
        currency="EUR",
    )


def make_invoice(tx: Transaction, customer_id: int, number: str) -> int:
    return tx.insert(
        Invoice,
        customer_id=customer_id,
        number=number,
        invoiced_on=date(2024, 11, 5),
        currency="EUR",
        net_minor=100,
        total_minor=100,
        open_minor=100,
        recorded_at=tx.now,
    )


def make_document(tx: Transaction, customer_id: int, name: str) -> int:
    file_id = tx.value("SELECT id FROM stored_file LIMIT 1") or tx.insert(
        StoredFile, sha256=bytes(32), size=1, mime="application/pdf", stored_at=tx.now
    )
    return tx.insert(
        Document, customer_id=customer_id, file_id=file_id, name=name, filed_on=date(2024, 11, 6)
    )
