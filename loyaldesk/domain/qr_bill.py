"""What does a Swiss QR-bill say, line by line, and where may there be none?

Built to the Swiss Implementation Guidelines QR-bill 2.3: addresses are structured (type S) and
nothing else, because banks refuse combined ones (type K).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender
    from loyaldesk.domain.money import Money

__all__ = [
    "COUNTRIES",
    "Party",
    "QrBill",
    "Reference",
    "creditor_of",
    "creditor_reference",
    "is_qr_iban",
    "make_qr_bill",
    "qr_reference",
    "split_street",
]

MOST = 99_999_999_999
CURRENCIES = frozenset({"CHF", "EUR"})
COUNTRIES = ("CH", "LI")
_NAME, _STREET, _HOUSE, _POSTCODE, _TOWN, _MESSAGE = 70, 70, 16, 16, 35, 140
_QR_INSTITUTES = range(30_000, 32_000)
_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
_QRR_DIGITS = 26
_SCOR_LONGEST = 21
# What banks take: printable ASCII, Latin-1, Latin Extended-A, Romanian letters and the euro sign.
_PERMITTED = re.compile("[ -~\u00a1-\u00ac\u00ae-\u017f\u0218-\u021b\u20ac]*")
_NUMBER_AT_END = re.compile(r"(?P<street>.*\D) (?P<number>\d+\s?[A-Za-z]?(?:[-/]\d+[A-Za-z]?)?)")


@dataclass(frozen=True, slots=True)
class Party:
    """Who pays or is paid, with an address in its parts; the country is an ISO 3166 code."""

    name: str
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the parts that every bill needs are there, and banks can read all of them."""
        parts = (self.name, self.street, self.house_number, self.postcode, self.town)
        needed = self.name and self.postcode and self.town and len(self.country) == 2
        longest = (_NAME, _STREET, _HOUSE, _POSTCODE, _TOWN)
        fits = all(len(part) <= most for part, most in zip(parts, longest, strict=True))
        return bool(needed) and fits and all(map(_PERMITTED.fullmatch, parts))

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as the bill prints it under its heading."""
        street = f"{self.street} {self.house_number}".strip()
        town = f"{self.postcode} {self.town}"
        place = town if self.country in COUNTRIES else f"{self.country} - {town}"
        return tuple(line for line in (self.name, street, place) if line)

    @property
    def fields(self) -> tuple[str, ...]:
        """The seven fields of the code."""
        return (
            "S", self.name, self.street, self.house_number, self.postcode, self.town, self.country,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """How a payment is recognised: QRR (Swiss), SCOR (ISO 11649) or NON, with its characters."""

    kind: str
    text: str = ""

    @property
    def printed(self) -> str:
        """The reference in the groups that people read: fives from the right, or fours."""
        if self.kind != "QRR":
            return " ".join(self.text[i : i + 4] for i in range(0, len(self.text), 4))
        first, rest = self.text[:2], self.text[2:]
        return " ".join((first, *(rest[i : i + 5] for i in range(0, len(rest), 5))))


@dataclass(frozen=True, slots=True)
class QrBill:
    """A payment that a Swiss bank can read from paper; without a debtor its place stays empty."""

    iban: str
    creditor: Party
    amount: Money
    reference: Reference
    message: str
    debtor: Party | None = None

    @property
    def payload(self) -> str:
        """The text of the code: one field a line."""
        nobody = ("",) * 7
        return "\n".join(
            (
                "SPC", "0200", "1",
                self.iban, *self.creditor.fields, *nobody,
                f"{self.amount.amount:.2f}", self.amount.currency,
                *(self.debtor.fields if self.debtor else nobody),
                self.reference.kind, self.reference.text,
                self.message, "EPD",
            )
        )  # fmt: skip

    @property
    def printed_iban(self) -> str:
        """The account in groups of four."""
        return " ".join(self.iban[i : i + 4] for i in range(0, len(self.iban), 4))

    @property
    def printed_amount(self) -> str:
        """The amount as the guidelines want it, in every language: 1 234.50."""
        return f"{self.amount.amount:,.2f}".replace(",", " ")


def make_qr_bill(
    *, iban: str, creditor: Party, amount: Money, number: str, message: str,
    debtor: Party | None = None,
) -> QrBill | None:  # fmt: skip
    """Return the bill for a document's number, or None where there can be none.

    There is none for nothing or less, above 999,999,999.99, in other currencies than francs and
    euro, to an account outside Switzerland and Liechtenstein, for a creditor whose address is not
    whole, and for euro to a QR-IBAN. A debtor whom banks could not read is left out. The IBAN is
    one that was checked.
    """
    plain = "".join(iban.split()).upper()
    is_payable = amount.currency in CURRENCIES and 0 < amount.minor <= MOST
    if not (is_payable and plain.startswith(COUNTRIES) and creditor.is_complete):
        return None
    if is_qr_iban(plain) and amount.currency != "CHF":
        return None
    return QrBill(
        iban=plain,
        creditor=creditor,
        amount=amount,
        reference=_reference_for(plain, number),
        message=_readable(message)[:_MESSAGE].rstrip(),
        debtor=debtor if debtor and debtor.is_complete else None,
    )


def is_qr_iban(iban: str) -> bool:
    """Return whether a Swiss IBAN without blanks is one that needs a QR reference."""
    institute = iban[4:9]
    return institute.isdecimal() and int(institute) in _QR_INSTITUTES


def qr_reference(digits: str) -> str:
    """Return the 27 digits of a QR reference: filled up with zeros, the check digit last."""
    whole = digits.zfill(_QRR_DIGITS)
    carry = 0
    for digit in whole:
        carry = _CARRY[(carry + int(digit)) % 10]
    return f"{whole}{(10 - carry) % 10}"


def creditor_reference(text: str) -> str:
    """Return a reference of ISO 11649: RF, two check digits, and up to 21 letters and digits."""
    number = "".join(str(int(sign, 36)) for sign in f"{text}RF00")
    return f"RF{98 - int(number) % 97:02}{text}"


def creditor_of(sender: Sender) -> Party:
    """Return the company with its address in parts, as far as they are typed in."""
    return Party(
        sender.name,
        sender.street,
        sender.house_number,
        sender.postcode,
        sender.town,
        sender.country,
    )


def split_street(street: str) -> tuple[str, str]:
    """Return street and house number apart where the number stands last, else all as street."""
    found = _NUMBER_AT_END.fullmatch(street.strip())
    return (found["street"].strip(), found["number"]) if found else (street.strip(), "")


def _reference_for(iban: str, number: str) -> Reference:
    if is_qr_iban(iban):
        digits = "".join(sign for sign in number if sign.isascii() and sign.isdecimal())
        return Reference("QRR", qr_reference(digits[-_QRR_DIGITS:]))
    signs = "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())
    if 0 < len(signs) <= _SCOR_LONGEST:
        return Reference("SCOR", creditor_reference(signs))
    return Reference("NON")


def _readable(text: str) -> str:
    """Return a text on one line, without what banks cannot read."""
    kept = "".join(sign for sign in " ".join(text.split()) if _PERMITTED.fullmatch(sign))
    return " ".join(kept.split())
