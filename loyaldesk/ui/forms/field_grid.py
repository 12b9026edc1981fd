"""Which fields does a form have, two in a row, and what stands in them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from loyaldesk.ui.widgets.fields import ComboBox, LabelledField, LineEdit, TextArea
from loyaldesk.ui.widgets.typed_edits import DateEdit, MoneyEdit, NumberEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.ui.desk import Desk

__all__ = ["FieldGrid"]

COLUMNS = 2


class FieldGrid(QWidget):
    """Labelled fields, each known by its column's name."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._locale = QLocale(desk.formats.tag)
        self._cell = 0
        self.fields: dict[str, LabelledField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1)

    def values(self) -> dict[str, Any]:
        """Return what stands in the fields, by name."""
        return {name: _value_of(field.editor) for name, field in self.fields.items()}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Put values into the fields that are there."""
        for name, value in values.items():
            if name in self.fields:
                _put_value(self.fields[name].editor, value)

    def add_line(self, name: str, label: str, *, hint: str = "", wide: bool = False) -> None:
        """Add a field of one line."""
        editor = LineEdit(self._desk.theme)
        self.add_editor(name, label, editor, hint=hint, wide=wide)

    def add_text(self, name: str, label: str) -> None:
        """Add a field of several lines, right across."""
        editor = TextArea(self._desk.theme, name=label)
        self.add_editor(name, label, editor, wide=True)

    def add_choice(self, name: str, label: str, choices: Sequence[tuple[str, str]]) -> None:
        """Add a choice of one of these values."""
        editor = ComboBox(self._desk.theme, name=label)
        for value, words in choices:
            editor.addItem(words, value)
        self.add_editor(name, label, editor)

    def add_number(self, name: str, label: str) -> None:
        """Add a whole number."""
        self.add_editor(name, label, NumberEdit(self._desk.theme, locale=self._locale))

    def add_money(self, name: str, label: str, currency: str) -> None:
        """Add an amount; it is shown as Money and read in minor units."""
        editor = MoneyEdit(self._desk.theme, currency=currency, locale=self._locale)
        self.add_editor(name, label, editor)

    def add_day(self, name: str, label: str) -> None:
        """Add a day."""
        editor = DateEdit(self._desk.theme, today=self._desk.today, locale=self._locale)
        self.add_editor(name, label, editor)

    def add_claim(self, name: str, words: str) -> None:
        """Add something that holds or does not."""
        editor = QCheckBox(words)
        editor.setMinimumHeight(self._desk.theme.px(24))
        self.add_editor(name, " ", editor)
        editor.setAccessibleName(words)

    def add_editor(
        self, name: str, label: str, editor: QWidget, *, hint: str = "", wide: bool = False
    ) -> None:
        """Add an editor of another kind; wide ones take a row of their own."""
        field = LabelledField(self._desk.theme, label, editor, hint=hint)
        self.fields[name] = field
        if wide and self._cell % COLUMNS:
            self._cell += 1
        row, column = divmod(self._cell, COLUMNS)
        span = COLUMNS if wide else 1
        self._grid.addWidget(field, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
        self._cell += span


def _value_of(editor: QWidget) -> Any:
    """Return what an editor holds, in the way its column keeps it."""
    if isinstance(editor, MoneyEdit):
        money = editor.money()
        return None if money is None else money.minor
    if isinstance(editor, NumberEdit):
        number = editor.value()
        return None if number is None else int(number)
    if isinstance(editor, DateEdit):
        return editor.value()
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, QComboBox):
        return editor.currentData()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else _text_of(editor)


def _text_of(editor: QWidget) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _put_value(editor: QWidget, value: Any) -> None:
    if isinstance(editor, MoneyEdit):
        editor.set_money(value)
    elif isinstance(editor, NumberEdit | DateEdit):
        editor.set_value(value)
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, QComboBox):
        _choose(editor, value)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(value or ""))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value or ""))


def _choose(box: QComboBox, value: Any) -> None:
    index = box.findData(value)
    if index < 0:  # a value of another system that we have no words for stays as it is
        box.addItem(str(value), value)
        index = box.count() - 1
    box.setCurrentIndex(index)
