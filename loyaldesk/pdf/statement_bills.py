"""Which amounts of a statement are paid by Swiss QR-bill instead of the slip?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.qr_bill import COUNTRIES, QrBill, make_qr_bill
from loyaldesk.pdf.paycode import checked_iban

if TYPE_CHECKING:
    from loyaldesk.domain.statement_letter import StatementLetter
    from loyaldesk.domain.statement_section import StatementSection
    from loyaldesk.pdf.envelopes import Paper

__all__ = ["bills_of"]

_A4 = (210.0, 297.0)
_FRANCS = "CHF"


def bills_of(letter: StatementLetter, paper: Paper) -> dict[str, QrBill]:
    """Return the bill for each currency in which something is overdue and such a bill can be made.

    Bills are for A4 paper. Euro are asked for by one only of customers in Switzerland and
    Liechtenstein: nobody else's bank reads it, and theirs read the code of the slip.
    """
    if (paper.width, paper.height) != _A4:
        return {}
    found = ((s.currency, _bill_for(letter, s)) for s in letter.statement.sections)
    return {currency: bill for currency, bill in found if bill}


def _bill_for(letter: StatementLetter, section: StatementSection) -> QrBill | None:
    currency, frame = section.currency, letter.frame
    account = letter.account_for(currency)
    is_local = letter.debtor is not None and letter.debtor.country in COUNTRIES
    if not (account.iban and section.overdue and (currency == _FRANCS or is_local)):
        return None
    return make_qr_bill(
        iban=checked_iban(account.iban),
        creditor=letter.creditor,
        amount=section.pay_now,
        number=frame.number,
        message=f"{frame.number} {frame.customer_number}",
        debtor=letter.debtor,
    )
