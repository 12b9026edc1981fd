"""Is the mail password kept in the system's keyring, or said not to be kept?"""

import pytest

from loyaldesk.credentials import LONGEST_SECRET
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.mail import password as passwords
from loyaldesk.mail.password import MAIL_PASSWORD_VARIABLE, MailPassword
from tests.support.credentials import MemoryCredentials


class Locked(MemoryCredentials):
    def keep(self, name, secret):
        raise Unavailable("locked")


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    monkeypatch.setattr(passwords, "_remembered", {})


def test_what_was_kept_is_read_by_a_later_process(tmp_path):
    keyring = MemoryCredentials()
    assert MailPassword(tmp_path, environ={}, credentials=keyring).keep("secret")
    assert MailPassword(tmp_path, environ={}, credentials=keyring).read() == "secret"
    assert MailPassword(tmp_path, environ={}, credentials=MemoryCredentials()).read() == ""


def test_an_empty_password_forgets_the_old_one(tmp_path):
    keyring = MemoryCredentials()
    password = MailPassword(tmp_path, environ={}, credentials=keyring)
    password.keep("secret")
    assert password.keep("")
    assert (password.read(), keyring.secrets) == ("", {})


def test_without_a_keyring_it_is_remembered_until_the_end_and_that_is_told(tmp_path):
    password = MailPassword(tmp_path, environ={}, credentials=Locked())
    assert not password.keep("secret")
    assert MailPassword(tmp_path, environ={}, credentials=Locked()).read() == "secret"
    assert b"secret" not in b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())


def test_two_profiles_have_two_passwords(tmp_path):
    keyring = MemoryCredentials()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        MailPassword(tmp_path / name, environ={}, credentials=keyring).keep(name)
    assert MailPassword(tmp_path / "one", environ={}, credentials=keyring).read() == "one"


def test_the_environment_comes_first(tmp_path):
    keyring = MemoryCredentials()
    environ = {MAIL_PASSWORD_VARIABLE: "of the server"}
    password = MailPassword(tmp_path, environ=environ, credentials=keyring)
    password.keep("secret")
    assert password.read() == "of the server"


def test_one_that_no_keyring_holds_is_refused_before_it_is_tried(tmp_path):
    keyring = MemoryCredentials()
    with pytest.raises(Refused, match=str(LONGEST_SECRET)):
        MailPassword(tmp_path, environ={}, credentials=keyring).keep("x" * (LONGEST_SECRET + 1))
    assert keyring.secrets == {}
