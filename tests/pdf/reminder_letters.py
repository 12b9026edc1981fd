"""Reminders for the tests of how they look, read and pay."""

from dataclasses import replace
from datetime import date, timedelta

from loyaldesk.domain.dunning import DebtAccount, OverdueItem, pay_day, reminder_of
from loyaldesk.domain.dunning_policy import DunningPolicy
from loyaldesk.domain.late_payment_law import law_between
from loyaldesk.domain.money import Money
from loyaldesk.domain.reminder_letter import ReminderLetter
from tests.pdf import statement_letters
from tests.pdf.test_qr_bill import AT_LEMAN, DEBTOR, SENDER

ON = date(2026, 4, 1)
FEE = Money(40_00, "EUR")


def policy(*, fees=(FEE,), names_next_step=False):
    """Return the usual levels with a fee from the second one on."""
    first, second, third = DunningPolicy().levels
    second = replace(second, fees=fees)
    return DunningPolicy(
        (first, second, replace(third, fees=fees, names_next_step=names_next_step))
    )


def item(number, *, level=1, amount=100_00, currency="EUR", late=40):
    """Return an invoice so many days late, reminded of at the levels before."""
    due = ON - timedelta(days=late)
    return OverdueItem(
        invoice_id=number,
        number=f"26-{number:05d}",
        dated=due - timedelta(days=30),
        due=due,
        open=Money(amount, currency),
        customer_po=f"WK-{number}",
        level=level - 1,
        reminded_on=ON - timedelta(days=15) if level > 1 else None,
    )


def german(*items, unapplied=0, rules=None, is_business=True, **changes):
    """Return a reminder in German in a DIN window envelope."""
    frame = statement_letters.german_frame("M-2026-00088", **changes)
    return letter(frame, items, unapplied=unapplied, rules=rules, is_business=is_business)


def american(*items, **changes):
    """Return a reminder in US dollars in a #10 envelope."""
    frame = replace(statement_letters.american().frame, number="M-2026-00088", **changes)
    return letter(frame, items, currency="USD")


def swiss(*items):
    """Return a reminder in francs from Zürich to Lausanne."""
    frame = statement_letters.make_frame(
        "M-2026-00088",
        sender=SENDER,
        locale="de-CH",
        envelope="swiss-right",
        recipient=AT_LEMAN,
    )
    return replace(letter(frame, items, currency="CHF"), debtor=DEBTOR)


def letter(frame, items, *, unapplied=0, currency="EUR", rules=None, is_business=True):
    """Return the reminder of these items."""
    debt = DebtAccount(customer_id=1, items=tuple(items), unapplied=Money(unapplied, currency))
    reminder = reminder_of(debt, rules or policy(), ON)
    home, language = frame.sender.country, frame.locale.partition("-")[0]
    return ReminderLetter(
        frame=frame,
        reminder=reminder,
        pay_by=pay_day(ON, reminder.rules.days_to_pay),
        terms="30 Tage netto",
        tax_id="DE999300779",
        law=law_between(home=home, abroad="", language=language, is_business=is_business),
    )
