"""In which levels reminders go, from which amount, and whether they name the law."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.domain.dunning_policy import MOST_LEVELS, DunningPolicy, policy_problems
from loyaldesk.queries.dunning_policy import read_policy
from loyaldesk.ui.settings.amounts_field import AmountsEdit
from loyaldesk.ui.settings.level_form import LevelForm
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.fields import LabelledField
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.marks import CheckBox
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["RemindersForm"]

STEP_DAYS = 14


class RemindersForm(QWidget):
    """Every field acts when it is left; levels that cannot be are not saved and say why."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kept = desk, DunningPolicy()
        theme = desk.theme
        self.levels: list[LevelForm] = []
        self.minimums = AmountsEdit(theme)
        self.law = CheckBox(theme, self.tr("Name the law to businesses at home"))
        self.add = Button(theme, self.tr("Add a level"), icon="plus")
        self.remove = Button(theme, self.tr("Remove the last level"), icon="minus")
        self.texts = Button(theme, self.tr("Letter texts…"))
        hint = self.tr("Below it nobody is written to. Empty: every amount is worth a letter.")
        title = self.tr("Least amount worth a reminder")
        self._least = LabelledField(theme, title, self.minimums, hint=hint)
        self._column = QVBoxLayout()
        self._column.setSpacing(18)
        self._lay_out()
        self._connect()
        self._show(self._kept)
        self._read()

    @property
    def kept(self) -> DunningPolicy:
        """The levels as they are kept."""
        return self._kept

    @Slot()
    def save(self) -> None:
        """Keep what is typed if letters can follow it, else say at each field what is wrong."""
        typed = self._typed()
        problems = policy_problems(typed)
        self._show_problems(problems)
        if not problems and typed != self._kept:
            self._keep(typed)

    def _typed(self) -> DunningPolicy:
        levels = zip(self.levels, self._kept.levels, strict=True)
        minimums = self.minimums.amounts()
        return DunningPolicy(
            levels=tuple(form.typed(kept) for form, kept in levels),
            minimums=self._kept.minimums if minimums is None else minimums,
            names_law=self.law.isChecked(),
        )

    def _keep(self, policy: DunningPolicy) -> None:
        from loyaldesk.operations.dunning import change_dunning

        self._desk.jobs.write(
            change_dunning,
            owner=self,
            then=lambda _: self._desk.news.said.emit(self.tr("Reminder levels changed"), True),
            failed=lambda error: self._desk.news.said.emit(str(error), False),
            policy=policy,
        )

    def _lay_out(self) -> None:
        theme = self._desk.theme
        words = self.tr(
            "An invoice climbs one level with each reminder, never two at once. What is disputed "
            "or paused is not reminded of. A fee is asked for in the letter and noted in the "
            "register; the account stays as it is."
        )
        buttons = QHBoxLayout()
        for button in (self.add, self.remove, self.texts):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        column.addWidget(TextLabel(theme, words, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        column.addLayout(self._column)
        column.addLayout(buttons)
        column.addWidget(self._least)
        column.addWidget(self.law)

    def _connect(self) -> None:
        self.add.clicked.connect(self._add_level)
        self.remove.clicked.connect(self._remove_level)
        self.texts.clicked.connect(lambda: self._desk.ways.letter_texts_wanted.emit())
        self.minimums.editingFinished.connect(self.save)
        self.law.toggled.connect(self.save)
        self._desk.news.changed.connect(self._hear)

    def _read(self) -> None:
        self._desk.jobs.read(read_policy, owner=self, then=self._show, replaces="policy")

    def _show(self, policy: DunningPolicy) -> None:
        self._kept = policy
        while len(self.levels) > len(policy.levels):
            form = self.levels.pop()
            form.hide()
            form.deleteLater()
        while len(self.levels) < len(policy.levels):
            form = LevelForm(self._desk.theme, len(self.levels) + 1)
            form.changed.connect(self.save)
            self.levels.append(form)
            self._column.addWidget(form)
        for form, level in zip(self.levels, policy.levels, strict=True):
            form.show_level(level)
        self.minimums.show_amounts(policy.minimums)
        self.law.blockSignals(True)
        self.law.setChecked(policy.names_law)
        self.law.blockSignals(False)
        self.add.setEnabled(len(policy.levels) < MOST_LEVELS)
        self.remove.setEnabled(len(policy.levels) > 1)

    def _show_problems(self, problems: dict[str, str]) -> None:
        for number, form in enumerate(self.levels, 1):
            start = f"levels.{number}."
            own = {k.removeprefix(start): v for k, v in problems.items() if k.startswith(start)}
            unsaved = self.tr("{0} This is not saved.")
            form.show_problems({name: unsaved.format(words) for name, words in own.items()})
        self._least.set_error(self.minimums.problem() or problems.get("minimums", ""))

    @Slot()
    def _add_level(self) -> None:
        """Add a level like the last one, as many days later as levels usually are apart."""
        last = self._kept.levels[-1]
        later = last.days_late + STEP_DAYS
        added = replace(last, days_late=later, days_after=STEP_DAYS)
        self._keep(replace(self._kept, levels=(*self._kept.levels, added)))

    @Slot()
    def _remove_level(self) -> None:
        self._keep(replace(self._kept, levels=self._kept.levels[:-1]))

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.touches("setting"):
            self._read()
