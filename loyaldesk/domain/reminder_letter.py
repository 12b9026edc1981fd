"""What a payment reminder needs to become a letter: what is due, by when, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.dunning import Reminder
    from loyaldesk.domain.late_payment_law import LatePaymentLaw
    from loyaldesk.domain.letter import LetterFrame
    from loyaldesk.domain.qr_bill import Party

__all__ = ["ReminderLetter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLetter:
    """A reminder with its frame, the day it asks for, and the law that both sides are under.

    `debtor` is the customer with its address in parts, for a Swiss QR-bill.
    """

    frame: LetterFrame
    reminder: Reminder
    pay_by: date
    terms: str = ""
    tax_id: str = ""
    law: LatePaymentLaw | None = None
    debtor: Party | None = None

    @property
    def facts(self) -> tuple[object, ...]:
        """Everything printed beside the frame, for the letter's content id."""
        return (self.reminder, self.pay_by, self.terms, self.tax_id, self.law, self.debtor)
