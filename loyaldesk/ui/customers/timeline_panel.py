"""What happened with this customer? Filters, finding, and reading on while scrolling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from loyaldesk.domain.text import fold
from loyaldesk.queries.timeline import (
    END,
    TimelineEntry,
    TimelineFilter,
    newest_first,
    read_timeline,
)
from loyaldesk.ui.customers.timeline_rows import RowMaker, key_of
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.panel import Hairline, Sheet
from loyaldesk.ui.widgets.tabs import UnderlineTabs
from loyaldesk.ui.widgets.timeline import TimelineView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["TimelinePanel"]

PAGE_ROWS, MOST_WHILE_FINDING, FIND_WIDTH = 50, 1_000, 120
_STATE = "customer.timeline"


class TimelinePanel(Sheet):
    """The timeline under its filters; `opened` tells which record was asked for."""

    opened = Signal(str, int)
    context_wanted = Signal(object, QPoint)
    note_wanted = Signal()

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk, self._customer_id = desk, customer_id
        self._maker: RowMaker | None = None
        self._entries: dict[tuple[str, int], TimelineEntry] = {}
        self._at_end, self._is_reading, self._most = True, False, PAGE_ROWS
        self._tabs = UnderlineTabs(desk.theme, name=self.tr("Show in the timeline"))
        self._find = LineEdit(
            desk.theme, placeholder=self.tr("Find"), icon="search", clearable=True,
            name=self.tr("Find in the timeline"),
        )  # fmt: skip
        self._find_button = IconButton(
            desk.theme, "search", self.tr("Find in the timeline"), keys="Ctrl+F", small=True
        )
        self._is_finding = False
        self.view = TimelineView(desk.theme, name=self.tr("Timeline"))
        self._empty = EmptyState(desk.theme)
        self._stack = QStackedWidget()
        self._lay_out()
        self._add_tabs()
        self._tabs.currentChanged.connect(self._change_filter)
        self._find.textChanged.connect(self._show_rows)
        self._find.editingFinished.connect(self._end_finding)
        self._find_button.clicked.connect(self.focus_find)
        self.view.more_wanted.connect(self._read_more)
        self.view.row_activated.connect(self._open)
        self.view.row_context.connect(self._tell_context)
        self._empty.action_chosen.connect(self._leave_empty)

    @property
    def shown(self) -> TimelineFilter:
        """The filter that is chosen."""
        return list(TimelineFilter)[self._order[max(self._tabs.currentIndex(), 0)]]

    @property
    def empty_words(self) -> tuple[str, str]:
        """Why there is nothing to see, as title and sentence."""
        return self._empty.words

    def entry(self, key: object) -> TimelineEntry | None:
        """Return the entry of a row, or None for the head of a day."""
        return self._entries.get(key) if isinstance(key, tuple) else None

    def show_newest(self, entries: Sequence[TimelineEntry], maker: RowMaker) -> None:
        """Show the newest entries as just read; older ones that were there stay below."""
        self._maker = maker
        older = list(self._entries.values()) if len(self._entries) > len(entries) else []
        self._entries = {key_of(entry): entry for entry in entries}
        if older and entries:
            oldest = min(entry.cursor for entry in entries)
            self._entries |= {key_of(e): e for e in older if e.cursor < oldest}
        else:
            self._at_end = len(entries) < PAGE_ROWS
        self._show_rows()

    def show_filter(self, wanted: TimelineFilter) -> None:
        """Choose a filter, as a counter that leads here does."""
        self._tabs.setCurrentIndex(self._order.index(list(TimelineFilter).index(wanted)))

    def focus_find(self) -> None:
        """Put the cursor into the field that finds in the list; it may cover the filters."""
        self._is_finding = True
        self._share_room()
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def _lay_out(self) -> None:
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 16, 0)
        head.setSpacing(8)
        head.addWidget(self._tabs, 1)
        head.addWidget(self._find)
        head.addWidget(self._find_button)
        ignored = QSizePolicy.Policy.Ignored  # what is hidden must not ask for room
        self._empty.setSizePolicy(ignored, ignored)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(self._desk.theme))
        column.addWidget(self._stack, 1)

    @Slot()
    def _share_room(self) -> None:
        """Show the field beside the filters, or where there is no room one of the two."""
        px = self._desk.theme.px
        tabs = sum(self._tabs.tabSizeHint(index).width() for index in range(self._tabs.count()))
        roomy = self.width() >= tabs + px(FIND_WIDTH) + 32
        finding = self._is_finding or bool(self._find.text())
        self._find.setVisible(roomy or finding)
        self._find.setMaximumWidth(px(FIND_WIDTH) if roomy else 16_777_215)
        self._tabs.setVisible(roomy or not finding)
        self._find_button.setVisible(not roomy and not finding)

    @Slot()
    def _end_finding(self) -> None:
        if not self._find.hasFocus() or not self._find.text():
            self._is_finding = False
            self._share_room()

    def _add_tabs(self) -> None:
        titles = {
            TimelineFilter.PEOPLE_AND_MONEY: self.tr("People + money"),
            TimelineFilter.PEOPLE: self.tr("People"),
            TimelineFilter.ORDERS_AND_MONEY: self.tr("Orders & money"),
            TimelineFilter.DOCUMENTS: self.tr("Documents"),
            TimelineFilter.CHANGES: self.tr("Changes"),
            TimelineFilter.EVERYTHING: self.tr("All"),
        }
        self._order = [list(TimelineFilter).index(choice) for choice in titles]
        for title in titles.values():
            self._tabs.add_view(title)
        wanted = self._desk.state.get(_STATE, "")
        if wanted in set(TimelineFilter):
            self.show_filter(TimelineFilter(wanted))

    @Slot(int)
    def _change_filter(self) -> None:
        self._desk.state.put(_STATE, self.shown.value)
        self._entries, self._at_end, self._most = {}, True, PAGE_ROWS
        self._read(END)

    @Slot()
    def _read_more(self) -> None:
        if self._at_end or self._is_reading or not self._entries:
            return
        self._read(min(entry.cursor for entry in self._entries.values()))

    def _read(self, before: str) -> None:
        self._is_reading = True
        self._desk.jobs.read(
            read_timeline,
            owner=self,
            then=self._take_entries,
            replaces="timeline",
            customer_id=self._customer_id,
            shown=self.shown,
            before=before,
            most=self._most,
        )

    def _take_entries(self, entries: list[TimelineEntry]) -> None:
        self._is_reading = False
        known = len(self._entries)
        self._entries |= {key_of(e): e for e in entries if key_of(e) not in self._entries}
        self._at_end = len(entries) < self._most
        if not self._at_end and len(self._entries) == known:
            # More happened on one day than one page holds: reach beyond it.
            self._most *= 2
            self._read_more()
            return
        self._most = PAGE_ROWS
        self._show_rows()

    @Slot()
    def _show_rows(self) -> None:
        if self._maker is None:
            return
        # A day may have come in two parts.
        rows = [self._maker.row(entry) for entry in newest_first(self._entries.values())]
        sought = fold(self._find.text()).split()
        if sought:
            rows = [row for row in rows if all(word in fold(row.spoken) for word in sought)]
        self.view.show_rows(rows)
        self._explain(is_finding=bool(sought))
        self._stack.setCurrentIndex(0 if rows else 1)
        if sought:
            announce(self.view, self.tr("{0} found").format(len(rows)))
            if not self._at_end and len(self._entries) < MOST_WHILE_FINDING:
                self._read_more()

    def _explain(self, *, is_finding: bool) -> None:
        if is_finding:
            self._empty.explain(
                EmptyReason.FILTERED,
                self.tr("None of {0} match").format(len(self._entries)),
                self.tr("No entry here has these words."),
                action=self.tr("Clear the words"),
            )
        elif self._is_reading:
            title = self.tr("Reading the timeline…")
            self._empty.explain(EmptyReason.NOTHING_YET, title, "", icon="history")
        else:
            self._empty.explain(
                EmptyReason.NOTHING_YET,
                self.tr("Nothing here yet"),
                self.tr("What happens with this customer is listed here by day."),
                action=self.tr("Write a note"),
                icon="history",
            )

    @Slot()
    def _leave_empty(self) -> None:
        if self._empty.reason is EmptyReason.FILTERED:
            self._find.clear()
        else:
            self.note_wanted.emit()

    @Slot(object)
    def _open(self, key: object) -> None:
        entry = self.entry(key)
        if entry is not None:
            self.opened.emit(entry.what, entry.record_id)

    @Slot(object, QPoint)
    def _tell_context(self, key: object, at: QPoint) -> None:
        entry = self.entry(key)
        if entry is not None:
            self.context_wanted.emit(entry, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()
