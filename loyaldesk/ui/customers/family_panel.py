"""Which customers belong together, and what do they owe and order, each and together?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.queries.parents import FamilyFigures, FamilySum, read_family_figures
from loyaldesk.ui.customers.side_list import SideList
from loyaldesk.ui.widgets.item_list import Item
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.customer_page import CustomerPage, MemberRow
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.desk import Desk

__all__ = ["FamilyPanel"]


class FamilyPanel(QWidget):
    """The parent or the members, and for a parent the figures of all of them together."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.together = SpanLabel(desk.theme, wrap=True)
        self.members = SideList(desk.theme, name=self.tr("Belongs together"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.together)
        column.addWidget(self.members)
        self.members.row_activated.connect(desk.ways.customer_wanted.emit)
        self.members.preview_wanted.connect(desk.ways.customer_wanted.emit)

    def show_family(self, page: CustomerPage, say: Wording) -> None:
        """Show the family; the figures of a parent's members are read behind it."""
        self._page, self._say = page, say
        self.together.hide()
        self._show_members(FamilyFigures({}, ()))
        if page.members:
            self._desk.jobs.read(
                read_family_figures,
                owner=self,
                then=self._show_figures,
                replaces="family",
                customer_id=page.head.id,
                today=say.today,
            )

    def _show_figures(self, figures: FamilyFigures) -> None:
        self._show_members(figures)
        spans: list[Span] = []
        for row in figures.together:
            spans += self._sum_spans(row)
        self.together.set_spans(spans)
        self.together.setVisible(bool(spans))

    def _sum_spans(self, row: FamilySum) -> list[Span]:
        say = self._say
        late = Tone.BAD if row.overdue else Tone.SECONDARY
        return [
            Span.small(self.tr("Together open ")),
            Span(say.money(row.balance), style=TextStyle.SMALL_STRONG),
            Span.small(self.tr(", overdue ")),
            Span(say.money(row.overdue), late, TextStyle.SMALL_STRONG),
            Span.small(self.tr(", this year ")),
            Span(say.money(row.this_year), style=TextStyle.SMALL_STRONG),
            Span.small(". "),
        ]

    def _show_members(self, figures: FamilyFigures) -> None:
        items = [self._member(row, figures.each.get(row.id, ())) for row in self._page.members]
        head = self._page.head
        if head.parent_id is not None:
            name = head.parent_name or self.tr("its parent")
            title = [Span(name, style=TextStyle.NAME)]
            second = self.tr("This customer belongs to it")
            items.insert(0, Item(head.parent_id, title, second=second, icon="building-2"))
        self.members.show_items(items)

    def _member(self, row: MemberRow, sums: tuple[FamilySum, ...]) -> Item:
        overdue = any(part.overdue for part in sums)
        balance = self._say.sums(part.balance for part in sums)
        late = self._say.sums(part.overdue for part in sums)
        return Item(
            row.id,
            [Span(row.name, style=TextStyle.NAME)],
            second=" · ".join(part for part in (row.number, row.town) if part),
            right=balance,
            right_tone=Tone.TEXT,
            right_second=self.tr("{0} overdue").format(late) if overdue else "",
            icon="building-2",
            tip=row.name,
        )
