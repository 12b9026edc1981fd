"""Which rows the movements and settlements of a statement have, and what is carried forward."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.pdf.flow import Carry
from loyaldesk.pdf.statement_columns import A4_WIDTH, amount_column, words_column
from loyaldesk.pdf.table import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.domain.statement_section import Movement, Settlement, StatementSection
    from loyaldesk.pdf.envelopes import Paper
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = [
    "BALANCE",
    "CHARGE",
    "CREDIT",
    "last_movements_table",
    "movement_carry",
    "movement_table",
    "settlement_table",
]

CHARGE, CREDIT, BALANCE = 5, 6, 7
_SETTLED = 3
_DETAILS_OF_ACTIVITY = (StatementKind.ACTIVITY, StatementKind.DETAILED)


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


def settlement_table(
    words: StatementWords, paper: Paper, settlements: Sequence[Settlement]
) -> Table:
    """Return which payment or credit note settled which invoice; a reversal is negative."""
    wider = (paper.text_width - A4_WIDTH) / 2
    columns = [
        words_column(words, "settled_on", 27, whole=True),
        words_column(words, "by_document", 55 + wider),
        words_column(words, "settled_document", 55 + wider),
        amount_column(words, "amount", 28),
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
        words_column(words, "date", 24, whole=True),
        words_column(words, "document", 60),
        words_column(words, "your_order", paper.text_width - 116),
        Column((f"{words.say('amount')} {currency}",), 32, right=True),
    ]
    rows = [
        Row(
            (
                words.formats.date(movement.entry.dated),
                words.named(movement.entry),
                movement.entry.customer_po,
                words.formats.amount(movement.entry.signed),
            ),
            note=words.beside_location(movement.entry),
        )
        for movement in movements
    ]
    return Table(columns, rows, left=paper.left)


def _movement_columns(words: StatementWords, paper: Paper) -> list[Column]:
    wider = paper.text_width - A4_WIDTH
    return [
        words_column(words, "date", 19, whole=True),
        words_column(words, "type", 23, whole=True),
        words_column(words, "document", 22, whole_words=True),
        words_column(words, "your_order_or_settled", 26 + wider, whole_words=True),
        words_column(words, "due", 18.5, whole=True),
        amount_column(words, "charge", 18.5),
        amount_column(words, "credit_column", 18.5),
        amount_column(words, "balance", 19.5),
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
        note=words.beside_location(entry),
        quiet=frozenset({_SETTLED}) if entry.kind.is_credit else frozenset(),
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
