"""What a mail is written from, how mails are sent here, and what waits in the outbox."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.mail_settings import MailMethod, MailSecurity, MailSettings
from loyaldesk.domain.mail_words import domain_of
from loyaldesk.errors import Refused
from loyaldesk.queries.book import row, rows, value
from loyaldesk.queries.company import read_setting

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = [
    "MAIL_KEY", "MailedCustomer", "MailedDocument", "MailedLetter", "OutgoingMail",
    "known_domains", "list_family", "mail_settings_values", "next_due_mail", "read_mail",
    "read_mail_settings", "read_mailed_customer", "read_mailed_document", "read_mailed_letter",
]  # fmt: skip

MAIL_KEY = "mail"
EARLIER_MAILS = 20


@dataclass(frozen=True, slots=True)
class MailedCustomer:
    """A customer as a mail needs it; `recipient` is empty if no address is known."""

    id: int
    number: str
    name: str
    language: str
    country: str
    addresses: tuple[str, ...]
    salutation: str
    given_name: str
    family_name: str

    @property
    def recipient(self) -> str:
        """Where its letters go: the address for letters, the primary contact's, its own."""
        return next(iter(self.addresses), "")


@dataclass(frozen=True, slots=True)
class MailedLetter:
    """An issued letter as a mail names it; `order` is the customer's own number, else ours."""

    id: int
    customer_id: int
    document_id: int
    kind: str
    number: str
    language: str
    as_of: date | None
    level: int | None
    order: str
    file_name: str


@dataclass(frozen=True, slots=True)
class MailedDocument:
    """A document as it is attached; `letter_id` if it is a letter of ours."""

    id: int
    customer_id: int
    name: str
    sha256: bytes
    mime: str
    size: int
    letter_id: int | None


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail of the outbox: to whom, how far it is, and where its bytes are.

    `is_ours` tells that this desk wrote it: no other sends it.
    """

    id: int
    customer_id: int
    letter_id: int | None
    document_id: int | None
    recipient: str
    subject: str
    state: str
    attempts: int
    message_id: str
    written_at: datetime
    sha256: bytes
    is_ours: bool = True

    @property
    def is_draft(self) -> bool:
        """Whether its bytes were written for a mail program: such a mail has no id yet."""
        return not self.message_id


def read_mail_settings(source: Source) -> MailSettings:
    """Return how mails leave; as drafts before anybody chose."""
    kept: dict[str, Any] = read_setting(source, key=MAIL_KEY) or {}
    known = {field.name for field in fields(MailSettings)}
    values = {name: kept[name] for name in known & kept.keys()}
    values["method"] = MailMethod(values.get("method", MailMethod.DRAFT))
    values["security"] = MailSecurity(values.get("security", MailSecurity.STARTTLS))
    return MailSettings(**values)


def mail_settings_values(settings: MailSettings) -> dict[str, Any]:
    """Return the mail settings as they are kept."""
    return asdict(settings)


def read_mailed_customer(source: Source, *, customer_id: int) -> MailedCustomer:
    """Return the customer with the addresses that its letters may go to, best first."""
    found = row(source, "mail.customer", customer_id=customer_id)
    if found is None:
        raise Refused("This customer no longer exists. No mail was written.")
    fixed, addresses, person = found[:5], found[5:8], found[8:]
    known = tuple(dict.fromkeys(address for address in addresses if address))
    return MailedCustomer(*[*fixed, known, *(part or "" for part in person)])


def read_mailed_letter(source: Source, *, letter_id: int) -> MailedLetter:
    """Return the issued letter with what its mail says about it."""
    found = row(source, "mail.letter", letter_id=letter_id)
    if found is None:
        raise Refused("This letter is not in the register. No mail was written.")
    *start, as_of, level, customer_po, order_number, name = found
    day = date.fromisoformat(as_of) if as_of else None
    return MailedLetter(*[*start, day, level, customer_po or order_number or "", name])


def read_mailed_document(source: Source, *, document_id: int) -> MailedDocument:
    """Return the document with the place of its content."""
    found = row(source, "mail.document", document_id=document_id)
    if found is None:
        raise Refused("This document is no longer on file. No mail was written.")
    return MailedDocument(*found)


def list_family(source: Source, *, customer_id: int) -> dict[int, str]:
    """Return the numbers, by id, of the customer and of all its members, its own first."""
    return dict(rows(source, "mail.family", customer_id=customer_id))


def known_domains(source: Source, *, customer_id: int) -> frozenset[str]:
    """Return the domains that the customer's last mails went to, or those on its record."""
    earlier = rows(source, "mail.earlier_recipients", customer_id=customer_id, limit=EARLIER_MAILS)
    addresses = [address for (address,) in earlier]
    if not addresses:
        addresses = list(read_mailed_customer(source, customer_id=customer_id).addresses)
    return frozenset(map(domain_of, addresses))


def next_due_mail(source: Source, *, now: datetime) -> int | None:
    """Return the id of the mail whose turn it is, or None."""
    found: int | None = value(source, "mail.next_due", now=now)
    return found


def read_mail(source: Source, *, mail_id: int) -> OutgoingMail:
    """Return one mail of the outbox."""
    found = row(source, "mail.message", mail_id=mail_id)
    if found is None:
        raise Refused("This mail is not in the outbox. Nothing was sent.")
    *start, written_at, sha256, is_ours = found
    return OutgoingMail(*[*start, datetime.fromisoformat(written_at), sha256, bool(is_ours)])
