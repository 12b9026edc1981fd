"""Which logo stands on letters, and how is it chosen or taken away?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["LogoField"]


class LogoField(QWidget):
    """Only says whether there is one: the letter beside the form shows it as it prints."""

    choosing_wanted = Signal()
    removing_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = TextLabel(theme, self.tr("Logo"), TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
        self.choose = Button(theme, self.tr("Choose a logo…"), icon="image")
        self.remove = Button(theme, self.tr("Take it away"))
        self._told = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self._wrong = SpanLabel(theme, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._wrong)
        self.choose.clicked.connect(self.choosing_wanted)
        self.remove.clicked.connect(self.removing_wanted)
        self.show_logo(None)

    @property
    def error(self) -> str:
        """The sentence that says why a picture was not taken, or nothing."""
        return self._wrong.text if not self._wrong.isHidden() else ""

    def show_logo(self, logo: Path | None) -> None:
        """Say whether letters have a logo, or the company's name in its colour."""
        self.remove.setVisible(logo is not None)
        without = self.tr("PNG or JPEG; without one, letters show the name in its colour")
        self._told.setText(without)
        self._told.setVisible(logo is None)
        self._wrong.hide()

    def show_refusal(self, sentence: str) -> None:
        """Say why the picture was not taken."""
        spans = [Span.small(sentence, Tone.BAD)]
        self._wrong.set_spans(spans, icon="circle-alert", icon_tone=Tone.BAD)
        self._wrong.show()
