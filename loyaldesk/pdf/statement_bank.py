"""Which bank lines stand on the slip: each account once, under the currencies it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.formats import currency_name
from loyaldesk.pdf.paycode import checked_iban
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.letter import BankAccount
    from loyaldesk.domain.statement_section import StatementSection
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["BankLine", "bank_lines", "grouped_iban"]


class BankLine(NamedTuple):
    """A printed line of bank details; headings name the currency."""

    text: str
    is_heading: bool = False


def bank_lines(
    words: StatementWords, sections: Sequence[StatementSection], room: float, most: int
) -> list[BankLine]:
    """Return the lines wrapped to a room in mm, first giving up what can be read elsewhere.

    Payee and reference stand on the slip already, so they go when more than `most` lines result.
    """
    accounts: dict[BankAccount, list[str]] = {}
    for section in sections:
        account = words.letter.account_for(section.currency)
        accounts.setdefault(account, []).append(section.currency)
    frame = words.letter.frame
    reference = words.texts.fill(
        "slip.reference", number=frame.number, customer=frame.customer_number
    )
    full = _lines(words, accounts, room, payee=frame.sender.name, reference=reference)
    if len(full) <= most:
        return full
    return _lines(words, accounts, room, payee="", reference="")[:most]


def grouped_iban(text: str) -> str:
    """Return a checked IBAN in groups of four that stay on one line."""
    plain = checked_iban(text)
    return "\u00a0".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _lines(
    words: StatementWords,
    accounts: dict[BankAccount, list[str]],
    room: float,
    *,
    payee: str,
    reference: str,
) -> list[BankLine]:
    lines: list[BankLine] = []
    for account, currencies in accounts.items():
        names = ", ".join(currency_name(words.formats.tag, code) for code in currencies)
        heading = words.texts.fill("slip.account_in", name=names)
        lines += [BankLine(line, is_heading=True) for line in wrap(heading, _BOLD, room)]
        details = (payee, account.name, *_numbers(words, account), *account.lines)
        lines += [BankLine(line) for text in details if text for line in wrap(text, _TEXT, room)]
    return lines + [BankLine(line) for line in wrap(reference, _TEXT, room) if line]


def _numbers(words: StatementWords, account: BankAccount) -> list[str]:
    texts = words.texts
    iban = texts.fill("footer.iban", iban=grouped_iban(account.iban)) if account.iban else ""
    return [iban, texts.fill("footer.bic", bic=account.bic) if account.bic else ""]


_TEXT = Type.NOTE
_BOLD = Type.NOTE_INK.as_bold()
