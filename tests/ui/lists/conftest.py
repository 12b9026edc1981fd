"""Which list do these tests look at? That of customers: three of them, one on hold, one owing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from loyaldesk.models import CreditStatus
from loyaldesk.ui.customers.list_page import CustomersPage
from tests.support.factories import make_customer, make_invoice, make_order

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1256, 793)


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
def open_page(desk, keep) -> Callable[..., CustomersPage]:
    """Return what opens the list at a size."""
    return lambda size=SIZE: keep(CustomersPage(desk), size)


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
