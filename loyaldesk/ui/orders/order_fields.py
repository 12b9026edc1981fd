"""What is typed about an order as a whole, when it is entered and when it is changed?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import round_half_up
from loyaldesk.ui.widgets.fields import ComboBox, LineEdit
from loyaldesk.ui.widgets.typed_edits import DateEdit, MoneyEdit, NumberEdit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.customer_summary import Person
    from loyaldesk.queries.order_page import OrderHead
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderFields"]

translate = QCoreApplication.translate
PER_CENT_TO_PPM = 10_000

Row = tuple[tuple[str, str, "QWidget"], ...]


class OrderFields:
    """The editors of an order's head, named like the arguments of its operations."""

    def __init__(self, desk: Desk) -> None:
        theme = desk.theme
        self.customer_po = LineEdit(theme)
        self.customer_po_on = DateEdit(theme, today=desk.today)
        self.ordered_on = DateEdit(theme, today=desk.today)
        self.requested_on = DateEdit(theme, today=desk.today)
        self.channel = ComboBox(theme)
        self.channel.addItems(_channels())
        self.contact = ComboBox(theme)
        self.contact.addItem("", None)
        self.freight = MoneyEdit(theme, currency="EUR")
        self.freight_tax = NumberEdit(theme, decimals=2, least=0)
        self.ship_via = LineEdit(theme)
        self.delivery_terms = LineEdit(theme)
        self.terms = NumberEdit(theme, decimals=0, least=0)
        self.asked_terms = NumberEdit(theme, decimals=0, least=0)
        self.asked_delivery = LineEdit(theme)
        self.terms_reason = LineEdit(theme)
        self._usual_terms: int | None = None

    def order_row(self) -> Row:
        """Return the fields that say who ordered what and when."""
        return (
            ("customer_po", translate("OrderFields", "Their order number"), self.customer_po),
            ("customer_po_on", translate("OrderFields", "of"), self.customer_po_on),
            ("channel", translate("OrderFields", "Came by"), self.channel),
            ("contact_id", translate("OrderFields", "Ordered by"), self.contact),
            ("ordered_on", translate("OrderFields", "Received on"), self.ordered_on),
            ("requested_on", translate("OrderFields", "Wanted on"), self.requested_on),
        )

    def delivery_row(self) -> Row:
        """Return the fields that say how it goes out and what that costs."""
        return (
            ("freight_minor", translate("OrderFields", "Freight"), self.freight),
            ("freight_tax_ppm", translate("OrderFields", "Tax on freight, %"), self.freight_tax),
            ("ship_via", translate("OrderFields", "Carrier"), self.ship_via),
            ("delivery_terms", translate("OrderFields", "Delivery terms"), self.delivery_terms),
        )

    def terms_row(self) -> Row:
        """Return the fields that say which terms we confirm, and which were asked for."""
        return (
            ("terms_days", translate("OrderFields", "Terms, days"), self.terms),
            ("asked_terms_days", translate("OrderFields", "Asked for, days"), self.asked_terms),
            (
                "asked_delivery_terms",
                translate("OrderFields", "Delivery asked for"),
                self.asked_delivery,
            ),
            ("terms_reason", translate("OrderFields", "Why other terms"), self.terms_reason),
        )

    def show_terms(self, terms_days: int) -> None:
        """Show the terms that hold unless others are typed."""
        self._usual_terms = terms_days
        if self.terms.value() is None:
            self.terms.set_value(terms_days)

    def offer_people(self, people: Iterable[Person], chosen: int | None = None) -> None:
        """Offer the people of the customer, one of them chosen."""
        for person in people:
            self.contact.addItem(person.name, person.id)
        self.contact.setCurrentIndex(max(self.contact.findData(chosen), 0))

    def show(self, head: OrderHead) -> None:
        """Show what the order says now; its person is shown by `offer_people`."""
        self.customer_po.setText(head.customer_po)
        self.customer_po_on.set_value(head.customer_po_on)
        self.ordered_on.set_value(head.ordered_on)
        self.requested_on.set_value(head.requested_on)
        # An imported order may have come by a way that is not offered.
        if self.channel.findText(head.channel) < 0:
            self.channel.addItem(head.channel)
        self.channel.setCurrentText(head.channel)
        self.freight.set_currency(head.currency)
        if head.freight.minor:
            self.freight.set_money(head.freight)
        percent = Decimal(head.freight_tax_ppm) / PER_CENT_TO_PPM
        self.freight_tax.set_value(percent or None)
        self.ship_via.setText(head.ship_via)
        self.delivery_terms.setText(head.delivery_terms)
        self.show_terms(head.terms_days)
        self.asked_terms.set_value(head.asked_terms_days)
        self.asked_delivery.setText(head.asked_delivery_terms or "")
        self.terms_reason.setText(head.terms_reason)

    @property
    def freight_minor(self) -> int:
        """The freight as typed, in minor units."""
        money = self.freight.money()
        return money.minor if money else 0

    @property
    def freight_tax_ppm(self) -> int:
        """The rate of tax on the freight as typed, in parts per million."""
        return round_half_up((self.freight_tax.value() or Decimal()) * PER_CENT_TO_PPM)

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the operations take it."""
        return {
            "customer_po": self.customer_po.text().strip(),
            "customer_po_on": self.customer_po_on.value(),
            "ordered_on": self.ordered_on.value(),
            "requested_on": self.requested_on.value(),
            "channel": self.channel.currentText(),
            "contact_id": self.contact.currentData(),
            "freight_minor": self.freight_minor,
            "freight_tax_ppm": self.freight_tax_ppm,
            "ship_via": self.ship_via.text().strip(),
            "delivery_terms": self.delivery_terms.text().strip(),
            "terms_days": _count(self.terms.value(), self._usual_terms),
            "asked_terms_days": _count(self.asked_terms.value()),
            "asked_delivery_terms": self.asked_delivery.text().strip() or None,
            "terms_reason": self.terms_reason.text().strip(),
        }


def _count(value: Decimal | None, otherwise: int | None = None) -> int | None:
    return otherwise if value is None else int(value)


def _channels() -> list[str]:
    return [
        translate("OrderFields", "phone"),
        translate("OrderFields", "e-mail"),
        translate("OrderFields", "letter"),
        translate("OrderFields", "web"),
    ]
