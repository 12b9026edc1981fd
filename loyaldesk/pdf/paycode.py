"""Which pay code goes on a letter: EPC (GiroCode) for a payment in euro, or a Swiss QR code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import segno
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from segno.helpers import make_epc_qr

from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.domain.qr_bill import QrBill

__all__ = ["PayCode", "checked_bic", "checked_iban", "make_pay_code", "swiss_code"]

_MOST = Money(99_999_999_999, "EUR")
_LONGEST_NAME = 70
_LONGEST_TEXT = 140
_UTF_8 = 1


@dataclass(frozen=True, slots=True)
class PayCode:
    """A QR code to scan: its rows of dark and light modules, and the amount it asks for."""

    modules: tuple[tuple[bool, ...], ...]
    amount: Money

    @property
    def size(self) -> int:
        """The modules along one side, without the quiet zone."""
        return len(self.modules)

    def dark_runs(self) -> Iterator[tuple[int, int, int]]:
        """Yield each unbroken run of dark modules as row, first column and length."""
        for row, line in enumerate(self.modules):
            column = 0
            while column < self.size:
                start = column
                while column < self.size and line[column]:
                    column += 1
                if column > start:
                    yield row, start, column - start
                column += 1


def checked_iban(text: str) -> str:
    """Return an IBAN without blanks, or refuse one whose check digits are wrong."""
    try:
        return str(IBAN(text))
    except SchwiftyException as error:
        raise Refused(
            f"The IBAN “{text}” is not valid. No letter was made; correct it in the company's "
            "settings, digit by digit from the bank's own letter.",
            field="iban",
        ) from error


def checked_bic(text: str) -> str:
    """Return a BIC without blanks, or refuse one that no bank can have."""
    try:
        return str(BIC(text))
    except SchwiftyException as error:
        raise Refused(
            f"The BIC “{text}” is not valid. No letter was made; correct it in the company's "
            "settings.",
            field="bic",
        ) from error


def make_pay_code(
    *, name: str, iban: str, amount: Money, text: str, bic: str = ""
) -> PayCode | None:
    """Return the code that pays an amount to an account, or None where none can be made.

    There is none without an IBAN, for other currencies than the euro, for nothing or less, and
    above the 999,999,999.99 that the code can carry.
    """
    if not iban or amount.currency != "EUR" or not 0 < amount.minor <= _MOST.minor:
        return None
    code = make_epc_qr(
        name=_one_line(name, _LONGEST_NAME),
        iban=checked_iban(iban),
        bic=checked_bic(bic) if bic else None,
        amount=amount.amount,
        text=_one_line(text, _LONGEST_TEXT),
        encoding=_UTF_8,
    )
    return _pay_code(code, amount)


def swiss_code(bill: QrBill) -> PayCode:
    """Return the code of a Swiss QR-bill: level M, so that the cross may cover its middle."""
    code = segno.make_qr(
        bill.payload, error="m", boost_error=False, mode="byte", encoding="utf-8", eci=False
    )
    return _pay_code(code, bill.amount)


def _pay_code(code: segno.QRCode, amount: Money) -> PayCode:
    return PayCode(tuple(tuple(bool(dark) for dark in row) for row in code.matrix), amount)


def _one_line(text: str, longest: int) -> str:
    """Return text that cannot start a field of its own: the code's fields are its lines."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:longest].rstrip()
