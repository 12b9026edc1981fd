"""What stands under the order lines: the sums on the right, delivery and payment on the left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.money import Money
from loyaldesk.formats import currency_name
from loyaldesk.pdf import style as look
from loyaldesk.pdf.blocks import AmountLine, draw_sum
from loyaldesk.pdf.style import Style, Type, Weight
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.acknowledgement import AcknowledgementLetter, LetterTotals
    from loyaldesk.pdf.pages import LetterPages

__all__ = ["TotalsBlock"]

_FIRST = 4.3
_PITCH = 4.022
_RULE_DROP, _TOTAL_DROP, _RESULT_DROP = 1.6, 4.0, 4.3
_TERMS_PITCH, _TERMS_GAP = 3.88, 1.2
_WIDER_X = 11.0
_COLUMN_GAP = 4.0
_DESCENT = 1.2


class _Sum(NamedTuple):
    label: str
    amount: str
    label_style: Style = Type.SUB_LINE
    amount_style: Style = Type.CELL
    rule: float = 0.0
    drop: float = _PITCH


@dataclass(frozen=True, slots=True)
class _Block:
    heading: Sequence[str]
    lines: Sequence[str]


_Columns = tuple["list[_Block]", "list[_Block]"]


class _Terms(NamedTuple):
    second_x: float
    columns: _Columns


class TotalsBlock:
    """Sums and terms side by side, measured before they are drawn."""

    def __init__(
        self, letter: AcknowledgementLetter, totals: LetterTotals, pages: LetterPages
    ) -> None:
        self._pages = pages
        self._sums = _sums(letter, totals, pages)
        self._label_x = self._fit_labels()
        self._terms = self._lay_terms(letter)
        terms_height = max(map(_terms_height, self._terms.columns))
        self.height = max(self._sums_height(), terms_height) + _DESCENT

    def draw(self, top: float) -> float:
        """Draw both sides under the table's foot rule and return where the lower one ends."""
        self._draw_sums(top)
        places = (self._pages.paper.left, self._terms.second_x)
        for x, blocks in zip(places, self._terms.columns, strict=True):
            self._draw_terms(x, top, blocks)
        return top + self.height

    def _fit_labels(self) -> float:
        paper = self._pages.paper
        widest = max(
            width_of(s.label, s.label_style) + width_of(s.amount, s.amount_style)
            for s in self._sums
        )
        return min(self._pages.envelope.totals.label_x, paper.right - widest - _COLUMN_GAP)

    def _lay_terms(self, letter: AcknowledgementLetter) -> _Terms:
        """Try both widths of the columns and both places of the note; keep the lowest block."""
        narrow = self._pages.envelope.totals.terms_x
        tries = [
            self._wrapped(columns, second_x)
            for second_x in (narrow, narrow + _WIDER_X)
            for columns in _terms(letter, self._pages)
        ]
        return min(tries, key=lambda terms: max(map(_terms_height, terms.columns)))

    def _wrapped(self, columns: _Columns, second_x: float) -> _Terms:
        first, second = columns
        width = second_x - self._pages.paper.left - _COLUMN_GAP / 2
        rest = self._label_x - second_x - _COLUMN_GAP
        return _Terms(second_x, (_wrapped(first, width), _wrapped(second, rest)))

    def _sums_height(self) -> float:
        return _FIRST + sum(s.drop for s in self._sums[1:])

    def _draw_sums(self, top: float) -> None:
        canvas, right = self._pages.canvas, self._pages.paper.right
        y = top + _FIRST
        with canvas.tag("Table"):
            for i, s in enumerate(self._sums):
                y += s.drop if i else 0.0
                if s.rule:
                    colour = canvas.accent if s.rule == Weight.RESULT else look.INK
                    canvas.rule(self._label_x, right, y - _TOTAL_DROP, s.rule, colour)
                place, line = (self._label_x, right, y), AmountLine(s.label, s.amount)
                draw_sum(canvas, place, line, (s.label_style, s.amount_style))

    def _draw_terms(self, x: float, top: float, blocks: list[_Block]) -> None:
        canvas, y = self._pages.canvas, top + _FIRST
        for block in blocks:
            with canvas.tag("H2"):
                for heading in block.heading:
                    canvas.text(x, y, heading, Type.COLUMN_HEAD)
                    y += _TERMS_PITCH
            with canvas.tag("P"):
                for line in block.lines:
                    canvas.text(x, y, line, Type.CELL)
                    y += _TERMS_PITCH
            y += _TERMS_GAP


def _sums(letter: AcknowledgementLetter, totals: LetterTotals, pages: LetterPages) -> list[_Sum]:
    texts, amount = pages.texts, pages.formats.amount
    sums = [_Sum(texts["ack.goods"], amount(totals.net))]
    if totals.freight:
        sums.append(_Sum(texts["ack.freight"], amount(totals.freight)))
    sums += _tax_sums(totals, pages)
    name = f"{currency_name(pages.formats.tag, letter.currency)} ({letter.currency})"
    label = texts.fill("ack.total", currency=name)
    if not letter.credits:
        return [*sums, _result(label, amount(totals.total))]
    after_rule = _RULE_DROP + _TOTAL_DROP
    strong = (Type.TOTAL, Type.TOTAL, Weight.PANEL, after_rule)
    sums.append(_Sum(label, amount(totals.total), *strong))
    for credit in letter.credits:
        day = pages.formats.date_long(credit.day)
        key = "credit" if credit.number else "deposit"
        text = texts.fill(f"ack.{key}", day=day, number=credit.number)
        held = Money(-credit.minor, letter.currency)
        sums.append(_Sum(text, amount(held), drop=_PITCH + 0.5))
    key = "ack.credit_left" if totals.to_pay.minor < 0 else "ack.to_pay"
    return [*sums, _result(texts.fill(key, currency=letter.currency), amount(totals.to_pay))]


def _tax_sums(totals: LetterTotals, pages: LetterPages) -> list[_Sum]:
    formats, texts = pages.formats, pages.texts
    if not any(line.rate_ppm for line in totals.taxes):
        return []
    sums = []
    for line in totals.taxes:
        key = "ack.tax_on" if line.rate_ppm else "ack.exempt_on"
        rate, base = formats.percent(line.rate_ppm), formats.amount(line.base)
        sums.append(_Sum(texts.fill(key, rate=rate, base=base), formats.amount(line.tax)))
    return sums


def _result(label: str, amount: str) -> _Sum:
    return _Sum(label, amount, Type.RESULT, Type.RESULT, Weight.RESULT, _RULE_DROP + _RESULT_DROP)


def _terms(letter: AcknowledgementLetter, pages: LetterPages) -> tuple[_Columns, _Columns]:
    """Return the two columns of blocks, with the note on dates in the second or in the first."""
    texts = pages.texts
    parts = {
        (True, True): "ack.parts_both",
        (True, False): "ack.parts_only",
        (False, True): "ack.backorders_only",
        (False, False): "ack.parts_none",
    }[letter.part_deliveries, letter.back_orders]
    is_dated = any(line.shipped_unpromised_on is None for line in letter.lines)
    note = [texts["ack.date_meaning"]] if is_dated else []

    def block(key: str, *lines: str) -> list[_Block]:
        return [_Block((texts[key],), lines)] if lines else []

    place = block("ack.deliver_to", *letter.deliver_to)
    money = block("ack.payment", *letter.payment)
    delivery, noted_delivery = (
        block("ack.delivery", *letter.delivery),
        block("ack.delivery", *letter.delivery, *note),
    )
    if letter.has_shipped:
        told = ([*place, *noted_delivery], money)
        return told, told
    allowed, noted_allowed = (
        block("ack.parts", texts[parts]),
        block("ack.parts", texts[parts], *note),
    )
    return (
        ([*place, *delivery], [*money, *noted_allowed]),
        ([*place, *noted_delivery], [*money, *allowed]),
    )


def _terms_height(blocks: Sequence[_Block]) -> float:
    rows = sum(len(block.heading) + len(block.lines) for block in blocks)
    return _FIRST + max(0, rows - 1) * _TERMS_PITCH + max(0, len(blocks) - 1) * _TERMS_GAP


def _wrapped(blocks: Sequence[_Block], width: float) -> list[_Block]:
    return [
        _Block(
            wrap(block.heading[0], Type.COLUMN_HEAD, width),
            [part for line in block.lines for part in wrap(line, Type.CELL, width)],
        )
        for block in blocks
    ]
