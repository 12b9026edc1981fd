"""The few words of the status bar that tell how it is with the hub; pressed, they lead to more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync.state_words import HeadWords, changes, pill_words
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import PaintedButton
from loyaldesk.ui.widgets.spans import Span, paint_spans, spans_width
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.sync.state import SyncState
    from loyaldesk.ui.desk import Desk

__all__ = ["SyncPill"]

_ICON, _GAP, _PAD, _HEIGHT = 14, 6, 4, 24
# What is said aloud when it begins; what is under way would be said every minute.
_TOLD = frozenset({
    Phase.IN_STEP, Phase.OFFLINE, Phase.BY_CHOICE, Phase.SIGNED_OUT, Phase.REVOKED, Phase.TROUBLE,
})  # fmt: skip
_COUNTING = frozenset({Phase.WAITING, Phase.SENDING})


class SyncPill(PaintedButton):
    """Hidden on a desk without a hub."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self._desk = desk
        self._words = HeadWords("", "", "clock", Tone.SECONDARY)
        self._told = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        desk.news.sync_changed.connect(self.show_state)
        desk.theme.changed.connect(self.updateGeometry)
        self.clicked.connect(lambda: desk.ways.section_wanted.emit("sync"))
        self.show_state(desk.news.sync)

    @property
    def words(self) -> str:
        """What it says."""
        return self.text()

    @Slot(object)
    def show_state(self, state: SyncState) -> None:
        """Say how it is now; a screen reader hears what lasts, once."""
        self.setVisible(bool(state.hub))
        self._words = pill_words(state, self._desk.formats)
        shown = [self._words.title]
        if self._words.sentence:
            shown.append(self._words.sentence)
        if state.waiting and state.phase not in _COUNTING:
            waiting = changes(state.waiting, self._desk.formats)
            shown.append(self.tr("{0} waiting").format(waiting))
        self.setText(" · ".join(shown))
        self.setAccessibleName(self.tr("Sync: {0}").format(self.text()))
        self.updateGeometry()
        self.update()
        self._tell(state)

    def _tell(self, state: SyncState) -> None:
        told = f"{state.phase} {state.conflicts}"
        if state.hub and state.phase in _TOLD and told != self._told:
            if self._told:
                announce(self, self.text())
            self._told = told

    def sizeHint(self) -> QSize:
        px = self._theme.px
        width = spans_width(self._spans(), self._theme) + px(_ICON + _GAP + 2 * _PAD) + 1
        return QSize(width, px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_ICON + 80), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        px, theme = self._theme.px, self._theme
        side = px(_ICON)
        sign = QRect(px(_PAD), (self.height() - side) // 2, side, side)
        theme.icons.paint(painter, sign, self._words.icon, theme.tokens.ink(self._words.tone))
        room = self.rect().adjusted(px(_PAD + _ICON + _GAP), 0, -px(_PAD), 0)
        paint_spans(painter, room, self._spans(), theme)

    def _spans(self) -> list[Span]:
        return [Span.small(self.text())]
