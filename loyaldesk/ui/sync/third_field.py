"""Which field takes a third value, of the sort that the two others are?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from loyaldesk.protocol.kinds import Merge
from loyaldesk.ui.sync.value_words import CHOSEN, field_of
from loyaldesk.ui.widgets.fields import LineEdit, TextArea
from loyaldesk.ui.widgets.typed_edits import DateEdit, MoneyEdit, NumberEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.protocol.kinds import Field
    from loyaldesk.queries.sync_conflicts import FieldConflict
    from loyaldesk.ui.desk import Desk

__all__ = ["ThirdField"]

_SCALES = {"_milli": 3, "_micro": 6, "_ppm": 4}


class ThirdField(QObject):
    """An editor for the conflict's field; without one only the two values can be picked."""

    typed = Signal()

    def __init__(self, desk: Desk, conflict: FieldConflict, parent: QObject) -> None:
        super().__init__(parent)
        self._known = field_of(conflict.record.kind, conflict.field)
        self.editor = self._make(desk, conflict)
        if isinstance(self.editor, LineEdit):
            self.editor.textEdited.connect(self.typed)
        elif isinstance(self.editor, TextArea):
            self.editor.textChanged.connect(self.typed)

    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return not self._text().strip()

    def clear(self) -> None:
        """Forget what is typed, and say nothing about it."""
        if isinstance(self.editor, LineEdit | TextArea):
            self.editor.blockSignals(True)
            self.editor.clear()
            self.editor.blockSignals(False)

    def problem(self) -> str:
        """Return what is wrong with what is typed, or nothing."""
        editor = self.editor
        return editor.problem() if isinstance(editor, DateEdit | NumberEdit) else ""

    def value(self) -> Any:
        """Return what is typed as it travels; None where it is not understood."""
        editor = self.editor
        if isinstance(editor, DateEdit):
            day = editor.value()
            return None if day is None else day.isoformat()
        if isinstance(editor, MoneyEdit):
            money = editor.money()
            return None if money is None else money.minor
        if isinstance(editor, NumberEdit):
            number = editor.value()
            return None if number is None else int(number.scaleb(self._decimals()))
        return self._text().strip()

    def _make(self, desk: Desk, conflict: FieldConflict) -> QWidget | None:
        known = self._known
        if known is None or not _is_typed(known):
            return None
        if known.type == "day":
            return DateEdit(desk.theme, today=desk.today)
        if known.type == "int":
            currency = conflict.record.currency
            if known.name.endswith("_minor") and currency:
                return MoneyEdit(desk.theme, currency=currency)
            return NumberEdit(desk.theme, decimals=self._decimals(), least=0)
        if known.merge is Merge.TEXT:
            return TextArea(desk.theme, name=self.tr("Something else"))
        return LineEdit(desk.theme, placeholder=self.tr("or type a third"))

    def _decimals(self) -> int:
        name = self._known.name if self._known is not None else ""
        return next((each for ending, each in _SCALES.items() if name.endswith(ending)), 0)

    def _text(self) -> str:
        if isinstance(self.editor, LineEdit):
            return self.editor.text()
        return self.editor.toPlainText() if isinstance(self.editor, TextArea) else ""


def _is_typed(known: Field) -> bool:
    """Whether a value can be typed: no reference, no choice, no truth, no whole of several."""
    return not known.refers and known.type in {"text", "int", "day"} and known.name not in CHOSEN
