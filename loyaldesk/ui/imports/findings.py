"""What would an import do: counts, a look at new records, changes, and rows that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from loyaldesk.ui.imports.counts_grid import CountsGrid
from loyaldesk.ui.imports.words import (
    difference_words,
    refusal_words,
    sample_words,
    table_words,
)
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tabs import UnderlineTabs
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.connectors.results import ImportPlan
    from loyaldesk.ui.desk import Desk

__all__ = ["Findings"]


class Findings(QWidget):
    """Four views of one plan or result; the first has the counts."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._totals: dict[int, tuple[int, int]] = {}
        theme = desk.theme
        self.tabs = UnderlineTabs(theme, name=self.tr("What the import does"))
        self.counts = CountsGrid(theme, desk.formats)
        self.new = self._list(self.tr("New records"))
        self.changed = self._list(self.tr("Changed records"))
        self.left_out = self._list(self.tr("Rows that are left out"))
        self._told = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        self._stack = QStackedWidget()
        for title in (self.tr("Counts"), self.tr("New"), self.tr("Changed"), self.tr("Left out")):
            self.tabs.add_view(title)
        for view in (self._scrolling(self.counts), self.new, self.changed, self.left_out):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        column.addWidget(self._told)
        self.tabs.currentChanged.connect(self._show_view)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show what a dry run found, or what an import did."""
        number, formats = self._desk.formats.number, self._desk.formats
        self.counts.show_counts(plan.counts)
        samples = [
            (*sample_words(fields, formats), table_words(table))
            for table, rows in plan.samples.items()
            for fields in rows
        ]
        self._fill(self.new, samples, "plus")
        changed = [(*difference_words(each, formats), "") for each in plan.differences]
        self._fill(self.changed, changed, "pencil")
        left_out = [(*refusal_words(each, formats), "") for each in plan.refusals]
        self._fill(self.left_out, left_out, "circle-x", Tone.BAD)
        new = sum(count.new for count in plan.counts.values())
        differing = sum(count.changed for count in plan.counts.values())
        for tab, words, count in (
            (1, self.tr("New {0}"), new),
            (2, self.tr("Changed {0}"), differing),
            (3, self.tr("Left out {0}"), plan.refused_rows),
        ):
            self.tabs.setTabText(tab, words.format(number(count)))
        self._totals = {1: (len(samples), new), 2: (len(changed), differing),
                        3: (len(left_out), plan.refused_rows)}  # fmt: skip
        self._show_view(self.tabs.currentIndex())

    def show_view(self, number: int) -> None:
        """Turn to a view: 0 counts, 1 new, 2 changed, 3 left out."""
        self.tabs.setCurrentIndex(number)

    @Slot(int)
    def _show_view(self, view: int) -> None:
        self._stack.setCurrentIndex(view)
        shown, total = self._totals.get(view, (0, 0))
        number = self._desk.formats.number
        words = ""
        if total == 0 and view:
            words = self.tr("None")
        elif shown < total:
            words = self.tr("The first {0} of {1}").format(number(shown), number(total))
        self._told.setText(words)
        self._told.setVisible(bool(words))

    def _list(self, name: str) -> ItemList:
        rows = ItemList(self._desk.theme, name=name)
        rows.set_scrolling(scrolling=True)
        return rows

    def _scrolling(self, content: QWidget) -> QScrollArea:
        home = QWidget()
        column = QVBoxLayout(home)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.tr("Counts by table"))
        area.setWidget(home)
        for ground in (home, area.viewport()):
            ground.setAutoFillBackground(False)
        return area

    def _fill(
        self,
        rows: ItemList,
        lines: Sequence[tuple[str, str, str]],
        icon: str,
        tone: Tone = Tone.SECONDARY,
    ) -> None:
        rows.show_items(
            [
                Item(
                    number,
                    [Span(first, style=TextStyle.NAME)],
                    second=second,
                    right=right,
                    icon=icon,
                    icon_tone=tone,
                    tip=second,
                )
                for number, (first, second, right) in enumerate(lines)
            ]
        )
