"""Which rows and columns the tables of a statement have: open items, movements, settlements."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.errors import Refused
from loyaldesk.pdf.flow import Carry
from loyaldesk.pdf.statement_words import DASH
from loyaldesk.pdf.table import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.domain.statement_section import (
        Movement,
        OpenItem,
        Settlement,
        StatementSection,
    )
    from loyaldesk.pdf.envelopes import Paper
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = [
    "BALANCE",
    "CHARGE",
    "CREDIT",
    "OPEN",
    "item_table",
    "last_movements_table",
    "movement_carry",
    "movement_table",
    "open_item_table",
    "running_carry",
    "settlement_table",
]

_A4_WIDTH = 165.0
_LEAST_TEXT = 15.0
DUE, DAYS_LATE, OPEN, RUNNING = 3, 4, 7, 8
CHARGE, CREDIT, BALANCE = 5, 6, 7
_DETAILS_OF_ACTIVITY = (StatementKind.ACTIVITY, StatementKind.DETAILED)


def open_item_table(words: StatementWords, paper: Paper, items: Sequence[OpenItem]) -> Table:
    """Return the open invoices with their running total, left out if it finds no room."""
    rows = _open_item_rows(words, items)
    columns = _open_item_columns(words, paper)
    if len(items) == 1:
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


def movement_table(words: StatementWords, paper: Paper, section: StatementSection) -> Table:
    """Return the opening balance and every movement of the period with the balance after it."""
    opening = words.say("opening", day=words.formats.date_long(words.eve))
    amount = words.formats.amount(section.opening)
    rows = [Row(("",) * BALANCE + (amount,), label=opening, bold=frozenset({BALANCE}))]
    month = None
    for movement in section.movements:
        dated = movement.entry.dated
        is_new_month = month is not None and month != (dated.year, dated.month)
        rows.append(_movement_row(words, movement, strong_above=is_new_month))
        month = (dated.year, dated.month)
    return Table(_movement_columns(words, paper), rows, left=paper.left)


def movement_carry(words: StatementWords, section: StatementSection) -> Carry:
    """Return charges, credits and balance so far as what is carried from page to page."""
    signed = [m.entry.signed for m in section.movements]
    zero = Money.zero(section.currency)
    charged = list(accumulate((max(s, zero) for s in signed), initial=zero))
    credited = list(accumulate((min(s, zero) for s in signed), initial=zero))
    amount = words.formats.amount

    def sums(rows: int) -> Mapping[int, str]:
        plus, minus = charged[rows - 1], credited[rows - 1]
        balance = section.opening + plus + minus
        return {CHARGE: amount(plus), CREDIT: amount(minus), BALANCE: amount(balance)}

    return Carry(sums, quiet=frozenset({CHARGE, CREDIT}))


def item_table(words: StatementWords, paper: Paper, items: Sequence[OpenItem]) -> Table:
    """Return items that were open at the opening, unapplied payments and credits among them."""
    day, amount = words.formats.date, words.formats.amount
    wider = (paper.text_width - _A4_WIDTH) / 2
    columns = [
        _words_column(words, "date", 22, whole=True),
        _words_column(words, "document", 45 + wider),
        _words_column(words, "your_order", 32 + wider),
        _words_column(words, "due", 22, whole=True),
        _amount_column(words, "original", 22),
        _amount_column(words, "open", 22),
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
            )
        )
        for item in items
    ]
    return Table(columns, rows, left=paper.left)


def settlement_table(
    words: StatementWords, paper: Paper, settlements: Sequence[Settlement]
) -> Table:
    """Return which payment or credit note settled which invoice; a reversal is negative."""
    wider = (paper.text_width - _A4_WIDTH) / 2
    columns = [
        _words_column(words, "settled_on", 27, whole=True),
        _words_column(words, "by_document", 55 + wider),
        _words_column(words, "settled_document", 55 + wider),
        _amount_column(words, "amount", 28),
    ]
    rows = [
        Row(
            (
                words.formats.date(each.day),
                words.named(each.source),
                words.named(each.target),
                words.formats.amount(each.amount),
            )
        )
        for each in settlements
    ]
    return Table(columns, rows, left=paper.left)


def last_movements_table(
    words: StatementWords, paper: Paper, movements: Sequence[Movement], currency: str
) -> Table:
    """Return a few settled documents for information."""
    columns = [
        _words_column(words, "date", 24, whole=True),
        _words_column(words, "document", 60),
        _words_column(words, "your_order", paper.text_width - 116),
        Column((f"{words.say('amount')} {currency}",), 32, right=True),
    ]
    rows = [
        Row(
            (
                words.formats.date(movement.entry.dated),
                words.named(movement.entry),
                movement.entry.customer_po,
                words.formats.amount(movement.entry.signed),
            )
        )
        for movement in movements
    ]
    return Table(columns, rows, left=paper.left)


def _open_item_columns(words: StatementWords, paper: Paper) -> list[Column]:
    widths: tuple[float, ...] = (20, 27, 21, 21, 10, 17, 16, 16, 17)
    if paper.text_width > _A4_WIDTH:
        widths = (22.5, 27.5, 18, 22.5, 9.5, 17.5, 18, 17.5, 18.45)
    return [
        _words_column(words, "date", widths[0], whole=True),
        _words_column(words, "document", widths[1]),
        _words_column(words, "your_order", widths[2]),
        _words_column(words, "due", widths[3], whole=True),
        *(
            _amount_column(words, key, width)
            for key, width in zip(
                ("days_late", "original", "settled", "open", "running"), widths[4:], strict=True
            )
        ),
    ]


def _without_running(columns: list[Column]) -> list[Column]:
    """Return the columns with the room of the last one given to document and order."""
    half = columns[-1].width / 2
    return [
        Column(c.head, c.width + half, gives=True, least=c.least) if c.gives else c
        for c in columns[:-1]
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
            note=words.dispute(item),
            marked=item.dispute is not None,
        )
        for item, total in zip(items, running, strict=True)
    ]


def _running_totals(words: StatementWords, items: Sequence[OpenItem]) -> list[str]:
    return [words.formats.amount(total) for total in accumulate(item.open for item in items)]


def _due(words: StatementWords, item: OpenItem) -> str:
    """Return the due day, with the mark of the footnote if it had to be worked out."""
    return words.formats.date(item.due.day) + ("*" if item.due.is_assumed else "")


def _movement_columns(words: StatementWords, paper: Paper) -> list[Column]:
    wider = paper.text_width - _A4_WIDTH
    return [
        _words_column(words, "date", 19, whole=True),
        _words_column(words, "type", 23, whole=True),
        _words_column(words, "document", 22),
        _words_column(words, "your_order_or_settled", 26 + wider),
        _words_column(words, "due", 18.5, whole=True),
        _amount_column(words, "charge", 18.5),
        _amount_column(words, "credit_column", 18.5),
        _amount_column(words, "balance", 19.5),
    ]


def _movement_row(words: StatementWords, movement: Movement, *, strong_above: bool) -> Row:
    entry, amount = movement.entry, words.formats.amount
    moved = amount(entry.signed) if entry.amount else ""
    due = words.formats.date(entry.due) if entry.due and not entry.kind.is_credit else ""
    return Row(
        (
            words.formats.date(entry.dated),
            words.say(entry.kind),
            entry.number,
            _settled_text(words, movement) if entry.kind.is_credit else entry.customer_po,
            due,
            "" if entry.kind.is_credit else moved,
            moved if entry.kind.is_credit else "",
            amount(movement.balance),
        ),
        second=_details(words, movement),
        quiet=frozenset({3}) if entry.kind.is_credit else frozenset(),
        strong_above=strong_above,
    )


def _settled_text(words: StatementWords, movement: Movement) -> str:
    """Return the first document that a payment or credit note settles, and how many more."""
    if not movement.settles:
        return words.say("unallocated")
    first, *others = [settlement.target.number for settlement in movement.settles]
    text = words.say("settles_more", number=first, more=len(others)) if others else first
    is_note = movement.entry.kind is EntryKind.CREDIT_NOTE
    return words.say("credits_to", number=text) if is_note else text


def _details(words: StatementWords, movement: Movement) -> tuple[str, ...]:
    """Return our order and the remark as a second line, where the type tells that much."""
    entry = movement.entry
    if words.kind not in _DETAILS_OF_ACTIVITY or not (entry.order_number or entry.note):
        return ()
    order = words.say("our_order", number=entry.order_number) if entry.order_number else ""
    return ("", "", order, entry.note)


def _words_column(words: StatementWords, key: str, width: float, *, whole: bool = False) -> Column:
    head = tuple(words.say(key).split("|"))
    return Column(head, width, whole=whole, gives=not whole, least=min(width, _LEAST_TEXT))


def _amount_column(words: StatementWords, key: str, width: float) -> Column:
    return Column(tuple(words.say(key).split("|")), width, right=True)
