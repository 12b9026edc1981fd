"""Has the record on this page something to be decided, or to go out? One line, and only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from loyaldesk.queries.sync_marks import RecordMarks
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["RecordLine"]

REREAD_MS = 200


class RecordLine(QWidget):
    """Stands above a page of a `customer` or an `order`; hidden while there is nothing to say.

    A desk without a hub is never asked: nothing waits there, and nothing can meet.
    """

    def __init__(
        self, desk: Desk, page: str, record_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._page, self._record_id = desk, page, record_id
        self._first: tuple[str, str] | None = None
        self._is_stale = True
        self._watched: QWidget | None = None
        self.words = SpanLabel(desk.theme, wrap=True)
        self.link = LinkButton(desk.theme, "", style=TextStyle.SMALL_MEDIUM)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.link)
        self._reread = QTimer(self, interval=REREAD_MS, singleShot=True)
        self._reread.timeout.connect(self.refresh)
        self.link.clicked.connect(self._go)
        desk.news.changed.connect(self._hear)
        desk.news.sync_changed.connect(self._hear_sync)
        self.hide()
        if desk.news.sync.hub:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the marks again."""
        self._is_stale = False
        self._desk.jobs.read(
            _read_marks,
            owner=self,
            then=self._show,
            failed=lambda _: self.hide(),
            replaces="marks",
            page=self._page,
            record_id=self._record_id,
        )

    def _show(self, marks: RecordMarks) -> None:
        self._first = marks.first
        if marks.conflicts:
            self._say_conflicts(marks.conflicts)
        elif marks.waiting:
            self._say_waiting(marks.waiting)
        self.setVisible(bool(marks.conflicts or marks.waiting))
        self.update()

    def _say_conflicts(self, count: int) -> None:
        many = self.tr("{0} fields were changed by two people at once.")
        one = self.tr("One field was changed by two people at once.")
        words = one if count == 1 else many.format(self._desk.formats.number(count))
        self.words.set_spans([Span(words)], icon="git-compare", icon_tone=Tone.WARN)
        self._name_link(self.tr("Decide"))

    def _say_waiting(self, count: int) -> None:
        many = self.tr("{0} changes here are waiting to go out.")
        one = self.tr("One change here is waiting to go out.")
        words = one if count == 1 else many.format(self._desk.formats.number(count))
        self.words.set_spans([Span.small(words)], icon="clock", icon_tone=Tone.SECONDARY)
        self._name_link(self.tr("Show"))

    def _name_link(self, words: str) -> None:
        self.link.setText(words)
        self.link.setAccessibleName(words)
        self.link.updateGeometry()

    @Slot()
    def _go(self) -> None:
        if self._first is not None:
            self._desk.ways.conflicts_wanted.emit(*self._first)
        else:
            self._desk.ways.section_wanted.emit("sync")

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if self._desk.news.sync.hub and (changes.is_everything or changes.tables):
            self._read_soon()

    @Slot(object)
    def _hear_sync(self, _state: object) -> None:
        if self._desk.news.sync.hub:
            self._read_soon()

    def _read_soon(self) -> None:
        # A page behind another reads when it is looked at again.
        self._is_stale = True
        if self._watched is None or self._watched.isVisible():
            self._reread.start()

    def watch(self, page: QWidget) -> None:
        """Read again when this page, in which the line stands, is looked at again."""
        page.installEventFilter(self)
        self._watched = page

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and self._is_stale and self._desk.news.sync.hub:
            self._reread.start()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = Tone.WARN if self._first is not None else Tone.NEUTRAL
        QPainter(self).fillRect(event.rect(), self._desk.theme.tokens.soft(tone))


def _read_marks(source: Source, *, page: str, record_id: int) -> RecordMarks:
    # Imported on the read lane: a page of a desk without a hub never needs it.
    from loyaldesk.queries.sync_marks import read_marks

    return read_marks(source, page=page, record_id=record_id)
