"""Do mails leave by themselves when they may, and is it said what became of them?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyaldesk.domain.mail_settings import MailSettings
from loyaldesk.mail import sending
from loyaldesk.mail.transport import Answer, Verdict
from loyaldesk.operations.mail import change_mail_settings, claim_mail
from loyaldesk.ui.outbox.postman import Postman
from tests.support.desks import NOW
from tests.support.factories import do
from tests.support.mail import ACCEPTED, SMTP, FakeTransport


class Transport(FakeTransport):
    def abort(self):
        """Have nothing to end."""

    def close(self):
        """Have nothing to close."""


@pytest.fixture
def transport(monkeypatch):
    made = Transport()
    monkeypatch.setattr(sending, "SmtpTransport", lambda *_, **__: made)
    return made


@pytest.fixture
def later(desk):
    """Return the desk a minute on, when what was just written may leave."""
    return replace(desk, now=lambda: NOW + timedelta(minutes=1))


def states(store):
    with store.reader() as reader:
        return [state for (state,) in reader.rows("SELECT state FROM mail ORDER BY id")]


def test_what_waits_leaves_when_the_window_opens(later, write, transport, tmp_path, heard):
    write()
    Postman(later, tmp_path)
    assert len(transport.sent) == 1
    assert heard.said == [("The mail server took the mail to roth@kraft.example", False)]


def test_what_is_written_leaves_after_its_eight_seconds_only(
    desk, write, transport, tmp_path, qtbot
):
    now = [NOW]
    postman = Postman(replace(desk, now=lambda: now[0]), tmp_path)
    write()
    assert transport.sent == []
    now[0] += timedelta(seconds=30)
    postman._timer.start(0)  # noqa: SLF001 - eight seconds are too long for a test
    qtbot.waitUntil(lambda: len(transport.sent) == 1, timeout=5_000)
    assert not postman.is_sending


def test_failures_are_told_with_the_servers_words(later, write, transport, tmp_path, heard):
    transport.answers = [Answer(Verdict.REFUSED, "Nobody there.", "550 no"), ACCEPTED]
    write()
    write()
    Postman(later, tmp_path)
    assert heard.said == [("Not sent to roth@kraft.example: Nobody there. (550 no)", False)]


def test_many_are_told_in_one_sentence(later, write, transport, tmp_path, heard):
    write()
    write()
    Postman(later, tmp_path)
    assert heard.said == [("The mail server took 2 mails", False)]


def test_a_mail_left_under_way_by_a_run_that_ended_is_not_sent_again(
    store, later, write, transport, tmp_path
):
    write()
    do(store, claim_mail, now=NOW + timedelta(seconds=50))
    Postman(later, tmp_path)
    assert states(store) == ["failed"]
    assert transport.sent == []


def test_a_window_without_a_server_sends_nothing(store, later, transport, tmp_path, heard):
    Postman(later, tmp_path)
    assert (transport.sent, heard.said) == ([], [])


def test_mails_that_wait_for_a_server_do_not_keep_it_busy(store, later, write, transport, tmp_path):
    write()
    do(store, change_mail_settings, settings=MailSettings())
    postman = Postman(later, tmp_path)
    assert states(store) == ["queued"]
    assert postman._timer.remainingTime() > 30_000  # noqa: SLF001 - when it looks again
    do(store, change_mail_settings, settings=SMTP)
    assert postman._timer.remainingTime() < 1_000  # noqa: SLF001 - as above
