"""Which letters are measured: an acknowledgement of one page, a statement of two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from loyaldesk.domain.acknowledgement import AcknowledgedLine, AcknowledgementLetter
from loyaldesk.domain.ledger import Allocation, EntryKind, Ledger, LedgerEntry
from loyaldesk.domain.letter import BankAccount, LetterFrame, Recipient, Sender
from loyaldesk.domain.money import Money
from loyaldesk.domain.next_steps import TimeFrames, next_steps
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.domain.statement_letter import StatementLetter
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.operations.demo.catalogue import catalogue

__all__ = ["sample_acknowledgement", "sample_statement"]

_DAY = date(2026, 11, 19)
_SENDER = Sender(
    name="Nordlicht Handels GmbH",
    address=("Nordlichtkai 12", "20457 Hamburg", "Germany"),
    phone="+49 40 66969-0",
    email="kontakt@nordlicht.example",
    website="www.nordlicht.example",
    tax_ids=("VAT id DE999047110",),
    register=("Hamburg Local Court, HRB 999421",),
    bank=BankAccount("Hansebank Hamburg AG", "DE05200999990004711000", "HNSBDEHHXXX"),
    conditions="Conditions of sale 01/2026",
)
_RECIPIENT = Recipient(
    name="Müller & Söhne GmbH",
    contact="Frau Heike Müller",
    lines=("Bahrenfelder Chaussee 118", "22761 Hamburg"),
    salutation="Dear Frau Müller,",
)
_LINES, _INVOICES = 9, 28


def _frame(number: str) -> LetterFrame:
    return LetterFrame(
        number=number, day=_DAY, customer_number="10042", sender=_SENDER, recipient=_RECIPIENT,
        printed_at=datetime(2026, 11, 19, 8, 15, tzinfo=UTC),
    )  # fmt: skip


def _line(position: int) -> AcknowledgedLine:
    item = list(catalogue().values())[position * 3 % 45]
    price, quantity = int(item.price * 1_000_000), position * 6_000
    return AcknowledgedLine(
        position=position, description=item.name, quantity_milli=quantity, unit=item.unit,
        unit_price_micro=price, net_minor=line_net(price, quantity), item=item.number,
        customer_item=f"K-{position:03}", tax_ppm=item.tax_ppm,
        requested_on=_DAY + timedelta(days=5), promised_on=_DAY + timedelta(days=5),
    )  # fmt: skip


def sample_acknowledgement() -> AcknowledgementLetter:
    """Return an acknowledgement of nine lines as ordered, one page."""
    lines = tuple(_line(position) for position in range(1, _LINES + 1))
    totals = order_totals(
        ((line.net_minor, line.tax_ppm) for line in lines),
        freight_minor=4_800,
        freight_tax_ppm=70_000,
    )
    return AcknowledgementLetter(
        frame=_frame("A-2026-00421"), order_number="4711", currency="EUR", lines=lines,
        total_minor=totals.total_minor, ordered_on=_DAY, customer_po="8812",
        contact_name="Friederike Carstens", contact_role="Customer Service",
        contact_phone="+49 40 66969-124", contact_email="f.carstens@nordlicht.example",
        freight_minor=4_800, freight_tax_ppm=70_000, payment=("30 days net from invoice date",),
        delivery=("DAP Hamburg, Incoterms 2020",), query_by=_DAY + timedelta(days=5),
        next_steps=next_steps(
            confirmed_on=_DAY,
            promised={line.position: line.promised_on for line in lines},
            frames=TimeFrames(),
            calendar=WorkingDays(),
        ),
    )  # fmt: skip


def sample_statement() -> StatementLetter:
    """Return an open-item statement of 28 invoices, some part paid, on two pages."""
    bills = [
        LedgerEntry(
            id=n, kind=EntryKind.INVOICE, number=f"{20_000 + n}", customer_po=f"PO {8_000 + n}",
            dated=_DAY - timedelta(days=4 * n), due=_DAY - timedelta(days=4 * n - 30),
            amount=Money(100_000 + 7_919 * n, "EUR"),
        )
        for n in range(1, _INVOICES + 1)
    ]  # fmt: skip
    money = [
        LedgerEntry(
            id=n, kind=EntryKind.PAYMENT, number=f"Z-{n:05}", dated=bill.dated + timedelta(days=3),
            amount=Money(50_000, "EUR"),
        )
        for n, bill in enumerate(bills[::5], 1)
    ]  # fmt: skip
    parts = [
        Allocation(
            source=paid.key, target=bill.key, amount=Money(40_000, "EUR"), applied_on=paid.dated
        )
        for paid, bill in zip(money, bills[::5], strict=True)
    ]
    request = StatementRequest(kind=StatementKind.OPEN_ITEM, as_of=_DAY)
    statement = make_statement(Ledger.of([*bills, *money], parts), request, home_currency="EUR")
    return StatementLetter(
        frame=_frame("S-2026-00318"), statement=statement, pay_by=_DAY + timedelta(days=10),
        query_by=_DAY + timedelta(days=14), terms="30 days net", contact="Petra Lindemann",
        phone="+49 40 66969-141", email="ar@nordlicht.example",
    )  # fmt: skip
