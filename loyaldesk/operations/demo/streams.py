"""How the records of a sized demo are told one after the other, for the gate's fast lane.

Every function yields rows as SQLite keeps them, in the columns named beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from loyaldesk.operations.demo.scale import (
    HEAVY_CUSTOMER,
    HEAVY_NAME,
    TERMS_DAYS,
    Scale,
    sums_of,
)
from loyaldesk.operations.demo.vocabulary import Vocabulary

__all__ = [
    "ACTIVITY", "ADDRESS", "ALLOCATION", "CONTACT", "CUSTOMER", "DOCUMENT", "INVOICE",
    "INVOICE_LINE", "ORDER", "ORDER_LINE", "PAYMENT", "activities", "addresses", "allocations",
    "contacts", "customers", "documents", "invoice_lines", "invoices", "order_lines", "orders",
    "payments",
]  # fmt: skip

Rows = Iterator[tuple[Any, ...]]

CUSTOMER = (
    "number", "name", "segment", "territory", "account_manager", "language", "currency",
    "country", "town", "phone", "email", "terms_days", "credit_limit_minor", "is_key_account",
    "customer_since", "last_contact_on",
)  # fmt: skip
CONTACT = ("customer_id", "given_name", "family_name", "role", "phone", "is_primary")
ADDRESS = ("customer_id", "street", "postcode", "town", "country")
ORDER = (
    "number", "customer_id", "status", "customer_po", "ordered_on", "channel", "requested_on",
    "promised_on", "acknowledged_on", "shipped_on", "invoiced_on", "currency", "net_minor",
    "tax_minor", "total_minor",
)  # fmt: skip
ORDER_LINE = (
    "order_id", "position", "item_number", "description", "quantity_milli", "shipped_milli",
    "unit", "unit_price_micro", "discount_ppm", "tax_ppm", "net_minor", "promised_on",
    "shipped_on",
)  # fmt: skip
INVOICE = (
    "number", "customer_id", "order_id", "invoiced_on", "due_on", "terms_days", "currency",
    "net_minor", "tax_minor", "total_minor", "open_minor", "customer_po", "recorded_at",
)  # fmt: skip
INVOICE_LINE = (
    "invoice_id", "position", "order_line_id", "item_number", "description", "quantity_milli",
    "unit", "unit_price_micro", "discount_ppm", "tax_ppm", "net_minor",
)  # fmt: skip
PAYMENT = (
    "number", "customer_id", "received_on", "currency", "amount_minor", "unallocated_minor",
    "method", "recorded_at",
)  # fmt: skip
ALLOCATION = (
    "customer_id", "payment_id", "invoice_id", "amount_minor", "applied_on", "recorded_at",
)  # fmt: skip
ACTIVITY = ("customer_id", "kind", "happened_at", "subject", "body", "topic", "author")
DOCUMENT = ("customer_id", "file_id", "kind", "name", "pages", "filed_on", "filed_by")

_TOWNS = ("Hamburg", "Bremen", "Köln", "München", "Lyon", "Bristol", "Zürich", "Kraków", "Boston")
_SEGMENTS = ("Delicatessen", "Restaurants", "Retail group", "Catering", "Importer")
_MANAGERS = ("Ana Kovač", "Ben Thorne", "Claire Dumont")
_ROLES = ("Purchasing", "Owner", "Accounts payable")
_TALKS = (
    ("call", "When does the order come?", "Delivery date"),
    ("email", "Asks for the price of a full pallet", "Prices"),
    ("note", "Closed between the years", "Organisation"),
)
_AT = "T10:15:00.000Z"


def customers(scale: Scale) -> Rows:
    """Yield the customers; their names are drawn from many thousand words."""
    vocabulary, days = Vocabulary(scale.seed), scale.days
    for n in range(scale.customers):
        drawn, (country, currency) = scale.draw(n, 6), scale.home(n)
        name = vocabulary.company() if n else HEAVY_NAME
        contact_age = scale.contact_age(n)
        town = _TOWNS[drawn % 9] if drawn & 512 else f"{vocabulary.word()}hausen"
        yield (
            str(int(HEAVY_CUSTOMER) + n), name, _SEGMENTS[drawn % 5], f"T{drawn % 40:02}",
            _MANAGERS[drawn % 3], "de" if currency == "EUR" else "en", currency, country, town,
            f"+49 {30 + drawn % 900} {drawn >> 20 & 0xFFFFFF}", f"kontor{n}@firma.example",
            TERMS_DAYS, 100_000 + drawn % 90 * 50_000, int(n == 0),
            days[-1], None if contact_age is None else days[contact_age],
        )  # fmt: skip


def contacts(scale: Scale, first_customer: int) -> Rows:
    """Yield one person for every customer."""
    vocabulary = Vocabulary(scale.seed + 1)
    for n in range(scale.customers):
        given, family = vocabulary.person()
        drawn = scale.draw(n, 7)
        phone = f"+49 {150 + drawn % 30} {drawn >> 20 & 0xFFFFFF}"
        yield first_customer + n, given, family, _ROLES[drawn % 3], phone, 1


def addresses(scale: Scale, first_customer: int) -> Rows:
    """Yield one place for every customer."""
    for n in range(scale.customers):
        drawn = scale.draw(n, 6)
        street = f"Hafenstraße {1 + (drawn >> 30) % 180}"
        yield (first_customer + n, street, f"{10_000 + (drawn >> 24) % 89_999}",
               _TOWNS[drawn % 9], scale.home(n)[0])  # fmt: skip


def orders(scale: Scale, first_customer: int) -> Rows:
    """Yield the orders, oldest first."""
    days = scale.days
    for n in range(scale.orders):
        age, customer = scale.age(n), scale.customer(n)
        net, tax = sums_of(scale.lines(n))
        shipped = days[age - 7] if n < scale.billed else None
        promised = days[age - 7] if age >= 7 else scale.days_ahead(7 - age)
        yield (
            _order_number(n), first_customer + customer, scale.status(n).value, _po_number(n),
            days[age], "e-mail", promised, promised, days[age - 1] if age > 1 else None, shipped,
            days[scale.invoice_age(n)] if shipped else None, scale.home(customer)[1], net, tax,
            net + tax,
        )  # fmt: skip


def order_lines(scale: Scale, first_order: int) -> Rows:
    """Yield the lines of all orders in their order."""
    days = scale.days
    for n in range(scale.orders):
        age = scale.age(n)
        shipped = days[age - 7] if n < scale.billed else None
        promised = days[age - 7] if age >= 7 else scale.days_ahead(7 - age)
        for position, line in enumerate(scale.lines(n), 1):
            item = line.item
            yield (
                first_order + n, 10 * position, item.number, item.name, line.quantity_milli,
                line.quantity_milli if shipped else 0, item.unit, line.price_micro,
                line.discount_ppm, line.tax_ppm, line.net_minor, promised, shipped,
            )  # fmt: skip


def invoices(scale: Scale, first_customer: int, first_order: int) -> Rows:
    """Yield an invoice for every order but the newest, with what is still open."""
    days = scale.days
    for n in range(scale.billed):
        age, customer = scale.invoice_age(n), scale.customer(n)
        net, tax = sums_of(scale.lines(n))
        due = days[age - TERMS_DAYS] if age >= TERMS_DAYS else scale.days_ahead(TERMS_DAYS - age)
        yield (
            _invoice_number(n), first_customer + customer, first_order + n, days[age], due,
            TERMS_DAYS, scale.home(customer)[1], net, tax, net + tax,
            net + tax - scale.paid(n, net + tax), _po_number(n), days[age] + _AT,
        )  # fmt: skip


def invoice_lines(scale: Scale, first_invoice: int, first_order_line: int) -> Rows:
    """Yield the lines of all invoices: those of their orders."""
    order_line = first_order_line
    for n in range(scale.billed):
        for position, line in enumerate(scale.lines(n), 1):
            item = line.item
            yield (
                first_invoice + n, 10 * position, order_line, item.number, item.name,
                line.quantity_milli, item.unit, line.price_micro, line.discount_ppm,
                line.tax_ppm, line.net_minor,
            )  # fmt: skip
            order_line += 1


def payments(scale: Scale, first_customer: int) -> Rows:
    """Yield a payment for every invoice that was paid, each for one invoice."""
    for n, amount, day in _paid(scale):
        customer = scale.customer(n)
        yield (f"Z-{n:07}", first_customer + customer, day, scale.home(customer)[1], amount, 0,
               "bank transfer", day + _AT)  # fmt: skip


def allocations(scale: Scale, first_customer: int, first_invoice: int, first_payment: int) -> Rows:
    """Yield what every payment settles, on the day it arrived."""
    for payment, (n, amount, day) in enumerate(_paid(scale), first_payment):
        customer = first_customer + scale.customer(n)
        yield customer, payment, first_invoice + n, amount, day, day + _AT


def activities(scale: Scale, first_customer: int) -> Rows:
    """Yield the heavy customer's long history of talks, and one for every second customer."""
    for n in range(scale.heavy_activities):
        kind, subject, topic = _TALKS[n % 3]
        age = scale.contact_age(0) or 0
        day = scale.days[max(age, (scale.heavy_activities - 1 - n) * 1_000 // 20_000)]
        yield first_customer, kind, day + _AT, subject, "", topic, _MANAGERS[n % 3]
    for n in range(1, scale.customers):
        age_of_talk = scale.contact_age(n)
        if age_of_talk is not None:
            kind, subject, topic = _TALKS[n % 2]
            day = scale.days[age_of_talk]
            yield first_customer + n, kind, day + _AT, subject, "", topic, _MANAGERS[n % 3]


def documents(scale: Scale, first_customer: int, file_id: int) -> Rows:
    """Yield the heavy customer's documents; one content stands for all of them."""
    for n in range(scale.heavy_documents):
        day = scale.days[(scale.heavy_documents - 1 - n) % 1_000]
        yield (first_customer, file_id, "purchase_order", f"Purchase order {8_000 + n}.pdf", 1,
               day, "Ben Thorne")  # fmt: skip


def _paid(scale: Scale) -> Iterator[tuple[int, int, str]]:
    """Yield order, amount and day of every payment, in the order of the invoices."""
    for n in range(scale.billed):
        age = scale.paid_age(n)
        if age is not None:
            amount = scale.paid(n, sum(sums_of(scale.lines(n))))
            if amount:
                yield n, amount, scale.days[age]


def _order_number(order: int) -> str:
    return str(3_000_000 + order)


def _invoice_number(order: int) -> str:
    return f"R{5_000_000 + order}"


def _po_number(order: int) -> str:
    return f"PO-{100_000 + order * 7 % 900_000}"
