"""Which amounts of a statement or a reminder are paid by Swiss QR-bill?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.qr_bill import COUNTRIES, QrBill, creditor_of, make_qr_bill
from loyaldesk.pdf.paycode import checked_iban

if TYPE_CHECKING:
    from loyaldesk.domain.letter import BankAccount, LetterFrame
    from loyaldesk.domain.money import Money
    from loyaldesk.domain.qr_bill import Party
    from loyaldesk.domain.statement_letter import StatementLetter
    from loyaldesk.domain.statement_section import StatementSection
    from loyaldesk.pdf.envelopes import Paper

__all__ = ["bill_of", "bills_of", "takes_bills"]

_A4 = (210.0, 297.0)
_FRANCS = "CHF"


def bills_of(letter: StatementLetter, paper: Paper) -> dict[str, QrBill]:
    """Return the bill for each currency in which something is overdue and one can be made."""
    if not takes_bills(paper):
        return {}
    found = ((s.currency, _bill_for(letter, s)) for s in letter.statement.sections)
    return {currency: bill for currency, bill in found if bill}


def bill_of(
    frame: LetterFrame, account: BankAccount, amount: Money, debtor: Party | None
) -> QrBill | None:
    """Return the bill that asks for an amount in a letter, if such a bill can be made.

    Euro are asked for by one only of customers in Switzerland and Liechtenstein: nobody else's
    bank reads it, and theirs read the code of the slip.
    """
    is_local = debtor is not None and debtor.country in COUNTRIES
    if not (account.iban and (amount.currency == _FRANCS or is_local)):
        return None
    return make_qr_bill(
        iban=checked_iban(account.iban),
        creditor=creditor_of(frame.sender),
        amount=amount,
        number=frame.number,
        message=f"{frame.number} {frame.customer_number}",
        debtor=debtor,
    )


def takes_bills(paper: Paper) -> bool:
    """Return whether a bill fits the paper: it is for A4 alone."""
    return (paper.width, paper.height) == _A4


def _bill_for(letter: StatementLetter, section: StatementSection) -> QrBill | None:
    account = letter.account_for(section.currency)
    if not section.overdue:
        return None
    return bill_of(letter.frame, account, section.pay_now, letter.debtor)
