"""Does a mail reach a real server, and is every refusal, drop and stall told in a sentence?"""

import socket
import sys
from dataclasses import replace
from email import message_from_bytes
from threading import Thread

import pytest

from loyaldesk.domain.mail_settings import MailSecurity
from loyaldesk.mail.smtp import SmtpTransport
from loyaldesk.mail.transport import Verdict
from tests.support.mail import SMTP
from tests.support.mail_server import Authority, MailServer

HOST = "127.0.0.1"
SENDER = "office@nordlicht.example"
TO = ("roth@kraft.example",)
RAW = b"To: roth@kraft.example\r\nSubject: Tea\r\n\r\nTea.\r\n.dot\r\n"
SECRET = "secret"

needs_env_trust = pytest.mark.skipif(
    sys.platform != "linux", reason="here the system's own store is asked, which tests leave alone"
)


@pytest.fixture
def authority(tmp_path, monkeypatch):
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


@pytest.fixture
def transport_to():
    opened = []

    def make(server, *, password=SECRET, connect_s=2.0, whole_s=5.0, **changes):
        settings = replace(SMTP, port=server.port, **changes)
        made = SmtpTransport(
            settings, password=lambda: password, connect_s=connect_s, whole_s=whole_s
        )
        opened.append(made)
        return made

    yield make
    for each in opened:
        each.close()


def send(transport, raw=RAW, recipients=TO):
    return transport.send(raw, sender=SENDER, recipients=recipients)


class TestAccepted:
    def test_the_server_gets_exactly_the_bytes_and_its_words_are_kept(self, transport_to):
        with MailServer() as server:
            answer = send(transport_to(server))
            assert (answer.verdict, answer.words) == (
                Verdict.ACCEPTED, "250 OK: taken as 4711",
            )  # fmt: skip
            assert server.received == [(SENDER, [*TO], RAW)]

    def test_one_connection_serves_many_mails(self, transport_to):
        with MailServer() as server:
            transport = transport_to(server)
            assert {send(transport).verdict for _ in range(3)} == {Verdict.ACCEPTED}
            assert (server.sessions, len(server.received)) == (1, 3)

    def test_a_connection_that_went_stale_is_opened_anew(self, transport_to):
        with MailServer() as server:
            transport = transport_to(server)
            send(transport)
            port = server.port
        with MailServer(port=port) as server:
            assert send(transport).verdict is Verdict.ACCEPTED

    @needs_env_trust
    @pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
    def test_a_server_with_a_good_certificate_and_a_password(
        self, transport_to, authority, security
    ):
        context = authority.server(HOST)
        side = {"tls" if security is MailSecurity.TLS else "starttls": context}
        with MailServer(users={"ana": "secret"}, **side) as server:
            answer = send(transport_to(server, security=security, user="ana"))
            assert answer.verdict is Verdict.ACCEPTED, answer
            assert server.received[0][2] == RAW

    def test_a_copy_that_is_refused_does_not_stop_the_mail(self, transport_to):
        with MailServer() as server:
            answer = send(transport_to(server), recipients=(*TO, "archive@nordlicht.example"))
            assert answer.verdict is Verdict.ACCEPTED
            assert server.received[0][1] == [*TO, "archive@nordlicht.example"]


class TestRefused:
    def test_an_unknown_recipient_is_final_and_the_next_mail_goes(self, transport_to):
        with MailServer(rcpt="550 5.1.1 <b>No</b> such user here") as server:
            transport = transport_to(server)
            answer = send(transport)
            assert answer.verdict is Verdict.REFUSED
            assert "roth@kraft.example" in answer.sentence
            assert answer.words == "550 5.1.1 No such user here"
            server.rcpt = ""
            assert send(transport).verdict is Verdict.ACCEPTED
            assert server.sessions == 1

    def test_a_server_that_greylists_is_asked_later(self, transport_to):
        with MailServer(rcpt="450 4.2.0 Greylisted, try again in 300 s") as server:
            answer = send(transport_to(server))
        assert answer.verdict is Verdict.LATER
        assert "Greylisted" in answer.words

    @pytest.mark.parametrize(
        ("said", "verdict"),
        [
            ("554 5.7.1 Looks like spam", Verdict.REFUSED),
            ("552 5.3.4 Too big", Verdict.REFUSED),
            ("451 Local trouble", Verdict.LATER),
            ("421 Closing", Verdict.LATER),
        ],
    )
    def test_a_text_that_is_refused(self, transport_to, said, verdict):
        with MailServer(data=said) as server:
            answer = send(transport_to(server))
        assert answer.verdict is verdict
        assert said[4:] in answer.words

    def test_a_wrong_password_is_told_and_the_mail_waits(self, transport_to):
        with MailServer(users={"ana": "secret"}) as server:
            answer = send(transport_to(server, user="ana", password="wr0ng"))
            assert answer.verdict is Verdict.UNREACHABLE
            assert "user name and password" in answer.sentence
            assert answer.words.startswith("535")
            assert "wr0ng" not in answer.told
            assert server.sign_ins >= 1

    @pytest.mark.parametrize(("password", "part"), [("", "missing"), ("pässword", "plain letters")])
    def test_a_password_that_cannot_be_used_is_never_sent(self, transport_to, password, part):
        with MailServer(users={"ana": "secret"}) as server:
            answer = send(transport_to(server, user="ana", password=password))
            assert part in answer.sentence
            assert server.sign_ins == 0

    def test_a_server_that_wants_a_password_we_do_not_give(self, transport_to):
        with MailServer(users={"ana": "secret"}) as server:
            answer = send(transport_to(server))
        assert answer.verdict is Verdict.UNREACHABLE
        assert answer.words.startswith("530")


class TestBrokenLines:
    def test_a_server_that_hangs_up_after_the_text_leaves_it_unknown(self, transport_to):
        with MailServer(drops="after") as server:
            answer = send(transport_to(server))
        assert answer.verdict is Verdict.UNKNOWN
        assert "ask the customer" in answer.sentence

    def test_a_server_that_hangs_up_in_the_middle_took_nothing_or_nobody_knows(self, transport_to):
        with MailServer(drops="middle") as server:
            answer = send(transport_to(server), raw=RAW + b"x" * 5_000_000 + b"\r\n")
        assert answer.verdict in {Verdict.UNREACHABLE, Verdict.UNKNOWN}

    def test_a_server_that_never_answers_the_text_is_left_in_time(self, transport_to):
        with MailServer(stalls=True) as server:
            answer = send(transport_to(server, whole_s=0.5))
        assert answer.verdict is Verdict.UNKNOWN

    def test_a_server_that_never_greets_is_left_in_time(self, transport_to):
        with socket.create_server((HOST, 0)) as silent:
            port = silent.getsockname()[1]
            server = MailServer(port=port)
            answer = send(transport_to(server, connect_s=0.3))
        assert answer.verdict is Verdict.UNREACHABLE
        assert "in time" in answer.sentence

    def test_nobody_listening_keeps_the_mail_waiting(self, transport_to):
        with socket.create_server((HOST, 0)) as gone:
            port = gone.getsockname()[1]
        answer = send(transport_to(MailServer(port=port)))
        assert answer.verdict is Verdict.UNREACHABLE
        assert "stays in the outbox" in answer.sentence

    @pytest.mark.parametrize("greeting", [b"554 No mail today\r\n", b"<html>" * 2_000 + b"\r\n"])
    def test_a_greeting_that_is_none(self, transport_to, greeting):
        with socket.create_server((HOST, 0)) as odd:

            def greet():
                wire, _ = odd.accept()
                with wire:
                    wire.sendall(greeting)

            speaker = Thread(target=greet, daemon=True)
            speaker.start()
            answer = send(transport_to(MailServer(port=odd.getsockname()[1])))
            speaker.join(5)
        assert answer.verdict is Verdict.UNREACHABLE
        assert len(answer.told) < 500
        assert "<" not in answer.told

    def test_a_name_that_no_server_has(self, transport_to):
        answer = send(
            transport_to(MailServer(port=587), host="mail.invalid", security=MailSecurity.STARTTLS)
        )
        assert answer.verdict is Verdict.UNREACHABLE

    def test_an_aborted_transport_asks_nobody_again(self, transport_to):
        with MailServer() as server:
            transport = transport_to(server)
            transport.abort()
            assert send(transport).verdict is Verdict.UNREACHABLE
            assert server.sessions == 0

    def test_aborting_ends_what_is_under_way(self, transport_to):
        with socket.create_server((HOST, 0)) as silent:
            transport = transport_to(
                MailServer(port=silent.getsockname()[1]), connect_s=15, whole_s=15
            )
            answers = []
            sender = Thread(target=lambda: answers.append(send(transport)), daemon=True)
            sender.start()
            wire, _ = silent.accept()
            transport.abort()
            sender.join(5)
            wire.close()
        assert [answer.verdict for answer in answers] == [Verdict.UNREACHABLE]


class TestCertificates:
    def answer(self, transport_to, server):
        answer = send(transport_to(server, security=MailSecurity.STARTTLS))
        assert answer.verdict is Verdict.UNREACHABLE
        assert server.received == []
        return answer.sentence

    def test_an_authority_nobody_trusts(self, transport_to, tmp_path):
        unknown = Authority(tmp_path)
        with MailServer(starttls=unknown.server(HOST)) as server:
            assert "not signed by anybody" in self.answer(transport_to, server)

    def test_a_certificate_signed_by_itself(self, transport_to, authority):
        with MailServer(starttls=authority.server(HOST, is_self_signed=True)) as server:
            assert "not signed by anybody" in self.answer(transport_to, server)

    @needs_env_trust
    def test_a_certificate_that_expired(self, transport_to, authority):
        with MailServer(starttls=authority.server(HOST, days=-1)) as server:
            assert "has expired" in self.answer(transport_to, server)

    @needs_env_trust
    @pytest.mark.parametrize("name", ["mail.other.example", "10.0.0.1"])
    def test_a_certificate_of_another_name(self, transport_to, authority, name):
        with MailServer(starttls=authority.server(name)) as server:
            assert "another name" in self.answer(transport_to, server)

    def test_a_wrong_certificate_behind_tls_is_refused_as_well(self, transport_to, authority):
        context = authority.server(HOST, is_self_signed=True)
        with MailServer(tls=context) as server:
            answer = send(transport_to(server, security=MailSecurity.TLS))
            assert "not signed by anybody" in answer.sentence
            assert server.received == []

    def test_a_server_without_encryption_gets_neither_password_nor_mail(self, transport_to):
        with MailServer(users={"ana": "secret"}) as server:
            answer = send(transport_to(server, security=MailSecurity.STARTTLS, user="ana"))
            assert "no encryption" in answer.sentence
            assert (server.sign_ins, server.received) == (0, [])

    def test_tls_on_a_port_that_speaks_plainly(self, transport_to):
        with MailServer() as server:
            answer = send(transport_to(server, security=MailSecurity.TLS))
        assert "465 with TLS" in answer.sentence

    def test_nothing_goes_unencrypted_to_another_computer(self, transport_to):
        transport = transport_to(MailServer(port=25), host="mail.other.example")
        answer = send(transport)
        assert answer.verdict is Verdict.UNREACHABLE
        assert "read along" in answer.sentence


def test_checking_signs_in_and_sends_nothing(transport_to):
    with MailServer(users={"ana": "secret"}) as server:
        assert transport_to(server, user="ana").check().verdict is Verdict.ACCEPTED
        refused = transport_to(server, user="ana", password="no").check()
        assert refused.verdict is Verdict.UNREACHABLE
        assert server.received == []


def test_a_line_that_begins_with_a_dot_arrives_as_it_was(transport_to):
    with MailServer() as server:
        send(transport_to(server), raw=b"Subject: x\r\n\r\n.\r\n..\r\n.a\r\n")
        assert message_from_bytes(server.received[0][2]).get_payload() == ".\r\n..\r\n.a\r\n"
