"""The palette: one box over everything; Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.queries.search_hits import HitKind
from loyaldesk.ui.shell.palette_answers import Answers, Deed, Found
from loyaldesk.ui.shell.palette_foot import PaletteFoot
from loyaldesk.ui.shell.palette_rows import PaletteList, PaletteRow
from loyaldesk.ui.shell.shade import Shade
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import KeyCap, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Hairline
from loyaldesk.ui.widgets.strokes import paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from loyaldesk.ui.desk import Desk

__all__ = ["Palette"]

WIDTH, QUERY, FOOT, MARGIN, ICON, INDENT = 720, 52, 36, 40, 18, 40
GAP = 10
PAGE = 8
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: PAGE,
    Qt.Key.Key_PageUp: -PAGE,
}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Palette(QWidget):
    """The search box with its answers; closed by Esc, a click outside, or a choice."""

    def __init__(self, desk: Desk, window: QWidget, commands: Mapping[str, QAction]) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(self.tr("Search or jump"))
        self._desk, self._window, self._commands = desk, window, commands
        self._theme = desk.theme
        self._shows_deeds = False
        self._shade = Shade(window)
        self._answers = Answers(desk, commands, self)
        self.query = LineEdit(
            desk.theme,
            placeholder=self.tr("Name, number, phone, order, PO, invoice, document"),
            name=self.tr("Search or jump"),
        )
        self._count = TextLabel(desk.theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.list = PaletteList(desk.theme, name=self.tr("Found"))
        self._lay_out()
        self.query.textChanged.connect(self._ask)
        self.query.installEventFilter(self)
        self._answers.answered.connect(self._show)
        self.list.clicked.connect(self.choose_current)

    @property
    def words(self) -> str:
        """What it says about how many there are."""
        return self._count.text()

    def open_with(self, text: str, *, below: QWidget | None = None) -> None:
        """Show the palette over the window, below the search box, with that text typed."""
        width = min(self._theme.px(WIDTH), self._window.width() - 2 * MARGIN)
        anchor = below or self._window
        bottom = anchor.mapTo(self._window, QPoint(anchor.width() // 2, anchor.height()))
        middle, top = (bottom.x(), bottom.y() + GAP) if below else (anchor.width() // 2, MARGIN)
        left = min(max(middle - width // 2, MARGIN), self._window.width() - width - MARGIN)
        place = self._window.mapToGlobal(QPoint(left, top))
        self.setGeometry(QRect(place.x(), place.y(), width, self._least_height()))
        self._room = self._window.height() - top - MARGIN
        self.query.setText(text)
        if not text:
            self._ask("")
        self.show()
        self.query.setFocus()

    @Slot()
    def choose_current(self) -> None:
        """Go where the chosen row leads, or do what it says."""
        self._choose(self.list.chosen_key)

    def _lay_out(self) -> None:
        px = self._theme.px
        self.query.setFont(self._theme.font(TextStyle.QUERY))
        self.query.setProperty("field", "bare")
        self.query.setFixedHeight(px(QUERY))
        head = QHBoxLayout()
        head.setContentsMargins(px(INDENT), 0, px(12), 0)
        head.setSpacing(px(10))
        for part in (self.query, self._count, KeyCap(self._theme, "Esc")):
            head.addWidget(part, 1 if part is self.query else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(self._theme))
        column.addWidget(self.list, 1)
        column.addWidget(Hairline(self._theme))
        column.addWidget(PaletteFoot(self._theme))

    @Slot(str)
    def _ask(self, text: str) -> None:
        self._shows_deeds = False
        self._answers.ask(text)

    def _choose(self, key: object, *, with_note: bool = False) -> None:
        if key is None:
            return
        self.close()
        ways = self._desk.ways
        if isinstance(key, str):
            self._commands[key].trigger()
        elif isinstance(key, Deed):
            getattr(ways, key.wish).emit(key.record_id)
        elif isinstance(key, Found) and (with_note or key.kind in _PEOPLE):
            ways.customer_wanted.emit(key.customer_id)
            if with_note:
                self._commands["write_note"].trigger()
        elif isinstance(key, Found):
            getattr(ways, f"{key.kind.value}_wanted").emit(key.record_id)

    @Slot(list, str)
    def _show(self, rows: list[PaletteRow], words: str) -> None:
        self.list.show_entries(rows)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.scrollToTop()
        self._count.setText(words)
        wanted = self._least_height() + self.list.content_height()
        self.resize(self.width(), min(wanted, self._room))
        announce(self, words)

    def _least_height(self) -> int:
        return self._theme.px(QUERY + FOOT) + 4

    def _show_deeds(self) -> None:
        row = self.list.currentIndex().row()
        if not self._shows_deeds and row >= 0:
            self._shows_deeds = True
            self._answers.tell_deeds(self.list.entries[row])

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, px = self._theme.tokens, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.raised)
        paint_box(painter, self.rect(), ground=None, edge=tokens.line2, radius=0)
        side = px(ICON)
        sign = QRect(px(16), (px(QUERY) - side) // 2 + 1, side, side)
        self._theme.icons.paint(painter, sign, "search", tokens.text2)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._shade.hide()
        self._shade.deleteLater()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = QEvent.Type.KeyPress
        if watched is self.query and isinstance(event, QKeyEvent) and event.type() == pressed:
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.list.step(STEPS[key])
        elif key in ENTER:
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._choose(self.list.chosen_key, with_note=bool(control))
        elif key is Qt.Key.Key_Tab:
            self._show_deeds()
        elif key is Qt.Key.Key_Escape and self._shows_deeds:
            self._ask(self.query.text())
        else:
            return False
        return True


_PEOPLE = {HitKind.CUSTOMER, HitKind.CONTACT}
