"""All orders in one list: open, late, on hold, still to be acknowledged."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot

from loyaldesk.queries.list_search import count_orders, search_order_ids
from loyaldesk.queries.list_sums import sum_orders
from loyaldesk.queries.lists import read_order_rows
from loyaldesk.ui.lists.list_page import ListPage
from loyaldesk.ui.lists.plan import FilterChoice, ListPlan, ListWish
from loyaldesk.ui.orders.list_columns import export_headings, export_values, order_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.lists import OrderRow
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["OrdersPage"]

translate = QCoreApplication.translate


class OrdersPage(ListPage):
    """The list of orders, newest first; Enter opens one inside its customer's tab."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(desk), parent)
        self.opened.connect(desk.ways.order_wanted)

    @Slot()
    def begin(self) -> None:
        """Go to the customers: an order is entered for one of them."""
        self._desk.ways.section_wanted.emit("customers")

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer the acknowledgement and the customer of an order."""
        ways = self._desk.ways
        offered: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Acknowledge…"), partial(ways.acknowledgement_wanted.emit, row_id))
        ]
        row = self.list.model.row_at(self.list.ids.index(row_id))
        if row is not None:
            customer = partial(ways.customer_wanted.emit, row.customer_id)
            offered.append((self.tr("Open customer"), customer))
        return offered


def _plan(desk: Desk) -> ListPlan:
    def words(text: str) -> str:
        return translate("OrdersPage", text)

    return ListPlan(
        key="orders",
        title=words("Orders"),
        nouns=(words("order"), words("orders")),
        columns=order_columns(desk),
        filters=(
            FilterChoice("open", words("Open"), "package"),
            FilterChoice("to_acknowledge", words("To acknowledge"), "clock"),
            FilterChoice("late", words("Late"), "clock-alert"),
            FilterChoice("on_hold", words("On hold"), "hand"),
        ),
        first=ListWish("ordered_on", descending=True),
        list_ids=search_order_ids,
        read_rows=_read_rows,
        count=count_orders,
        sums=sum_orders,
        sum_words=words("Value of this list: {0}"),
        headings=export_headings(),
        values=export_values,
        tables=("sales_order", "order_line", "customer"),
        nothing=(
            words("No orders yet"),
            words("Open a customer to enter an order for it."),
            words("Go to the customers"),
            "package",
        ),
    )


def _read_rows(source: Source, *, ids: list[int], today: date) -> dict[int, OrderRow]:
    del today
    return read_order_rows(source, ids=ids)
