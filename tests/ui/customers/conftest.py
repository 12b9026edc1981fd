"""What do the tests of the customer's page stand on? One customer with a bit of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loyaldesk.models import AddressUse, DocumentKind, OrderStatus
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.ui.customers.page import CustomerPage
from tests.support.desks import NOW, TODAY
from tests.support.factories import (
    make_activity,
    make_address,
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1256, 793)


@dataclass
class Mueller:
    """The ids of the customer that the tests look at."""

    id: int
    heike: int
    late_order: int
    waiting_order: int
    overdue_invoice: int
    document: int


@pytest.fixture
def mueller(store) -> Mueller:
    """Return a customer with people, places, orders, money, papers and a call."""
    customer_id = make_customer(
        store, number="10042", phone="+49 40 7344 120", terms_days=30, language="de",
        credit_limit_minor=2_500_000, territory="North", account_manager="Ana Kovač",
        notes="Prefers mornings.", source_system="Northwind", source_key="MUELL",
    )  # fmt: skip
    heike = make_contact(
        store, customer_id, salutation="Frau", given_name="Heike", role="Buyer",
        phone="+49 40 7344 121", email="heike@mueller.example",
    )  # fmt: skip
    make_address(store, customer_id)
    make_address(store, customer_id, AddressUse.DELIVERY, street="Kaistraße 9")
    tea = NewOrderLine("Tea", 10_000, 5_000_000)
    late = make_order(
        store, customer_id, lines=[tea, tea], shipped=1, number="4711", customer_po="8812",
        ordered_on=TODAY - timedelta(days=20),
        changes={"status": OrderStatus.PART_DELIVERED, "promised_on": TODAY - timedelta(days=5)},
    )  # fmt: skip
    waiting = make_order(store, customer_id, number="4790", ordered_on=TODAY)
    overdue = make_invoice(
        store, customer_id, "2100.00", number="20877", invoiced_on=TODAY - timedelta(days=45)
    )
    make_invoice(store, customer_id, "50.50", number="20941", invoiced_on=TODAY)
    make_activity(
        store, customer_id, "Asked for the syrup\nIt comes on Friday.", contact_id=heike,
        order_id=late, happened_at=NOW - timedelta(days=3),
    )  # fmt: skip
    document = make_document(store, customer_id, "Price list.pdf", DocumentKind.PRICE_LIST)
    return Mueller(customer_id, heike, late, waiting, overdue, document)


@pytest.fixture
def open_page(desk, keep) -> Callable[..., CustomerPage]:
    """Return what opens the page of a customer at a size."""
    return lambda customer_id, size=SIZE: keep(CustomerPage(desk, customer_id), size)


@pytest.fixture
def page(open_page, mueller) -> CustomerPage:
    """Return the page of the customer with a bit of everything."""
    return open_page(mueller.id)
