"""How one currency of a statement runs down the pages, by the type of the statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.statement import StatementKind
from loyaldesk.formats import currency_name
from loyaldesk.pdf import statement_blocks as blocks
from loyaldesk.pdf import statement_items as items
from loyaldesk.pdf import statement_movements as movements
from loyaldesk.pdf.flow import CARRY_HEIGHT, break_rows, flow_table
from loyaldesk.pdf.pages import FIRST_HEADS
from loyaldesk.pdf.style import Type

if TYPE_CHECKING:
    from loyaldesk.domain.statement_section import StatementSection
    from loyaldesk.pdf.flow import Carry
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.statement_words import StatementWords
    from loyaldesk.pdf.table import Table

__all__ = ["SectionWriter"]

_BLOCK_GAP, _HEADING_DROP, _HEADS_DROP = 5.4, 6.5, 5.6
_TALLEST_TAIL = 90.0
_LAST_MOVEMENTS = 4
_AIR = 2.0


class _Heading(NamedTuple):
    """A title above a table, and a quiet remark at the right edge."""

    title: str = ""
    aside: str = ""

    def with_part(self, part: str) -> _Heading:
        """Return the heading of a part of the section."""
        return self._replace(title=f"{self.title} – {part}" if self.title else part)


class SectionWriter:
    """Writes one section after the other; `y` is where the page is filled to."""

    def __init__(self, pages: LetterPages, words: StatementWords, y: float) -> None:
        self._pages = pages
        self._words = words
        self.y = y

    def write(self, section: StatementSection) -> None:
        """Draw heading, tables, result and ageing row of one currency."""
        with self._pages.canvas.tag("Sect"):
            self._write(section, self._currency_heading(section))

    def _write(self, section: StatementSection, heading: _Heading) -> None:
        if self._words.kind is not StatementKind.OPEN_ITEM:
            self._write_period(section, heading)
        elif section.items or section.unapplied:
            self._items_with_result(section, heading)
        else:
            self._write_settled(section, heading)

    def _currency_heading(self, section: StatementSection) -> _Heading:
        words = self._words
        if len(words.sections) == 1:
            return _Heading()
        name = currency_name(words.formats.tag, section.currency)
        aside = words.say("currency_note", code=section.currency)
        return _Heading(name[:1].upper() + name[1:], aside)

    def _write_period(self, section: StatementSection, heading: _Heading) -> None:
        """Draw movements and balance; the detailed type adds what was open before and after."""
        words, paper = self._words, self._pages.paper
        is_detailed = words.kind is StatementKind.DETAILED
        if is_detailed and section.prior_items:
            label = words.say("prior_items", day=words.formats.date_long(words.eve))
            prior = items.prior_item_table(words, paper, section.prior_items)
            self._flow(prior, heading.with_part(label), tail=0.0, carry=None)
            heading = _Heading()
        table = movements.movement_table(words, paper, section)
        if is_detailed:
            heading = heading.with_part(words.say("movements"))
        tail = blocks.TOTALS_HEIGHT + (0.0 if is_detailed else blocks.RESULT_HEIGHT)
        carry = movements.movement_carry(words, section)
        self._flow(table, heading, tail=tail, carry=carry)
        self.y = blocks.draw_period_totals(self._pages, words, section, table, self.y)
        if is_detailed:
            self._settlements(section)
            self._ending_items(section)
        else:
            self._result(section, table.right)

    def _settlements(self, section: StatementSection) -> None:
        if section.settlements:
            words, paper = self._words, self._pages.paper
            table = movements.settlement_table(words, paper, section.settlements)
            self._flow(table, _Heading(words.say("settlements")), tail=0.0, carry=None)

    def _ending_items(self, section: StatementSection) -> None:
        words = self._words
        if section.items or section.unapplied:
            day = words.formats.date_long(section.as_of)
            self._items_with_result(section, _Heading(words.say("ending_items", day=day)))
        else:
            self._keep(blocks.RESULT_HEIGHT)
            self._result(section, self._pages.paper.right)

    def _items_with_result(self, section: StatementSection, heading: _Heading) -> None:
        """Draw open invoices, totals, unapplied credits, balance and ageing row."""
        words, paper = self._words, self._pages.paper
        table = items.open_item_table(words, paper, section.items)
        lines = blocks.lay_unapplied(words, section.unapplied, table)
        tail = blocks.TOTALS_HEIGHT + blocks.RESULT_HEIGHT + blocks.unapplied_height(lines)
        tail += blocks.TOTALS_HEIGHT if section.disputed else 0.0
        if section.items:
            carry = items.running_carry(words, section.items, table)
            self._flow(table, heading, tail=min(tail, _TALLEST_TAIL), carry=carry)
            self._totals(section, table)
        else:
            self._head(heading)
            self.y += _AIR
        has_heading = blocks.needs_heading(words, section.unapplied)
        self._unapplied(lines, table, words.say("unapplied") if has_heading else "")
        self._keep(blocks.RESULT_HEIGHT)
        self._result(section, table.column_edge(items.OPEN))

    def _totals(self, section: StatementSection, table: Table) -> None:
        if any(item.due.is_assumed for item in section.items):
            self.y = blocks.draw_footnote(self._pages, self._words, self.y)
        self.y = blocks.draw_invoice_totals(self._pages, self._words, section, table, self.y)

    def _unapplied(self, lines: list[blocks.UnappliedLine], table: Table, heading: str) -> None:
        """Draw the unapplied lines, over as many pages as they need."""
        is_repeated = False
        while lines:
            end = self._pages.paper.body_end
            count = len(lines)
            while count and self.y + blocks.unapplied_height(lines[:count]) > end:
                count -= 1
            if count:
                self.y = blocks.draw_unapplied(
                    self._pages,
                    lines[:count],
                    table,
                    self.y,
                    heading=heading,
                    is_repeated=is_repeated,
                )
                is_repeated = True
            lines = lines[count:]
            if lines:
                self.y = self._pages.next_page()

    def _write_settled(self, section: StatementSection, heading: _Heading) -> None:
        """Draw an account without open items: its ageing row, and what was settled last."""
        words, pages = self._words, self._pages
        self._head(heading)
        self._keep(blocks.RESULT_HEIGHT)
        self.y = blocks.draw_ageing(pages, words, section, self.y + 5.6)
        last = section.movements[-_LAST_MOVEMENTS:]
        if last:
            table = movements.last_movements_table(words, pages.paper, last, section.currency)
            heading = _Heading(words.say("last_movements"), words.say("last_movements_note"))
            self._flow(table, heading, tail=0.0, carry=None)

    def _result(self, section: StatementSection, edge: float) -> None:
        self.y = blocks.draw_result(self._pages, self._words, section, (edge, self.y))

    def _flow(self, table: Table, heading: _Heading, *, tail: float, carry: Carry | None) -> None:
        """Draw a table under its title, both on the next page if they barely start on this one."""
        drop = _HEADING_DROP + _HEADS_DROP if heading.title else _BLOCK_GAP
        end, head = self._pages.paper.body_end, table.head_height
        counts = break_rows(
            table.heights,
            end - self.y - drop - head,
            end - FIRST_HEADS - head,
            tail=tail,
            carry=CARRY_HEIGHT if carry else 0.0,
        )
        heads = self.y + drop
        if not counts[0]:
            heads = self._pages.next_page() + (_HEADS_DROP if heading.title else 0.0)
        self._draw_heading(heading, heads - _HEADS_DROP)
        self.y = flow_table(self._pages, table, heads, tail=tail, carry=carry)

    def _head(self, heading: _Heading) -> None:
        if heading.title:
            self._keep(_HEADING_DROP + 2 * blocks.TOTALS_HEIGHT)
            self.y += _HEADING_DROP
            self._draw_heading(heading, self.y)

    def _draw_heading(self, heading: _Heading, y: float) -> None:
        paper, canvas = self._pages.paper, self._pages.canvas
        if heading.title:
            with canvas.tag("H2"):
                canvas.text(paper.left, y, heading.title, Type.HEADING)
        if heading.aside:
            with canvas.tag("P"):
                canvas.text_right(paper.right, y, heading.aside, Type.SUB_LINE)

    def _keep(self, height: float) -> None:
        """Go on with the next page unless so many mm are left on this one."""
        if self.y + height > self._pages.paper.body_end:
            self.y = self._pages.next_page()
