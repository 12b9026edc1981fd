"""Which list do these tests look at? That of customers: three of them, one on hold, one owing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from loyaldesk.models import CreditStatus
from loyaldesk.ui.customers.list_page import CustomersPage
from tests.support.desks import NOW, Heard, desk_of, hear
from tests.support.factories import make_customer, make_invoice, make_order
from tests.support.stores import Clock, fresh_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk

SIZE = (1256, 793)


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """Return an empty store in which it is the 20th of November 2026."""
    opened = fresh_store(tmp_path / "profile", clock=Clock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def desk(theme, store, tmp_path) -> Iterator[Desk]:
    """Return a desk whose jobs are answered at once."""
    made = desk_of(theme, store, tmp_path)
    yield made
    made.jobs.close()


@pytest.fixture
def heard(desk) -> Heard:
    """Return what is said and wished for."""
    return hear(desk, [])


@pytest.fixture
def company(store) -> dict[str, int]:
    """Return three customers by name; Acme owes since September, Müller is on watch."""
    acme = make_customer(store, "Acme Ltd", number="10001", account_manager="Ana")
    zum = make_customer(store, "Zum Anker", number="10002", account_manager="Ben")
    mueller = make_customer(
        store, "Müller & Söhne", number="10003", credit_status=CreditStatus.WATCH
    )
    make_invoice(store, acme, "100.00", invoiced_on=date(2026, 9, 1), terms_days=10)
    make_order(store, zum, number="4711")
    return {"Acme Ltd": acme, "Zum Anker": zum, "Müller & Söhne": mueller}


@pytest.fixture
def open_page(desk) -> Iterator[Callable[..., CustomersPage]]:
    """Return what opens the list at a size; pages go before their desk."""
    pages: list[CustomersPage] = []

    def show(size: tuple[int, int] = SIZE) -> CustomersPage:
        page = CustomersPage(desk)
        pages.append(page)
        page.resize(*size)
        page.show()
        for _ in range(3):
            QApplication.processEvents()
        return page

    yield show
    for page in pages:
        page.hide()
        delete(page)


@pytest.fixture
def page(open_page, company) -> CustomersPage:
    """Return the list of the three customers."""
    return open_page()


@pytest.fixture
def names(page) -> Callable[[], list[str]]:
    """Return what tells the names in the list, from top to bottom."""

    def listed() -> list[str]:
        QApplication.processEvents()
        rows = [page.list.model.row_at(row) for row in range(page.list.model.rowCount())]
        return [row.name for row in rows if row is not None]

    return listed
