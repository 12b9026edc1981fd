"""One field that two people changed: what it was, both values, and room for a third."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from loyaldesk.operations.teamwork_choices import Choice, Pick
from loyaldesk.ui.sync.choice_card import ChoiceCard
from loyaldesk.ui.sync.field_words import field_words
from loyaldesk.ui.sync.third_field import ThirdField
from loyaldesk.ui.sync.value_words import ValueWords
from loyaldesk.ui.sync.who_words import captions
from loyaldesk.ui.widgets.fields import LabelledField
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.ui.desk import Desk

__all__ = ["ConflictRow"]

LEAST_IN_ONE_ROW, NAME_WIDTH = 720, 150
LONGEST_WAS = 200


class ConflictRow(QWidget):
    """`changed` tells that another value was picked or typed; `pick` says which."""

    changed = Signal()

    def __init__(self, desk: Desk, conflict: FieldConflict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.conflict = desk, conflict
        theme, name = desk.theme, field_words(conflict.field)
        say = ValueWords(desk.formats, conflict.record, conflict.names)
        self.name = TextLabel(theme, name, TextStyle.STRONG, wrap=True)
        was = self.tr("was: {0}").format(say.say(conflict.field, conflict.base)[:LONGEST_WAS])
        self.was = TextLabel(theme, was, TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        stands = say.say(conflict.field, conflict.winner)[:LONGEST_WAS]
        stands = self.tr("stands now: {0}").format(stands)
        self.stands = TextLabel(theme, stands, TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        values = (conflict.mine, conflict.theirs)
        words = captions(conflict, desk)
        self.cards = [
            ChoiceCard(theme, caption, say.say(conflict.field, value), name=name)
            for caption, value in zip(words, values, strict=True)
        ]
        self.third = ThirdField(desk, conflict, self)
        self._group = QButtonGroup(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._labelled: LabelledField | None = None
        self._lay_out(name)
        self._connect()

    @property
    def pick(self) -> Pick | None:
        """What is decided here so far, or None."""
        if not self.third.is_empty():
            return Pick(self.conflict.id, Choice.VALUE, self.third.value())
        checked = [card.isChecked() for card in self.cards]
        if not any(checked):
            return None
        return Pick(self.conflict.id, Choice.MINE if checked[0] else Choice.THEIRS)

    def choose(self, number: int) -> None:
        """Pick the first or the second value, or with 3 go to where a third is typed."""
        if number <= len(self.cards):
            self.cards[number - 1].setChecked(True)
            self.cards[number - 1].setFocus()
        elif self.third.editor is not None:
            self.third.editor.setFocus()

    def check(self) -> str:
        """Say below the third field what is wrong with it, and return it."""
        problem = "" if self.third.is_empty() else self.third.problem()
        if self._labelled is not None:
            self._labelled.set_error(problem)
        return problem

    def _lay_out(self, name: str) -> None:
        theme = self._desk.theme
        left = QWidget()
        left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        left.setMinimumWidth(theme.px(NAME_WIDTH))
        in_left = QVBoxLayout(left)
        in_left.setContentsMargins(0, 4, 0, 0)
        in_left.setSpacing(2)
        in_left.addWidget(self.name)
        in_left.addWidget(self.was)
        in_left.addWidget(self.stands)
        in_left.addStretch(1)
        self._row.setContentsMargins(0, 8, 0, 8)
        self._row.setSpacing(8)
        self._row.addWidget(left, 3)
        for card in self.cards:
            self._row.addWidget(card, 4)
        if self.third.editor is not None:
            label = self.tr("Something else")
            self.third.editor.setAccessibleName(f"{name}, {label}")
            self._labelled = LabelledField(theme, label, self.third.editor)
            self._row.addWidget(self._labelled, 3, Qt.AlignmentFlag.AlignTop)
        else:
            self._row.addStretch(3)

    def _connect(self) -> None:
        for card in self.cards:
            self._group.addButton(card)
            card.toggled.connect(self._take_card)
            card.number_typed.connect(self.choose)
        self.third.typed.connect(self._take_typed)
        self._desk.theme.changed.connect(self._fold)

    @Slot(bool)
    def _take_card(self, on: bool) -> None:
        if on:
            self.third.clear()
        self.changed.emit()

    @Slot()
    def _take_typed(self) -> None:
        if not self.third.is_empty():
            self._group.setExclusive(False)
            for card in self.cards:
                card.setChecked(False)
            self._group.setExclusive(True)
        self.changed.emit()

    @Slot()
    def _fold(self) -> None:
        is_wide = self.width() >= self._desk.theme.px(LEAST_IN_ONE_ROW)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if is_wide else down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
