"""What does the list of customers show of each, and what goes into its export?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.lists import QUIET_DAYS, CustomerRow
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.formats import Formats
    from loyaldesk.ui.desk import Desk

__all__ = ["customer_columns", "export_headings", "export_values"]

translate = QCoreApplication.translate


def customer_columns(desk: Desk) -> list[Column]:
    """Return the columns from left to right; those with a key of the queries can sort."""
    formats = desk.formats

    def words(text: str) -> str:
        return translate("CustomerList", text)

    return [
        Column(
            "name", words("Name"), width=184, style=TextStyle.NAME, show=_name,
        ),
        Column("number", words("No."), width=104, tone=Tone.SECONDARY),
        Column("town", words("Town"), width=84),
        Column("contact", words("Contact"), width=104, sortable=False, tone=Tone.SECONDARY),
        Column(
            "last_contact", words("Last contact"), ColumnKind.DATE, width=84,
            show=partial(_last_contact, desk),
        ),
        Column(
            "open_orders", words("Open"), ColumnKind.NUMBER, width=48, sortable=False,
            show=lambda row: formats.number(row.open_orders) if row.open_orders else None,
        ),
        Column(
            "overdue", words("Overdue"), ColumnKind.MONEY, width=88, sortable=False,
            show=partial(_overdue, formats),
        ),
        Column("segment", words("Segment"), width=72, sortable=False, tone=Tone.SECONDARY),
        Column(
            "credit_status", words("Credit"), ColumnKind.CHIP, width=100, sortable=False,
            show=_credit,
        ),
        Column(
            "account_manager", words("Manager"), width=66, sortable=False, tone=Tone.SECONDARY,
            show=_manager,
        ),
        Column("phone", words("Phone"), width=128, sortable=False, hidden=True),
        Column("country", words("Country"), width=72, sortable=False, hidden=True),
    ]  # fmt: skip


def _name(row: CustomerRow) -> Cell:
    return Cell(row.name, icon="star" if row.is_key_account else "", icon_tone=Tone.ACCENT)


def _manager(row: CustomerRow) -> Cell | None:
    """Return Ana K. for Ana Kovač, with the whole name as a tip."""
    given, _, family = row.account_manager.partition(" ")
    if not given:
        return None
    return Cell(f"{given} {family[0]}." if family else given, tip=row.account_manager)


def _last_contact(desk: Desk, row: CustomerRow) -> Cell | None:
    if row.last_contact_on is None:
        return None
    days = (desk.today() - row.last_contact_on).days
    tone = Tone.WARN if days > QUIET_DAYS else None
    words = _days_ago(desk.formats, row.last_contact_on, desk.today())
    return Cell(words, tone=tone, tip=desk.formats.date(row.last_contact_on))


def _days_ago(formats: Formats, day: date, today: date) -> str:
    days = (today - day).days
    if days in {0, 1}:
        return formats.relative_day(day, today)
    return translate("CustomerList", "{0} d").format(formats.number(days))


def _overdue(formats: Formats, row: CustomerRow) -> Cell | None:
    return Cell(formats.money(row.overdue), tone=Tone.BAD) if row.overdue else None


def _credit(row: CustomerRow) -> Chip | None:
    if row.credit_status == "hold":
        return Chip(translate("CustomerList", "On hold"), Tone.BAD, "hand")
    if row.credit_status == "watch":
        return Chip(translate("CustomerList", "On watch"), Tone.WARN, "triangle-alert")
    return None


def export_headings() -> list[str]:
    """Return the first line of an export."""
    headings = (
        "Number", "Name", "Town", "Country", "Contact", "Phone", "Last contact", "Open orders",
        "Overdue", "Currency", "Segment", "Credit", "Status", "Key account", "Manager",
    )  # fmt: skip
    return [translate("CustomerList", heading) for heading in headings]


def export_values(row: CustomerRow) -> Sequence[object]:
    """Return a line of an export, in the order of its headings."""
    return (
        row.number, row.name, row.town, row.country, row.contact, row.phone, row.last_contact_on,
        row.open_orders, row.overdue, row.overdue.currency, row.segment, row.credit_status,
        row.status, row.is_key_account, row.account_manager,
    )  # fmt: skip
