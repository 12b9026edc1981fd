"""Does a mail leave once, with the bytes it was written with, to its own customer only?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyaldesk.domain.mail_settings import MailSettings
from loyaldesk.errors import Conflict, Refused
from loyaldesk.mail.customer_check import named_customer
from loyaldesk.mail.message import read_message
from loyaldesk.mail.outbox import queue_letter, send_due
from loyaldesk.mail.transport import Answer, Verdict
from loyaldesk.models import Customer, Mail, MailState
from loyaldesk.operations.mail import (
    INTERRUPTED,
    change_mail_settings,
    claim_mail,
    recover_mails,
    retry_mail,
    withdraw_mail,
)
from loyaldesk.queries.outbox import next_send_at
from tests.support.factories import do, file_content, make_customer
from tests.support.mail import SMTP, FakeTransport, paper_of
from tests.support.stores import KEY, fresh_store
from tests.support.twins import connect_store

LATER = Answer(Verdict.LATER, "Come again later.", "450 greylisted")
NEVER = Answer(Verdict.REFUSED, "Nobody of that name.", "550 unknown")
NOT_THERE = Answer(Verdict.UNREACHABLE, "The server does not answer.")


@pytest.fixture
def mail_id(store, files, mail):
    return queue_letter(store, files=files, mail=mail)


@pytest.fixture
def send(store, files, clock):
    """Send what is due so many minutes from now, over a transport with these answers."""

    def sending(*answers, minutes=1, by=store):
        transport = FakeTransport(list(answers))
        now = clock.now + timedelta(minutes=minutes)
        sent = send_due(by, files=files, settings=SMTP, now=now, transport=transport)
        return sent, transport

    return sending


def row_of(store, mail_id):
    with store.reader() as reader:
        return reader.row(
            "SELECT state, attempts, answer, send_after, accepted_at FROM mail WHERE id = ?",
            [mail_id],
        )


def state_of(store, mail_id):
    return row_of(store, mail_id)[0]


class TestSending:
    def test_an_accepted_mail_carries_the_letter_and_the_servers_words(
        self, store, send, mail_id, mail
    ):
        sent, transport = send()
        assert [(each.mail_id, each.state) for each in sent] == [(mail_id, MailState.ACCEPTED)]
        [(raw, sender, recipients)] = transport.sent
        assert (sender, recipients) == ("office@nordlicht.example", ("roth@kraft.example",))
        read = read_message(raw)
        assert (read.recipient, read.subject) == ("roth@kraft.example", mail.subject)
        assert [paper.name for paper in read.attachments] == [mail.file_name]
        assert "250 OK" in row_of(store, mail_id)[2]

    def test_the_letter_is_on_record_as_left_by_this_mail(self, reader, mail_id, letter_id):
        found = reader.rows("SELECT letter_id, channel, recipient, mail_id FROM dispatch")
        assert found == [(letter_id, "email", "roth@kraft.example", mail_id)]

    def test_that_the_paper_went_to_somebody_is_on_record(self, reader, send, mail_id):
        send()
        sent = "SELECT verb, recipient, used_by FROM paper_use"
        told = reader.row(
            "SELECT 'mailed', recipient, written_by FROM mail WHERE id = ?", [mail_id]
        )
        assert reader.rows(sent) == [told]

    def test_nothing_leaves_within_eight_seconds(self, store, files, clock, mail):
        mail_id = queue_letter(store, files=files, mail=mail)
        transport = FakeTransport()
        now = clock.now + timedelta(seconds=7)
        assert send_due(store, files=files, settings=SMTP, now=now, transport=transport) == []
        assert state_of(store, mail_id) == "queued"

    def test_a_withdrawn_mail_never_leaves(self, store, send, mail_id):
        do(store, withdraw_mail, mail_id=mail_id)
        sent, transport = send(minutes=60)
        assert (sent, transport.sent) == ([], [])
        assert state_of(store, mail_id) == "withdrawn"

    def test_a_mail_that_left_cannot_be_withdrawn(self, store, send, mail_id):
        send()
        with pytest.raises(Conflict):
            do(store, withdraw_mail, mail_id=mail_id)

    def test_a_copy_goes_to_ourselves_and_nobody_sees_it(self, store, files, clock, mail_id):
        transport = FakeTransport()
        settings = replace(SMTP, copy_to="archive@nordlicht.example")
        now = clock.now + timedelta(minutes=1)
        send_due(store, files=files, settings=settings, now=now, transport=transport)
        [(raw, _, recipients)] = transport.sent
        assert recipients == ("roth@kraft.example", "archive@nordlicht.example")
        assert b"archive@" not in raw

    def test_as_many_are_sent_as_were_asked_for(self, store, files, clock, mail):
        for _ in range(3):
            queue_letter(store, files=files, mail=mail, undo_seconds=0)
        now = clock.now + timedelta(minutes=1)
        sent = send_due(
            store, files=files, settings=SMTP, now=now, transport=FakeTransport(), limit=2
        )
        assert len(sent) == 2


class TestTrouble:
    def test_a_mail_asked_to_come_again_waits_and_goes_then(self, store, send, mail_id):
        [first], _ = send(LATER)
        assert first.state is MailState.QUEUED
        assert first.next_try_at is not None
        assert send(minutes=1)[0] == []
        [second], _ = send(minutes=5)
        assert second.state is MailState.ACCEPTED
        assert row_of(store, mail_id)[1] == 2

    def test_pauses_grow_from_a_minute_to_an_hour(self, store, send, clock, mail_id):
        waits = []
        for tries in range(1, 9):
            minutes = tries * 61
            [sent], _ = send(LATER, minutes=minutes)
            waits.append(round((sent.next_try_at - clock.now).total_seconds() / 60 - minutes))
        assert waits == [1, 2, 5, 10, 15, 30, 60, 60]

    def test_a_refused_mail_fails_and_the_next_one_goes(self, store, files, send, mail, mail_id):
        other = queue_letter(store, files=files, mail=mail)
        sent, _ = send(NEVER)
        assert [(each.mail_id, each.state) for each in sent] == [
            (mail_id, MailState.FAILED), (other, MailState.ACCEPTED),
        ]  # fmt: skip
        assert "550 unknown" in row_of(store, mail_id)[2]

    def test_a_server_that_is_not_there_is_asked_once_and_all_mails_wait(
        self, store, files, send, mail, mail_id
    ):
        other = queue_letter(store, files=files, mail=mail)
        _, transport = send(NOT_THERE)
        assert len(transport.sent) == 1
        assert [row_of(store, each)[0] for each in (mail_id, other)] == ["queued", "queued"]
        assert row_of(store, other)[2] == "The server does not answer."
        sent, _ = send(minutes=10)
        assert {each.state for each in sent} == {MailState.ACCEPTED}

    def test_mails_whose_fate_is_unknown_are_never_sent_again_by_themselves(
        self, store, send, mail_id
    ):
        send(Answer(Verdict.UNKNOWN, "The line broke."))
        assert send(minutes=600)[0] == []
        assert state_of(store, mail_id) == "failed"

    def test_after_four_days_a_mail_that_never_got_through_fails(self, store, send, mail_id):
        [sent], _ = send(LATER, minutes=5 * 24 * 60)
        assert sent.state is MailState.FAILED

    def test_changed_settings_let_waiting_mails_go_at_once(self, store, files, send, mail, mail_id):
        queue_letter(store, files=files, mail=mail)
        send(NOT_THERE)
        assert send(minutes=1)[0] == []
        do(store, change_mail_settings, settings=replace(SMTP, port=2526))
        sent, _ = send(minutes=1)
        assert [each.state for each in sent] == [MailState.ACCEPTED, MailState.ACCEPTED]


class TestOnceOnly:
    def test_a_mail_sent_again_is_the_same_bytes(self, store, send, mail_id):
        _, first = send(NEVER)
        do(store, retry_mail, mail_id=mail_id)
        _, second = send()
        assert first.sent[0][0] == second.sent[0][0]
        assert state_of(store, mail_id) == "accepted"

    def test_what_was_accepted_is_not_sent_again(self, store, send, mail_id):
        send()
        with pytest.raises(Refused):
            do(store, retry_mail, mail_id=mail_id)

    def test_of_two_processes_only_one_gets_a_mail(self, store, tmp_path, clock, mail_id):
        now = clock.now + timedelta(minutes=1)
        other = fresh_store(tmp_path)
        try:
            claimed = [do(each, claim_mail, now=now) for each in (store, other)]
        finally:
            other.close()
        assert [each and each.id for each in claimed] == [mail_id, None]

    def test_a_mail_that_a_killed_process_left_under_way_is_not_resent(
        self, tmp_path, store, send, clock, mail_id
    ):
        do(store, claim_mail, now=clock.now + timedelta(minutes=1))
        after = fresh_store(tmp_path)
        try:
            assert send(minutes=5, by=after)[0] == []
            assert state_of(after, mail_id) == "sending"
            assert send(minutes=20, by=after)[0] == []
            assert row_of(after, mail_id)[:3] == ("failed", 1, INTERRUPTED)
        finally:
            after.close()

    def test_only_a_person_sends_such_a_mail_again(self, store, send, clock, mail_id):
        do(store, claim_mail, now=clock.now + timedelta(minutes=1))
        assert do(store, recover_mails, before=clock.now + timedelta(minutes=2)) == 1
        do(store, retry_mail, mail_id=mail_id)
        assert [each.mail_id for each in send()[0]] == [mail_id]


class TestRightCustomer:
    @pytest.fixture
    def stranger_id(self, store):
        return make_customer(store, "Ernst Handel", number="20777")

    def file_paper(self, store, files, customer_id, content, name="Paper.pdf"):
        return file_content(store, files=files, content=content, name=name, customer_id=customer_id)

    def test_a_letter_of_another_customer_is_refused_by_its_bytes(
        self, store, files, mail, stranger_id
    ):
        wrong = self.file_paper(store, files, mail.customer_id, paper_of("20777"))
        with pytest.raises(Refused, match=r"20777.*10391"):
            queue_letter(store, files=files, mail=replace(mail, document_id=wrong))

    def test_a_letter_that_does_not_name_its_customer_is_refused(self, store, files, mail):
        nameless = self.file_paper(store, files, mail.customer_id, paper_of(None))
        with pytest.raises(Refused, match="does not say whose"):
            queue_letter(store, files=files, mail=replace(mail, document_id=nameless))

    def test_a_document_on_file_with_another_customer_is_refused(
        self, store, files, mail, stranger_id
    ):
        theirs = self.file_paper(store, files, stranger_id, paper_of(None))
        with pytest.raises(Refused, match="another customer"):
            queue_letter(store, files=files, mail=mail, extra=[theirs])

    def test_a_members_invoice_may_go_with_its_parents_letter(self, store, files, send, mail):
        member_id = make_customer(store, "Kraft Nord", number="10392", parent_id=mail.customer_id)
        invoice = self.file_paper(store, files, member_id, paper_of("10392"), "Invoice 7.pdf")
        queue_letter(store, files=files, mail=mail, extra=[invoice])
        _, transport = send()
        names = [paper.name for paper in read_message(transport.sent[0][0]).attachments]
        assert names == [mail.file_name, "Invoice 7.pdf"]

    @pytest.mark.parametrize(
        "content", [b"", b"%PDF-1.4\n", b"not a pdf", b"%PDF-1.4\ntrailer<</Info 7>>\n%%EOF"]
    )
    def test_a_damaged_paper_of_a_stranger_is_no_letter_of_ours(self, content):
        assert named_customer(content) is None

    def test_nothing_is_on_record_when_a_mail_was_refused(self, store, files, mail):
        with pytest.raises(Refused):
            queue_letter(store, files=files, mail=replace(mail, recipient="nobody"))
        with store.reader() as reader:
            assert reader.value("SELECT count(*) FROM mail") == 0
            assert reader.value("SELECT count(*) FROM dispatch") == 0

    def test_the_bytes_are_checked_again_before_they_leave(self, store, files, send, mail_id):
        with store.transaction("Meddle") as tx:
            tx.update(Mail, mail_id, recipient="somebody@else.example")
        [sent], transport = send()
        assert (sent.state, transport.sent) == (MailState.FAILED, [])

    def test_a_letter_renumbered_meanwhile_does_not_leave(self, store, send, mail, mail_id):
        with store.transaction("Renumber") as tx:
            tx.update(Customer, mail.customer_id, number="99999")
        [sent], transport = send()
        assert (sent.state, transport.sent) == (MailState.FAILED, [])
        assert "10391" in sent.answer
        assert "99999" in sent.answer


def test_an_unfilled_place_stops_the_mail(store, files, mail):
    with pytest.raises(Refused, match=r"\{order\}"):
        queue_letter(store, files=files, mail=replace(mail, body="Your order {order} is here."))


def test_a_draft_that_was_withdrawn_is_not_sent_either(store, files, mail):
    do(store, change_mail_settings, settings=MailSettings())
    mail_id = queue_letter(store, files=files, mail=mail)
    do(store, withdraw_mail, mail_id=mail_id)
    with pytest.raises(Refused, match="draft"):
        do(store, retry_mail, mail_id=mail_id)


def test_without_a_server_a_mail_is_a_draft_that_never_leaves(store, files, send, mail):
    do(store, change_mail_settings, settings=MailSettings())
    mail_id = queue_letter(store, files=files, mail=mail)
    assert state_of(store, mail_id) == "draft"
    assert send(minutes=600)[0] == []
    with store.reader() as reader:
        sha256 = reader.value("SELECT f.sha256 FROM mail m JOIN stored_file f ON f.id = m.file_id")
    assert files.read(sha256).count(b"X-Unsent: 1\r\n") == 1
    assert KEY not in files.read(sha256)


class TestDesks:
    def test_a_mail_of_a_desk_without_a_hub_carries_no_code(self, store, mail_id):
        assert desk_of_mail(store, mail_id) == ""

    def test_a_mail_carries_the_code_of_the_desk_that_wrote_it(self, store, files, mail):
        connect_store(store, code="B7")
        assert desk_of_mail(store, queue_letter(store, files=files, mail=mail)) == "B7"

    def test_it_leaves_from_that_desk(self, store, files, mail, send):
        connect_store(store, code="B7")
        queue_letter(store, files=files, mail=mail)
        sent, _ = send()
        assert [each.state for each in sent] == [MailState.ACCEPTED]

    def test_it_leaves_from_no_other_desk(self, store, files, mail, send):
        connect_store(store, code="B7")
        mail_id = queue_letter(store, files=files, mail=mail)
        connect_store(store, code="K2")
        sent, transport = send()
        assert (sent, transport.sent) == ([], [])
        assert state_of(store, mail_id) == MailState.QUEUED
        with store.reader() as reader:
            assert next_send_at(reader) is None

    def test_another_desk_neither_takes_it_back_nor_sends_it_again(self, store, files, mail):
        connect_store(store, code="B7")
        mail_id = queue_letter(store, files=files, mail=mail)
        connect_store(store, code="K2")
        for operation in (withdraw_mail, retry_mail):
            with pytest.raises(Refused, match="another computer"):
                do(store, operation, mail_id=mail_id)
        assert state_of(store, mail_id) == MailState.QUEUED

    def test_what_another_desk_has_under_way_is_not_given_up_here(self, store, files, mail, clock):
        connect_store(store, code="B7")
        mail_id = queue_letter(store, files=files, mail=mail)
        do(store, claim_mail, now=clock.now + timedelta(minutes=1))
        connect_store(store, code="K2")
        assert do(store, recover_mails, before=clock.now + timedelta(days=1)) == 0
        assert state_of(store, mail_id) == MailState.SENDING


def desk_of_mail(store, mail_id):
    with store.reader() as reader:
        return reader.value("SELECT desk FROM mail WHERE id = ?", [mail_id])
