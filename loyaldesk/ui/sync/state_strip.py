"""How it stands with the hub, and what is in the copy of this computer: the strip on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.sync.state_words import head_words
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.queries.sync_copy import LocalCopy
    from loyaldesk.ui.desk import Desk

__all__ = ["StateStrip"]

FIGURE_GAP = 28
MEGABYTE = 1_000_000
GIGABYTE_IN_MEGABYTES = 1_000


class StateStrip(Sheet):
    """A title and a sentence at the left, figures at the right, or in a line below."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk = desk
        theme = desk.theme
        self.title = SpanLabel(theme, wrap=True)
        self.sentence = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        self.in_words = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        self._figures: dict[str, TextLabel] = {}
        self._parts: list[QWidget] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 10, 16, 10)
        self._row.setSpacing(theme.px(FIGURE_GAP))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        words.addWidget(self.in_words)
        words.addStretch(1)
        self._row.addLayout(words, 1)
        self._holder = self._make_figures()
        self._row.addWidget(self._holder)
        theme.changed.connect(self._fold)

    @property
    def figures(self) -> dict[str, str]:
        """What stands above each name: 12,410 customers."""
        return {name: label.text() for name, label in self._figures.items()}

    @Slot()
    def show_state(self) -> None:
        """Say how it stands now."""
        words = head_words(self._desk.news.sync, self._desk.formats, self._desk.now())
        self.title.set_spans([Span.strong(words.title)], icon=words.icon, icon_tone=words.tone)
        self.sentence.setText(words.sentence)
        self.sentence.setVisible(bool(words.sentence))

    def show_copy(self, copy: LocalCopy) -> None:
        """Show how much is here."""
        number = self._desk.formats.number
        size, unit = _size(copy.size)
        figures = {
            "customers": number(copy.customers),
            "orders": number(copy.orders),
            "months": number(copy.months),
            "documents": number(copy.documents),
            "size": f"{number(size, 1 if unit == 'GB' else 0)} {unit}",
        }
        for name, words in figures.items():
            self._figures[name].setText(words)
        names = self._names()
        told = (f"{words} {names[key]}" for key, words in figures.items())
        self.in_words.setText(" · ".join(told))
        self._fold()

    def _make_figures(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._desk.theme.px(FIGURE_GAP))
        for key, name in self._names().items():
            self._parts.append(self._figure(key, name))
            row.addWidget(self._parts[-1])
        return holder

    def _names(self) -> dict[str, str]:
        return {
            "customers": self.tr("customers"),
            "orders": self.tr("orders"),
            "months": self.tr("months of history"),
            "documents": self.tr("documents"),
            "size": self.tr("here, encrypted"),
        }

    def _figure(self, key: str, name: str) -> QWidget:
        figure = QWidget()
        column = QVBoxLayout(figure)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._figures[key] = TextLabel(self._desk.theme, "–", TextStyle.FIGURE)
        column.addWidget(self._figures[key])
        column.addWidget(TextLabel(self._desk.theme, name, TextStyle.SMALL, Tone.SECONDARY))
        return figure

    @Slot()
    def _fold(self) -> None:
        gap = self._desk.theme.px(FIGURE_GAP)
        figures = sum(part.sizeHint().width() + gap for part in self._parts)
        is_wide = self.width() >= self.title.sizeHint().width() + figures + gap
        self._holder.setVisible(is_wide)
        self.in_words.setVisible(not is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


def _size(size: int) -> tuple[int, str]:
    megabytes = max(round(size / MEGABYTE), 1)
    if megabytes < GIGABYTE_IN_MEGABYTES:
        return megabytes, "MB"
    return round(megabytes / GIGABYTE_IN_MEGABYTES), "GB"
