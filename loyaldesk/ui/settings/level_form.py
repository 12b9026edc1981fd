"""What is set about one level of reminders: its days, its fee, and what it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.domain.dunning_policy import ReminderLevel, ReminderTone
from loyaldesk.ui.settings.amounts_field import AmountsEdit
from loyaldesk.ui.settings.field_grid import FieldGrid
from loyaldesk.ui.widgets.fields import ComboBox, LabelledField
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.marks import CheckBox
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["LevelForm"]

_DAYS = ("days_late", "days_after", "days_to_pay")


class LevelForm(QWidget):
    """The fields of a level; `changed` tells that one was left or ticked."""

    changed = Signal()

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self.days = {name: NumberEdit(theme) for name in _DAYS}
        self.fees = AmountsEdit(theme)
        self.tone = ComboBox(theme, name=self.tr("Tone"))
        for tone, words in self._tones():
            self.tone.addItem(words, tone.value)
        self.interest = CheckBox(theme, self.tr("Names interest and payment in advance"))
        self.next_step = CheckBox(theme, self.tr("Names what follows the last day"))
        self.fields = {name: self._field(theme, name) for name in (*_DAYS, "fees", "tone")}
        self._lay_out(theme)
        self._connect()

    def show_level(self, level: ReminderLevel) -> None:
        """Show what is kept of a level."""
        for name, editor in self.days.items():
            editor.set_value(getattr(level, name))
        self.fees.show_amounts(level.fees)
        for widget, value in (
            (self.interest, level.names_interest), (self.next_step, level.names_next_step),
        ):  # fmt: skip
            widget.blockSignals(True)
            widget.setChecked(value)
            widget.blockSignals(False)
        self.tone.setCurrentIndex(self.tone.findData(level.tone.value))

    def typed(self, kept: ReminderLevel) -> ReminderLevel:
        """Return the level as it stands in the fields; what is not understood stays as kept."""
        days = {name: self._days(name, getattr(kept, name)) for name in _DAYS}
        fees = self.fees.amounts()
        return replace(
            kept,
            **days,
            tone=ReminderTone(self.tone.currentData()),
            fees=kept.fees if fees is None else fees,
            names_interest=self.interest.isChecked(),
            names_next_step=self.next_step.isChecked(),
        )

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say below each field what is wrong with it, by its name; editors know their own."""
        for name, field in self.fields.items():
            asked = getattr(field.editor, "problem", None)
            field.set_error((asked() if callable(asked) else "") or problems.get(name, ""))

    def _days(self, name: str, kept: int) -> int:
        value = self.days[name].value()
        return kept if value is None else int(value)

    def _tones(self) -> tuple[tuple[ReminderTone, str], ...]:
        return (
            (ReminderTone.FRIENDLY, self.tr("Friendly")),
            (ReminderTone.FIRM, self.tr("Firm")),
            (ReminderTone.FINAL, self.tr("Final")),
        )

    def _field(self, theme: Theme, name: str) -> LabelledField:
        titles = {
            "days_late": self.tr("Days past the due day"),
            "days_after": self.tr("Days since the level before"),
            "days_to_pay": self.tr("Days to pay (8 to 14)"),
            "fees": self.tr("Flat fee"),
            "tone": self.tr("Tone"),
        }
        editor = self.days.get(name) or {"fees": self.fees, "tone": self.tone}[name]
        return LabelledField(theme, titles[name], editor)

    def _lay_out(self, theme: Theme) -> None:
        title = self.tr("Level {0}").format(self._number)
        # The first reminder has none before it and asks for no fee.
        hidden = {"days_after", "fees"} if self._number == 1 else set()
        shown = [field for name, field in self.fields.items() if name not in hidden]
        for name in hidden:
            self.fields[name].setParent(self)
            self.fields[name].hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(TextLabel(theme, title, TextStyle.PANEL_TITLE))
        column.addWidget(FieldGrid(theme, shown))
        for box in (self.interest, self.next_step):
            column.addWidget(box)

    def _connect(self) -> None:
        for editor in (*self.days.values(), self.fees):
            editor.editingFinished.connect(self.changed)
        for box in (self.interest, self.next_step):
            box.toggled.connect(self.changed)
        self.tone.activated.connect(self.changed)
