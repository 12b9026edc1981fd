"""The palette: one box over everything; Enter goes there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.queries.lists import read_customer_rows
from loyaldesk.queries.search import Hit, HitKind, Matched, SearchResult, search
from loyaldesk.ui.shell.palette_rows import PaletteList, PaletteRow
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Hairline
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.main_window import MainWindow

__all__ = ["RECENT", "Palette", "remember_customer"]

WIDTH, TOP, QUERY, FOOT, MOST_ROWS = 720, 76, 52, 36, 10
LIMIT = 50
RECENT = "recent_customers"
MOST_RECENT = 8
ICONS = {
    HitKind.CUSTOMER: "building-2",
    HitKind.CONTACT: "user",
    HitKind.ORDER: "package",
    HitKind.INVOICE: "receipt-text",
    HitKind.DOCUMENT: "file-text",
}
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS,
    Qt.Key.Key_PageUp: -MOST_ROWS,
}


def remember_customer(desk: Desk, customer_id: int) -> None:
    """Put a customer on top of those looked at lately."""
    kept = [key for key in desk.state.get(RECENT, []) if key != customer_id]
    desk.state.put(RECENT, [customer_id, *kept][:MOST_RECENT])


class Palette(QWidget):
    """The search box with its answers; closed by Esc, a click outside, or a choice."""

    def __init__(self, desk: Desk, window: MainWindow, actions: dict[str, QAction]) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._window, self._actions = desk, window, actions
        theme = desk.theme
        self.query = LineEdit(
            theme,
            placeholder=self.tr("Name, number, phone, order, PO, invoice, document"),
            icon="search",
            name=self.tr("Search or jump"),
        )
        self.query.setFont(theme.font(TextStyle.QUERY))
        self.query.setFrame(False)
        self.query.setFixedHeight(theme.px(QUERY))
        self.list = PaletteList(theme, name=self.tr("Found"))
        self._foot = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self._foot.setFixedHeight(theme.px(FOOT))
        self._foot.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (self.query, Hairline(theme), self.list, Hairline(theme), self._foot):
            column.addWidget(part)
        self.query.textChanged.connect(self._ask)
        self.query.installEventFilter(self)
        self.list.clicked.connect(self.choose_current)

    def open_with(self, text: str) -> None:
        """Show the palette over the window with that text typed."""
        width = min(self._desk.theme.px(WIDTH), self._window.width() - 80)
        left = (self._window.width() - width) // 2
        place = self._window.mapToGlobal(QPoint(left, self._desk.theme.px(TOP)))
        self.setGeometry(QRect(place.x(), place.y(), width, self._desk.theme.px(QUERY + FOOT)))
        self._fit()
        self.query.setText(text)
        if not text:
            self._ask("")
        self.show()
        self.query.setFocus()

    @Slot()
    def choose_current(self) -> None:
        """Go where the chosen row leads, or run its command."""
        key = self.list.chosen_key
        if key is None:
            return
        self.close()
        if isinstance(key, str):
            self._actions[key].trigger()
            return
        kind, record_id, customer_id = key
        ways = self._desk.ways
        if kind in {HitKind.CUSTOMER, HitKind.CONTACT}:
            ways.customer_wanted.emit(customer_id)
        else:
            getattr(ways, f"{kind.value}_wanted").emit(record_id)

    def _ask(self, text: str) -> None:
        if text.startswith(">"):
            self._show_commands(text[1:].strip().casefold())
        elif text.strip():
            self._desk.jobs.read(
                search,
                owner=self,
                then=partial(self._show_hits, text),
                replaces="palette",
                text=text,
                limit=LIMIT,
                mine=self._desk.actor,
            )
        else:
            self._show_recent()

    def _show_recent(self) -> None:
        recent = [key for key in self._desk.state.get(RECENT, []) if isinstance(key, int)]
        self._desk.jobs.read(
            read_customer_rows,
            owner=self,
            then=lambda rows: self._show_rows(
                [
                    PaletteRow(
                        (HitKind.CUSTOMER, key, key), "history", rows[key].name,
                        f"{rows[key].number} · {rows[key].town}",
                    )
                    for key in recent
                    if key in rows
                ],
                self.tr("Type to search · > for commands · # for orders · @ for people"),
            ),
            replaces="palette",
            ids=recent,
            today=self._desk.today(),
        )  # fmt: skip

    def _show_hits(self, text: str, result: SearchResult) -> None:
        rows = [self._row(hit) for hit in result.hits]
        if not rows:
            words = self.tr("Nothing for “{text}” on this computer").format(text=text)
        elif result.forgiven:
            words = self.tr("{n} found for “{meant}”").format(n=len(rows), meant=result.forgiven)
        else:
            words = self.tr("{n} found · Enter opens").format(n=result.total_at_least)
        self._show_rows(rows, words)

    def _row(self, hit: Hit) -> PaletteRow:
        second = hit.second_line
        if hit.day is not None:
            second = f"{second} · {self._desk.formats.date(hit.day)}"
        return PaletteRow(
            key=(hit.kind, hit.record_id, hit.customer_id),
            icon=ICONS[hit.kind],
            title=hit.title,
            second=second or " ",
            why=self._why(hit.why),
            title_marks=hit.title_marks,
            second_marks=hit.second_marks,
        )

    def _why(self, why: Matched) -> str:
        words = {
            Matched.NUMBER: self.tr("number"),
            Matched.CUSTOMER_PO: self.tr("their order"),
            Matched.PHONE: self.tr("phone"),
            Matched.NAME: self.tr("name"),
            Matched.TRADING_NAME: self.tr("trading name"),
            Matched.TOWN: self.tr("town"),
            Matched.EMAIL: self.tr("e-mail"),
            Matched.CUSTOMER: self.tr("customer"),
            Matched.ROLE: self.tr("role"),
        }
        return words[why]

    def _show_commands(self, typed: str) -> None:
        rows = []
        for key, action in self._actions.items():
            title = action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
            if typed in title.casefold() and action.isEnabled():
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                rows.append(PaletteRow(key, "keyboard", title, keys=keys))
        self._show_rows(rows, self.tr("{n} commands · Enter runs one").format(n=len(rows)))

    def _show_rows(self, rows: list[PaletteRow], words: str) -> None:
        self.list.show_entries(rows)
        if rows:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._foot.setText(words)
        self._fit()
        announce(self, words)

    def _fit(self) -> None:
        """Be as high as what was found, up to ten rows."""
        theme = self._desk.theme
        rows = min(max(len(self.list.entries), 1), MOST_ROWS) * theme.metrics.palette_row
        room = self._window.height() - theme.px(TOP) - 40
        self.resize(self.width(), min(theme.px(QUERY + FOOT) + rows + 4, room))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._desk.theme.tokens
        painter = QPainter(self)
        painter.setPen(QPen(tokens.line2, 1))
        painter.setBrush(tokens.raised)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = QEvent.Type.KeyPress
        if watched is self.query and isinstance(event, QKeyEvent) and event.type() == pressed:
            return self._pressed(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        if key in STEPS:
            self.list.step(STEPS[key])
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.choose_current()
            return True
        return False
