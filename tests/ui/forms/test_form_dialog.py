"""Does a form refuse where things stand, save once, and lose nothing that was typed?"""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.operations import operation
from loyaldesk.operations.customers import create_customer
from loyaldesk.ui.forms import scroll_dialog
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.widgets.fields import ComboBox, LineEdit, TextArea
from loyaldesk.ui.widgets.theme import Look
from tests.support.qt import let_go

ROOM = QSize(640, 400)
CONTROL = Qt.KeyboardModifier.ControlModifier
AWAY = "The disk did not answer. Nothing was changed; try again."


class NewCustomer(FormDialog):
    """Asks for a customer, by one editor of each kind."""

    def __init__(self, desk, saves=create_customer):
        super().__init__(desk, title="New", verb="Create")
        self.saves = saves
        self.name, self.email = LineEdit(desk.theme), LineEdit(desk.theme)
        self.language = ComboBox(desk.theme)
        self.language.addItems(["en", "de"])
        self.key = QCheckBox("Key account")
        self.notes = TextArea(desk.theme, name="Notes")
        self.add_fields(("name", "Name", self.name), ("email", "E-mail", self.email))
        self.add_fields(("language", "Language", self.language), ("key", "Key", self.key))
        self.add_fields(("notes", "Notes", self.notes))
        self.keep_draft("new")

    def operation(self):
        return self.saves

    def arguments(self):
        return {
            "name": self.name.text(),
            "email": self.email.text(),
            "language": self.language.currentText(),
            "is_key_account": self.key.isChecked(),
            "notes": self.notes.toPlainText(),
        }

    def saved(self, result):
        self._desk.ways.customer_wanted.emit(result)


@pytest.fixture
def open_form(desk, keep):
    """Return what opens the form, which saves by an operation."""
    return lambda saves=create_customer: keep(NewCustomer(desk, saves))


@pytest.fixture
def failing():
    """Return an operation that fails as it is told to."""

    def made(*errors):
        left = list(errors)

        @operation("Fail")
        def fail(_tx, **_):
            raise left.pop(0)

        return fail

    return made


def test_it_saves_closes_and_tells_what_was_saved(open_form, store, heard, qtbot):
    form = open_form()
    qtbot.keyClicks(form.name, "Kontor")
    with qtbot.waitSignal(form.accepted):
        form.verb_button.click()
    with store.reader() as reader:
        assert heard.wished == [("customer", reader.value("SELECT id FROM customer"))]


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_it_is_saved_by_keys_from_any_field(open_form, heard, qtbot, key):
    form = open_form()
    qtbot.keyClicks(form.name, "Kontor")
    qtbot.keyClick(form.notes, key, CONTROL)
    assert len(heard.wished) == 1


def test_keys_pressed_twice_save_once(open_form, desk, monkeypatch, qtbot):
    form = open_form()
    qtbot.keyClicks(form.name, "Kontor")
    begun = []
    monkeypatch.setattr(desk.jobs, "write", lambda work, **_: begun.append(work))
    for _ in range(2):
        qtbot.keyClick(form.name, Qt.Key.Key_Return, CONTROL)
    assert begun == [create_customer]


def test_a_refusal_stands_at_its_field_and_the_form_stays(open_form, heard):
    form = open_form()
    form.email.setText("a@b.example")
    form.accept()
    assert "needs a name" in form.fields["name"].error
    assert form.name.hasFocus()
    assert form.isVisible()
    assert form.email.text() == "a@b.example"
    assert heard.wished == []


def test_what_is_put_right_is_no_longer_said_to_be_wrong(open_form, failing):
    wrong = Refused("No such name.", field="name"), Refused("No such place.", field="email")
    form = open_form(failing(*wrong))
    form.accept()
    form.accept()
    assert (form.fields["name"].error, form.fields["email"].error) == ("", "No such place.")


def test_a_refusal_of_no_field_stands_above_them_until_the_next_attempt(open_form, failing):
    form = open_form(failing(Unavailable(AWAY), Refused("No such name.", field="name")))
    form.accept()
    assert form.refusal == AWAY
    form.accept()
    assert form.refusal == ""
    assert form.fields["name"].error == "No such name."


def test_enter_in_a_field_of_one_line_saves(open_form, heard, qtbot):
    form = open_form()
    qtbot.keyClicks(form.name, "Kontor")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert len(heard.wished) == 1


def fill(form):
    form.name.setText("Kontor")
    form.language.setCurrentText("de")
    form.key.setChecked(True)
    form.notes.setPlainText("Ring twice.")


def test_a_form_closed_at_once_comes_back_as_it_was(open_form):
    form = open_form()
    fill(form)
    form.reject()
    assert open_form().arguments() == {
        "name": "Kontor", "email": "", "language": "de", "is_key_account": True,
        "notes": "Ring twice.",
    }  # fmt: skip


def test_what_comes_back_says_since_when_it_is_kept(open_form, desk):
    form = open_form()
    fill(form)
    form.reject()
    again = open_form()
    time = desk.formats.time(desk.now().astimezone())
    assert again.note.text == f"Kept from {time}, not saved yet."


def test_what_came_back_can_be_thrown_away_for_good(open_form):
    form = open_form()
    fill(form)
    form.reject()
    again = open_form()
    again.note.discard.click()
    assert (again.name.text(), again.notes.toPlainText(), again.key.isChecked()) == ("", "", False)
    assert again.note.text == ""
    again.reject()
    third = open_form()
    assert (third.name.text(), third.note.text) == ("", "")


def test_a_form_in_which_nothing_was_typed_keeps_nothing(open_form):
    open_form().reject()
    assert open_form().note.text == ""


def test_nothing_comes_back_of_what_was_saved(open_form):
    form = open_form()
    fill(form)
    form.reject()
    open_form().accept()
    let_go()
    assert open_form().name.text() == ""


def test_what_was_typed_meanwhile_is_not_typed_over_by_the_draft(open_form, desk, monkeypatch):
    form = open_form()
    fill(form)
    form.reject()
    answers, read = [], desk.jobs.read
    monkeypatch.setattr(desk.jobs, "read", lambda query, **rest: answers.append((query, rest)))
    again = open_form()
    again.name.setText("Brewery")
    for query, rest in answers:
        read(query, **rest)
    assert (again.name.text(), again.notes.toPlainText()) == ("Brewery", "Ring twice.")


class TestRoom:
    @pytest.fixture
    def small_screen(self, monkeypatch):
        monkeypatch.setattr(scroll_dialog, "room_on", lambda _: ROOM)

    @pytest.mark.parametrize("percent", [100, 125, 200])
    def test_no_form_is_larger_than_the_screen(self, open_form, theme, small_screen, percent):
        theme.wear(Look(text_percent=percent))
        form = open_form()
        form.resize(form.sizeHint())
        assert form.size() == form.size().boundedTo(ROOM)
        for button in (form.verb_button, form.cancel_button):
            corner = button.mapTo(form, button.rect().bottomRight())
            assert form.rect().contains(corner)

    def test_text_that_grows_in_an_open_form_takes_no_button_away(
        self, open_form, theme, small_screen
    ):
        form = open_form()
        theme.wear(Look(text_percent=200))
        QApplication.processEvents()
        assert form.size() == form.size().boundedTo(ROOM)

    def test_a_sentence_below_a_field_makes_the_form_higher(self, open_form):
        form = open_form()
        before = form.height()
        form.accept()
        QApplication.processEvents()
        assert form.fields["name"].error
        assert form.height() > before

    def test_a_refused_field_out_of_sight_comes_into_sight(self, open_form, failing):
        form = open_form(failing(Refused("Too long.", field="notes")))
        form.resize(560, 260)
        QApplication.processEvents()
        assert form.notes.visibleRegion().isEmpty()
        form.accept()
        QApplication.processEvents()
        assert not form.notes.visibleRegion().isEmpty()
