"""Can mails be set up, sent, listed and sent again without a window, and does no secret leak?"""

import io
import json

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.mail import password as passwords
from loyaldesk.mail.letters import document_mail
from loyaldesk.mail.outbox import queue_letter
from loyaldesk.mail.password import MAIL_PASSWORD_VARIABLE
from tests.support.credentials import MemoryCredentials
from tests.support.factories import file_content
from tests.support.mail import paper_of
from tests.support.mail_server import MailServer
from tests.support.stores import KEY, fresh_store

CANARY = "canary-7Q2Z"


@pytest.fixture
def set_up(loyaldesk):
    """Set mails up for a server on this computer."""

    def to(server, *more):
        return loyaldesk(
            "mail", "set", "method=smtp", "host=127.0.0.1", f"port={server.port}",
            "security=none", "sender=office@nordlicht.example", *more,
        )  # fmt: skip

    return to


@pytest.fixture
def write(profile):
    """Write a mail to the company's customer and return its id."""

    def writing(**changes):
        from dataclasses import replace

        store, files = fresh_store(profile), FileStore(profile / FOLDER_NAME, KEY)
        try:
            paper = file_content(
                store, files=files, content=paper_of(None), name="Price list.pdf", customer_id=2
            )
            with store.reader() as reader:
                mail = document_mail(reader, document_id=paper)
            values = {"recipient": "heike@mueller.example", "body": "Dear Ms Müller"} | changes
            return queue_letter(store, files=files, mail=replace(mail, **values), undo_seconds=0)
        finally:
            store.close()

    return writing


def test_a_mail_is_sent_and_listed_as_accepted(loyaldesk, set_up, write):
    with MailServer() as server:
        assert set_up(server).code == 0
        mail_id = write()
        sent = loyaldesk("mail", "send", "--json")
        assert sent.code == 0, sent.err
        assert json.loads(sent.out)[0]["state"] == "accepted"
        assert len(server.received) == 1
    [listed] = json.loads(loyaldesk("mail", "list", "--state", "accepted", "--json").out)
    assert (listed["id"], listed["recipient"]) == (mail_id, "heike@mueller.example")
    assert "4711" in listed["answer"]


def test_nothing_due_is_no_failure(loyaldesk, set_up):
    with MailServer() as server:
        set_up(server)
        assert loyaldesk("mail", "send").out == "Nothing is due.\n"


def test_a_refused_mail_ends_with_one_and_goes_again_when_told_to(loyaldesk, set_up, write):
    with MailServer(rcpt="550 nobody here") as server:
        set_up(server)
        mail_id = write()
        assert loyaldesk("mail", "send").code == 1
        assert "nobody here" in loyaldesk("mail", "list").out
        server.rcpt = ""
        assert loyaldesk("mail", "retry", mail_id).code == 0
        assert loyaldesk("mail", "send").code == 0
        assert loyaldesk("mail", "retry", mail_id).code == 1


def test_without_a_server_there_is_nothing_to_send(loyaldesk):
    ended = loyaldesk("mail", "send")
    assert ended.code == 1
    assert "drafts" in ended.err


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("host", "is not understood"),
        ("hots=x", "is not understood"),
        ("port=many", "a number"),
        ("security=maybe", "starttls"),
        ("port=0", "465"),
        ("host=mail.other.example", "read along"),
        ("sender=a\nb", "mail address"),
    ],
)
def test_settings_that_cannot_work_are_refused(loyaldesk, set_up, word, said):
    with MailServer() as server:
        set_up(server)
    ended = loyaldesk("mail", "set", word)
    assert ended.code == 1
    assert said in ended.err


def test_the_password_goes_from_standard_input_into_the_keyring_only(
    loyaldesk, set_up, profile, monkeypatch
):
    keyring = MemoryCredentials()
    monkeypatch.setattr(passwords, "system_credentials", lambda: keyring)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{CANARY}\n"))
    with MailServer() as server:
        ended = set_up(server, "user=ana", "--password")
    assert ended.code == 0, ended.err
    assert list(keyring.secrets.values()) == [CANARY]
    assert CANARY not in ended.out + ended.err
    assert not [path for path in profile.rglob("*") if path.is_file() and _holds(path)]


def test_ending_the_input_at_the_password_keeps_the_one_before(set_up, monkeypatch):
    keyring = MemoryCredentials()
    monkeypatch.setattr(passwords, "system_credentials", lambda: keyring)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with MailServer() as server:
        ended = set_up(server, "user=ana", "--password")
    assert ended.code == 1
    assert ended.err.startswith("The settings are kept, but no password was typed")
    assert not keyring.secrets


def _holds(path):
    return CANARY.encode() in path.read_bytes()


@pytest.mark.parametrize(
    "trouble", [{"users": {"ana": "other"}}, {"rcpt": "550 no"}, {"drops": "after"}]
)
def test_no_trouble_tells_the_password_or_writes_an_address_to_a_file(  # noqa: PLR0917 - fixtures
    loyaldesk, set_up, write, profile, monkeypatch, trouble
):
    monkeypatch.setenv(MAIL_PASSWORD_VARIABLE, CANARY)
    with MailServer(**({"users": {"ana": CANARY}} | trouble)) as server:
        set_up(server, "user=ana")
        write(recipient=f"{CANARY}@mueller.example", subject=f"Subject {CANARY}")
        ended = loyaldesk("mail", "send")
    assert ended.code == 1
    assert CANARY not in ended.err
    assert CANARY not in ended.out.replace(f"{CANARY}@mueller.example", "")
    assert not [path for path in profile.rglob("*") if path.is_file() and _holds(path)]
