"""A reminder to nobody whose level stands so that a certain text appears in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.dunning import DebtAccount, OverdueItem, pay_day, reminder_of
from loyaldesk.domain.dunning_policy import DunningPolicy
from loyaldesk.domain.late_payment_law import LatePaymentLaw
from loyaldesk.domain.money import Money
from loyaldesk.domain.reminder_letter import ReminderLetter
from loyaldesk.pdf.reminder import draw_reminder

if TYPE_CHECKING:
    from loyaldesk.domain.letter import LetterFrame

__all__ = ["draw_sample_reminder"]

OPEN = Money(125_000, "EUR")
TERMS_DAYS, DAYS_LATE, DAYS_SINCE = 30, 45, 20
FRIENDLY = {"reminder.friendly", "reminder.check_call", "reminder.crossed"}
FINAL = {"reminder.final", "reminder.next_step"}


def draw_sample_reminder(frame: LetterFrame, *, shows: str) -> bytes:
    """Return a payment reminder marked as the frame says, in which the text appears."""
    frame = replace(frame, number="M-0000-00000", revision=None)
    policy = _policy()
    level = 1 if shows in FRIENDLY else len(policy.levels) if shows in FINAL else 2
    due = frame.day - timedelta(days=DAYS_LATE)
    item = OverdueItem(
        invoice_id=1,
        number="1000",
        dated=due - timedelta(days=TERMS_DAYS),
        due=due,
        open=OPEN,
        level=level - 1,
        reminded_on=frame.day - timedelta(days=DAYS_SINCE) if level > 1 else None,
    )
    account = DebtAccount(customer_id=0, items=(item,), unapplied=Money.zero(OPEN.currency))
    reminder = reminder_of(account, policy, frame.day)
    law = LatePaymentLaw("§ 1") if shows == "reminder.interest_law" else None
    pay_by = pay_day(frame.day, reminder.rules.days_to_pay)
    return draw_reminder(ReminderLetter(frame=frame, reminder=reminder, pay_by=pay_by, law=law))


def _policy() -> DunningPolicy:
    """Return the usual levels, the last of which also names what follows it."""
    *before, last = DunningPolicy().levels
    return DunningPolicy(levels=(*before, replace(last, names_next_step=True)))
