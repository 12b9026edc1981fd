"""How it is between this desk and its hub, on one page: state, lists, and the one chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from loyaldesk.queries.sync_page import SyncPageRows, read_sync_page
from loyaldesk.ui.sync.no_hub import NoHub
from loyaldesk.ui.sync.page_head import PageHead
from loyaldesk.ui.sync.panes import Panes
from loyaldesk.ui.sync.side_column import SideColumn
from loyaldesk.ui.sync.side_foot import SideFoot
from loyaldesk.ui.sync.side_menu import SideMenu
from loyaldesk.ui.sync.state_strip import StateStrip
from loyaldesk.ui.sync.sync_ways import SyncWays
from loyaldesk.ui.widgets.panel import Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from loyaldesk.store.changes import Changes
    from loyaldesk.sync.state import SyncState
    from loyaldesk.ui.desk import Desk

__all__ = ["SyncPage"]

REREAD_MS, TICK_MS = 250, 20_000
SIDE_WIDTH, SIDE_PART = 300, 0.4


class SyncPage(Sheet):
    """Reads itself again when records change or the state does, while it is looked at."""

    rows_shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk = desk
        self._is_stale = False
        self._wanted: tuple[str, str, str] | None = None
        self.head = PageHead(desk)
        self.strip = StateStrip(desk)
        self.side = SideColumn(desk)
        self.foot = SideFoot(desk)
        self.ways = SyncWays(desk, self, self.read)
        self.panes = Panes(desk, self.ways)
        self.menu = SideMenu(desk, self.ways, self.panes, self)
        self.no_hub = NoHub(desk)
        self._left = QWidget()
        self._stack = QStackedWidget()
        self._reread = QTimer(self, interval=REREAD_MS, singleShot=True)
        self._tick = QTimer(self, interval=TICK_MS)
        self._lay_out()
        self._connect()
        self._show_state()

    def page_title(self) -> str:
        """Return what the window is called."""
        return self.tr("Sync")

    @Slot()
    def read(self) -> None:
        """Read what waits and what met."""
        self._is_stale = False
        self._desk.jobs.read(
            read_sync_page,
            owner=self,
            then=self._show,
            replaces="sync",
            now=self._desk.now(),
            today=self._desk.today(),
        )

    @Slot()
    def refresh(self) -> None:
        """Exchange with the hub now."""
        if self._desk.news.sync.hub:
            self._desk.ways.sync_wanted.emit()

    def show_record(self, kind: str, uid: str) -> None:
        """Show what is to be decided about a record."""
        self._wanted = ("conflict", kind, uid)
        if self.side.choose(self._wanted):
            self._wanted = None

    def focus_first(self) -> None:
        """Put the keyboard where something can be done."""
        if self._desk.news.sync.hub:
            self.side.focus_first()
        else:
            self.no_hub.connect_button.setFocus()

    def step_pane(self, by: int) -> bool:
        """Move the keyboard between the lists and what is shown; False if that leads out."""
        is_inside = self.panes.isAncestorOf(self.focusWidget())
        if by > 0 and not is_inside:
            return self.panes.focus_first()
        if by < 0 and is_inside:
            self.side.focus_first()
            return True
        return False

    def _lay_out(self) -> None:
        theme = self._desk.theme
        left = QVBoxLayout(self._left)
        row = QHBoxLayout()
        body = QWidget()
        inside = QVBoxLayout(body)
        column = QVBoxLayout(self)
        for layout in (left, row, inside, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        left.addWidget(self.side, 1)
        left.addWidget(Hairline(theme))
        left.addWidget(self.foot)
        row.addWidget(self._left)
        row.addWidget(Hairline(theme, vertical=True))
        row.addWidget(self._scrolled(self.panes), 1)
        inside.addWidget(self.strip)
        inside.addWidget(Hairline(theme))
        inside.addLayout(row, 1)
        for part in (self.no_hub, body):
            self._stack.addWidget(part)
        for part in (self.head, Hairline(theme)):
            column.addWidget(part)
        column.addWidget(self._stack, 1)

    def _scrolled(self, content: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setAccessibleName(self.tr("What is chosen"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(content)
        return area

    def _connect(self) -> None:
        news = self._desk.news
        self.side.chosen.connect(self.panes.show_key)
        self.side.entered.connect(self.panes.focus_first)
        self.side.undo_wanted.connect(self.ways.undo_merge)
        self.side.context_wanted.connect(self.menu.open_at)
        self._reread.timeout.connect(self.read)
        self._tick.timeout.connect(self.strip.show_state)
        news.changed.connect(self._hear)
        news.sync_changed.connect(self._hear_sync)
        self._desk.theme.changed.connect(self._fit)

    def _show(self, rows: SyncPageRows) -> None:
        self.strip.show_copy(rows.copy)
        self.panes.take(rows)
        self.side.show_rows(rows)
        if self._wanted is not None:
            self.show_record(*self._wanted[1:])
        if self.side.chosen_key is None:
            self.side.choose_first()
        self.panes.show_key(self.side.chosen_key)
        self.rows_shown.emit()

    def _show_state(self) -> None:
        self._stack.setCurrentIndex(1 if self._desk.news.sync.hub else 0)
        self.head.show_state()
        self.foot.show_state()
        self.strip.show_state()

    @Slot(object)
    def _hear_sync(self, _state: SyncState) -> None:
        self._show_state()
        self._read_soon()

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes:
            self._read_soon()

    def _read_soon(self) -> None:
        if not self._desk.news.sync.hub:
            return
        self._is_stale = True
        if self.isVisible():
            self._reread.start()

    @Slot()
    def _fit(self) -> None:
        wanted = self._desk.theme.px(SIDE_WIDTH)
        self._left.setFixedWidth(min(wanted, int(self.width() * SIDE_PART)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        if self._desk.news.sync.hub:
            self.read()

    def hideEvent(self, event: Any) -> None:
        self._tick.stop()
        super().hideEvent(event)
