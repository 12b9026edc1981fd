"""What do the tests of orders stand on? One order on its way, with papers, money and talk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loyaldesk.models import ActivityKind, CreditStatus, DocumentKind
from loyaldesk.operations.fulfilment import invoice_order, ship_line
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import release_order
from loyaldesk.ui.orders.page import OrderPage
from tests.support.desks import NOW, TODAY
from tests.support.factories import (
    do,
    make_activity,
    make_contact,
    make_customer,
    make_document,
    make_order,
    make_payment,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1256, 793)


@dataclass
class Way:
    """The ids of an order that is half shipped, invoiced and partly paid."""

    customer: int
    order: int
    lines: list[int]
    invoice: int
    payment: int
    purchase_order: int


@pytest.fixture
def way(store) -> Way:
    """Return an order of three lines: one shipped and invoiced, one moved, one late."""
    customer = make_customer(
        store, "Müller & Söhne", number="10042", credit_status=CreditStatus.WATCH, terms_days=30
    )
    heike = make_contact(store, customer, given_name="Heike")
    tea = NewOrderLine(
        "Assam tea", 48_000, 8_200_000, item_number="20-118", tax_ppm=70_000,
        requested_on=TODAY - timedelta(days=1), promised_on=TODAY,
    )  # fmt: skip
    syrup = NewOrderLine(
        "Aniseed syrup", 20_000, 38_500_000, item_number="31-042", tax_ppm=190_000,
        requested_on=TODAY + timedelta(days=1), promised_on=TODAY + timedelta(days=6),
        asked_quantity_milli=24_000, difference_reason="the maker ships on Friday",
    )  # fmt: skip
    apples = NewOrderLine(
        "Apple rings", 60_000, 11_730_000, tax_ppm=70_000, promised_on=TODAY - timedelta(days=5)
    )
    order = make_order(
        store, customer, lines=[tea, syrup, apples], number="4711", customer_po="8812",
        contact_id=heike, channel="phone", ordered_on=TODAY - timedelta(days=14),
    )  # fmt: skip
    lines = [line for (line,) in store.reader().rows("SELECT id FROM order_line ORDER BY position")]
    do(store, release_order, order_id=order)
    do(store, ship_line, line_id=lines[0], quantity_milli=48_000)
    invoice = do(store, invoice_order, order_id=order, number="20877")
    payment = make_payment(store, customer, "100.00", allocate_oldest_first=True)
    paper = make_document(
        store, customer, "PO 8812.pdf", DocumentKind.PURCHASE_ORDER, order_id=order
    )
    make_activity(
        store, customer, "When is the syrup coming?", ActivityKind.EMAIL, order_id=order,
        contact_id=heike, happened_at=NOW,
    )  # fmt: skip
    return Way(customer, order, lines, invoice, payment, paper)


@pytest.fixture
def open_order(desk, keep) -> Callable[..., OrderPage]:
    """Return what opens the page of an order at a size."""
    return lambda order_id, size=SIZE: keep(OrderPage(desk, order_id), size)


@pytest.fixture
def page(open_order, way) -> OrderPage:
    """Return the page of the order on its way."""
    return open_order(way.order)
