"""What does the list of orders show of each, and what goes into its export?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.orders.order_words import UNFINISHED, days, short_day, status_chip
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.lists import OrderRow
    from loyaldesk.ui.desk import Desk

__all__ = ["export_headings", "export_values", "order_columns"]

translate = QCoreApplication.translate


def order_columns(desk: Desk) -> list[Column]:
    """Return the columns from left to right; those with a key of the queries can sort."""

    def words(text: str) -> str:
        return translate("OrderList", text)

    return [
        Column("number", words("Order"), width=108, style=TextStyle.NAME),
        Column("customer_name", words("Customer"), width=208, sortable=False),
        Column(
            "customer_po", words("Their order"), width=112, sortable=False, tone=Tone.SECONDARY
        ),
        Column(
            "ordered_on", words("Ordered"), ColumnKind.DATE, width=96,
            show=lambda row: desk.formats.date(row.ordered_on),
        ),
        Column(
            "promised_on", words("Promised"), ColumnKind.DATE, width=168, sortable=False,
            show=partial(_promised, desk),
        ),
        Column(
            "status", words("Status"), ColumnKind.CHIP, width=144, sortable=False,
            show=lambda row: status_chip(row.status),
        ),
        Column(
            "hold_reason", words("Hold"), ColumnKind.CHIP, width=100, sortable=False, show=_hold
        ),
        Column(
            "total", words("Total"), ColumnKind.MONEY, width=116,
            show=lambda row: desk.formats.money(row.total),
        ),
    ]  # fmt: skip


def _promised(desk: Desk, row: OrderRow) -> Cell | None:
    if row.promised_on is None:
        return None
    today = desk.today()
    day = short_day(desk.formats, row.promised_on, today)
    late = (today - row.promised_on).days
    if late <= 0 or row.status not in UNFINISHED:
        return Cell(day, tip=desk.formats.date(row.promised_on))
    words = translate("OrderList", "{0} · {1} late").format(day, days(desk.formats, late))
    return Cell(
        words,
        tone=Tone.BAD,
        lead="clock-alert",
        icon_tone=Tone.BAD,
        tip=desk.formats.date(row.promised_on),
    )


def _hold(row: OrderRow) -> Cell | None:
    if not row.hold_reason:
        return None
    chip = Chip(translate("OrderList", "On hold"), Tone.BAD, "hand")
    return Cell(chip=chip, tip=row.hold_reason)


def export_headings() -> list[str]:
    """Return the first line of an export."""
    headings = (
        "Order", "Customer", "Their order", "Ordered", "Promised", "Status", "Hold", "Total",
        "Currency",
    )  # fmt: skip
    return [translate("OrderList", heading) for heading in headings]


def export_values(row: OrderRow) -> Sequence[object]:
    """Return a line of an export, in the order of its headings."""
    return (
        row.number, row.customer_name, row.customer_po, row.ordered_on, row.promised_on,
        row.status, row.hold_reason, row.total, row.total.currency,
    )  # fmt: skip
