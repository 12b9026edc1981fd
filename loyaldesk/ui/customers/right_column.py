"""What is open: orders, account, items, documents, and what was bought?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot

from loyaldesk.domain.money import Money
from loyaldesk.ui.customers.account_panel import AccountPanel
from loyaldesk.ui.customers.paper_marks import PaperMarks
from loyaldesk.ui.customers.record_items import document_items, open_item_rows, open_order_items
from loyaldesk.ui.customers.reminder_line import ReminderLine
from loyaldesk.ui.customers.sales_panel import SalesPanel
from loyaldesk.ui.customers.sections import SideColumn, SideSection
from loyaldesk.ui.customers.side_list import SideList
from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.item_list import Item
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.customer_page import CustomerPage
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.desk import Desk

__all__ = ["RightColumn"]

FEW_ITEMS = 12
MORE = ("more", 0)


class RightColumn(SideColumn):
    """The right column; what is opened goes through the desk's ways."""

    wanted = Signal(str)
    document_context = Signal(object, QPoint)

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, name=self.tr("What is open"), parent=parent)
        self._desk = desk
        self._shown: tuple[CustomerPage, Wording] | None = None
        theme = desk.theme
        self.orders = SideList(theme, name=self.tr("Open orders"))
        self.account = AccountPanel(theme)
        self.reminders = ReminderLine(desk, customer_id)
        self.items = SideList(theme, name=self.tr("Open items"))
        self.documents = SideList(theme, name=self.tr("Documents"))
        self.paper_marks = PaperMarks(desk, customer_id, self)
        self.sales = SalesPanel(desk, customer_id)
        self._orders = self._section("orders", self.tr("Open orders"), self.orders)
        self._account = self._section("account", self.tr("Account"), self.account)
        self._account.add_body(self.reminders)
        self._open_items = self._section("items", self.tr("Open items"), self.items)
        self._documents = self._section("documents", self.tr("Documents"), self.documents)
        self._sales = self._section("sales", self.tr("Sales history"), self.sales)
        if self._sales.wish is None:
            self._sales.start_folded()
        self._add_actions()
        self._connect()

    def show_customer(self, page: CustomerPage, say: Wording) -> None:
        """Show what is open with this customer."""
        self.orders.show_items(open_order_items(page, say) or [_nothing(self.tr("No open order"))])
        self._orders.head.set_count(str(len(page.open_orders)))
        self._orders.head.set_answer(_order_sums(page, say))
        self.account.show_account(page, say)
        late = any(amount for row in page.ageing for amount in list(row.buckets.values())[1:])
        self.reminders.show_customer(say, is_late=late)
        self._shown = (page, say)
        self._show_items(most=FEW_ITEMS if len(page.open_items) > FEW_ITEMS + 1 else None)
        self._open_items.head.set_count(str(len(page.open_items)))
        self._open_items.head.set_answer(say.sums(row.total for row in page.ageing))
        found = document_items(page, say)
        self.documents.show_items(found or [_nothing(self.tr("No document yet"))])
        self.paper_marks.show_items(found)
        self._documents.head.set_count(say.formats.number(page.counters.documents))
        self.sales.show_wording(say)

    @Slot(list)
    def _show_marked(self, items: list[Item]) -> None:
        if items:
            self.documents.show_items(items)

    def _section(self, key: str, title: str, body: QWidget) -> SideSection:
        section = SideSection(self._desk.theme, self._desk.state, key, title)
        section.add_body(body)
        self.add_section(section)
        return section

    def _add_actions(self) -> None:
        theme, small = self._desk.theme, TextStyle.SMALL_MEDIUM
        for title, command in (
            (self.tr("Statement"), "statement"),
            (self.tr("New invoice"), "new_invoice"),
        ):
            link = LinkButton(theme, title, style=small)
            link.clicked.connect(lambda _=False, c=command: self.wanted.emit(c))
            self._account.head.add_action(link)
        hint = TextLabel(theme, self.tr("Space previews"), TextStyle.SMALL, Tone.SECONDARY)
        self._documents.head.add_action(hint)
        self._documents.head.add_action(self.paper_marks.keep)

    def _connect(self) -> None:
        ways = self._desk.ways
        self.orders.row_activated.connect(ways.order_wanted.emit)
        self.orders.preview_wanted.connect(ways.order_wanted.emit)
        self.items.row_activated.connect(self._open_item)
        self.items.preview_wanted.connect(self._open_item)
        self.documents.row_activated.connect(ways.document_wanted.emit)
        self.documents.preview_wanted.connect(ways.document_wanted.emit)
        self.documents.row_context.connect(self.document_context)
        self.paper_marks.marked.connect(self._show_marked)
        self.account.bucket_chosen.connect(lambda _: self.show_section("items"))
        self._sales.head.folded_changed.connect(lambda folded: self.sales.unfold(shown=not folded))
        if not self._sales.head.folded:
            self.sales.unfold(shown=True)

    def _show_items(self, *, most: int | None) -> None:
        if self._shown is None:
            return
        shown = open_item_rows(*self._shown, most=most)
        rest = len(self._shown[0].open_items) - len(shown)
        if rest:
            words = self.tr("Show {0} more").format(rest)
            shown.append(Item(MORE, [Span(words, Tone.ACCENT)], icon="chevron-down"))
        self.items.show_items(shown or [_nothing(self.tr("Nothing is open"))])

    @Slot(object)
    def _open_item(self, key: tuple[str, int]) -> None:
        if key == MORE:
            self._show_items(most=None)
        else:
            self.open_item(*key)

    def open_item(self, kind: str, record_id: int) -> None:
        """Go to the page of an invoice, credit note or payment."""
        if kind == "payment":
            self._desk.ways.payment_wanted.emit(record_id)
        else:
            self._desk.ways.invoice_wanted.emit(record_id)


def _nothing(words: str) -> Item:
    return Item("", [Span(words, Tone.MUTED)], is_choosable=False)


def _order_sums(page: CustomerPage, say: Wording) -> str:
    codes = dict.fromkeys(order.total.currency for order in page.open_orders)
    return say.sums(
        Money.total((o.total for o in page.open_orders if o.total.currency == code), code)
        for code in codes
    )
