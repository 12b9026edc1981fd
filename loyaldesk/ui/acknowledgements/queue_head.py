"""What stands over the queue: how many wait, how it goes, and which of them are listed?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.ui.acknowledgements.words import age_words, language_words
from loyaldesk.ui.widgets.buttons import Button, LinkButton
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.fields import ComboBox
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.acknowledgements import Queue, QueueRow
    from loyaldesk.ui.desk import Desk

__all__ = ["QueueHead"]

OPEN = "open"


class QueueHead(Sheet):
    """Title, counts and the share within the target; filters by state, language and way."""

    filter_changed = Signal()
    target_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        theme = desk.theme
        self.counts = SpanLabel(theme)
        self.register = Button(theme, self.tr("Register"), icon="book-open")
        self.test_page = Button(theme, self.tr("Printer test page"))
        self.letter = Button(theme, self.tr("Show letter"), icon="eye")
        self.letter.setCheckable(True)
        self._states = {
            OPEN: self.tr("All open"),
            QueueState.NEEDS_LOOK.value: self.tr("Needs a look"),
            QueueState.CONFIRM.value: self.tr("Confirm"),
            QueueState.FAILED.value: self.tr("Failed"),
            QueueState.SENT.value: self.tr("Sent today"),
        }
        self.states = Segment(theme, list(self._states.items()), name=self.tr("Show"))
        self.language = ComboBox(theme, name=self.tr("Language"))
        self.language.addItem(self.tr("Any language"), "")
        self.way = ComboBox(theme, name=self.tr("Print or mail"))
        for words, key in (
            (self.tr("Print or mail"), ""),
            (self.tr("Print"), "print"),
            (self.tr("E-mail"), "email"),
        ):
            self.way.addItem(words, key)
        self.all_ready = Button(theme, self.tr("Mark what is ready"), icon="square-check")
        self.target = LinkButton(theme, "", style=TextStyle.SMALL, tone=Tone.SECONDARY)
        self.met = SpanLabel(theme)
        self.met.setMinimumHeight(theme.px(24))
        self._lay_out()
        self._connect()

    def show_queue(self, queue: Queue, refused: Collection[int]) -> None:
        """Show counts and shares of the whole queue; `refused` count as in need of a look."""
        states = Counter(_state_of(row, refused) for row in queue.rows)
        number = self._desk.formats.number
        counts = {state.value: states[state] for state in QueueState}
        listed = sum(count for state, count in states.items() if state.is_open)
        counts[OPEN] = listed + queue.unlisted
        for key, words in self._states.items():
            count = counts[key]
            self.states.set_text(key, f"{words}  {number(count)}" if count else words)
        self.counts.set_spans([Span(self._summary(queue, counts[OPEN]), Tone.SECONDARY)])
        self._offer_languages(queue.rows)
        self._show_target(queue)

    def lists(self, row: QueueRow, refused: Collection[int]) -> bool:
        """Tell whether the filters let an order through."""
        chosen, state = self.states.chosen, _state_of(row, refused)
        channel = row.letter.channel if row.letter else row.letters_by
        way, language = self.way.currentData(), self.language.currentData()
        return (
            (state.is_open if chosen == OPEN else state.value == chosen)
            and way in {"", channel}
            and (not language or row.locale.startswith(language))
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter leaves something open out."""
        return bool(
            self.states.chosen != OPEN or self.way.currentData() or self.language.currentData()
        )

    @Slot()
    def clear(self) -> None:
        """Show everything that is open."""
        self.states.choose(OPEN)
        self.way.setCurrentIndex(0)
        self.language.setCurrentIndex(0)

    def _summary(self, queue: Queue, count: int) -> str:
        number = self._desk.formats.number
        said = self.tr("{0} open").format(number(count))
        waiting = [row for row in queue.rows if row.letter is None]
        if waiting:
            age = age_words(waiting[0].arrival, self._desk.now(), self._desk.formats)
            said += ", " + self.tr("oldest {0}").format(age)
        if queue.unlisted:
            listed = self.tr("the {0} oldest are listed")
            said += " · " + listed.format(number(len(waiting)))
        return said

    def _show_target(self, queue: Queue) -> None:
        number, days = self._desk.formats.number, queue.target.working_days
        one, many = self.tr("Target 1 working day"), self.tr("Target {0} working days")
        self.target.setText(one if days == 1 else many.format(number(days)))
        self.target.setAccessibleName(self.tr("Change: {0}").format(self.target.text()))
        self.target.updateGeometry()
        spans = []
        if queue.answered:
            share = self._desk.formats.percent(queue.met * 100 // queue.answered * 10_000)
            spans = [
                Span.small(self.tr("met for ")),
                Span(share, Tone.TEXT, TextStyle.SMALL_STRONG),
                Span.small(self.tr(" this month")),
            ]
        self.met.set_spans(spans)

    def _offer_languages(self, rows: tuple[QueueRow, ...]) -> None:
        """Add languages that were not offered yet; none goes, so that no choice is lost."""
        for locale in dict.fromkeys(row.locale for row in rows):
            code = locale.partition("-")[0]
            if self.language.findData(code) < 0:
                self.language.addItem(language_words(code), code)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(TextLabel(theme, self.tr("Acknowledgements"), TextStyle.LIST_TITLE))
        top.addSpacing(4)
        top.addWidget(self.counts, 1)
        top.addWidget(self.letter)
        top.addWidget(self.register)
        top.addWidget(self.test_page)
        filters = FlowLayout()
        parts = (self.states, self.language, self.way, self.all_ready, self.target, self.met)
        for part in parts:
            filters.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 8)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(filters)

    def _connect(self) -> None:
        self.states.chosen_changed.connect(self.filter_changed)
        self.language.currentIndexChanged.connect(self.filter_changed)
        self.way.currentIndexChanged.connect(self.filter_changed)
        self.target.clicked.connect(self.target_wanted)


def _state_of(row: QueueRow, refused: Collection[int]) -> QueueState:
    is_refused = row.order_id in refused and row.state is QueueState.READY
    return QueueState.NEEDS_LOOK if is_refused else row.state
