"""How what a customer owes late becomes the letter that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.dunning import Hold, pay_day
from loyaldesk.domain.late_payment_law import law_between
from loyaldesk.domain.reminder_letter import ReminderLetter
from loyaldesk.errors import Refused
from loyaldesk.operations.dunning import IssuedReminder, RemindedItem
from loyaldesk.pdf.composing import data_sha256, debtor_of, letter_frame, locale_for, terms_text
from loyaldesk.pdf.texts import texts_for
from loyaldesk.queries.dunning import read_reminder
from loyaldesk.queries.letters import peek_number, read_addressee

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.domain.dunning import Reminder
    from loyaldesk.domain.late_payment_law import LatePaymentLaw
    from loyaldesk.queries.letters import Addressee
    from loyaldesk.store.reader import Source

__all__ = ["ComposedReminder", "compose_reminder"]

SERIES = "M"
_HELD = {
    Hold.DISPUTED: "what is overdue is in dispute",
    Hold.CUSTOMER_PAUSED: "reminders to this customer are paused",
    Hold.INVOICE_PAUSED: "reminders of these invoices are paused",
    Hold.COVERED: "unapplied payments and credits cover what is overdue",
    Hold.BELOW_MINIMUM: "it would ask for less than the least amount worth a reminder",
    Hold.LAST_LEVEL: "the last level was reached before",
    Hold.TOO_EARLY: "its day has not come",
}


@dataclass(frozen=True, slots=True)
class ComposedReminder:
    """The letter to draw, whose it is, and the hash of what it says."""

    letter: ReminderLetter
    customer_id: int
    data_sha256: bytes

    @property
    def issued(self) -> IssuedReminder:
        """What goes on record when the letter is issued."""
        reminder = self.letter.reminder
        return IssuedReminder(
            on=reminder.on,
            level=reminder.level,
            fee=reminder.fee,
            to_pay=reminder.to_pay,
            items=tuple(
                RemindedItem(s.item.invoice_id, s.level, s.item.open) for s in reminder.due
            ),
        )


def compose_reminder(
    source: Source, *, customer_id: int, currency: str, now: datetime
) -> ComposedReminder:
    """Return the reminder that a customer is due today in a currency; refused if none is."""
    today = now.astimezone().date()
    addressee = read_addressee(source, customer_id=customer_id)
    reminder = read_reminder(source, customer_id=customer_id, currency=currency, on=today)
    if reminder is None:
        raise Refused(f"{addressee.name} owes nothing late in {currency}. No letter was made.")
    if reminder.hold:
        raise Refused(
            f"{addressee.name} gets no reminder in {currency} today: {_HELD[reminder.hold]}. No "
            "letter was made."
        )
    number = peek_number(source, series=SERIES, year=today.year)
    frame = letter_frame(source, addressee, number=number, now=now)
    letter = ReminderLetter(
        frame=frame,
        reminder=reminder,
        pay_by=pay_day(today, reminder.rules.days_to_pay),
        terms=terms_text(addressee.terms_days, texts_for(frame.locale, frame.own_texts)),
        tax_id=addressee.tax_id,
        debtor=debtor_of(addressee, frame.recipient.name),
        law=_law(addressee, reminder, home=frame.sender.country),
    )
    return ComposedReminder(letter, customer_id, data_sha256(frame, *letter.facts))


def _law(addressee: Addressee, reminder: Reminder, *, home: str) -> LatePaymentLaw | None:
    if not reminder.policy.names_law:
        return None
    return law_between(
        home=home,
        abroad=addressee.place.country,
        language=locale_for(addressee).partition("-")[0],
        is_business=bool(addressee.tax_id),
    )
