"""What does the head of an order say: where it belongs, which it is, how it stands?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from loyaldesk.ui.orders.order_words import UNFINISHED, days, short_day, status_chip
from loyaldesk.ui.widgets.buttons import Button, ButtonKind, IconButton, LinkButton
from loyaldesk.ui.widgets.chip_row import ChipRow
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import KeyCap, SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.order_page import OrderHead as HeadRow
    from loyaldesk.queries.order_page import OrderPage
    from loyaldesk.queries.order_view import Neighbours, OrderView
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderHead"]


class OrderHead(Sheet):
    """Breadcrumb, name, state, buttons, facts; `wanted` names the command that was chosen."""

    wanted = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk = desk
        theme = desk.theme
        self.customer = LinkButton(theme, "", style=TextStyle.SMALL)
        self.orders = LinkButton(theme, self.tr("Orders"), style=TextStyle.SMALL)
        self._crumb = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self._place = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.before = IconButton(
            theme, "chevron-up", self.tr("Previous order"), keys="Ctrl+Up", small=True
        )
        self.after = IconButton(
            theme, "chevron-down", self.tr("Next order"), keys="Ctrl+Down", small=True
        )
        self.title = TextLabel(theme, "", TextStyle.PAGE_TITLE)
        self.chips = ChipRow(theme)
        self.note = Button(theme, self.tr("Log call"), kind=ButtonKind.PRIMARY, icon="phone")
        self.acknowledge = Button(theme, self.tr("Acknowledge…"))
        self.invoice = Button(theme, self.tr("Invoice order"))
        self.hold = Button(theme, "")
        self.more = IconButton(theme, "ellipsis", self.tr("More"))
        self._facts = [SpanLabel(theme) for _ in range(5)]
        self.value = SpanLabel(theme)
        # An amount is never shortened.
        self.value.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._connect()

    @property
    def fact_words(self) -> list[str]:
        """The facts in words, those that are there."""
        return [label.text for label in self._facts if label.text]

    def show_order(self, view: OrderView) -> None:
        """Show an order as it stands."""
        page, head = view.page, view.page.head
        self.customer.setText(head.customer_name)
        self.customer.setAccessibleName(head.customer_name)
        self._crumb.setText(f"›  {head.number}")
        self.title.setText(self.tr("Order {0}").format(head.number))
        self.chips.show_chips(self._state(view))
        self._show_neighbours(view.neighbours)
        self._show_facts(head)
        self.hold.setText(self.tr("Release") if _waits(head) else self.tr("Hold…"))
        self.hold.setVisible(head.status in UNFINISHED)
        self.acknowledge.setVisible(head.status != "cancelled")
        self.invoice.setVisible(_has_to_invoice(page))

    def _lay_out(self) -> None:
        theme = self._desk.theme
        crumbs = QHBoxLayout()
        crumbs.setSpacing(4)
        for part in (self.customer, TextLabel(theme, "›", TextStyle.SMALL, Tone.SECONDARY)):
            crumbs.addWidget(part)
        crumbs.addWidget(self.orders)
        crumbs.addWidget(self._crumb)
        crumbs.addStretch(1)
        steps: list[QWidget] = [self._place, self.before, self.after, KeyCap(theme, "Ctrl+↑↓")]
        for step in steps:
            crumbs.addWidget(step)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.title)
        first.addWidget(self.chips, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.note, self.acknowledge, self.invoice, self.hold, self.more):
            first.addWidget(button)
        facts = QHBoxLayout()
        listed = FlowLayout(spacing=16)
        for label in self._facts:
            listed.addWidget(label)
        facts.addLayout(listed, 1)
        facts.addWidget(self.value, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(4)
        for row in (crumbs, first, facts):
            column.addLayout(row)

    def _connect(self) -> None:
        commands = {
            "customer": self.customer,
            "orders": self.orders,
            "acknowledge": self.acknowledge,
            "write_note": self.note,
            "invoice": self.invoice,
            "hold": self.hold,
            "more": self.more,
        }
        for command, button in commands.items():
            button.clicked.connect(lambda _=False, c=command: self.wanted.emit(c))
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))

    def _state(self, view: OrderView) -> list[Chip]:
        head = view.page.head
        chips = [status_chip(head.status)]
        if head.hold_reason:
            chips.append(Chip(self.tr("On hold: {0}").format(head.hold_reason), Tone.BAD, "hand"))
        late = self._late_lines(view.page)
        if late and head.status in UNFINISHED:
            one, many = self.tr("1 line late"), self.tr("{0} lines late").format(late)
            chips.append(Chip(one if late == 1 else many, Tone.BAD, "clock-alert"))
        unmet = view.page.unmet_wishes(self._desk.today())
        if unmet:
            one = self.tr("1 line past its wanted day")
            many = self.tr("{0} lines past their wanted day").format(unmet)
            chips.append(Chip(one if unmet == 1 else many, Tone.WARN, "clock-alert"))
        if view.credit_status == "hold":
            chips.append(Chip(self.tr("Credit: on hold"), Tone.BAD, "hand"))
        elif view.credit_status == "watch":
            chips.append(Chip(self.tr("Credit: on watch"), Tone.WARN, "triangle-alert"))
        return chips

    def _late_lines(self, page: OrderPage) -> int:
        today = self._desk.today()
        owed = (line for line in page.lines if line.balance_milli and line.promised_on)
        return sum(1 for line in owed if line.promised_on and line.promised_on < today)

    def _show_neighbours(self, near: Neighbours) -> None:
        words = self.tr("{0} of {1} open orders") if near.are_open else self.tr("{0} of {1} orders")
        number = self._desk.formats.number
        self._place.setText(words.format(number(near.place), number(near.count)))
        self.before.setEnabled(near.before is not None)
        self.after.setEnabled(near.after is not None)

    def _show_facts(self, head: HeadRow) -> None:
        parts = [
            ("user", self._ordered(head)),
            ("headset", self._taken(head)),
            ("truck", self._delivery(head)),
            ("calendar-clock", self._terms(head)),
            ("database", self._origin(head)),
        ]
        for label, (icon, spans) in zip(self._facts, parts, strict=True):
            label.set_spans(spans, icon=icon)
            label.setVisible(bool(spans))
        total = Span(self._desk.formats.money(head.net), style=TextStyle.PANEL_TITLE)
        self.value.set_spans([total, Span.small(" " + self.tr("net"))])

    def _ordered(self, head: HeadRow) -> list[Span]:
        parts = []
        if head.customer_po:
            parts.append(self.tr("their order {0}").format(head.customer_po))
        if head.customer_po_on:
            parts.append(self.tr("of {0}").format(self._day(head.customer_po_on)))
        if head.channel:
            parts.append(self.tr("by {0}").format(head.channel))
        spans = [Span.small(" ".join(parts))] if parts else []
        if not head.contact_name:
            return spans
        name = Span(head.contact_name, style=TextStyle.SMALL_STRONG)
        return [name, Span.small(", "), *spans] if spans else [name]

    def _taken(self, head: HeadRow) -> list[Span]:
        by = [Span(head.salesperson, style=TextStyle.SMALL_STRONG)] if head.salesperson else []
        return [*by, Span.small((" " if by else "") + self._day(head.ordered_on))]

    def _delivery(self, head: HeadRow) -> list[Span]:
        parts = [head.delivery_terms, head.ship_town, head.ship_via]
        words = " · ".join(part for part in parts if part)
        return [Span.small(words)] if words else []

    def _terms(self, head: HeadRow) -> list[Span]:
        net = self.tr("{0} net").format(days(self._desk.formats, head.terms_days))
        return [Span.small(net if head.terms_days else self.tr("due at once"))]

    def _origin(self, head: HeadRow) -> list[Span]:
        words = " ".join(part for part in (head.source_system, head.source_key) if part)
        return [Span.small(words)] if words else []

    def _day(self, day: date) -> str:
        return short_day(self._desk.formats, day, self._desk.today())


def _waits(head: HeadRow) -> bool:
    return bool(head.hold_reason) or head.released_on is None


def _has_to_invoice(page: OrderPage) -> bool:
    shipped = any(line.shipped_milli for line in page.lines)
    return shipped and page.head.status not in {"invoiced", "closed", "cancelled"}
