"""What the panels at the head of a statement say: what to pay, and what makes up the balance."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.statement import StatementKind
from loyaldesk.domain.statement_section import Position
from loyaldesk.pdf.blocks import AmountLine, amount_panel_height, draw_amount_panel
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from loyaldesk.domain.money import Money
    from loyaldesk.domain.statement_section import StatementSection
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["Panel", "asked_amount", "draw_panels", "panels_of", "pay_label", "pay_panel"]

_GAP = 5.0
_PADDING = 9.0


class Panel(NamedTuple):
    """Lines with amounts, and the result under their rule."""

    lines: list[AmountLine]
    result: AmountLine


def panels_of(words: StatementWords) -> list[Panel]:
    """Return the panels in printed order: two for one currency owed, else one per currency."""
    if len(words.sections) > 1:
        return [_one_panel(words, section) for section in words.sections]
    (section,) = words.sections
    if words.kind is not StatementKind.OPEN_ITEM:
        return [_period_panel(words, section), _one_panel(words, section)]
    if section.position is Position.OWED:
        return [_balance_panel(words, section), pay_panel(words, section)]
    return [_balance_panel(words, section)]


def draw_panels(pages: LetterPages, panels: list[Panel], top: float) -> float:
    """Draw panels two by two, or one over the full width; return where they end."""
    paper = pages.paper
    width = paper.text_width if len(panels) == 1 else (paper.text_width - _GAP) / 2
    laid = [_wrapped(panel.lines, width) for panel in panels]
    for i in range(0, len(panels), 2):
        most = max(map(len, laid[i : i + 2]))
        for j, panel in enumerate(panels[i : i + 2]):
            lines = laid[i + j] + [AmountLine("", "")] * (most - len(laid[i + j]))
            place = (paper.left + j * (width + _GAP), top)
            draw_amount_panel(pages.canvas, place, width, lines, panel.result)
        top += amount_panel_height(most) + _GAP
    return top - _GAP


def _wrapped(lines: list[AmountLine], width: float) -> list[AmountLine]:
    """Return the lines, a label that would touch its amount in two, the amount beside the last."""
    wrapped = []
    for line in lines:
        room = width - _PADDING - width_of(line.amount, Type.CELL)
        *above, last = wrap(line.label, Type.SUB_LINE, room)
        wrapped += [*(AmountLine(part, "") for part in above), AmountLine(last, line.amount)]
    return wrapped


def asked_amount(section: StatementSection) -> Money:
    """Return the one amount that panel, slip and pay code ask for."""
    return section.pay_now if section.overdue else section.due_later


def pay_label(words: StatementWords, section: StatementSection, area: str) -> str:
    """Return `Please pay now`, or `Due by` a day while nothing is overdue."""
    code = section.currency
    if section.overdue or section.due_by is None:
        return words.texts.fill(f"{area}.pay_now", code=code)
    return words.texts.fill(f"{area}.due_by", code=code, day=words.formats.date(section.due_by))


def pay_panel(words: StatementWords, section: StatementSection) -> Panel:
    """Return the panel that says what to pay, now or by which day."""
    texts, is_late = words.texts, bool(section.overdue)
    disputed = section.overdue_disputed if is_late else section.disputed
    base = section.overdue if is_late else section.open_invoices
    day = words.formats.date_long(section.as_of)
    label = texts.fill("panel.overdue", day=day) if is_late else texts["panel.not_due"]
    lines = [
        AmountLine(label, words.dashed(base)),
        AmountLine(texts["panel.dispute"], words.dashed(-disputed)),
        AmountLine(texts["panel.unapplied"], words.dashed(section.unapplied_total)),
    ]
    asked = words.formats.amount(asked_amount(section))
    return Panel(lines, AmountLine(pay_label(words, section, "panel"), asked))


def _one_panel(words: StatementWords, section: StatementSection) -> Panel:
    is_owed = section.position is Position.OWED
    return pay_panel(words, section) if is_owed else _balance_panel(words, section)


def _balance_panel(words: StatementWords, section: StatementSection) -> Panel:
    """Return what makes up the balance, and what it is called by its sign."""
    texts = words.texts
    lines = [
        AmountLine(texts["panel.overdue_plain"], words.dashed(section.overdue)),
        AmountLine(texts["panel.not_due"], words.dashed(section.not_due)),
        AmountLine(texts["panel.unapplied_plain"], words.dashed(section.unapplied_total)),
    ]
    amount = words.formats.amount(_unsigned(section.closing))
    return Panel(lines, AmountLine(_balance_label(words, section), amount))


def _balance_label(words: StatementWords, section: StatementSection) -> str:
    day, code = words.formats.date(section.as_of), section.currency
    if section.position is Position.OWED:
        return words.texts.fill("panel.closing", day=day, code=code)
    if section.position is Position.CREDIT:
        return words.texts.fill("panel.credit", code=code)
    is_even = section.items or section.unapplied
    return words.texts.fill("panel.even" if is_even else "panel.clear", code=code)


def _period_panel(words: StatementWords, section: StatementSection) -> Panel:
    """Return what leads from the opening to the closing balance."""
    texts, day, amount = words.texts, words.formats.date, words.formats.amount
    lines = [
        AmountLine(texts.fill("panel.opening", day=day(words.eve)), amount(section.opening)),
        AmountLine(texts["panel.charges"], words.dashed(section.charges)),
        AmountLine(texts["panel.credits"], words.dashed(section.credits)),
    ]
    label = texts.fill("panel.closing", day=day(section.as_of), code=section.currency)
    return Panel(lines, AmountLine(label, amount(section.closing)))


def _unsigned(amount: Money) -> Money:
    return -amount if amount.minor < 0 else amount
