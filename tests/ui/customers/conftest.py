"""What do the tests of the customer's page stand on? One customer with a bit of everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from loyaldesk.models import AddressUse, DocumentKind, OrderStatus
from loyaldesk.operations.orders import NewOrderLine
from loyaldesk.ui.customers.page import CustomerPage
from tests.support.factories import (
    make_activity,
    make_address,
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
)
from tests.support.listening import NOW, Heard, desk_of, hear
from tests.support.stores import Clock, fresh_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk

TODAY = date(2026, 11, 20)
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
def store(tmp_path) -> Iterator[Store]:
    """Return an empty store in which it is the 20th of November 2026."""
    opened = fresh_store(tmp_path / "profile", clock=Clock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def opened() -> list[str]:
    """Return the links that went to other programs."""
    return []


@pytest.fixture
def desk(theme, store, tmp_path, opened) -> Iterator[Desk]:
    """Return a desk whose jobs are answered at once."""
    made = desk_of(theme, store, tmp_path, today=TODAY, opened=opened)
    yield made
    made.jobs.close()


@pytest.fixture
def heard(desk, opened) -> Heard:
    """Return what is said and wished for."""
    return hear(desk, opened)


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
def open_page(desk) -> Iterator[Callable[..., CustomerPage]]:
    """Return what opens the page of a customer at a size; pages go before their desk."""
    pages: list[CustomerPage] = []

    def show(customer_id: int, size: tuple[int, int] = SIZE) -> CustomerPage:
        page = CustomerPage(desk, customer_id)
        pages.append(page)
        page.resize(*size)
        page.show()
        QApplication.processEvents()
        return page

    yield show
    for page in pages:
        page.hide()
        delete(page)


@pytest.fixture
def page(open_page, mueller) -> CustomerPage:
    """Return the page of the customer with a bit of everything."""
    return open_page(mueller.id)
