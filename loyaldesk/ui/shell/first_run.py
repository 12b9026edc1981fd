"""The first start: four doors, no tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.shell.doors import Door
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from loyaldesk.ui.desk import Desk

__all__ = ["FirstRun"]

WIDEST, LOWEST, LEAST_IN_ONE_ROW = 1240, 380, 1000


class FirstRun(Sheet):
    """Shown while the profile has no store; `done` says that the usual pages may come."""

    done = Signal()

    def __init__(
        self, desk: Desk, open_demo: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        self.demo, self.hub = self._demo(), self._hub()
        self.file, self.empty = self._file(), self._empty()
        self._doors = QGridLayout()
        self._is_left = False
        self._lay_out()
        self.demo.button.clicked.connect(open_demo)
        self.hub.button.clicked.connect(desk.ways.connect_wanted)
        self.file.button.clicked.connect(self._import)
        desk.news.hub_changed.connect(self._leave)
        self.empty.button.clicked.connect(self._start_empty)

    def page_title(self) -> str:
        """Return what the window is called meanwhile: nothing yet."""
        return ""

    def focus_first(self) -> None:
        """Put the keyboard on the first door."""
        self.demo.button.setFocus()

    def _demo(self) -> Door:
        return Door(
            self._theme,
            "1",
            "flask-conical",
            title=self.tr("Try the demo company"),
            sentence=self.tr(
                "A whole company to play with: customers, orders, letters. Nothing in it is real "
                "and nothing leaves this computer."
            ),
            points=(
                ("phone", self.tr("Find a caller by phone number")),
                ("message-square", self.tr("Log a call")),
                ("mail-check", self.tr("Acknowledge an order")),
                ("receipt-text", self.tr("Print a statement")),
            ),
            button=Button(self._theme, self.tr("Open the demo"), kind=ButtonKind.PRIMARY),
            note=self.tr("Opens in a window of its own. Amber strip on top, so you always know."),
        )

    def _hub(self) -> Door:
        return Door(
            self._theme,
            "2",
            "link",
            title=self.tr("Connect to your hub"),
            sentence=self.tr(
                "Your company’s customers on this computer, encrypted, and in step with your "
                "colleagues."
            ),
            points=(
                ("log-in", self.tr("Sign in by password or in the browser")),
                ("cloud-download", self.tr("Newest customers first, usable at once")),
                ("cloud-off", self.tr("Works without a network")),
            ),
            button=Button(self._theme, self.tr("Connect…")),
            note=self.tr("Whoever runs the hub has its address for you."),
        )

    def _file(self) -> Door:
        return Door(
            self._theme,
            "3",
            "upload",
            title=self.tr("Import your records"),
            sentence=self.tr(
                "Customers, orders and invoices from CSV or Excel files or from a database."
            ),
            points=(
                ("list", self.tr("Shows what would come before it writes")),
                ("repeat", self.tr("Reading it twice changes nothing")),
            ),
            button=Button(self._theme, self.tr("Choose a file…")),
            note=self.tr("Nothing is written until you have seen the dry run."),
        )

    def _empty(self) -> Door:
        return Door(
            self._theme,
            "4",
            "user-plus",
            title=self.tr("Start with your first customer"),
            sentence=self.tr("No other system? Type in customers, orders and payments here."),
            points=(
                ("undo-2", self.tr("Everything can be undone")),
                ("lock", self.tr("Encrypted from the first letter on")),
            ),
            button=Button(self._theme, self.tr("New customer")),
            note=self.tr("You can import later: File, then Import."),
        )

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        self._doors.setSpacing(px(16))
        for door in self._all():
            door.setMinimumHeight(px(LOWEST))
        self._arrange()
        middle = QWidget()
        middle.setMaximumWidth(px(WIDEST))
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(16), 0, px(16), 0)
        column.setSpacing(px(4))
        column.addSpacing(px(24))
        column.addStretch(2)
        title = self.tr("Welcome. Where are your customers?")
        words = self.tr("Pick one door. You can use the others later, from the menu File.")
        column.addWidget(TextLabel(theme, title, TextStyle.DISPLAY, wrap=True))
        column.addWidget(TextLabel(theme, words, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        column.addSpacing(px(20))
        column.addLayout(self._doors)
        column.addSpacing(px(24))
        column.addStretch(3)
        row = QHBoxLayout(sheet := Sheet(theme, Ground.WINDOW))
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self._scroll(sheet)

    def _all(self) -> tuple[Door, ...]:
        return self.demo, self.hub, self.file, self.empty

    def _arrange(self) -> None:
        """Put the doors side by side, or two by two where there is no room."""
        in_row = len(self._all()) if self.width() >= self._theme.px(LEAST_IN_ONE_ROW) else 2
        for number, door in enumerate(self._all()):
            self._doors.addWidget(door, number // in_row, number % in_row)
        for column in range(len(self._all())):
            self._doors.setColumnStretch(column, int(column < in_row))

    def _scroll(self, sheet: QWidget) -> None:
        """Let a small window, or large text, scroll; the keyboard stays on the doors."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(sheet)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    @Slot()
    def _leave(self) -> None:
        """Give way to the usual pages once the desk has a hub; the doors may be gone by then."""
        if not self._is_left:
            self._is_left = True
            self.done.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _import(self) -> None:
        self._leave()
        self._desk.ways.import_wanted.emit()

    def _start_empty(self) -> None:
        self._leave()
        self._desk.ways.new_customer_wanted.emit()
