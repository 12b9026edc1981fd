"""One open customer: its page, and the order, invoice, payment or document opened on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from loyaldesk.ui.shell.sections import make_page

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["RECORD_PAGES", "CustomerStack"]

CUSTOMER_PAGE = "loyaldesk.ui.customers.page:CustomerPage"
RECORD_PAGES = {
    "order": "loyaldesk.ui.orders.page:OrderPage",
    "invoice": "loyaldesk.ui.receivables.invoice_page:InvoicePage",
    "payment": "loyaldesk.ui.receivables.payment_page:PaymentPage",
    "document": "loyaldesk.ui.documents.viewer:DocumentViewer",
}


class CustomerStack(QStackedWidget):
    """The content of a customer's tab; at most one record lies on top of the customer page."""

    title_changed = Signal(str)
    unsaved_changed = Signal(bool)

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.customer_id = customer_id
        self.page: Any = make_page(CUSTOMER_PAGE, desk, customer_id, parent=self)
        self.page.title_changed.connect(self.title_changed)
        self.page.unsaved_changed.connect(self.unsaved_changed)
        self.addWidget(self.page)
        self._shown: tuple[str, int] = ("", 0)

    def show_customer(self) -> None:
        """Show the customer page itself."""
        self.setCurrentWidget(self.page)
        self._drop_others()
        self._shown = ("", 0)

    def show_record(self, kind: str, record_id: int) -> None:
        """Show an order, invoice, payment or document of this customer."""
        if self._shown != (kind, record_id):
            record = make_page(RECORD_PAGES[kind], self._desk, record_id, parent=self)
            self.addWidget(record)
            self.setCurrentWidget(record)
            self._drop_others()
            self._shown = (kind, record_id)
        self.setCurrentIndex(self.count() - 1)

    def _drop_others(self) -> None:
        for index in reversed(range(self.count())):
            widget = self.widget(index)
            if widget is not None and widget not in {self.page, self.currentWidget()}:
                self.removeWidget(widget)
                widget.deleteLater()
