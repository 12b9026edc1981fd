"""Does the outbox show each mail with its state and answer, and do what its state allows?"""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from loyaldesk.mail.outbox import send_due
from loyaldesk.mail.transport import Answer, Verdict
from loyaldesk.operations.mail import withdraw_mail
from loyaldesk.queries.outbox import count_unsettled, read_mail_rows
from loyaldesk.ui.outbox.page import OutboxPage
from loyaldesk.ui.outbox.wording import answer_words
from loyaldesk.ui.papers.mail_states import mail_state_chip
from tests.support.desks import NOW
from tests.support.factories import do
from tests.support.mail import SMTP, FakeTransport

STATES = ("queued", "sending", "accepted", "failed", "withdrawn", "draft")
LATER = NOW.replace(hour=15)
NEVER = Answer(Verdict.REFUSED, "The mail server refused it.", "550 unknown")


@pytest.fixture
def page(desk, keep):
    return keep(OutboxPage(desk), (1300, 700))


@pytest.fixture
def fail(store, files, write):
    def failing():
        mail_id = write()
        send_due(store, files=files, settings=SMTP, now=LATER, transport=FakeTransport([NEVER]))
        return mail_id

    return failing


def read(page):
    page.refresh()
    # The rows come when they are painted.
    for _ in range(5):
        QApplication.processEvents()


def row_of(page, mail_id):
    return page.list.model.row_at(list(page.list.ids).index(mail_id))


def choose(page, mail_id):
    assert page.list.view.choose_id(mail_id)


def test_an_empty_outbox_says_what_it_is_for(page, desk):
    wished: list[str] = []
    desk.ways.section_wanted.connect(wished.append)
    assert page.counts.empty.isVisible()
    page.begin()
    assert wished == ["settings"]


def test_the_newest_mail_is_on_top(write, page):
    first, second = write(), write()
    read(page)
    assert list(page.list.ids) == [second, first]


def test_a_failed_mail_shows_the_servers_words_and_goes_again(store, fail, page):
    mail_id = fail()
    read(page)
    choose(page, mail_id)
    assert "550 unknown" in row_of(page, mail_id).answer
    assert page.again_button.isEnabled()
    assert not page.withdraw_button.isEnabled()
    page.again_button.click()
    with store.reader() as reader:
        assert reader.value("SELECT state FROM mail") == "queued"


def test_a_waiting_mail_is_withdrawn(store, write, page):
    mail_id = write()
    read(page)
    choose(page, mail_id)
    page.withdraw_button.click()
    with store.reader() as reader:
        assert reader.value("SELECT state FROM mail") == "withdrawn"


def test_opening_a_mail_hands_its_bytes_to_the_mail_program(write, page, heard):
    page.opened.emit(write())
    assert heard.opened[0].endswith(".eml")


def test_the_customer_and_the_attachment_are_one_step_away(write, page, heard, customer_id):
    mail_id = write()
    read(page)
    offered = dict(page.choices(mail_id))
    offered["Open customer"]()
    offered["Show the attachment"]()
    assert heard.wished == [("customer", customer_id), ("document", 1)]


@pytest.mark.parametrize(
    "wished",
    [({"failed"}, "", 1), ({"waiting"}, "", 1), ({"failed", "waiting"}, "", 2), ({"draft"}, "", 0),
     (set(), "kraft.example", 2), (set(), "10391", 2), (set(), "Price", 2), (set(), "50%", 0)],
)  # fmt: skip
def test_filters_and_words_find_mails(fail, write, page, wished):
    filters, text, found = wished
    fail()
    write()
    page.filters.show_wish(
        page.plan.first.__class__(
            "written_at", descending=True, filters=frozenset(filters), text=text
        )
    )
    read(page)
    assert len(page.list.ids) == found


def test_the_navigation_counts_what_waits_or_failed(store, fail, write):
    fail()
    write()
    do(store, withdraw_mail, mail_id=write())
    with store.reader() as reader:
        assert count_unsettled(reader) == 2


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_a_word_and_an_icon(state):
    chip = mail_state_chip(state)
    assert chip.text
    assert chip.has_icon


def test_a_draft_is_never_called_sent(store, desk, write):
    mail_id = write()
    with store.reader() as reader:
        mail = read_mail_rows(reader, ids=[mail_id])[mail_id]
    draft = replace(mail, state="draft")
    words = f"{mail_state_chip('draft').text} {answer_words(draft, desk.formats, NOW)}".lower()
    assert "accepted" not in words
    assert "only your mail program knows" in words
