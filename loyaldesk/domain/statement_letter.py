"""What a statement of account needs to become a letter: the figures, and whom to pay and ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.qr_bill import Party, creditor_of

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.letter import BankAccount, LetterFrame
    from loyaldesk.domain.statement import Statement

__all__ = ["BackDated", "StatementLetter"]


@dataclass(frozen=True, slots=True)
class BackDated:
    """When a statement of the same day was first printed, and how many entries differ since."""

    printed_on: date
    entries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLetter:
    """A statement with its frame, the days it asks for, and our contact in receivables.

    `accounts` names the bank account per currency code; other currencies go to the sender's own.
    `debtor` is the customer with its address in parts, for a Swiss QR-bill.
    """

    frame: LetterFrame
    statement: Statement
    pay_by: date
    query_by: date
    terms: str = ""
    tax_id: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    accounts: tuple[tuple[str, BankAccount], ...] = ()
    backdated: BackDated | None = None
    debtor: Party | None = None

    @property
    def facts(self) -> tuple[object, ...]:
        """Everything printed beside the frame, for the letter's content id."""
        asked = (self.pay_by, self.query_by, self.terms, self.tax_id)
        told = (self.contact, self.phone, self.email, self.accounts)
        billed = (self.creditor, self.debtor) if self.creditor.is_complete else ()
        changed = (self.backdated,) if self.backdated else ()
        return (self.statement, *asked, *told, *changed, *billed)

    @property
    def creditor(self) -> Party:
        """The company with its address in parts, as far as they are typed in."""
        return creditor_of(self.frame.sender)

    def account_for(self, currency: str) -> BankAccount:
        """Return the account to which an amount in a currency is paid."""
        return dict(self.accounts).get(currency, self.frame.sender.bank)
