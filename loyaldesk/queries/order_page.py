"""Everything the page of one order shows, its chain from order to payment, and sales history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.domain.order_steps import StepFacts
from loyaldesk.errors import Refused
from loyaldesk.queries.book import row, rows, value
from loyaldesk.queries.customer_page import DocumentBrief
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = [
    "AcknowledgementRow", "OrderHead", "OrderInvoice", "OrderLineRow", "OrderPage",
    "OrderPayment", "find_order", "read_order_page",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderHead:
    """The order itself."""

    id: int
    number: str
    customer_id: int
    customer_number: str
    customer_name: str
    contact_id: int | None
    contact_name: str | None
    status: str
    hold_reason: str
    customer_po: str
    customer_po_on: date | None
    ordered_on: date
    channel: str
    requested_on: date | None
    promised_on: date | None
    acknowledged_on: date | None
    released_on: date | None
    shipped_on: date | None
    invoiced_on: date | None
    followed_up_on: date | None
    currency: str
    net: Money
    freight: Money
    freight_tax_ppm: int
    tax: Money
    total: Money
    terms_days: int
    delivery_terms: str
    ship_via: str
    salesperson: str
    ship_recipient: str
    ship_street: str
    ship_postcode: str
    ship_town: str
    ship_region: str
    ship_country: str
    notes: str
    source_system: str | None
    source_key: str | None
    received_at: datetime | None
    asked_terms_days: int | None
    asked_delivery_terms: str | None
    terms_reason: str
    phoned_on: date | None
    process_reviewed_on: date | None


@dataclass(frozen=True, slots=True)
class OrderLineRow:
    """One line of an order."""

    id: int
    position: int
    product_id: int | None
    item_number: str
    customer_item_number: str
    description: str
    quantity_milli: int
    shipped_milli: int
    unit: str
    unit_price_micro: int
    discount_ppm: int
    tax_ppm: int
    net: Money
    requested_on: date | None
    promised_on: date | None
    shipped_on: date | None
    asked_quantity_milli: int | None
    asked_price_micro: int | None
    asked_item: str | None
    difference_reason: str

    @property
    def balance_milli(self) -> int:
        """What is still owed, in thousandths."""
        return max(self.quantity_milli - self.shipped_milli, 0)

    @property
    def wanted_on(self) -> date | None:
        """The day the customer wants what is still owed, where none is promised."""
        is_undated = self.promised_on is None and self.balance_milli
        return self.requested_on if is_undated else None

    def days_late(self, today: date) -> int | None:
        """Return how many days after its promise the line shipped, or is late today.

        None: nothing was promised. Zero or less: kept, or still in time.
        """
        if self.promised_on is None:
            return None
        return ((self.shipped_on or today) - self.promised_on).days


@dataclass(frozen=True, slots=True)
class OrderInvoice:
    """An invoice or credit note of the order."""

    id: int
    kind: str
    number: str
    invoiced_on: date
    due_on: date | None
    total: Money
    open: Money


@dataclass(frozen=True, slots=True)
class OrderPayment:
    """The part of a payment that settled an invoice of the order."""

    id: int
    number: str
    invoice_number: str
    amount: Money
    applied_on: date


@dataclass(frozen=True, slots=True)
class AcknowledgementRow:
    """An acknowledgement that was issued."""

    id: int
    number: str
    revision: int
    document_id: int
    issued_at: datetime
    issued_by: str
    copies: int


@dataclass(frozen=True, slots=True)
class OrderPage:
    """The whole page: order → acknowledgement → delivery → invoice → payment → papers."""

    head: OrderHead
    lines: tuple[OrderLineRow, ...]
    acknowledgements: tuple[AcknowledgementRow, ...]
    invoices: tuple[OrderInvoice, ...]
    payments: tuple[OrderPayment, ...]
    documents: tuple[DocumentBrief, ...]

    @property
    def paid_on(self) -> date | None:
        """The day the last payment came, once nothing of its invoices is open.

        A credit note not yet used is the customer's money: it does not keep the order unpaid.
        """
        invoices = [each for each in self.invoices if each.kind == "invoice"]
        if not invoices or any(invoice.open for invoice in invoices):
            return None
        return max((payment.applied_on for payment in self.payments), default=None)

    @property
    def wanted_on(self) -> date | None:
        """The last day the customer wants what is still owed, where nothing at all is promised."""
        if self.head.promised_on is not None:
            return None
        return max((line.wanted_on for line in self.lines if line.wanted_on), default=None)

    def unmet_wishes(self, today: date) -> int:
        """Return how many lines should have come by now, if it went by the customer's wish.

        Of a cancelled order nothing is to come, nor of one that has shipped.
        """
        if self.head.status == "cancelled" or self.head.shipped_on is not None:
            return 0
        return sum(1 for line in self.lines if line.wanted_on and line.wanted_on < today)

    def step_facts(self, today: date) -> StepFacts:
        """Return what the step bar is made of."""
        head = self.head
        dues = [i.due_on for i in self.invoices if i.open and i.due_on]
        return StepFacts(
            today=today,
            ordered_on=head.ordered_on,
            acknowledged_on=head.acknowledged_on,
            released_on=head.released_on,
            shipped_on=head.shipped_on,
            promised_on=head.promised_on,
            invoiced_on=head.invoiced_on,
            paid_on=self.paid_on,
            due_on=min(dues, default=None),
            followed_up_on=head.followed_up_on,
            is_cancelled=head.status == "cancelled",
        )


def find_order(source: Source, *, number: str) -> int:
    """Return the id of the order with that number, or refuse."""
    found = value(source, "order.id_by_number", number=number)
    if found is None:
        raise Refused(f"There is no order with the number “{number}”.", field="number")
    return int(found)


def read_order_page(source: Source, *, order_id: int) -> OrderPage:
    """Return everything the page shows, in six statements; refuses a missing order."""
    found = row(source, "order.head", order_id=order_id)
    if found is None:
        raise Refused("This order no longer exists.")
    head = _head(found)
    lines = rows(source, "order.lines", order_id=order_id)
    return OrderPage(
        head=head,
        lines=tuple(_line(r, head.currency) for r in lines),
        acknowledgements=tuple(
            AcknowledgementRow(*[*r[:4], datetime.fromisoformat(r[4]), *r[5:]])
            for r in rows(source, "order.letters", order_id=order_id)
        ),
        invoices=tuple(
            OrderInvoice(
                key, kind, number, date.fromisoformat(on), day_or_none(due), Money(total, currency),
                Money(still_open, currency),
            )
            for key, kind, number, on, due, currency, total, still_open in rows(
                source, "order.invoices", order_id=order_id
            )
        ),
        payments=tuple(
            OrderPayment(key, number, invoice, Money(amount, currency), date.fromisoformat(on))
            for key, number, invoice, currency, amount, on in rows(
                source, "order.payments", order_id=order_id
            )
        ),
        documents=tuple(
            DocumentBrief(key, name, kind, date.fromisoformat(filed), bool(pinned))
            for key, name, kind, filed, pinned in rows(
                source, "order.documents", order_id=order_id
            )
        ),
    )  # fmt: skip


def _head(found: tuple[Any, ...]) -> OrderHead:
    fields = list(found)
    for place in range(13, 20):
        fields[place] = day_or_none(fields[place])
    fields[10], fields[11] = day_or_none(fields[10]), date.fromisoformat(fields[11])
    for place in (21, 22, 24, 25):
        fields[place] = Money(fields[place], fields[20])
    fields[-6] = datetime.fromisoformat(fields[-6]) if fields[-6] else None
    fields[-2:] = [day_or_none(day) for day in fields[-2:]]
    return OrderHead(*fields)


def _line(found: tuple[Any, ...], currency: str) -> OrderLineRow:
    fields = list(found)
    fields[12] = Money(fields[12], currency)
    for place in (13, 14, 15):
        fields[place] = day_or_none(fields[place])
    return OrderLineRow(*fields)
