"""What the window holds: this file only puts the parts together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QStackedWidget, QVBoxLayout

from loyaldesk.ui.shell.actions import ShellActions, open_demo
from loyaldesk.ui.shell.banners import BannerPlace
from loyaldesk.ui.shell.customer_tabs import CustomerTabs
from loyaldesk.ui.shell.demo_strip import DemoStrip
from loyaldesk.ui.shell.guide import Guide
from loyaldesk.ui.shell.nav_sections import NavSections
from loyaldesk.ui.shell.parts import Parts
from loyaldesk.ui.shell.session import Session
from loyaldesk.ui.shell.status_bar import StatusBar
from loyaldesk.ui.shell.sync_parts import SyncParts
from loyaldesk.ui.shell.top_row import TopRow
from loyaldesk.ui.widgets.nav_list import NavList
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.toast import Toaster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from loyaldesk.queries.open_tabs import OpenTab
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.frame import Frame
    from loyaldesk.ui.shell.places import Place

__all__ = ["MainWindow"]

NARROW = 1100


class MainWindow(Sheet):
    """Menu and search on top, sections at the left, tabs and a page, status below."""

    def __init__(self, frame: Frame, desk: Desk, *, is_first_run: bool, is_demo: bool) -> None:
        super().__init__(desk.theme, Ground.WINDOW, frame)
        self.frame = frame
        self._desk = desk
        self._is_first_run = is_first_run and not is_demo
        theme = desk.theme
        self._menu_bar = QMenuBar()
        self.top_row = TopRow(theme, self._menu_bar)
        self.nav = NavList(theme, name=self.tr("Sections"))
        self.sections = NavSections(desk, self.nav)
        self.tabs = CustomerTabs(theme)
        self.pages = QStackedWidget()
        self.status = StatusBar(desk)
        self.banners = BannerPlace(theme, desk.news)
        self.toaster = Toaster(theme, frame)
        self.guide = Guide(desk, self.tabs, self.pages)
        self.sync_parts = SyncParts(desk, self.guide, self.banners, frame)
        self._lay_out(is_demo=is_demo)
        parts = _parts_of(self, desk, self._menu_bar)
        self.commands = ShellActions(parts)
        self.session = Session(parts)
        self._connect()
        frame.setCentralWidget(self)

    def begin(self) -> None:
        """Show the first page; everything around it is painted before."""
        if self._is_first_run:
            self._show_first_run()
        else:
            self._show_customers()

    def tell_rescued(self) -> None:
        """After a crash, offer to go on with the note that was being written."""
        from loyaldesk.queries.open_tabs import read_noted

        self._desk.jobs.read(read_noted, owner=self, then=self._show_rescued)

    def show_refusal(self, sentence: str) -> None:
        """Show why something was refused; the sentence says what is safe and what to do."""
        self.banners.tell_refusal(sentence)
        self.status.show_trouble()

    def show_crash(self, error: BaseException) -> None:
        """Offer the report of a bug; what was typed is kept as a draft."""
        from loyaldesk.ui.shell.crash_dialog import CrashDialog

        CrashDialog(self._desk, error, parent=self.frame).open()

    def _lay_out(self, *, is_demo: bool) -> None:
        theme = self._desk.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if is_demo:
            column.addWidget(DemoStrip(theme, self.frame.close))
        self._around = [self.top_row, Hairline(theme), self.nav, Hairline(theme, vertical=True)]
        self._around.append(self.tabs)
        column.addWidget(self.top_row)
        column.addWidget(self._around[1])
        column.addLayout(self._middle(), 1)
        column.addWidget(Hairline(theme))
        column.addWidget(self.status)

    def _middle(self) -> QHBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (*self._around[4:], self.banners):
            right.addWidget(part)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        for part in self._around[2:4]:
            middle.addWidget(part)
        middle.addLayout(right, 1)
        return middle

    def _connect(self) -> None:
        self.sections.show()
        self.nav.row_activated.connect(self.guide.go_to_section)
        self.guide.went.connect(self._arrived)
        self.guide.titled.connect(self._name_window)
        self.top_row.back_wanted.connect(self.guide.back)
        self.top_row.forward_wanted.connect(self.guide.forward)
        self.tabs.new_wanted.connect(partial(self._desk.ways.search_wanted.emit, ""))
        self._desk.theme.changed.connect(self._fold)
        self.frame.moved.connect(self.session.touch)
        self.frame.closing.connect(self._leave)

    def _show_customers(self) -> None:
        self.guide.go_to_section("customers")
        self.guide.page.focus_first()
        self.guide.page.rows_shown.connect(self._rows_shown)

    @Slot()
    def _rows_shown(self) -> None:
        self.frame.first_rows_shown.emit()
        self.session.restore()
        self.sections.begin_counting()

    def _show_first_run(self) -> None:
        from loyaldesk.ui.shell.first_run import FirstRun

        doors = FirstRun(self._desk, open_demo)
        doors.done.connect(self._leave_first_run)
        self.pages.addWidget(doors)
        self.pages.setCurrentWidget(doors)
        self._show_around(shown=False)
        doors.focus_first()
        self.frame.first_rows_shown.emit()

    def _show_around(self, *, shown: bool) -> None:
        """Show the window with all its parts, or only a page and the status bar."""
        for part in self._around:
            part.setVisible(shown)

    @Slot()
    def _leave_first_run(self) -> None:
        self._is_first_run = False
        self._show_around(shown=True)
        self._show_customers()

    @Slot(object)
    def _arrived(self, place: Place) -> None:
        self.sections.choose(place.section or "customers")
        self._name_window()

    @Slot()
    def _name_window(self) -> None:
        title = self.guide.page.page_title()
        self.frame.setWindowTitle(f"{title} — LoyalDesk" if title else "LoyalDesk")

    @Slot()
    def _leave(self) -> None:
        self.status.stop_work()
        self.session.keep()

    def _show_rescued(self, noted: Sequence[OpenTab]) -> None:
        if noted:
            go_on = partial(self.guide.go_to_customer, noted[0].customer_id)
            self.banners.tell_rescue(noted[0].name, go_on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    @Slot()
    def _fold(self) -> None:
        scale = self._desk.theme.px(100) / 100
        self.nav.set_folded(folded=self.width() / scale < NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Only what no field, list or page wanted for itself arrives here.
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.banners.banner is not None:
            self.banners.clear()
        elif self.toaster.toast is not None:
            self.toaster.dismiss()
        else:
            self.guide.up()


def _parts_of(window: MainWindow, desk: Desk, menu_bar: QMenuBar) -> Parts:
    return Parts(
        window=window.frame,
        desk=desk,
        menu_bar=menu_bar,
        top_row=window.top_row,
        nav=window.nav,
        tabs=window.tabs,
        status=window.status,
        toaster=window.toaster,
        guide=window.guide,
    )
