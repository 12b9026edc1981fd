"""The status bar: whether all is kept, what is running, what undo would take back, who I am."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.sync.pill import SyncPill
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Hairline
from loyaldesk.ui.widgets.progress_tray import ProgressTray
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.store.changes import Changes
    from loyaldesk.sync.state import SyncState
    from loyaldesk.ui.desk import Desk

__all__ = ["StatusBar"]

HEIGHT = 28


class StatusBar(QWidget):
    """One line at the foot of the window."""

    undo_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self._cancel: Callable[[], object] | None = None
        self._words = ""
        self._kept = SpanLabel(theme)
        self.pill = SyncPill(desk)
        self._tray = ProgressTray(theme)
        self._tray.hide()
        self._undo = Button(theme, "", kind=ButtonKind.FLAT, icon="undo-2", small=True)
        self._undo.hide()
        self._actor = TextLabel(theme, desk.actor, TextStyle.SMALL, Tone.SECONDARY)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(12)
        for widget in (
            self._kept,
            self.pill,
            Hairline(theme, vertical=True),
            self._tray,
            self._undo,
        ):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._actor)
        self._connect()
        self._dress()
        self.is_open = False
        self._show(self.tr("Opening…"), "clock", Tone.SECONDARY)

    def _connect(self) -> None:
        news = self._desk.news
        self._desk.theme.changed.connect(self._dress)
        self._undo.clicked.connect(self.undo_wanted)
        self._tray.cancelled.connect(self.stop_work)
        news.changed.connect(self._show_saved)
        news.sync_changed.connect(self._look_at_hub)
        news.history_changed.connect(self._show_history)
        news.work_began.connect(self._begin)
        news.work_went.connect(self._go_on)
        news.work_ended.connect(self._end)

    @property
    def kept_words(self) -> str:
        """What it says about the records."""
        return self._kept.text

    @property
    def undo_words(self) -> str:
        """What it offers to take back, or nothing."""
        return "" if self._undo.isHidden() else self._undo.text().replace("&&", "&")

    @property
    def work_words(self) -> str:
        """The long work that it shows, or nothing."""
        return "" if self._tray.isHidden() else self._tray.words

    def show_open(self) -> None:
        """Say that the records are here and can be written."""
        self.is_open = True
        self._show(self.tr("On this computer"), "circle-check", Tone.OK)
        self._look_at_hub(self._desk.news.sync)

    def show_updating(self) -> None:
        """Say that records of an older version are being brought up to date."""
        if not self.is_open:
            words = self.tr("Bringing your records up to date; a copy is kept…")
            self._show(words, "clock", Tone.SECONDARY)

    def show_trouble(self) -> None:
        """Say that the records could not be opened, if they were not."""
        if not self.is_open:
            self._show(self.tr("Records not open"), "circle-alert", Tone.BAD)

    def stop_work(self) -> None:
        """Stop the long work that runs, if any; it keeps what is done and nothing by halves."""
        if self._cancel is not None:
            self._cancel()

    @Slot(object)
    def _look_at_hub(self, state: SyncState) -> None:
        """Let the pill speak where there is a hub: that all is kept here, it says as well."""
        self._kept.setVisible(not (state.hub and self.is_open))

    def _show(self, words: str, icon: str, tone: Tone) -> None:
        self._kept.set_spans([Span.small(words)], icon=icon, icon_tone=tone)

    def _dress(self) -> None:
        self.setFixedHeight(self._desk.theme.px(HEIGHT))

    @Slot(object)
    def _show_saved(self, changes: Changes) -> None:
        if not changes.tables:
            return
        time = self._desk.formats.time(self._desk.now().astimezone())
        words = self.tr("On this computer · saved {time}").format(time=time)
        self._show(words, "circle-check", Tone.OK)

    @Slot(str, str)
    def _show_history(self, undo: str, _redo: str) -> None:
        self._undo.setVisible(bool(undo))
        self._undo.setText(self.tr("Undo: {what}").format(what=undo).replace("&", "&&"))

    @Slot(str, object)
    def _begin(self, words: str, cancel: Callable[[], object] | None) -> None:
        self._cancel, self._words = cancel, words
        self._tray.begin(words)
        self._tray.show()

    @Slot(int, object)
    def _go_on(self, done: int, total: int | None) -> None:
        self._tray.show_progress(done, total or 0, self._words)

    @Slot()
    def _end(self) -> None:
        self._cancel = None
        self._tray.finish()
        self._tray.hide()
