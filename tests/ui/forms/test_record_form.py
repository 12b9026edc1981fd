"""Does the form of a record wait for what it reads, and show what is wrong wherever it stands?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from loyaldesk.errors import Unavailable
from loyaldesk.ui.customers.contact_dialog import ContactDialog
from tests.support.factories import make_contact, make_customer

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def heike(store):
    return make_contact(store, make_customer(store), "Müller", given_name="Heike", role="Buyer")


@pytest.fixture
def open_form(desk, keep, heike):
    """Return what opens the form of a contact, or of a new one."""
    return lambda contact_id=None, size=None: keep(ContactDialog(desk, 1, contact_id), size)


@pytest.fixture
def save_by_keys(desk, qtbot):
    """Return what presses the keys that save, and tells what was begun then."""

    def press(form):
        desk.jobs.ran.clear()
        qtbot.keyClick(form, Qt.Key.Key_S, CONTROL)
        return desk.jobs.ran

    return press


def test_keys_save_a_record_once_it_is_read(open_form, heike, save_by_keys):
    form = open_form(heike)
    form.grid.show_values({"role": "Owner"})
    assert "Edit contact" in save_by_keys(form)


def test_saving_an_unchanged_record_only_closes(open_form, heike, save_by_keys, qtbot):
    form = open_form(heike)
    with qtbot.waitSignal(form.accepted):
        assert save_by_keys(form) == []


def test_a_record_still_read_cannot_be_saved_over(
    open_form, heike, desk, save_by_keys, monkeypatch
):
    monkeypatch.setattr(desk.jobs, "read", lambda *_, **__: None)
    form = open_form(heike)
    assert save_by_keys(form) == []
    assert form.isVisible()


def test_a_record_that_cannot_be_read_says_why_and_is_not_saved_over(
    open_form, heike, desk, save_by_keys, monkeypatch
):
    def fail(query, *, failed, **_):
        failed(Unavailable("The disk did not answer. Nothing was changed; try again."))

    monkeypatch.setattr(desk.jobs, "read", fail)
    form = open_form(heike)
    assert form.refusal.startswith("The disk did not answer")
    assert save_by_keys(form) == []


def test_only_what_differs_is_saved(open_form, heike):
    form = open_form(heike)
    assert form.changed_values() == {}
    form.grid.show_values({"role": "Owner"})
    assert form.changed_values() == {"role": "Owner"}


def test_a_field_out_of_sight_comes_into_sight_when_it_is_refused(open_form):
    form = open_form(size=(560, 320))
    form.grid.show_values({"family_name": "Kahn", "given_name": "Jonas"})
    wrong = form.fields["consent_on"]
    wrong.editor.setText("some day")
    assert wrong.visibleRegion().isEmpty()
    form.accept()
    QApplication.processEvents()
    assert wrong.error
    assert wrong.editor.hasFocus()
    assert wrong.visibleRegion().boundingRect().height() == wrong.height()


def test_it_starts_at_the_field_that_was_asked_for(open_form, heike):
    form = open_form(heike)
    assert form.fields["salutation"].editor.hasFocus()
    form.start_at("email")
    assert form.fields["email"].editor.hasFocus()
    assert open_form().fields["given_name"].editor.hasFocus()


def test_an_unsaved_new_record_comes_back_to_its_customer(open_form, desk, keep, store):
    form = open_form()
    form.grid.show_values({"given_name": "Jonas", "language": "de", "is_primary": True})
    form.reject()
    again = open_form().grid.values()
    assert (again["given_name"], again["language"], again["is_primary"]) == ("Jonas", "de", True)
    other = keep(ContactDialog(desk, make_customer(store, "Acme Ltd")))
    assert other.grid.values()["given_name"] == ""
