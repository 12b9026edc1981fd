"""The first start: three doors, no tour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.shell.doors import Door
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.ui.desk import Desk

__all__ = ["FirstRun"]

WIDEST, LOWEST = 1104, 380


class FirstRun(Sheet):
    """Shown while the profile has no store; `done` says that the usual pages may come."""

    done = Signal()

    def __init__(
        self, desk: Desk, open_demo: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        self.demo, self.file, self.empty = self._demo(), self._file(), self._empty()
        self._lay_out()
        self.demo.button.clicked.connect(open_demo)
        self.file.button.clicked.connect(self._import)
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

    def _file(self) -> Door:
        return Door(
            self._theme,
            "2",
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
            "3",
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
        doors = QHBoxLayout()
        doors.setSpacing(px(16))
        for door in (self.demo, self.file, self.empty):
            door.setMinimumHeight(px(LOWEST))
            doors.addWidget(door, 1)
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
        column.addLayout(doors)
        column.addSpacing(px(24))
        column.addStretch(3)
        row = QHBoxLayout(sheet := Sheet(theme, Ground.WINDOW))
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self._scroll(sheet)

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

    def _import(self) -> None:
        self.done.emit()
        self._desk.ways.import_wanted.emit()

    def _start_empty(self) -> None:
        self.done.emit()
        self._desk.ways.new_customer_wanted.emit()
