"""How does a test get records? Small functions that make one each, with readable defaults."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.models import (
    ActivityKind,
    AddressUse,
    Customer,
    DocumentKind,
    InvoiceKind,
    OrderLine,
    SalesOrder,
)
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.customers import add_address, add_contact, create_customer
from loyaldesk.operations.documents import file_document
from loyaldesk.operations.invoices import NewInvoiceLine, post_invoice
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import enter_order
from loyaldesk.operations.payments import record_payment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.store import Store

__all__ = [
    "do", "file_content", "make_activity", "make_address", "make_contact", "make_credit_note",
    "make_customer", "make_document", "make_invoice", "make_order", "make_payment",
]  # fmt: skip

MILLI, MICRO = 1_000, 1_000_000


def do(store: Store, operation: Callable[..., Any], **arguments: Any) -> Any:
    """Run one operation in a transaction of its own and return what it returns."""
    label, undoable = getattr(operation, "label", "Test"), getattr(operation, "undoable", True)
    with store.transaction(label, undoable=undoable) as tx:
        return operation(tx, **arguments)


def make_customer(store: Store, name: str = "Müller & Söhne GmbH", **fields: Any) -> int:
    """Create a customer and return its id; fields that no form sets are set afterwards."""
    beside = {key: fields.pop(key) for key in ("source_system", "source_key") if key in fields}
    customer_id = do(store, create_customer, name=name, **fields)
    if beside:
        with store.transaction("Set source") as tx:
            tx.update(Customer, customer_id, **beside)
    return customer_id


def make_contact(store: Store, customer_id: int, family_name: str = "Müller", **fields: Any) -> int:
    """Add a person and return its id."""
    return do(store, add_contact, customer_id=customer_id, family_name=family_name, **fields)


def make_address(
    store: Store, customer_id: int, use: AddressUse = AddressUse.BILLING, **fields: Any
) -> int:
    """Add a place and return its id."""
    place = {"street": "Hauptstraße 1", "postcode": "20095", "town": "Hamburg", "country": "DE"}
    return do(store, add_address, customer_id=customer_id, use=use, **{**place, **fields})


def make_order(
    store: Store,
    customer_id: int,
    *,
    lines: Sequence[NewOrderLine] = (NewOrderLine("Tea", 10 * MILLI, 5 * MICRO),),
    shipped: int = 0,
    changes: dict[str, Any] | None = None,
    checked: bool = True,
    **fields: Any,
) -> int:
    """Enter an order, ship its first lines and return its id; `changes` go to its row.

    Its checks are ticked off, so that it may be accepted, unless it is not to be `checked`.
    """
    promised = (changes or {}).get("promised_on")
    lines = [replace(line, promised_on=line.promised_on or promised) for line in lines]
    with store.transaction(enter_order.label) as tx:
        order_id = enter_order(tx, customer_id=customer_id, lines=lines, **fields)
        if checked and "verified_on" not in (changes or {}):
            tx.update(SalesOrder, order_id, verified_on=tx.today)
    with store.transaction("Ship") as tx:
        found = tx.rows(
            "SELECT id, quantity_milli FROM order_line WHERE order_id = ? ORDER BY position",
            [order_id],
        )
        for line_id, quantity in found[:shipped]:
            tx.update(OrderLine, line_id, shipped_milli=quantity)
        if changes:
            tx.update(SalesOrder, order_id, **changes)
    return order_id


def make_invoice(store: Store, customer_id: int, amount: str = "100.00", **fields: Any) -> int:
    """Post an invoice of one line over an amount, without tax, and return its id."""
    currency = fields.pop("currency", "EUR")
    micro = int(Money.of(amount, currency).amount * MICRO)
    line = NewInvoiceLine("Tea", MILLI, micro)
    return do(
        store, post_invoice, customer_id=customer_id, lines=[line], currency=currency, **fields
    )


def make_credit_note(store: Store, customer_id: int, amount: str = "10.00", **fields: Any) -> int:
    """Post a credit note over an amount and return its id."""
    return make_invoice(store, customer_id, amount, kind=InvoiceKind.CREDIT_NOTE, **fields)


def make_payment(store: Store, customer_id: int, amount: str = "100.00", **fields: Any) -> int:
    """Record a payment and return its id; with `allocate_oldest_first` it settles invoices."""
    money = Money.of(amount, fields.pop("currency", "EUR"))
    return do(store, record_payment, customer_id=customer_id, amount=money, **fields)


def make_activity(
    store: Store,
    customer_id: int,
    text: str = "Asked for the delivery date",
    kind: ActivityKind = ActivityKind.CALL,
    **fields: Any,
) -> int:
    """Write a call, mail, meeting, visit or note and return its id."""
    return do(store, write_note, customer_id=customer_id, text=text, kind=kind, **fields)


def file_content(
    store: Store, *, files: FileStore, content: bytes, customer_id: int, **fields: Any
) -> int:
    """Store a content, file it with a customer and return the document's id."""
    kept = files.add(BytesIO(content))
    stored = {"sha256": kept.sha256, "size": kept.size, "mime": kept.mime}
    return do(store, file_document, customer_id=customer_id, **stored, **fields)


def make_document(
    store: Store,
    customer_id: int,
    name: str = "Price list.pdf",
    kind: DocumentKind = DocumentKind.OTHER,
    **fields: Any,
) -> int:
    """File a document whose content no test looks at and return its id."""
    content = {"sha256": name.encode().ljust(32, b"0")[:32], "size": 10, "mime": "application/pdf"}
    return do(
        store, file_document, customer_id=customer_id, name=name, kind=kind, **content, **fields
    )
