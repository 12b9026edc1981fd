"""How many rows does a list show, by which filter, and why none?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.lists.list_head import ListHead
    from loyaldesk.ui.lists.plan import ListPlan, ListWish
    from loyaldesk.ui.tables.foot import TableFoot

__all__ = ["Counts"]


class Counts(QObject):
    """Says counts over and under the list, and what an empty one is for; offers the way out."""

    clear_wanted = Signal()
    begin_wanted = Signal()
    again_wanted = Signal()

    def __init__(
        self, desk: Desk, plan: ListPlan, head: ListHead, foot: TableFoot, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._plan, self._head, self._foot = desk, plan, head, foot
        self._shown, self._total, self._chosen, self._sums = 0, 0, 0, ""
        self._wish, self._words, self._trouble = plan.first, "", ""
        self.empty = EmptyState(desk.theme)
        self.empty.action_chosen.connect(self._leave_empty)

    def show_wish(self, wish: ListWish, words: str) -> None:
        """Tell which filter holds, in words; the counts follow when the list is read."""
        self._wish, self._words, self._sums = wish, words, ""

    @Slot(int)
    def show_shown(self, count: int) -> None:
        """Show how many rows the list has."""
        self._shown, self._trouble = count, ""
        self._say()

    @Slot(int)
    def show_total(self, total: int) -> None:
        """Show how many there would be without a filter."""
        self._total = total
        self._say()

    @Slot(int)
    def show_chosen(self, count: int) -> None:
        """Show how many rows are selected."""
        self._chosen = count
        self._say()

    @Slot(str)
    def show_trouble(self, sentence: str) -> None:
        """Say why the list could not be read; what is on screen stays."""
        self._trouble = sentence
        self._explain()
        self._desk.news.said.emit(sentence, False)

    @Slot(str)
    def show_sums(self, words: str) -> None:
        """Show what the rows come to, at the right."""
        self._sums = words
        self._say()

    def _say(self) -> None:
        number = self._desk.formats.number
        counts = number(self._shown)
        if self._words:
            counts = self.tr("{0} of {1}").format(counts, number(self._total))
        self._head.show_counts(counts, self._words)
        said = self._plan.counted(self._shown, number(self._shown))
        if self._chosen:
            said += " · " + self.tr("{0} selected").format(number(self._chosen))
        self._foot.show_counts(said, filter_words=self._words, sums=self._sums)
        self._explain()

    def _explain(self) -> None:
        if self._trouble:
            self.empty.explain(
                EmptyReason.NOT_SYNCED,
                self.tr("The list could not be read"),
                self._trouble,
                action=self.tr("Read again"),
                icon="circle-alert",
            )
        elif self._total and self._words:
            self.empty.explain(
                EmptyReason.FILTERED,
                self.tr("None of {0} match").format(self._desk.formats.number(self._total)),
                self.tr("Filter: {0}. No {1} fits.").format(self._words, self._plan.nouns[0]),
                action=self.tr("Clear the filter"),
            )
        else:
            nothing = self._plan.nothing
            self.empty.explain(
                EmptyReason.NOTHING_YET, nothing[0], nothing[1], action=nothing[2], icon=nothing[3]
            )

    @Slot()
    def _leave_empty(self) -> None:
        ways = {
            EmptyReason.NOT_SYNCED: self.again_wanted,
            EmptyReason.FILTERED: self.clear_wanted,
        }
        ways.get(self.empty.reason, self.begin_wanted).emit()
