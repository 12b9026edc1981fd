"""How does a person look for words in a paper: a line with the words, the hits, back and forth?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["FindBar"]

# Typing goes on; only what stands there for a moment is looked for.
PAUSE_MS = 150
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class FindBar(Sheet):
    """Enter goes to the next hit, Shift+Enter back, Esc closes; hidden until it is opened."""

    words_typed = Signal(str)
    hit_wanted = Signal(int)
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, parent)
        self._count, self._at = 0, 0
        self.box = LineEdit(
            theme, placeholder=self.tr("Find"), icon="search", name=self.tr("Find in this document")
        )
        self.box.setMaximumWidth(theme.px(240))
        self._told = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self._back = IconButton(
            theme, "chevron-up", self.tr("Previous hit"), keys="Shift+Return", small=True
        )
        self._on = IconButton(theme, "chevron-down", self.tr("Next hit"), keys="Return", small=True)
        self._close = IconButton(theme, "x", self.tr("Close"), keys="Esc", small=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        for part in (self.box, self._told, self._back, self._on):
            row.addWidget(part, 1 if part is self.box else 0)
        row.addStretch(1)
        row.addWidget(self._close)
        self._typing = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._connect()
        self.hide()

    @property
    def words(self) -> str:
        """What is looked for."""
        return self.box.text().strip()

    @property
    def told(self) -> str:
        """What it says about the hits."""
        return self._told.text()

    def open(self) -> None:
        """Show the bar and put the keyboard into it; what was looked for is looked for again."""
        self.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        if self.words:
            self._ask()

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar; the hits go with it."""
        self.hide()
        self._typing.stop()
        self.words_typed.emit("")
        self.closed.emit()

    def show_count(self, count: int) -> None:
        """Say how often the words were found; the first hit is the current one."""
        self._count, self._at = count, 0
        self._tell()
        announce(self.box, self.told)

    def _connect(self) -> None:
        self.box.textChanged.connect(self._typing.start)
        self._typing.timeout.connect(self._ask)
        self._back.clicked.connect(lambda: self._step(-1))
        self._on.clicked.connect(lambda: self._step(1))
        self._close.clicked.connect(self.close_bar)
        self.box.installEventFilter(self)

    @Slot()
    def _ask(self) -> None:
        self._typing.stop()
        if not self.words:
            self._count = 0
            self._tell()
        self.words_typed.emit(self.words)

    def _step(self, by: int) -> None:
        if self._typing.isActive():
            self._ask()
        elif self._count:
            self._at = (self._at + by) % self._count
            self._tell()
            self.hit_wanted.emit(self._at)

    def _tell(self) -> None:
        words = ""
        if self._count:
            words = self.tr("{n} of {count}").format(n=self._at + 1, count=self._count)
        elif self.words:
            words = self.tr("Not found")
        self._told.setText(words)
        for button in (self._back, self._on):
            button.setEnabled(self._count > 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in ENTER:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self._step(-1 if back else 1)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
        return super().eventFilter(watched, event)
