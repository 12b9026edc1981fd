"""Which texts of letters can be edited, what are they called, and what do they say now?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender
    from loyaldesk.store.reader import Source

__all__ = ["LetterTexts", "group_title", "read_texts", "text_title"]


@dataclass(frozen=True, slots=True)
class LetterTexts:
    """The texts of one language by name: as we ship them, and the company's own words."""

    language: str
    ours: dict[str, str]
    own: dict[str, str]
    sender: Sender | None


def read_texts(source: Source, *, language: str) -> LetterTexts:
    """Return the texts of a language such as `de` that a company may put in its own words."""
    # Imported on the lane that reads: the texts bring the fonts along.
    from loyaldesk.domain.letter_texts import EDITABLE_TEXTS
    from loyaldesk.pdf.texts import texts_for
    from loyaldesk.queries.company import own_texts, read_company

    texts = texts_for(language)
    ours = {name: texts.template(name) for _, names in EDITABLE_TEXTS for name in names}
    own = dict(own_texts(source, locale=language))
    return LetterTexts(language, ours, own, read_company(source))


def group_title(group: str) -> str:
    """Return what the letters of a group are called."""
    translate = QCoreApplication.translate
    titles = {
        "acknowledgement": translate("LetterTexts", "Order acknowledgement"),
        "statement": translate("LetterTexts", "Statement of account"),
        "reminder": translate("LetterTexts", "Payment reminder"),
        "mail": translate("LetterTexts", "E-mail"),
        "all": translate("LetterTexts", "All letters"),
    }
    return titles[group]


def text_title(name: str) -> str:
    """Return when a text is said."""
    translate = QCoreApplication.translate
    titles = {
        "ack.accepted": translate("LetterTexts", "We accept as ordered"),
        "ack.differences_one": translate("LetterTexts", "We accept with one difference"),
        "ack.differences_many": translate("LetterTexts", "We accept with several differences"),
        "ack.receipt": translate("LetterTexts", "We have received it"),
        "ack.on_hold": translate("LetterTexts", "The order is on hold"),
        "ack.all_shipped": translate("LetterTexts", "All of it has shipped"),
        "ack.date_meaning": translate("LetterTexts", "What the dates mean"),
        "ack.steps_note": translate("LetterTexts", "Beside what happens next"),
        "ack.checked": translate("LetterTexts", "Please check this"),
        "ack.call_me": translate("LetterTexts", "Whom to call"),
        "ack.write_me": translate("LetterTexts", "Whom to write to, without a phone"),
        "ack.call_you": translate("LetterTexts", "Our call after delivery"),
        "statement.tone_none": translate("LetterTexts", "Nothing is overdue"),
        "statement.tone_friendly": translate("LetterTexts", "Up to 30 days late"),
        "statement.tone_firm": translate("LetterTexts", "Over 30 days late"),
        "statement.tone_final": translate("LetterTexts", "Over 90 days late"),
        "statement.clear": translate("LetterTexts", "Nothing was due"),
        "statement.credit": translate("LetterTexts", "A credit balance"),
        "statement.how_to_pay_text": translate("LetterTexts", "How to pay"),
        "statement.how_to_pay_code": translate("LetterTexts", "How to pay, with a code"),
        "statement.query_text": translate("LetterTexts", "If something is not right"),
        "reminder.friendly": translate("LetterTexts", "Friendly reminder"),
        "reminder.firm": translate("LetterTexts", "Firm reminder"),
        "reminder.final": translate("LetterTexts", "Final reminder"),
        "reminder.check_call": translate("LetterTexts", "Whom to call, friendly"),
        "reminder.talk_call": translate("LetterTexts", "Whom to call, firm"),
        "reminder.interest": translate("LetterTexts", "Interest and payment in advance"),
        "reminder.interest_law": translate("LetterTexts", "Interest, with the law"),
        "reminder.next_step": translate("LetterTexts", "What follows the last day"),
        "reminder.crossed": translate("LetterTexts", "If the payment has crossed"),
        "dear_unknown": translate("LetterTexts", "Greeting without a name"),
        "close": translate("LetterTexts", "Closing words"),
        "mail.acknowledgement_subject": translate("LetterTexts", "Acknowledgement: subject"),
        "mail.acknowledgement": translate("LetterTexts", "Acknowledgement: text"),
        "mail.statement_subject": translate("LetterTexts", "Statement: subject"),
        "mail.statement": translate("LetterTexts", "Statement: text"),
        "mail.reminder_subject": translate("LetterTexts", "Reminder: subject"),
        "mail.reminder": translate("LetterTexts", "Reminder: text"),
        "mail.document_subject": translate("LetterTexts", "Another paper: subject"),
        "mail.document": translate("LetterTexts", "Another paper: text"),
        "mail.questions_by_phone": translate("LetterTexts", "Where to ask"),
        "mail.questions": translate("LetterTexts", "Where to ask, without a phone"),
    }
    return titles[name]
