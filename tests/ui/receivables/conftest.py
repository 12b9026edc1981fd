"""What do the forms of receivables stand on? One customer with two open invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from loyaldesk.ui.receivables.invoice_dialog import InvoiceDialog
from loyaldesk.ui.receivables.payment_dialog import PaymentDialog
from tests.support.desks import NOW, Heard, desk_of, hear
from tests.support.factories import make_customer, make_invoice
from tests.support.stores import Clock, fresh_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk

TODAY = date(2026, 11, 20)


@dataclass
class Debtor:
    """The ids that the tests look at."""

    id: int
    older: int
    newer: int


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """Return an empty store in which it is the 20th of November 2026."""
    opened = fresh_store(tmp_path / "profile", clock=Clock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def desk(theme, store, tmp_path) -> Desk:
    """Return a desk whose jobs are answered at once."""
    return desk_of(theme, store, tmp_path)


@pytest.fixture
def heard(desk) -> Heard:
    """Return what the forms say from now on."""
    return hear(desk, [])


@pytest.fixture
def debtor(store) -> Debtor:
    """Return a customer who owes 100.00 since October and 50.00 since November."""
    customer = make_customer(store, "Hartmann & Töchter", number="4711")
    older = make_invoice(store, customer, "100.00", number="R1", invoiced_on=date(2026, 10, 1))
    newer = make_invoice(store, customer, "50.00", number="R2", invoiced_on=date(2026, 11, 1))
    return Debtor(customer, older, newer)


@pytest.fixture
def keep() -> Iterator[Callable[[QWidget], QWidget]]:
    """Return what shows a widget and keeps it until the end of the test."""
    kept: list[QWidget] = []

    def show(widget: QWidget) -> QWidget:
        kept.append(widget)
        widget.show()
        QApplication.processEvents()
        return widget

    yield show
    for widget in kept:
        if isValid(widget):
            delete(widget)


@pytest.fixture
def open_invoice(desk, debtor, keep) -> Callable[[], InvoiceDialog]:
    """Return what opens the form of a new invoice."""
    return lambda: keep(InvoiceDialog(desk, debtor.id))


@pytest.fixture
def open_payment(desk, debtor, keep) -> Callable[[], PaymentDialog]:
    """Return what opens the form of a new payment."""
    return lambda: keep(PaymentDialog(desk, debtor.id))
