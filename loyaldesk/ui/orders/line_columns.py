"""What does the table of an order's lines show: what was asked, what we promised, what happened?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.orders.order_words import days, short_day
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.order_page import OrderLineRow
    from loyaldesk.ui.desk import Desk

__all__ = ["line_columns", "promise_chip"]

translate = QCoreApplication.translate


def line_columns(desk: Desk) -> list[Column]:
    """Return the columns from left to right; lines stand in their own order."""
    formats = desk.formats

    def words(text: str) -> str:
        return translate("OrderLines", text)

    def money(key: str, title: str, width: int, kind: ColumnKind = ColumnKind.MONEY) -> Column:
        return Column(key, title, kind, width=width, sortable=False, show=shows[key])

    shows = {
        "quantity": lambda row: formats.quantity(row.quantity_milli),
        "open": lambda row: formats.quantity(row.balance_milli),
        "price": lambda row: formats.unit_price(row.unit_price_micro, row.net.currency),
        "discount": lambda row: formats.percent(row.discount_ppm) if row.discount_ppm else None,
        "tax": lambda row: formats.percent(row.tax_ppm) if row.tax_ppm else None,
        "amount": lambda row: formats.amount(row.net),
    }
    number = ColumnKind.NUMBER
    return [
        Column("position", words("Pos"), width=36, sortable=False, tone=Tone.SECONDARY),
        Column(
            "item_number", words("Article"), width=68, sortable=False, tone=Tone.SECONDARY,
            show=_article,
        ),
        Column(
            "customer_item_number", words("Their article"), width=96, sortable=False, hidden=True,
            tone=Tone.SECONDARY,
        ),
        Column(
            "description", words("Text"), width=130, sortable=False, style=TextStyle.NAME,
            show=lambda row: Cell(row.description, tip=row.description),
        ),
        money("quantity", words("Qty"), 46, number),
        money("open", words("Open"), 48, number),
        Column("unit", words("Unit"), width=40, sortable=False, tone=Tone.SECONDARY),
        money("price", words("Price"), 60),
        money("discount", words("Disc."), 46, number),
        money("tax", words("VAT"), 42, number),
        money("amount", words("Amount"), 72),
        Column(
            "promised_on", words("Promised"), ColumnKind.DATE, width=132, sortable=False,
            show=partial(_promised, desk),
        ),
        Column(
            "shipped_on", words("Actual"), ColumnKind.DATE, width=62, sortable=False,
            show=partial(_actual, desk),
        ),
        Column(
            "promise", words("Kept"), ColumnKind.CHIP, width=90, sortable=False,
            show=partial(promise_chip, desk),
        ),
    ]  # fmt: skip


def promise_chip(desk: Desk, row: OrderLineRow) -> Chip | Cell | None:
    """Return whether the promised day was kept, is late by so many days, or still in time.

    Where none was promised, whether the day that was wanted has passed.
    """
    late = row.days_late(desk.today())
    if late is None:
        return _wish_chip(desk, row)
    if row.balance_milli and row.shipped_on is not None:
        # The rest is still owed, whatever day the first part went.
        late = (desk.today() - row.promised_on).days if row.promised_on else 0
    if late > 0:
        words = translate("OrderLines", "Late {0}").format(days(desk.formats, late))
        return Chip(words, Tone.BAD, "clock-alert")
    if not row.balance_milli:
        return Chip(translate("OrderLines", "Kept"), Tone.OK, "check")
    return Chip(translate("OrderLines", "On time"), Tone.INFO, "clock")


def _article(row: OrderLineRow) -> Cell | None:
    theirs = row.customer_item_number
    tip = translate("OrderLines", "Their article {0}").format(theirs) if theirs else ""
    return Cell(row.item_number, tip=tip) if row.item_number else None


def _promised(desk: Desk, row: OrderLineRow) -> Cell | None:
    today = desk.today()
    if row.promised_on is None:
        return _wanted(desk, row)
    promised = short_day(desk.formats, row.promised_on, today)
    if row.requested_on is None or row.requested_on == row.promised_on:
        return Cell(promised)
    asked = short_day(desk.formats, row.requested_on, today)
    tip = translate("OrderLines", "Wanted {0}, promised {1}").format(asked, promised)
    return Cell(f"{asked} → ", tail=promised, tip=tip)


def _wanted(desk: Desk, row: OrderLineRow) -> Cell | None:
    """Return the wish where no promise stands."""
    if row.requested_on is None:
        return None
    asked = short_day(desk.formats, row.requested_on, desk.today())
    tip = translate("OrderLines", "Wanted {0}; no day was promised").format(asked)
    return Cell(translate("OrderLines", "wanted {0}").format(asked), tip=tip)


def _wish_chip(desk: Desk, row: OrderLineRow) -> Cell | None:
    if row.wanted_on is None or row.wanted_on >= desk.today():
        return None
    tip = translate("OrderLines", "The wanted day has passed, and no day is promised")
    return Cell(chip=Chip(translate("OrderLines", "Passed"), Tone.WARN, "clock-alert"), tip=tip)


def _actual(desk: Desk, row: OrderLineRow) -> str | None:
    if row.shipped_on is None:
        return None
    return short_day(desk.formats, row.shipped_on, desk.today())
