"""The main window: it only puts its parts together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout

from loyaldesk.ui.shell.actions import ShellActions
from loyaldesk.ui.shell.customer_tabs import CustomerTabs
from loyaldesk.ui.shell.demo_strip import DemoStrip
from loyaldesk.ui.shell.guide import Guide
from loyaldesk.ui.shell.sections import SECTIONS
from loyaldesk.ui.shell.status_bar import StatusBar
from loyaldesk.ui.shell.top_row import TopRow
from loyaldesk.ui.shell.window_state import keep_window, restore_window
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.nav_list import NavItem, NavList
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.toast import Toaster

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.places import Place

__all__ = ["MainWindow"]

NARROW = 1100


class MainWindow(QMainWindow):
    """The window: menu and search on top, sections at the left, tabs and a page, status below."""

    first_rows_shown = Signal()

    def __init__(self, desk: Desk, *, is_first_run: bool, is_demo: bool) -> None:
        super().__init__()
        self._desk = desk
        self._is_first_run = is_first_run and not is_demo
        theme = desk.theme
        self._menu_bar = QMenuBar()
        self.top_row = TopRow(theme, self._menu_bar)
        self.nav = NavList(theme, name=self.tr("Sections"))
        self.tabs = CustomerTabs(theme)
        self.pages = QStackedWidget()
        self.status = StatusBar(desk)
        self.toaster = Toaster(theme, self)
        self.guide = Guide(desk, self.tabs, self.pages)
        self._banners = QVBoxLayout()
        self._lay_out(is_demo=is_demo)
        self.actions_of_shell = ShellActions(self, desk, self._menu_bar)
        self._connect()
        self.setWindowTitle(self.tr("LoyalDesk"))

    def open(self) -> None:
        """Show the window where it stood, then what was open in it."""
        restore_window(self, self._desk.state)
        self.show()
        # Only after the first frame: the person sees the window before anything is read.
        QTimer.singleShot(0, self._show_first_page)

    def store_opened(self) -> None:
        """Say that records can be written now, and bring back the tabs of the last time."""
        self.status.show_kept(self.tr("On this computer"))
        self.actions_of_shell.store_opened()

    def show_refusal(self, sentence: str) -> None:
        """Show why something was refused; the sentence says what is safe and what to do."""
        banner = Banner(
            self._desk.theme,
            BannerKind.WARN,
            happened=sentence,
            actions=(self.tr("Close"),),
        )
        banner.action_chosen.connect(self._clear_banners)
        self._show_banner(banner)

    def show_crash(self, error: Exception) -> None:
        """Offer the report of a bug; what was typed is kept as a draft."""
        from loyaldesk.ui.shell.crash_dialog import CrashDialog

        CrashDialog(self._desk, error, parent=self).open()

    def _lay_out(self, *, is_demo: bool) -> None:
        theme = self._desk.theme
        sheet = Sheet(theme, Ground.WINDOW)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if is_demo:
            column.addWidget(DemoStrip(theme, self.close))
        column.addWidget(self.top_row)
        column.addWidget(Hairline(theme))
        column.addLayout(self._middle(), 1)
        column.addWidget(Hairline(theme))
        column.addWidget(self.status)
        self.setCentralWidget(sheet)

    def _middle(self) -> QHBoxLayout:
        theme = self._desk.theme
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(Hairline(theme))
        right.addLayout(self._banners)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.nav)
        middle.addWidget(Hairline(theme, vertical=True))
        middle.addLayout(right, 1)
        return middle

    def _connect(self) -> None:
        items: list[NavItem] = []
        for section in SECTIONS:
            title = QCoreApplication.translate("Sections", section.title)
            items += [NavItem.break_line()] if section.opens_a_gap else []
            items.append(NavItem(section.key, title, section.icon))
        self.nav.show_items(items)
        self.nav.row_activated.connect(self.guide.go_to_section)
        self.guide.went.connect(self._arrived)
        self.top_row.back_wanted.connect(self.guide.back)
        self.top_row.forward_wanted.connect(self.guide.forward)
        self.tabs.new_wanted.connect(partial(self._desk.ways.search_wanted.emit, ""))
        self._desk.news.said.connect(self._say)

    @Slot()
    def _show_first_page(self) -> None:
        if self._is_first_run:
            self._show_first_run()
        else:
            self.guide.go_to_section("customers")
            self.guide.page.rows_shown.connect(self.first_rows_shown)

    def _show_first_run(self) -> None:
        from loyaldesk.ui.shell.first_run import FirstRun

        doors = FirstRun(self._desk)
        doors.done.connect(self._leave_first_run)
        self.pages.addWidget(doors)
        self.pages.setCurrentWidget(doors)
        self.first_rows_shown.emit()

    @Slot()
    def _leave_first_run(self) -> None:
        self._is_first_run = False
        self._show_first_page()

    @Slot(object)
    def _arrived(self, place: Place) -> None:
        self.nav.choose(place.section or "customers")
        title = self.guide.page.page_title() if self.guide.page else ""
        self.setWindowTitle(f"{title} — LoyalDesk" if title else "LoyalDesk")

    @Slot(str, bool)
    def _say(self, words: str, can_undo: bool) -> None:
        if can_undo:
            undo = self.actions_of_shell.undo
            self.toaster.say(words, action=self.tr("Undo"), then=undo)
        else:
            self.toaster.say(words)

    def _show_banner(self, banner: Banner) -> None:
        self._clear_banners()
        self._banners.addWidget(banner)
        banner.speak()

    @Slot()
    def _clear_banners(self) -> None:
        while self._banners.count():
            item = self._banners.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = self._desk.theme.px(100) / 100
        self.nav.set_folded(folded=self.width() / scale < NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_window(self, self._desk.state)
        self._desk.state.put("tabs", self.tabs.customer_ids)
        super().closeEvent(event)
