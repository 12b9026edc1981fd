"""What does the mail say that carries a letter or another paper to its customer?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from loyaldesk.domain.letter import Sender
from loyaldesk.domain.postal import letter_locale
from loyaldesk.formats import Formats
from loyaldesk.mail.texts import fill, mail_texts
from loyaldesk.queries.company import own_texts, read_company
from loyaldesk.queries.mail import (
    read_mailed_customer,
    read_mailed_document,
    read_mailed_letter,
)

if TYPE_CHECKING:
    from loyaldesk.queries.mail import MailedCustomer, MailedLetter
    from loyaldesk.store.reader import Source

__all__ = ["LetterMail", "document_mail", "letter_mail", "mail_body", "mail_greeting"]

MS = frozenset({"ms", "mrs", "miss", "frau", "mme"})
MR = frozenset({"mr", "herr", "m"})


@dataclass(frozen=True, slots=True)
class LetterMail:
    """A mail before it is sent: to whom, what it says, which paper it carries.

    `recipient` is empty if no address of the customer is known; `file_name` is the attachment's.
    """

    customer_id: int
    letter_id: int | None
    document_id: int
    recipient: str
    subject: str
    body: str
    file_name: str


def letter_mail(source: Source, *, letter_id: int, personal: str = "") -> LetterMail:
    """Return the mail that carries an issued letter, with a personal sentence if one is given.

    A place that no record fills stays as `{name}`, and such a mail is not sent.
    """
    letter = read_mailed_letter(source, letter_id=letter_id)
    customer = read_mailed_customer(source, customer_id=letter.customer_id)
    texts = mail_texts(letter.language, own_texts(source, locale=letter.language))
    values = _letter_values(letter, texts)
    return LetterMail(
        customer_id=letter.customer_id,
        letter_id=letter.id,
        document_id=letter.document_id,
        recipient=customer.recipient,
        subject=fill(texts[f"mail.{letter.kind}_subject"], **values),
        body=mail_body(
            read_company(source),
            mail_greeting(customer, texts),
            texts,
            (personal, fill(texts[f"mail.{letter.kind}"], **values)),
        ),
        file_name=letter.file_name,
    )


def document_mail(source: Source, *, document_id: int, personal: str = "") -> LetterMail:
    """Return the mail that carries a document, which may be a letter of ours."""
    document = read_mailed_document(source, document_id=document_id)
    if document.letter_id is not None:
        return letter_mail(source, letter_id=document.letter_id, personal=personal)
    customer = read_mailed_customer(source, customer_id=document.customer_id)
    locale = letter_locale(customer.language, customer.country)
    texts = mail_texts(locale, own_texts(source, locale=locale))
    name = PurePath(document.name).stem
    said = fill(texts["mail.document"], name=name)
    return LetterMail(
        customer_id=document.customer_id,
        letter_id=None,
        document_id=document.id,
        recipient=customer.recipient,
        subject=fill(texts["mail.document_subject"], name=name),
        body=mail_body(
            read_company(source), mail_greeting(customer, texts), texts, (personal, said)
        ),
        file_name=document.name,
    )


def _letter_values(letter: MailedLetter, texts: dict[str, str]) -> dict[str, str]:
    return {
        "number": letter.number,
        "order": letter.order,
        "day": Formats(letter.language).date(letter.as_of) if letter.as_of else "",
        # Which level it is, only the letter says: a subject is read by whoever passes by.
        "title": texts["title.reminder_1"],
    }


def mail_body(
    sender: Sender | None, greeting: str, texts: dict[str, str], said: tuple[str, ...]
) -> str:
    """Return the text of a mail: greeting, what is said, where to ask, who signs."""
    company = sender or Sender(name="")
    questions = texts["mail.questions_by_phone" if company.phone else "mail.questions"]
    signed = (
        texts["close"],
        company.signature_name,
        company.signature_role,
        fill("{company}", company=company.name),
        company.website,
    )
    paragraphs = (
        greeting,
        *(part.strip() for part in said),
        fill(questions, phone=company.phone),
        "\n".join(line for line in signed if line),
    )
    return "\n\n".join(part for part in paragraphs if part) + "\n"


def mail_greeting(customer: MailedCustomer, texts: dict[str, str]) -> str:
    """Return how a mail greets the customer's first contact, or nobody by name."""
    family, title = customer.family_name, customer.salutation.casefold().strip().rstrip(".")
    if not family:
        return texts["dear_unknown"]
    for titles, name in ((MS, "dear_ms"), (MR, "dear_mr")):
        if title in titles:
            return fill(texts[name], family_name=family)
    return fill(texts["dear_person"], name=f"{customer.given_name} {family}".strip())
