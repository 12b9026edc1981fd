"""The first start: three doors, no tour."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Panel
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Door", "FirstRun"]

DOOR_WIDTH = 280
ICON = 20


class _DoorIcon(QWidget):
    """The picture on a door."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedSize(theme.px(ICON), theme.px(ICON))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        theme.icons.paint(QPainter(self), self.rect(), self._icon, theme.tokens.accent_ink)


class Door(Panel):
    """One way in: what it is, what happens, one button."""

    def __init__(self, theme: Theme, icon: str, title: str, sentence: str, button: Button) -> None:
        super().__init__(theme)
        self.setFixedWidth(theme.px(DOOR_WIDTH))
        self.button = button
        words = TextLabel(theme, sentence, TextStyle.BODY, Tone.SECONDARY, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(theme.px(8))
        self.body.addWidget(_DoorIcon(theme, icon))
        self.body.addWidget(TextLabel(theme, title, TextStyle.PANEL_TITLE))
        self.body.addWidget(words, 1)
        self.body.addWidget(button)


class FirstRun(QWidget):
    """Shown while the profile has no store; `done` says that the usual pages may come."""

    done = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.demo = self._door(
            "flask-conical",
            self.tr("Try the demo company"),
            self.tr(
                "340 invented customers to click through. It opens in a window of its own, "
                "apart from your data, and leaves nothing behind."
            ),
            Button(theme, self.tr("Open the demo"), kind=ButtonKind.PRIMARY),
        )
        self.file = self._door(
            "upload",
            self.tr("Import your records"),
            self.tr(
                "Customers, orders and invoices from CSV, Excel or a database. A dry run shows "
                "what would come before anything is written."
            ),
            Button(theme, self.tr("Choose a file…")),
        )
        self.empty = self._door(
            "user-plus",
            self.tr("Start with your first customer"),
            self.tr("No other system? Type in customers, orders and payments here."),
            Button(theme, self.tr("New customer")),
        )
        self._lay_out()
        self.demo.button.clicked.connect(self._open_demo)
        self.file.button.clicked.connect(self._import)
        self.empty.button.clicked.connect(self._start_empty)

    def page_title(self) -> str:
        """What the window is called meanwhile."""
        return self.tr("Welcome")

    def focus_first(self) -> None:
        """Put the keyboard on the first door."""
        self.demo.button.setFocus()

    def refresh(self) -> None:
        """Do nothing: there is nothing to read yet."""

    def _door(self, icon: str, title: str, sentence: str, button: Button) -> Door:
        return Door(self._desk.theme, icon, title, sentence, button)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        doors = QHBoxLayout()
        doors.setSpacing(theme.px(16))
        doors.addStretch(1)
        for door in (self.demo, self.file, self.empty):
            doors.addWidget(door)
        doors.addStretch(1)
        title = TextLabel(theme, self.tr("Welcome to LoyalDesk"), TextStyle.DISPLAY)
        words = TextLabel(
            theme,
            self.tr("Everything stays on this computer, encrypted. Which way in?"),
            TextStyle.BODY,
            Tone.SECONDARY,
        )
        column = QVBoxLayout(self)
        column.addStretch(2)
        for label in (title, words):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(24))
        column.addLayout(doors)
        column.addStretch(3)

    def _open_demo(self) -> None:
        QProcess.startDetached(sys.executable, ["-m", "loyaldesk", "--demo"])

    def _import(self) -> None:
        self.done.emit()
        self._desk.ways.import_wanted.emit()

    def _start_empty(self) -> None:
        self.done.emit()
        self._desk.ways.new_customer_wanted.emit()
