"""Who writes a letter and who receives it, as the letter prints them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "BankAccount",
    "LetterFrame",
    "Overprint",
    "Recipient",
    "Sender",
    "content_id",
    "file_name",
]


class Overprint(Enum):
    """A word across the page that says the letter does not stand yet."""

    NONE = "none"
    DRAFT = "draft"
    ON_HOLD = "on_hold"


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where the customer pays; `lines` are for accounts without an IBAN, such as US ones."""

    name: str = ""
    iban: str = ""
    bic: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """The company that writes, with everything its letterhead and footer print.

    `country` is an ISO 3166 code: letters at home name no country, and it chooses the envelope.
    The parts of the address are for Swiss QR-bills; they count as said where a bill prints them.
    """

    name: str
    address: tuple[str, ...] = ()
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    tax_ids: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    bank: BankAccount = BankAccount()
    accent: str = "17506B"
    logo: Path | None = None
    return_line: str = ""
    signature_name: str = ""
    signature_role: str = ""
    conditions: str = ""
    remit_to: tuple[str, ...] = ()
    country: str = ""
    street: str = field(default="", repr=False)
    house_number: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    town: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """The customer as addressed: company, person and address lines, and how to greet them."""

    name: str
    lines: tuple[str, ...] = ()
    country: str = ""
    contact: str = ""
    salutation: str = ""

    @property
    def address_lines(self) -> tuple[str, ...]:
        """The lines for the window, top to bottom, the country last and only for abroad."""
        return tuple(
            line for line in (self.name, self.contact, *self.lines, self.country.upper()) if line
        )


@dataclass(frozen=True, slots=True)
class LetterFrame:
    """What every letter has around its content: both sides, language, envelope, day and state.

    `printed_at` is an aware instant already in the zone that the letter shall show; `own_texts`
    are the company's words in place of ours, by the name of the text; `personal` is a sentence for
    this customer alone, said after the first one.
    """

    number: str
    day: date
    customer_number: str
    sender: Sender
    recipient: Recipient
    printed_at: datetime
    locale: str = "en-GB"
    envelope: str = "din-5008-b"
    revision: int | None = None
    overprint: Overprint = Overprint.NONE
    own_texts: tuple[tuple[str, str], ...] = ()
    personal: str = ""

    @property
    def code(self) -> str:
        """The number and revision that the bars and the id line carry."""
        return f"{self.number}-{self.revision}" if self.revision else self.number


def content_id(frame: LetterFrame, *facts: object) -> str:
    """Return eight hexadecimal digits of the SHA-256 of a letter's facts, as `8319-94CA`.

    The instant of printing and the place of the logo file do not count, so a copy has the same.
    """
    unprinted = replace(
        frame, printed_at=datetime.fromtimestamp(0, UTC), sender=replace(frame.sender, logo=None)
    )
    digest = hashlib.sha256(repr((unprinted, facts)).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def file_name(frame: LetterFrame, kind: str, *, day: date | None = None, copy: bool = False) -> str:
    """Return the name of a letter's file: number, revision, customer, kind and day, ASCII only.

    The day is that of the letter unless it speaks of another one, as a statement does.
    """
    revision = f"-r{frame.revision}" if (frame.revision or 1) > 1 else ""
    parts = [
        f"{frame.number}{revision}",
        frame.customer_number,
        kind,
        (day or frame.day).isoformat(),
    ]
    name = "_".join(_ascii_word(part) for part in parts)
    return f"{name}_copy.pdf" if copy else f"{name}.pdf"


def _ascii_word(text: str) -> str:
    kept = (c if c.isascii() and (c.isalnum() or c in "-.") else "-" for c in text)
    return "".join(kept).strip(".-") or "letter"
