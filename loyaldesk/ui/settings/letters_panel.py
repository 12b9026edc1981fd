"""What can be set about letters: the company's own words, and how they fit the envelopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from loyaldesk.ui.desk import Desk

__all__ = ["LettersPanel"]


class LettersPanel(QWidget):
    """A sentence and a button for each thing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        words = self.tr(
            "Say it your way: every sentence of a letter can be put in your own words, in each "
            "language, with the letter beside it."
        )
        self.texts = self._add(words, self.tr("Letter texts…"), desk.ways.letter_texts_wanted)
        words = self.tr(
            "Print one test page per printer and envelope, and see whether the address stands in "
            "the window."
        )
        wish = desk.ways.envelope_test_wanted
        self.envelopes = self._add(words, self.tr("Envelope test page…"), wish)

    def _add(self, words: str, verb: str, wish: SignalInstance) -> Button:
        theme = self._desk.theme
        button = Button(theme, verb)
        button.clicked.connect(lambda: wish.emit())
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        self._column.addWidget(TextLabel(theme, words, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        self._column.addLayout(row)
        return button
