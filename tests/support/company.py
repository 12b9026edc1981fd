"""A small company whose every table holds something, for tests that look at all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.models import DocumentKind, Product
from loyaldesk.operations.fulfilment import invoice_order, ship_line
from loyaldesk.operations.payments import allocate_amount
from tests.support.factories import (
    do,
    file_content,
    make_activity,
    make_address,
    make_contact,
    make_credit_note,
    make_customer,
    make_document,
    make_invoice,
    make_order,
    make_payment,
)

if TYPE_CHECKING:
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.store import Store

__all__ = ["SmallCompany", "first_line", "make_company"]


@dataclass(frozen=True)
class SmallCompany:
    """The ids of the one customer that has everything, and of its parent."""

    customer_id: int
    parent_id: int
    order_id: int
    invoice_id: int
    payment_id: int
    contact_id: int
    address_id: int
    document_id: int


def make_company(store: Store, *, files: FileStore | None = None) -> SmallCompany:
    """Fill the store: a parent, a member with people, orders, money and papers, and others.

    With a file store the member's paper has a content that can be read.
    """
    parent_id = make_customer(store, "Söhne Holding SE", number="10000")
    customer_id = make_customer(
        store, "Müller & Söhne GmbH", number="10042", parent_id=parent_id, credit_limit_minor=50_000
    )
    contact_id = make_contact(store, customer_id, "Müller", given_name="Heike", salutation="Frau")
    address_id = make_address(store, customer_id)
    with store.transaction("Create product") as tx:
        tx.insert(Product, number="T-1", name="Tea", unit_price_micro=5_000_000)
    order_id = make_order(store, customer_id, number="10042", customer_po="PO 88-12")
    line_id = first_line(store, order_id)
    do(store, ship_line, line_id=line_id, quantity_milli=4_000)
    invoice_id = do(store, invoice_order, order_id=order_id)
    payment_id = make_payment(store, customer_id, "12.00", allocate_oldest_first=True)
    note_id = make_credit_note(store, customer_id, "3.00")
    do(
        store,
        allocate_amount,
        customer_id=customer_id,
        source=(EntryKind.CREDIT_NOTE, note_id),
        invoice_id=invoice_id,
        amount=Money.of("2", "EUR"),
    )
    make_activity(store, customer_id, contact_id=contact_id, order_id=order_id)
    document_id = _file_order(store, files, customer_id, order_id)
    for name in ("Kraft AG", "Łódzki Sp. z o.o.", "Ærø Marine"):
        other = make_customer(store, name)
        make_order(store, other, ordered_on=date(2024, 3, 1))
        make_invoice(store, other, invoiced_on=date(2024, 3, 1))
    return SmallCompany(
        customer_id, parent_id, order_id, invoice_id, payment_id, contact_id, address_id,
        document_id,
    )  # fmt: skip


def _file_order(store: Store, files: FileStore | None, customer_id: int, order_id: int) -> int:
    name, kind = "Order.pdf", DocumentKind.PURCHASE_ORDER
    if files is None:
        return make_document(store, customer_id, name, kind, order_id=order_id)
    return file_content(
        store,
        files=files,
        content=b"Ten boxes of tea, please",
        name=name,
        customer_id=customer_id,
        order_id=order_id,
        kind=kind,
    )


def first_line(store: Store, order_id: int) -> int:
    """Return the id of the first line of an order."""
    with store.reader() as reader:
        return reader.value(
            "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", [order_id]
        )
