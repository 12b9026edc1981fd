"""Where does a figure of the strip lead? One hit opens the record, more open the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from loyaldesk.queries.timeline import TimelineFilter
from loyaldesk.ui.customers.counter_words import overdue_items

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.queries.customer_page import CustomerPage, OpenItem
    from loyaldesk.ui.customers.page_body import PageBody
    from loyaldesk.ui.desk import Desk

__all__ = ["CounterWays"]


class CounterWays(QObject):
    """Goes where a counter, or a line of the brief, points."""

    edit_wanted = Signal(str)

    def __init__(self, desk: Desk, body: PageBody) -> None:
        super().__init__(body)
        self._desk, self._body = desk, body
        self.shown: CustomerPage | None = None

    @Slot(object)
    def go(self, key: str) -> None:
        """Open the one record that is counted, or the list of them."""
        rows = self.shown
        if rows is None:
            return
        goes: dict[str, Callable[[CustomerPage], object]] = {
            "orders": self._orders,
            "acknowledge": lambda _: self.acknowledge(),
            "items": lambda found: self._items(list(found.open_items)),
            "overdue": lambda found: self._items(overdue_items(found)),
            "documents": self._documents,
            "activities": lambda _: self._timeline(TimelineFilter.PEOPLE),
            "members": self._members,
            "statement": self._statement,
            "account": lambda _: self._body.show_right("account"),
            "edit": lambda _: self.edit_wanted.emit("credit_status"),
        }
        goes[key](rows)

    def acknowledge(self) -> None:
        """Open the one order that waits for its acknowledgement, or the open orders."""
        rows = self.shown
        waiting = [o.id for o in rows.open_orders if o.status == "submitted"] if rows else []
        if len(waiting) == 1:
            self._desk.ways.acknowledgement_wanted.emit(waiting[0])
        else:
            self._show_orders()

    def _orders(self, rows: CustomerPage) -> None:
        if len(rows.open_orders) == 1:
            self._desk.ways.order_wanted.emit(rows.open_orders[0].id)
        else:
            self._show_orders()

    def _show_orders(self) -> None:
        self._body.show_right("orders")
        self._body.right.orders.setFocus()

    def _items(self, items: list[OpenItem]) -> None:
        if len(items) == 1:
            self._body.right.open_item(items[0].kind, items[0].id)
            return
        self._body.show_right("items")
        self._body.right.items.setFocus()
        if items:
            self._body.right.items.choose((items[0].kind, items[0].id))

    def _documents(self, rows: CustomerPage) -> None:
        if rows.counters.documents == 1 and rows.documents:
            self._desk.ways.document_wanted.emit(rows.documents[0].id)
        elif rows.counters.documents > len(rows.documents):
            self._timeline(TimelineFilter.DOCUMENTS)
        else:
            self._body.show_right("documents")
            self._body.right.documents.setFocus()

    def _timeline(self, shown: TimelineFilter) -> None:
        self._body.middle.show_side(side=False)
        self._body.middle.timeline.show_filter(shown)
        self._body.middle.timeline.view.setFocus()

    def _members(self, rows: CustomerPage) -> None:
        if len(rows.members) == 1:
            self._desk.ways.customer_wanted.emit(rows.members[0].id)
        elif rows.members:
            self._body.show_left("family")
            self._body.left.family.members.setFocus()

    def _statement(self, rows: CustomerPage) -> None:
        if rows.counters.last_statement is None:
            self._desk.ways.statement_wanted.emit(rows.head.id)
        else:
            self._timeline(TimelineFilter.ORDERS_AND_MONEY)
