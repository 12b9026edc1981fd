"""What does the list of reminders show of each customer and currency?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.statements.reminder_words import hold_sentence, state_chip
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.queries.dunning import Candidate
    from loyaldesk.ui.desk import Desk

__all__ = ["MARK_COLUMN", "reminder_columns"]

translate = QCoreApplication.translate
MARK_COLUMN = 0


def reminder_columns(desk: Desk, is_marked: Callable[[Candidate], bool]) -> list[Column]:
    """Return the columns from left to right; the order of the rows is that of the query."""

    def words(text: str) -> str:
        return translate("ReminderList", text)

    def mark(row: Candidate) -> Cell:
        if row.hold is not None:
            return Cell()
        if is_marked(row):
            return Cell(lead="square-check", icon_tone=Tone.ACCENT, tip=words("Marked"))
        return Cell(lead="square", tip=words("Not marked"))

    return [
        Column("mark", words("Mark"), width=48, sortable=False, show=mark),
        Column("customer_name", words("Customer"), width=204, sortable=False,
               style=TextStyle.NAME),
        Column("state", words("Reminder"), ColumnKind.CHIP, width=132, sortable=False,
               show=lambda row: _state(desk, row)),
        Column("amount", words("To pay"), ColumnKind.MONEY, width=112, sortable=False,
               show=lambda row: desk.formats.money(row.overdue if row.hold else row.to_pay)),
        Column("invoices", words("Invoices"), ColumnKind.NUMBER, width=72, sortable=False,
               show=lambda row: desk.formats.number(row.invoices)),
        Column("oldest", words("Oldest due"), ColumnKind.DATE, width=100, sortable=False,
               show=lambda row: desk.formats.date(row.oldest_due)),
        Column("late", words("Late"), ColumnKind.NUMBER, width=56, sortable=False,
               show=lambda row: words("{0} d").format(desk.formats.number(row.days_late))),
    ]  # fmt: skip


def _state(desk: Desk, row: Candidate) -> Cell:
    by = translate("ReminderList", "Letters go by e-mail.")
    if row.letters_by != "email":
        by = translate("ReminderList", "Letters go on paper.")
    return Cell(chip=state_chip(row), tip=hold_sentence(row, desk.formats) or by)
