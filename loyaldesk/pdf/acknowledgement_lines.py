"""How an acknowledgement's order lines become the rows of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from loyaldesk.domain.differences import accepts_nothing
from loyaldesk.domain.money import Money
from loyaldesk.pdf.flow import Carry
from loyaldesk.pdf.table import Column, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.domain.acknowledgement import AcknowledgedLine, AcknowledgementLetter
    from loyaldesk.formats import Formats
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.texts import Texts

__all__ = ["carry_of", "line_table"]

# Position, item, description, date, quantity, unit price, discount, tax, amount in millimetres.
_WIDTHS = {
    "letter": (7.0, 22.0, 50.5, 22.0, 13.0, 16.45, 11.0, 11.0, 18.5),
    "de": (8.0, 20.0, 50.0, 18.0, 14.0, 16.0, 11.5, 9.5, 18.0),
    "a4": (7.0, 21.0, 47.0, 21.0, 14.0, 16.0, 11.0, 9.0, 19.0),
}
_Item = TypeVar("_Item")
_LETTER_IS_WIDER_THAN = 212.0
_DESCRIPTION, _PROMISED, _DISCOUNT, _TAX = 2, 3, 6, 7


def line_table(letter: AcknowledgementLetter, pages: LetterPages) -> Table:
    """Return the table of the order lines; discount and tax have a column only if any line has."""
    shown = [
        i
        for i in range(len(_WIDTHS["a4"]))
        if (i != _DISCOUNT or any(line.discount_ppm for line in letter.lines))
        and (i != _TAX or any(line.tax_ppm for line in letter.lines))
    ]
    columns = _columns(letter, pages)
    rows = [_row(line, letter, pages, shown) for line in letter.lines]
    spare = sum(column.width for i, column in enumerate(columns) if i not in shown)
    return Table(
        [_widened(column, spare) if column.gives else column for column in _only(columns, shown)],
        rows,
        left=pages.paper.left,
    )


def carry_of(letter: AcknowledgementLetter, table: Table, formats: Formats) -> Carry:
    """Return the net sum so far, for the foot of a page and the head of the next."""
    amount = len(table.columns) - 1

    def amounts(rows: int) -> dict[int, str]:
        net = sum(line.net_minor for line in letter.lines[:rows])
        return {amount: formats.amount(Money(net, letter.currency))}

    return Carry(amounts, label_before=amount)


def _columns(letter: AcknowledgementLetter, pages: LetterPages) -> list[Column]:
    texts, currency = pages.texts, letter.currency
    day = texts["ack.expected" if accepts_nothing(letter) else "ack.promised"]
    wide = pages.paper.width > _LETTER_IS_WIDER_THAN
    widths = _WIDTHS["letter" if wide else "de" if pages.formats.language == "de" else "a4"]
    heads = (
        (texts["ack.pos"],),
        (texts["ack.our_item"], texts["ack.your_item"]),
        (texts["ack.description"],),
        (day, texts["ack.requested"]),
        (texts["ack.quantity_head"], texts["ack.unit"]),
        (texts["ack.unit_price"], currency),
        (texts["ack.discount"],),
        (texts["ack.tax"],),
        (texts["ack.amount"], currency),
    )
    return [
        Column(
            head,
            width,
            right=i > _PROMISED,
            whole=i == 0,
            whole_words=i == _PROMISED,
            gives=i == _DESCRIPTION,
        )
        for i, (head, width) in enumerate(zip(heads, widths, strict=True))
    ]


def _row(
    line: AcknowledgedLine, letter: AcknowledgementLetter, pages: LetterPages, shown: list[int]
) -> Row:
    formats, texts = pages.formats, pages.texts
    unit = texts.known("unit", line.unit)
    requested = formats.date(line.requested_on) if line.requested_on else ""
    first = (
        str(line.position),
        line.item,
        line.description,
        _promised(line, letter, pages),
        formats.quantity(line.quantity_milli),
        formats.unit_price(line.unit_price_micro, letter.currency),
        formats.percent(line.discount_ppm) if line.discount_ppm else "",
        formats.percent(line.tax_ppm) if line.tax_ppm else texts["ack.exempt"],
        formats.amount(Money(line.net_minor, letter.currency)),
    )
    second = ("", line.customer_item, _note(line, formats, texts), requested, unit)
    is_promised = line.requested_on is not None and line.promised_on is not None
    differs = is_promised and line.promised_on != line.requested_on
    return Row(
        tuple(_only(first, shown)),
        second,
        bold=frozenset({_PROMISED} if differs else ()),
        marked=line.is_changed,
    )


def _promised(line: AcknowledgedLine, letter: AcknowledgementLetter, pages: LetterPages) -> str:
    if line.promised_on:
        return pages.formats.date(line.promised_on)
    if line.shipped_unpromised_on:
        day = pages.formats.date(line.shipped_unpromised_on)
        return pages.texts.fill("ack.shipped_on", day=day)
    if letter.answer_by is None:
        return ""
    return pages.texts.fill("ack.to_be_advised", day=pages.formats.date_day(letter.answer_by))


def _note(line: AcknowledgedLine, formats: Formats, texts: Texts) -> str:
    parts = [line.note]
    if 0 < line.shipped_milli < line.quantity_milli:
        open_milli = line.quantity_milli - line.shipped_milli
        shipped, rest = formats.quantity(line.shipped_milli), formats.quantity(open_milli)
        parts.append(texts.fill("ack.balance", shipped=shipped, open=rest))
    if line.back_ordered_milli:
        quantity = f"{formats.quantity(line.back_ordered_milli)} {texts.known('unit', line.unit)}"
        parts.append(texts.fill("ack.back_ordered", quantity=quantity))
    return "; ".join(part for part in parts if part)


def _only(items: Iterable[_Item], shown: list[int]) -> list[_Item]:
    return [item for i, item in enumerate(items) if i in shown]


def _widened(column: Column, by: float) -> Column:
    return Column(column.head, column.width + by, gives=True)
