"""What was merged without a question: both values, and which of them stands?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.operations.teamwork_choices import Choice, Pick
from loyaldesk.ui.sync.field_words import field_words
from loyaldesk.ui.sync.pane_head import PaneHead
from loyaldesk.ui.sync.side_items import merge_words
from loyaldesk.ui.sync.value_words import ValueWords
from loyaldesk.ui.sync.who_words import captions, met_words
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Panel
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.ui.desk import Desk

__all__ = ["MergePane"]


class MergePane(QWidget):
    """Notes are shown as both, of which one can stand alone; else the value that lost can."""

    undo_wanted = Signal(int)
    keep_wanted = Signal(list)

    def __init__(self, desk: Desk, merge: FieldConflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._merge = desk, merge
        self.only: dict[Choice, Button] = {}
        theme, title = desk.theme, field_words(merge.field)
        self.undo = Button(theme, self.tr("Undo this merge"), icon="undo-2")
        self.undo.setVisible(not merge.keeps_both)
        head = PaneHead(desk, merge.record, title)
        head.add_button(self.undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        column.addWidget(head)
        told = f"{met_words(merge, desk)} {self._outcome()}"
        column.addWidget(TextLabel(theme, told, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        for caption, value, choice in self._values():
            column.addWidget(self._panel(caption, value, choice))
        column.addStretch(1)
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(merge.id))

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        next(iter(self.only.values()), self.undo).setFocus()

    def _outcome(self) -> str:
        words = merge_words(self._merge, self._desk)
        return self.tr("Merged without a question: {0}.").format(words)

    def _values(self) -> list[tuple[str, str, Choice | None]]:
        merge = self._merge
        say = ValueWords(self._desk.formats, merge.record, merge.names)
        mine, theirs = captions(merge, self._desk)
        shown = [
            (self.tr("Was"), merge.base, None),
            (mine, merge.mine, Choice.MINE),
            (theirs, merge.theirs, Choice.THEIRS),
            (self.tr("Stands now"), merge.winner, None),
        ]
        return [(caption, say.say(merge.field, value), pick) for caption, value, pick in shown]

    def _panel(self, caption: str, value: str, choice: Choice | None) -> Panel:
        theme, panel = self._desk.theme, Panel(self._desk.theme)
        panel.body.addWidget(TextLabel(theme, caption, TextStyle.SMALL, Tone.SECONDARY, wrap=True))
        panel.body.addWidget(TextLabel(theme, value, TextStyle.NAME, wrap=True))
        if choice is not None and self._merge.keeps_both:
            panel.body.addWidget(self._only(caption, choice))
        return panel

    def _only(self, caption: str, choice: Choice) -> Button:
        """Return the button that lets one of two texts stand alone."""
        button = self.only[choice] = Button(
            self._desk.theme, self.tr("Let only this stand"), small=True
        )
        button.setAccessibleName(self.tr("Let only this stand: {0}").format(caption))
        pick = Pick(self._merge.id, choice)
        button.clicked.connect(lambda: self.keep_wanted.emit([pick]))
        return button
