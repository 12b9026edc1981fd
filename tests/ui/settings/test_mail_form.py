"""Are the mail settings kept when they could work, and is it told what is missing or wrong?"""

import pytest
from PySide6.QtWidgets import QLineEdit

from loyaldesk.domain.mail_settings import MailMethod, MailSecurity, MailSettings
from loyaldesk.mail import password as passwords
from loyaldesk.queries.mail import read_mail_settings
from loyaldesk.ui.settings.mail_form import MailForm
from tests.support.credentials import MemoryCredentials
from tests.support.mail_server import MailServer
from tests.support.qt import nameless, too_small


@pytest.fixture
def keyring(monkeypatch):
    made = MemoryCredentials()
    monkeypatch.setattr(passwords, "system_credentials", lambda: made)
    monkeypatch.setattr(passwords, "_remembered", {})
    return made


@pytest.fixture
def form(desk, keep, keyring, tmp_path):
    return keep(MailForm(desk, tmp_path), (900, 700))


def kept(store):
    with store.reader() as reader:
        return read_mail_settings(reader)


def type_in(form, **texts):
    for name, text in texts.items():
        form.edits[name].setText(text)
        form.edits[name].editingFinished.emit()


def choose_server(form, port="587"):
    form.method.choose(MailMethod.SMTP.value)
    form.method.chosen_changed.emit(MailMethod.SMTP.value)
    type_in(form, sender="office@nordlicht.example", host="127.0.0.1", port=port)


def test_before_anything_is_typed_mails_are_drafts(form):
    assert "open as drafts" in form.state.text
    assert not form.edits["host"].isVisible()


def test_an_unfinished_server_is_not_in_use_and_says_what_is_missing(store, form):
    form.method.choose(MailMethod.SMTP.value)
    form.method.chosen_changed.emit(MailMethod.SMTP.value)
    assert "Sender’s address, Mail server" in form.state.text
    assert kept(store) == MailSettings()


def test_a_whole_server_is_kept_at_once(store, form, heard):
    choose_server(form)
    assert kept(store).sends
    assert (kept(store).host, kept(store).security) == ("127.0.0.1", MailSecurity.STARTTLS)
    assert heard.said[-1] == ("E-mail settings changed", True)


@pytest.mark.parametrize(
    ("name", "text"),
    [("sender", "office"), ("host", "mail server"), ("port", "many"), ("reply_to", "a b@c.de")],
)
def test_what_is_wrong_is_told_below_its_field_and_not_kept(store, form, name, text):
    choose_server(form)
    before = kept(store)
    type_in(form, **{name: text})
    assert form.fields[name].error
    assert kept(store) == before


def test_no_encryption_is_for_this_computer_only(store, form):
    choose_server(form)
    type_in(form, host="mail.other.example")
    form.security.choose(MailSecurity.NONE.value)
    form.security.chosen_changed.emit(MailSecurity.NONE.value)
    assert "read along" in form.state.text
    assert kept(store).security is MailSecurity.STARTTLS


@pytest.mark.parametrize(("before", "after"), [("587", "465"), ("2587", "2587")])
def test_the_usual_port_follows_the_encryption(store, form, before, after):
    choose_server(form, port=before)
    form.security.choose(MailSecurity.TLS.value)
    form.security.chosen_changed.emit(MailSecurity.TLS.value)
    assert form.edits["port"].text() == after
    assert (kept(store).port, kept(store).security) == (int(after), MailSecurity.TLS)


def test_the_password_goes_to_the_keyring_and_nowhere_else(store, form, keyring):
    assert form.password_edit.echoMode() is QLineEdit.EchoMode.Password
    form.password_edit.setText("canary-9X")
    form.password_edit.editingFinished.emit()
    assert list(keyring.secrets.values()) == ["canary-9X"]
    assert form.password_edit.text() == ""
    assert "keyring" in form.password_edit.placeholderText()
    with store.reader() as reader:
        assert "canary" not in str(reader.rows("SELECT * FROM setting"))


def test_a_test_message_reaches_ourselves(form):
    with MailServer() as server:
        choose_server(form, port=str(server.port))
        form.security.choose(MailSecurity.NONE.value)
        form.security.chosen_changed.emit(MailSecurity.NONE.value)
        form.test.button.click()
        [(sender, recipients, _)] = server.received
        assert (sender, recipients) == ("office@nordlicht.example", ["office@nordlicht.example"])
    assert "took the mail" in form.test.answer.text


def test_a_test_that_fails_says_why(form):
    choose_server(form, port="1")
    form.test.button.click()
    assert "cannot be reached" in form.test.answer.text
    assert form.test.button.isEnabled()


def test_a_test_of_drafts_opens_one(form, heard):
    type_in(form, sender="office@nordlicht.example")
    form.test.button.click()
    assert heard.opened[0].endswith(".eml")
    assert "Send button" in form.test.answer.text


def test_every_control_has_a_name_and_room(form):
    choose_server(form)
    assert list(nameless(form)) == []
    assert list(too_small(form)) == []
