"""What should one know of the customer under the cursor without opening it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.queries.customer_page import CustomerPage, read_customer_page
from loyaldesk.ui.customers.account_panel import AccountPanel
from loyaldesk.ui.customers.brief_panel import BriefPanel
from loyaldesk.ui.customers.identity_words import state_chips
from loyaldesk.ui.customers.record_items import contact_items
from loyaldesk.ui.customers.sections import SideColumn
from loyaldesk.ui.customers.timeline_rows import RowMaker
from loyaldesk.ui.customers.wording import Wording
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.chip_row import ChipRow
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import KeyCap, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Hairline
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.timeline import TimelineEntry
    from loyaldesk.ui.desk import Desk

__all__ = ["CustomerPreview"]

LATELY = 3


class CustomerPreview(SideColumn):
    """Name, state, brief, first contact, account and what happened lately."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, name=self.tr("Preview"), parent=parent)
        self._desk = desk
        self.customer_id = -1
        theme = desk.theme
        self._name = TextLabel(theme, "", TextStyle.PANEL_TITLE, wrap=True)
        self._number = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self.chips = ChipRow(theme)
        self.open = Button(theme, self.tr("Open"), kind=ButtonKind.PRIMARY)
        self.statement = Button(theme, self.tr("Statement"), icon="file-clock")
        self.order = Button(theme, self.tr("New order"), icon="package-plus")
        self.brief = BriefPanel(theme)
        self.contact = ItemList(theme, name=self.tr("Contact"))
        self.account = AccountPanel(theme)
        self.lately = ItemList(theme, name=self.tr("Lately"))
        self._lately_head = SectionHead(theme, self.tr("Lately"), foldable=False)
        self._lay_out()
        self._connect()
        self._sheet = cast("QWidget", self.widget())
        self._sheet.hide()

    def show_customer(self, customer_id: int) -> None:
        """Read and show a customer; only the latest one asked for counts."""
        self.customer_id = customer_id
        if customer_id < 0:
            self._sheet.hide()
            return
        self._desk.jobs.read(
            read_customer_page,
            owner=self,
            then=self._show,
            failed=lambda _: self._sheet.hide(),
            replaces="preview",
            customer_id=customer_id,
            today=self._desk.today(),
        )

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._name, 1)
        head.addWidget(self._number)
        buttons = FlowLayout()
        for button in (self.open, self.statement, self.order):
            buttons.addWidget(button)
        self.add_widget(_held(head))
        self.add_widget(self.chips)
        self.add_widget(_held(buttons))
        self.add_widget(self.brief)
        for title, body in ((self.tr("Contact"), self.contact), (self.tr("Account"), self.account)):
            self.add_widget(SectionHead(theme, title, foldable=False))
            self.add_widget(body)
            self.add_widget(Hairline(theme))
        self.add_widget(self._lately_head)
        self.add_widget(self.lately)
        self.add_widget(_held(self._keys()))

    def _keys(self) -> QHBoxLayout:
        theme = self._desk.theme
        keys = QHBoxLayout()
        keys.setSpacing(4)
        for part in (
            TextLabel(theme, self.tr("Next and previous"), TextStyle.SMALL, Tone.SECONDARY),
            KeyCap(theme, "J"),
            KeyCap(theme, "K"),
            TextLabel(theme, self.tr("this preview"), TextStyle.SMALL, Tone.SECONDARY),
            KeyCap(theme, "Space"),
        ):
            keys.addWidget(part)
        keys.addStretch(1)
        return keys

    def _connect(self) -> None:
        ways = self._desk.ways
        self.open.clicked.connect(lambda: ways.customer_wanted.emit(self.customer_id))
        self.statement.clicked.connect(lambda: ways.statement_wanted.emit(self.customer_id))
        self.order.clicked.connect(lambda: ways.new_order_wanted.emit(self.customer_id))
        self.brief.line_opened.connect(lambda _: ways.customer_wanted.emit(self.customer_id))
        self.account.bucket_chosen.connect(lambda _: ways.customer_wanted.emit(self.customer_id))
        self.contact.row_activated.connect(lambda _: ways.customer_wanted.emit(self.customer_id))
        self.lately.row_activated.connect(self._open_entry)

    def _show(self, page: CustomerPage) -> None:
        say = Wording(self._desk.formats, page.as_of)
        self._name.setText(page.head.name)
        self._number.setText(page.head.number)
        self.chips.show_chips(state_chips(page.head, say))
        self.brief.show_brief(page, self._desk.now(), say)
        self.contact.show_items(contact_items(page)[:1])
        self.account.show_account(page, say)
        self._show_lately(page, say)
        self._sheet.show()

    def _show_lately(self, page: CustomerPage, say: Wording) -> None:
        maker = RowMaker(say, currency=page.head.currency)
        entries = page.timeline[:LATELY]
        self._lately_head.setVisible(bool(entries))
        self.lately.show_items([_lately(maker, entry, say) for entry in entries])

    @Slot(object)
    def _open_entry(self, key: tuple[str, int]) -> None:
        what, record_id = key
        ways = self._desk.ways
        wishes = {
            "order": ways.order_wanted,
            "invoice": ways.invoice_wanted,
            "credit_note": ways.invoice_wanted,
            "payment": ways.payment_wanted,
            "document": ways.document_wanted,
            "acknowledgement": ways.document_wanted,
            "statement": ways.document_wanted,
            "reminder": ways.document_wanted,
        }
        if what in wishes:
            wishes[what].emit(record_id)
        else:
            ways.customer_wanted.emit(self.customer_id)


def _held(layout: QHBoxLayout | FlowLayout) -> QWidget:
    holder = QWidget()
    whole = QVBoxLayout(holder)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addLayout(layout)
    return holder


def _lately(maker: RowMaker, entry: TimelineEntry, say: Wording) -> Item:
    row = maker.row(entry)
    words = " ".join(part for part in (row.subject, row.text) if part)
    return Item(
        (entry.what, entry.record_id),
        [Span(words)],
        right=say.day(entry.day),
        icon=row.icon,
        icon_tone=row.icon_tone,
        tip=words,
    )
