"""Which rows the open items of a statement have, and their running total."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.pdf.flow import Carry
from loyaldesk.pdf.statement_columns import A4_WIDTH, LEAST_WORDS, amount_column, words_column
from loyaldesk.pdf.statement_words import DASH
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.table import Column, Row, Table
from loyaldesk.pdf.wrapping import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.statement_section import OpenItem
    from loyaldesk.pdf.envelopes import Paper
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["OPEN", "open_item_table", "prior_item_table", "running_carry"]

DAYS_LATE, OPEN, RUNNING = 4, 7, 8
_GAP = 2.2
_FEWEST_TO_RUN = 2


def open_item_table(words: StatementWords, paper: Paper, items: Sequence[OpenItem]) -> Table:
    """Return the open invoices with their running total, left out if it finds no room."""
    rows = _open_item_rows(words, items)
    columns = _open_item_columns(words, paper, items)
    if len(items) < _FEWEST_TO_RUN:
        return Table(_without_running(columns), rows, left=paper.left)
    try:
        return Table(columns, rows, left=paper.left)
    except Refused:
        return Table(_without_running(columns), rows, left=paper.left)


def running_carry(words: StatementWords, items: Sequence[OpenItem], table: Table) -> Carry | None:
    """Return the running total as what is carried from page to page, if the table shows it."""
    if len(table.columns) <= RUNNING:
        return None
    running = _running_totals(words, items)
    return Carry(lambda rows: {RUNNING: running[rows - 1]})


def prior_item_table(words: StatementWords, paper: Paper, items: Sequence[OpenItem]) -> Table:
    """Return items that were open at the opening, unapplied payments and credits among them."""
    day, amount = words.formats.date, words.formats.amount
    wider = (paper.text_width - A4_WIDTH) / 2
    columns = [
        words_column(words, "date", 22, whole=True),
        words_column(words, "document", 45 + wider),
        words_column(words, "your_order", 32 + wider),
        words_column(words, "due", 22, whole=True),
        amount_column(words, "original", 22),
        amount_column(words, "open", 22),
    ]
    rows = [
        Row(
            (
                day(item.entry.dated),
                words.named(item.entry),
                item.entry.customer_po,
                "" if item.entry.kind.is_credit else _due(words, item),
                amount(item.entry.signed),
                amount(item.open),
            ),
            note=words.beside_location(item.entry),
        )
        for item in items
    ]
    return Table(columns, rows, left=paper.left)


def _open_item_columns(
    words: StatementWords, paper: Paper, items: Sequence[OpenItem]
) -> list[Column]:
    widths: tuple[float, ...] = (20, 27, 21, 21, 10, 17, 16, 16, 17)
    if paper.text_width > A4_WIDTH:
        widths = (22.5, 27.5, 18, 22.5, 9.5, 17.5, 18, 17.5, 18.45)
    longest = max((width_of(words.named(i.entry), Type.CELL) for i in items), default=0.0) + _GAP
    moved = min(max(longest - widths[1], 0.0), widths[2] - LEAST_WORDS)
    return [
        words_column(words, "date", widths[0], whole=True),
        words_column(words, "document", widths[1] + moved, least=longest),
        words_column(words, "your_order", widths[2] - moved),
        words_column(words, "due", widths[3], whole=True),
        *(
            amount_column(words, key, width)
            for key, width in zip(
                ("days_late", "original", "settled", "open", "running"), widths[4:], strict=True
            )
        ),
    ]


def _without_running(columns: list[Column]) -> list[Column]:
    """Return the columns with the room of the last one given to document and order."""
    half = columns[-1].width / 2
    return [
        replace(c, width=c.width + half) if c.gives and not c.whole else c for c in columns[:-1]
    ]


def _open_item_rows(words: StatementWords, items: Sequence[OpenItem]) -> list[Row]:
    amount, running = words.formats.amount, _running_totals(words, items)
    return [
        Row(
            (
                words.formats.date(item.entry.dated),
                words.named(item.entry),
                item.entry.customer_po,
                _due(words, item),
                str(item.days_late) if item.is_overdue else DASH,
                amount(item.entry.amount),
                words.dashed(item.settled),
                amount(item.open),
                total,
            ),
            bold=frozenset({DAYS_LATE, OPEN} if item.is_overdue else {OPEN}),
            quiet=frozenset({RUNNING}),
            note=words.beside_location(item.entry, words.dispute(item)),
            marked=item.dispute is not None,
        )
        for item, total in zip(items, running, strict=True)
    ]


def _running_totals(words: StatementWords, items: Sequence[OpenItem]) -> list[str]:
    return [words.formats.amount(total) for total in accumulate(item.open for item in items)]


def _due(words: StatementWords, item: OpenItem) -> str:
    """Return the due day, with the mark of the footnote if it had to be worked out."""
    return words.formats.date(item.due.day) + ("*" if item.due.is_assumed else "")
