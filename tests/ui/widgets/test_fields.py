"""Does a field say what it is, what is wrong with it and who can change it?"""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.fields import ComboBox, LabelledField, LineEdit, TextArea
from tests.support.qt import accessible_name, colours_in


@pytest.fixture
def field(theme, qtbot) -> LabelledField:
    field = LabelledField(theme, "Promised date", LineEdit(theme), hint="A working day")
    qtbot.addWidget(field)
    field.resize(300, 80)
    field.show()
    return field


def test_the_label_names_the_editor(field):
    assert accessible_name(field.editor) == "Promised date"


def test_an_error_is_said_below_and_seen_around(field, theme):
    field.set_error("Sat 28 Nov is not a working day. Mon 30?")
    assert field.error == "Sat 28 Nov is not a working day. Mon 30?"
    assert field.editor.accessibleDescription() == field.error
    assert theme.tokens.bad.name() in colours_in(field.editor.grab().toImage())


def test_the_hint_comes_back_when_the_error_is_mended(field, theme):
    field.set_error("No.")
    field.set_error("")
    assert field.editor.accessibleDescription() == "A working day"
    assert theme.tokens.bad.name() not in colours_in(field.editor.grab().toImage())


def test_a_locked_field_cannot_be_typed_into_and_says_why(field, theme):
    field.lock("Comes from the ERP; Accounts can change it.")
    QTest.keyClicks(field.editor, "x")
    assert field.editor.text() == ""
    assert field.editor.accessibleDescription() == "Comes from the ERP; Accounts can change it."
    assert theme.tokens.sunken.name() in colours_in(field.editor.grab().toImage())


def test_controls_have_the_height_of_their_density(theme, qtbot):
    for editor in (LineEdit(theme), ComboBox(theme)):
        qtbot.addWidget(editor)
        assert editor.sizeHint().height() == 28
    theme.wear(replace(theme.look, text_percent=200))
    assert LineEdit(theme).sizeHint().height() == 48


def test_the_wheel_does_not_change_a_choice(theme, qtbot):
    combo = ComboBox(theme, name="Topic")
    qtbot.addWidget(combo)
    combo.addItems(["Order status", "Delivery date"])
    combo.show()
    at = QPointF(5, 5)
    wheel = QWheelEvent(
        at, at, QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, wheel)
    assert combo.currentText() == "Order status"


def test_a_text_grows_with_its_lines_up_to_a_height(theme, qtbot):
    area = TextArea(theme, name="Note")
    qtbot.addWidget(area)
    area.resize(300, 60)
    area.show()
    assert area.sizeHint().height() == 60
    area.setPlainText("line\n" * 5)
    assert 60 < area.sizeHint().height() <= 120
    area.setPlainText("line\n" * 50)
    assert area.sizeHint().height() == 120


def test_tab_leaves_a_text(theme, qtbot, qapp):
    form = QWidget()
    qtbot.addWidget(form)
    column = QVBoxLayout(form)
    area, after = TextArea(theme, name="Note"), LineEdit(theme, name="Next step")
    column.addWidget(area)
    column.addWidget(after)
    form.show()
    form.activateWindow()
    qapp.processEvents()
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert area.toPlainText() == ""
    assert after.hasFocus()
