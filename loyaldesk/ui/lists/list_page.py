"""A page of one long list: filter, sort, columns, kept views, export, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from loyaldesk.ui.lists.counts import Counts
from loyaldesk.ui.lists.filter_bar import FilterBar
from loyaldesk.ui.lists.list_head import ListHead
from loyaldesk.ui.lists.record_list import RecordList
from loyaldesk.ui.tables.foot import TableFoot
from loyaldesk.ui.widgets.panel import Hairline, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.lists.plan import ListPlan, ListWish

__all__ = ["ListPage"]


class ListPage(Sheet):
    """Everything the pages of long lists share; one of them says what a row opens.

    `rows_shown` is emitted once, when the first rows have been painted.
    """

    rows_shown = Signal()
    opened = Signal(int)

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk, self.plan, self._wish = desk, plan, plan.first
        self.head = ListHead(desk.theme, plan.title)
        self.filters = FilterBar(desk.theme, plan)
        self.list = RecordList(desk, plan)
        self.foot = TableFoot(desk.theme)
        self.counts = Counts(desk, plan, self.head, self.foot, self)
        self.list.view.set_empty(self.counts.empty)
        self.content = QHBoxLayout()
        self._lay_out()
        self._connect()
        self._show_wish(plan.first)

    @property
    def wish(self) -> ListWish:
        """What the list shows."""
        return self._wish

    def page_title(self) -> str:
        """Return the list's name."""
        return self.plan.title

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self.list.refresh()

    def focus_first(self) -> None:
        """Put the cursor into the list, on its first row if on none."""
        # Before the focus, or Qt would make the first row current without choosing it.
        self.list.choose_first()
        self.list.view.setFocus()

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Go to the box that filters the list."""
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    @Slot()
    def save_copy(self) -> None:
        """Ask for a file and export the list to it."""
        from loyaldesk.ui.lists.export import ask_for_file

        name = f"{self._desk.today().isoformat()} {self.plan.title}.csv"
        ask_for_file(self, name, self.export_to)

    def export_to(self, path: Path) -> None:
        """Export the list as it is filtered and sorted now."""
        from loyaldesk.ui.lists.export import Export

        Export(self._desk, self.plan, self.list.ids, path).start()

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Return what the context menu of a row offers besides opening and copying."""
        del row_id
        return ()

    @Slot()
    def begin(self) -> None:
        """Do what the button of a list without records offers."""

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.list, 1)
        left.addWidget(self.foot)
        self.content.setSpacing(0)
        self.content.addLayout(left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.filters)
        column.addWidget(Hairline(self._desk.theme))
        column.addLayout(self.content, 1)

    def _connect(self) -> None:
        from loyaldesk.ui.lists.saved_views import SavedViews

        view, head = self.list.view, self.head
        self.views = SavedViews(self._desk, self.plan, self)
        head.views_wanted.connect(lambda: head.open_menu(self.views.menu(self._wish), head.views))
        head.columns_wanted.connect(lambda: head.open_menu(view.head.columns_menu(), head.columns))
        head.export_wanted.connect(self.save_copy)
        self.filters.wish_changed.connect(self._narrow)
        self.filters.list_wanted.connect(self.focus_first)
        self.filters.opening_wanted.connect(self._open_first)
        view.sort_wanted.connect(self._sort)
        view.text_typed.connect(self.filters.type_into)
        view.row_activated.connect(self.opened)
        view.context_wanted.connect(self._open_context)
        view.selection_count_changed.connect(self.counts.show_chosen)
        self.list.ids_shown.connect(self.counts.show_shown)
        self.list.total_known.connect(self.counts.show_total)
        self.list.sums.known.connect(self.counts.show_sums)
        self.list.failed.connect(self.counts.show_trouble)
        self.list.rows_painted.connect(self.rows_shown)
        self.foot.filter_cleared.connect(self._clear_filter)
        self.counts.clear_wanted.connect(self._clear_filter)
        self.counts.again_wanted.connect(self.refresh)
        self.counts.begin_wanted.connect(self.begin)
        self.views.view_chosen.connect(self._take_view)
        for keys, by in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            step = QShortcut(QKeySequence(keys), self)
            step.activated.connect(partial(self.list.step, by))

    @Slot()
    def _narrow(self) -> None:
        self._show_wish(self.filters.wish(self._wish))

    @Slot(str, bool)
    def _sort(self, key: str, descending: bool) -> None:  # a signal has no keywords
        self._show_wish(replace(self._wish, sort=key, descending=descending))

    def _show_wish(self, wish: ListWish) -> None:
        self._wish = wish
        self.counts.show_wish(wish, ", ".join(self.filters.words(wish)))
        self.list.show_wish(wish)

    @Slot(object)
    def _take_view(self, wish: ListWish) -> None:
        self._wish = wish
        self.filters.show_wish(wish)

    @Slot()
    def _clear_filter(self) -> None:
        self._take_view(self._wish.without_filters())

    @Slot()
    def _open_first(self) -> None:
        view = self.list.view
        row_id = view.current_id()
        if row_id < 0 and self.list.ids:
            row_id = self.list.ids[0]
        if row_id >= 0:
            self.opened.emit(row_id)

    @Slot(int, QPoint)
    def _open_context(self, row_id: int, at: QPoint) -> None:
        menu = QMenu(self)
        copy = (self.tr("Copy rows"), self.list.view.copy_rows)
        entries = [
            (self.tr("Open"), partial(self.opened.emit, row_id)),
            *self.choices(row_id),
            copy,
        ]
        for words, command in entries:
            menu.addAction(words).triggered.connect(lambda _=False, c=command: c())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            # After the window has put its own focus somewhere.
            QTimer.singleShot(0, self, self._take_focus)

    @Slot()
    def _take_focus(self) -> None:
        if self.isVisible() and not self.filters.box.hasFocus():
            self.focus_first()
