"""All customers in one list, with the call brief of the one under the cursor beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Slot

from loyaldesk.queries.list_search import count_customers, search_customer_ids
from loyaldesk.queries.list_sums import sum_overdue
from loyaldesk.queries.lists import read_customer_rows
from loyaldesk.ui.customers.list_columns import customer_columns, export_headings, export_values
from loyaldesk.ui.lists.list_page import ListPage
from loyaldesk.ui.lists.plan import FilterChoice, ListPlan, ListWish
from loyaldesk.ui.lists.preview_pane import PreviewPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.customers.list_preview import CustomerPreview
    from loyaldesk.ui.desk import Desk

__all__ = ["CustomersPage"]

PREVIEW_WIDTH = 320
TABLES = ("customer", "contact", "address", "sales_order", "invoice", "allocation", "activity")

translate = QCoreApplication.translate


class CustomersPage(ListPage):
    """The list of customers; Enter opens one, Space shows or hides the preview."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(desk), parent)
        self.preview: CustomerPreview | None = None
        new = self.head.add_primary(desk.theme, self.tr("New customer"), "plus")
        new.clicked.connect(self.begin)
        self.opened.connect(desk.ways.customer_wanted)
        self.pane = PreviewPane(
            desk,
            self,
            width=PREVIEW_WIDTH,
            make=self._make_preview,
            show_current=self._show_current,
        )
        desk.news.changed.connect(self._hear)

    @Slot()
    def begin(self) -> None:
        """Open the form of a new customer."""
        self._desk.ways.new_customer_wanted.emit()

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer the papers that can be made for a customer."""
        ways = self._desk.ways
        return (
            (self.tr("Statement of account…"), partial(ways.statement_wanted.emit, row_id)),
            (self.tr("New order…"), partial(ways.new_order_wanted.emit, row_id)),
            (self.tr("New invoice…"), partial(ways.new_invoice_wanted.emit, row_id)),
            (self.tr("Record payment…"), partial(ways.new_payment_wanted.emit, row_id)),
        )

    def _make_preview(self) -> CustomerPreview:
        # Imported here: the first rows do not wait for what the preview needs.
        from loyaldesk.ui.customers.list_preview import CustomerPreview

        self.preview = CustomerPreview(self._desk)
        return self.preview

    def _show_current(self) -> None:
        if self.preview is not None:
            self.preview.show_customer(self.list.view.current_id())

    @Slot(object)
    def _hear(self, changes: Any) -> None:
        if changes.touches(*TABLES):
            self.pane.follow()


def _plan(desk: Desk) -> ListPlan:
    def words(text: str) -> str:
        return translate("CustomersPage", text)

    return ListPlan(
        key="customers",
        title=words("Customers"),
        nouns=(words("customer"), words("customers")),
        columns=customer_columns(desk),
        filters=(
            FilterChoice("credit_hold", words("Credit hold or watch"), "hand"),
            FilterChoice("quiet", words("No contact > 60 d"), "clock"),
            FilterChoice("overdue", words("Overdue > 30"), "circle-alert"),
            FilterChoice("open_orders", words("Open orders"), "package"),
            FilterChoice("key_account", words("Key accounts"), "star"),
        ),
        first=ListWish("name"),
        list_ids=search_customer_ids,
        read_rows=read_customer_rows,
        count=count_customers,
        sums=sum_overdue,
        sum_words=words("Overdue in this list: {0}"),
        headings=export_headings(),
        values=export_values,
        tables=TABLES,
        nothing=(
            words("No customers yet"),
            words("Customers that you enter or import are listed here."),
            words("New customer"),
            "users",
        ),
        whose=(("mine", words("Mine")), ("", words("All"))),
    )
