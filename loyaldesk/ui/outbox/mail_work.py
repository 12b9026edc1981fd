"""What does the mail dialog ask of the store and the outbox?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.mail.letters import LetterMail
    from loyaldesk.store.reader import Source

__all__ = ["WrittenMail", "put_into_outbox", "write_mail"]


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A mail as the dialog shows it first, and what it is compared with.

    `domains` are those the customer's last mails went to; `sends` tells whether LoyalDesk hands it
    to a server itself.
    """

    mail: LetterMail
    customer_number: str
    customer_name: str
    addresses: tuple[str, ...]
    domains: frozenset[str]
    size: int
    sends: bool


def write_mail(
    source: Source, *, document_id: int | None = None, letter_id: int | None = None
) -> WrittenMail:
    """Return the mail that carries a document or a letter, in the customer's language."""
    # Imported on the read lane: the dialog does not wait for what mails are made of.
    from loyaldesk.mail.letters import document_mail, letter_mail
    from loyaldesk.queries.mail import (
        known_domains,
        read_mail_settings,
        read_mailed_customer,
        read_mailed_document,
    )

    mail = (
        letter_mail(source, letter_id=letter_id)
        if letter_id is not None
        else document_mail(source, document_id=document_id or 0)
    )
    customer = read_mailed_customer(source, customer_id=mail.customer_id)
    return WrittenMail(
        mail=mail,
        customer_number=customer.number,
        customer_name=customer.name,
        addresses=customer.addresses,
        domains=known_domains(source, customer_id=mail.customer_id),
        size=read_mailed_document(source, document_id=mail.document_id).size,
        sends=read_mail_settings(source).sends,
    )


def put_into_outbox(store: Any, *, files: Callable[[], FileStore], mail: LetterMail) -> int:
    """Put the mail into the outbox and return its id; within eight seconds it can be taken back."""
    from loyaldesk.mail.outbox import queue_letter

    return queue_letter(store, files=files(), mail=mail)
