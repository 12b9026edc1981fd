"""Does the dialog show whom a mail goes to, keep the wrong from going, and take it back?"""

from dataclasses import replace

import pytest

from loyaldesk.domain.mail_settings import MailSettings
from loyaldesk.errors import Unavailable
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.ui.outbox.mail_dialog import DocumentMailDialog
from tests.support.factories import do, file_content, make_customer
from tests.support.mail import paper_of


@pytest.fixture
def dialog(desk, keep, document_id):
    return keep(DocumentMailDialog(desk, document_id))


@pytest.fixture
def offered(desk):
    found = []
    desk.news.offered.connect(lambda *what: found.append(what))
    return found


def mails(store):
    with store.reader() as reader:
        return reader.rows("SELECT recipient, subject, state FROM mail ORDER BY id")


def test_it_names_the_customer_the_recipient_and_the_paper(dialog):
    assert dialog.customer.text() == "Kraft AG · 10391"
    assert dialog.recipient_edit.text() == "roth@kraft.example"
    assert "Price list 2026.pdf" in dialog.paper.text
    assert dialog.text_edit.toPlainText().startswith("Dear Ms Roth,")
    assert dialog.warning == ""


def test_sending_puts_it_into_the_outbox_as_it_was_typed(store, dialog, offered):
    dialog.subject_edit.setText("Our new prices")
    dialog.accept()
    assert mails(store) == [("roth@kraft.example", "Our new prices", "queued")]
    assert not dialog.isVisible()
    assert [(words, action) for words, action, _ in offered] == [
        ("Mail to roth@kraft.example waits eight seconds", "Undo")
    ]


def test_undo_takes_it_back(store, dialog, offered, heard):
    dialog.accept()
    offered[0][2]()
    assert [state for _, _, state in mails(store)] == ["withdrawn"]
    assert heard.said == [("Withdrawn; nothing was sent", False)]


def test_an_address_of_a_new_domain_is_warned_of(dialog):
    dialog.recipient_edit.setText("roth@kraft.example.evil.example")
    assert "kraft.example.evil.example is new for Kraft AG." in dialog.warning
    assert "kraft.example" in dialog.warning
    dialog.recipient_edit.setText("other@kraft.example")
    assert dialog.warning == ""


@pytest.mark.parametrize("address", ["", "roth", "a@b.de, c@d.de", "roth@kraft.example\u202e"])
def test_what_is_no_address_stays_in_the_dialog(store, dialog, address):
    dialog.recipient_edit.setText(address)
    dialog.accept()
    assert dialog.recipient.error
    assert dialog.isVisible()
    assert mails(store) == []


def test_an_unfilled_place_is_refused_above_the_fields(store, dialog):
    dialog.text_edit.setPlainText("Dear {name}, hello")
    dialog.accept()
    assert "{name}" in dialog.refusal
    assert dialog.verb_button.isEnabled()
    assert mails(store) == []


def test_without_a_server_it_opens_a_draft_and_never_says_sent(
    store, desk, keep, document_id, heard
):
    do(store, change_mail_settings, settings=MailSettings())
    dialog = keep(DocumentMailDialog(desk, document_id))
    assert dialog.verb_button.text() == "Open draft"
    dialog.accept()
    assert [state for _, _, state in mails(store)] == ["draft"]
    assert heard.opened[0].endswith(".eml")
    assert heard.said == [("Draft opened in your mail program; it is not sent yet", False)]


def test_a_draft_that_no_program_takes_is_not_on_record_as_opened(
    store, desk, keep, document_id, heard
):
    def nobody(_target):
        raise Unavailable("No program on this computer opens this.")

    do(store, change_mail_settings, settings=MailSettings())
    keep(DocumentMailDialog(replace(desk, open_outside=nobody), document_id)).accept()
    assert [state for _, _, state in mails(store)] == ["withdrawn"]
    assert heard.said == [("No program on this computer opens this.", False)]


def test_a_customer_without_an_address_asks_for_one(store, desk, keep, files, company):
    other = make_customer(store, "Ohne Post GmbH", language="de")
    paper = file_content(
        store, files=files, content=paper_of(None), name="Brief.pdf", customer_id=other
    )
    dialog = keep(DocumentMailDialog(desk, paper))
    assert "No address" in dialog.recipient.error
    assert dialog.text_edit.toPlainText().startswith("Sehr geehrte Damen und Herren")
    dialog.recipient_edit.setText("post@ohne.example")
    assert dialog.recipient.error == ""


def test_a_document_that_is_gone_is_told(desk, keep, company):
    dialog = keep(DocumentMailDialog(desk, 999))
    assert "no longer on file" in dialog.refusal
    assert not dialog.verb_button.isEnabled()
