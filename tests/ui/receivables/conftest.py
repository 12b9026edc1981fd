"""What do the forms of receivables stand on? One customer with two open invoices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from loyaldesk.ui.receivables.invoice_dialog import InvoiceDialog
from loyaldesk.ui.receivables.payment_dialog import PaymentDialog
from tests.support.factories import make_customer, make_invoice

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class Debtor:
    """The ids that the tests look at."""

    id: int
    older: int
    newer: int


@pytest.fixture
def debtor(store) -> Debtor:
    """Return a customer who owes 100.00 since October and 50.00 since November."""
    customer = make_customer(store, "Hartmann & Töchter", number="4711")
    older = make_invoice(store, customer, "100.00", number="R1", invoiced_on=date(2026, 10, 1))
    newer = make_invoice(store, customer, "50.00", number="R2", invoiced_on=date(2026, 11, 1))
    return Debtor(customer, older, newer)


@pytest.fixture
def open_invoice(desk, debtor, keep) -> Callable[[], InvoiceDialog]:
    """Return what opens the form of a new invoice."""
    return lambda: keep(InvoiceDialog(desk, debtor.id))


@pytest.fixture
def open_payment(desk, debtor, keep) -> Callable[[], PaymentDialog]:
    """Return what opens the form of a new payment."""
    return lambda: keep(PaymentDialog(desk, debtor.id))
