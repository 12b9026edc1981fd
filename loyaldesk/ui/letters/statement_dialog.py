"""A statement of account: choose type and day, see it, then print or save it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.pdf.compose_statement import ComposedStatement, compose_statement
from loyaldesk.ui.letters.letter_dialog import LetterDialog
from loyaldesk.ui.letters.personal_field import PersonalField
from loyaldesk.ui.widgets.fields import ComboBox, LabelledField
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import DateEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["StatementDialog"]


class StatementDialog(LetterDialog):
    """Any type for any past day; without a type it is the customer's own."""

    KIND = "statement"

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, title=self.tr("Statement of account"), parent=parent)
        self._customer_id = customer_id
        self.type = ComboBox(desk.theme, name=self.tr("Type"))
        for value, words in (
            ("", self.tr("The customer's own type")),
            (StatementKind.OPEN_ITEM.value, self.tr("Open items")),
            (StatementKind.BALANCE_FORWARD.value, self.tr("Balance forward")),
            (StatementKind.ACTIVITY.value, self.tr("Activity")),
            (StatementKind.DETAILED.value, self.tr("Detailed activity")),
        ):
            self.type.addItem(words, value)
        self.as_of = DateEdit(desk.theme, today=desk.today)
        self.as_of.set_value(desk.today())
        self.start = DateEdit(desk.theme, today=desk.today)
        self.facts = TextLabel(desk.theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self._days = [
            LabelledField(desk.theme, self.tr("As of"), self.as_of),
            LabelledField(desk.theme, self.tr("From (for movements)"), self.start),
        ]
        for field in (LabelledField(desk.theme, self.tr("Type"), self.type), *self._days):
            self.choices.addWidget(field)
        self.personal = PersonalField(desk)
        self.choices.addWidget(self.personal)
        self.choices.addWidget(self.facts)
        self.type.currentIndexChanged.connect(self._look_again)
        self.as_of.value_changed.connect(self._look_again)
        self.start.value_changed.connect(self._look_again)
        self.personal.typing.connect(self.withhold)
        self.personal.settled.connect(self._look_again)
        self.preview()

    def compose(self) -> Callable[..., Any]:
        return compose_statement

    def wishes(self) -> dict[str, Any]:
        kind = self.type.currentData()
        return {
            "customer_id": self._customer_id,
            "as_of": self.as_of.value() or self._desk.today(),
            "now": self._desk.now(),
            "kind": StatementKind(kind) if kind else None,
            "start": self.start.value(),
            "personal": self.personal.value(),
        }

    @Slot()
    def _look_again(self) -> None:
        """Show the letter anew once both days are understood."""
        problems = [self.as_of.problem(), self.start.problem()]
        for field, problem in zip(self._days, problems, strict=True):
            field.set_error(problem)
        if any(problems):
            self.withhold()
        else:
            self.preview()

    def tell_facts(self, composed: ComposedStatement) -> None:
        formats = self._desk.formats
        words = [self.tr("To {name}").format(name=composed.letter.frame.recipient.name)]
        for code, figures in composed.figures["currencies"].items():
            closing = formats.money(Money.of(figures["closing"], code))
            pay = formats.money(Money.of(figures["pay_now"], code))
            words.append(
                self.tr("Balance {closing}, please pay now {pay}").format(closing=closing, pay=pay)
            )
        words.append(self.tr("Proved: opening + movements = closing = open items = ageing"))
        self.facts.setText("\n".join(words))
