"""Who gets a statement, as of which day and in which style? The first of the four panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from loyaldesk.domain.statement import StatementKind
from loyaldesk.domain.statement_run import Papers, Selection, SortBy, Who
from loyaldesk.queries.statement_run_lists import GroupNames, read_group_names
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.fields import ComboBox
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.marks import CheckBox
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import DateEdit, NumberEdit

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.errors import Refused
    from loyaldesk.ui.desk import Desk

__all__ = ["ChoiceForm", "last_month_end"]


def last_month_end(today: date) -> date:
    """Return the last day of the month before, of which statements usually are."""
    return today.replace(day=1) - today.resolution


class ChoiceForm(QWidget):
    """The fields of a selection; `changed` tells that it is no longer the one that was checked."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        locale = QLocale(desk.formats.tag)
        theme = desk.theme
        self.as_of = DateEdit(theme, today=desk.today, locale=locale)
        self.who = self._choice(
            (Who.OPEN_ITEMS, self.tr("All with open items")), (Who.ALL, self.tr("All customers"))
        )
        self.segment, self.territory, self.manager = (
            ComboBox(theme),
            ComboBox(theme),
            ComboBox(theme),
        )
        self.minimum = NumberEdit(theme, decimals=2, least=0, locale=locale)
        self.kind = self._choice(
            ("", self.tr("As the customer has it")),
            (StatementKind.OPEN_ITEM, self.tr("Open items")),
            (StatementKind.BALANCE_FORWARD, self.tr("Balance forward")),
            (StatementKind.ACTIVITY, self.tr("Activity")),
            (StatementKind.DETAILED, self.tr("Detailed activity")),
        )
        self.papers = self._choice(
            (Papers.NONE, self.tr("Not along")),
            (Papers.ATTACHED, self.tr("Along, as files")),
            (Papers.MERGED, self.tr("Along, in one file")),
        )
        self.sort = self._choice(
            (SortBy.NUMBER, self.tr("By number")),
            (SortBy.NAME, self.tr("By name")),
            (SortBy.POSTCODE, self.tr("By postcode")),
        )
        self.with_credits = CheckBox(theme, self.tr("With credit balances"))
        self.with_zero = CheckBox(theme, self.tr("Also when nothing is open"))
        self.again = CheckBox(theme, self.tr("Again, if they had one of this day"))
        self._wrong: dict[str, TextLabel] = {}
        self._lay_out()
        self.show_selection(Selection(as_of=last_month_end(desk.today())))
        self._connect()
        desk.jobs.read(read_group_names, owner=self, then=self._show_names, replaces="names")

    def selection(self) -> Selection | None:
        """Return what is chosen, or None after saying at the field what is wrong."""
        as_of = self.as_of.value()
        problem = self.as_of.problem() or ("" if as_of else self.tr("Type the day."))
        self._say("as_of", problem)
        self._say("minimum", self.minimum.problem())
        if as_of is None or self.minimum.problem():
            return None
        return Selection(
            as_of=as_of,
            who=Who(self.who.currentData()),
            segment=self.segment.currentData() or "",
            territory=self.territory.currentData() or "",
            account_manager=self.manager.currentData() or "",
            minimum=self.minimum.value(),
            with_credits=self.with_credits.isChecked(),
            with_zero=self.with_zero.isChecked(),
            again=self.again.isChecked(),
            kind=StatementKind(self.kind.currentData()) if self.kind.currentData() else None,
            papers=Papers(self.papers.currentData()),
            sort=SortBy(self.sort.currentData()),
        )

    def show_selection(self, selection: Selection) -> None:
        """Show what a run was prepared with."""
        self.blockSignals(True)
        self.as_of.set_value(selection.as_of)
        self.minimum.set_value(selection.minimum)
        for box, value in (
            (self.who, selection.who),
            (self.segment, selection.segment),
            (self.territory, selection.territory),
            (self.manager, selection.account_manager),
            (self.kind, selection.kind or ""),
            (self.papers, selection.papers),
            (self.sort, selection.sort),
        ):
            _choose(box, value)
        self.with_credits.setChecked(selection.with_credits)
        self.with_zero.setChecked(selection.with_zero)
        self.again.setChecked(selection.again)
        self.blockSignals(False)

    def show_refusal(self, error: Refused) -> None:
        """Say at its field, or at the day, why nothing was prepared."""
        self._say(error.field if error.field in self._wrong else "as_of", str(error))

    def problem(self, name: str) -> str:
        """Return what is said to be wrong with `as_of` or `minimum`, or nothing."""
        return self._wrong[name].text()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for name, title, editor in (
            ("as_of", self.tr("As of"), self.as_of),
            ("who", self.tr("Who"), self.who),
            ("segment", self.tr("Segment"), self.segment),
            ("territory", self.tr("Territory"), self.territory),
            ("manager", self.tr("Manager"), self.manager),
            ("minimum", self.tr("At least"), self.minimum),
            ("kind", self.tr("Style"), self.kind),
            ("papers", self.tr("Invoices"), self.papers),
            ("sort", self.tr("Order"), self.sort),
        ):
            row = grid.rowCount()
            editor.setAccessibleName(title)
            label = TextLabel(self._desk.theme, title, TextStyle.BODY, Tone.SECONDARY)
            label.setBuddy(editor)
            grid.addWidget(label, row, 0)
            grid.addWidget(editor, row, 1)
            if name in {"as_of", "minimum"}:
                self._wrong[name] = self._complaint()
                grid.addWidget(self._wrong[name], row + 1, 0, 1, 2)
        self.minimum.setPlaceholderText(self.tr("in the customer's currency"))
        for check in (self.with_credits, self.with_zero, self.again):
            grid.addWidget(check, grid.rowCount(), 1)

    def _complaint(self) -> TextLabel:
        label = TextLabel(self._desk.theme, "", TextStyle.SMALL, Tone.BAD, wrap=True)
        label.hide()
        return label

    def _say(self, name: str, sentence: str) -> None:
        label = self._wrong[name]
        label.setText(sentence)
        label.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence, urgent=True)

    def _choice(self, *choices: tuple[str, str]) -> ComboBox:
        box = ComboBox(self._desk.theme)
        for value, words in choices:
            box.addItem(words, str(value))
        return box

    def _show_names(self, names: GroupNames) -> None:
        for box, found in (
            (self.segment, names.segments),
            (self.territory, names.territories),
            (self.manager, names.managers),
        ):
            chosen = box.currentData() or ""
            box.blockSignals(True)
            box.clear()
            box.addItem(self.tr("Any"), "")
            for name in found:
                box.addItem(name, name)
            _choose(box, chosen)
            box.blockSignals(False)

    def _connect(self) -> None:
        for edit in (self.as_of, self.minimum):
            edit.value_changed.connect(self.changed)
        for box in (self.who, self.segment, self.territory, self.manager, self.kind):
            box.currentIndexChanged.connect(self.changed)
        for box in (self.papers, self.sort):
            box.currentIndexChanged.connect(self.changed)
        for check in (self.with_credits, self.with_zero, self.again):
            check.toggled.connect(self.changed)


def _choose(box: ComboBox, value: str) -> None:
    """Choose a value; a name that is not offered yet is put there to be kept."""
    if value and box.findData(str(value)) < 0:
        box.addItem(str(value), str(value))
    box.setCurrentIndex(max(box.findData(str(value)), 0))
