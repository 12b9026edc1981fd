"""Is a reminder put on record only for what is due now, and do pauses hold it back?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from loyaldesk.domain.dunning_policy import DunningPolicy
from loyaldesk.domain.money import Money
from loyaldesk.errors import Conflict
from loyaldesk.models import LetterKind
from loyaldesk.operations.dunning import (
    IssuedReminder,
    RemindedItem,
    change_dunning,
    pause_customer,
    pause_invoice,
    resume_customer,
    resume_invoice,
    revoke_reminder,
)
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.queries.dunning import Pause, read_customer_reminders, read_invoice_reminders
from loyaldesk.queries.dunning_policy import read_policy
from tests.support.factories import do, make_invoice, make_payment
from tests.support.refusals import refused
from tests.support.stores import content

TODAY = date(2024, 11, 12)
LATER = date(2024, 12, 31)


@pytest.fixture
def invoice_id(store, customer_id):
    return make_invoice(store, customer_id, "100.00", due_on=TODAY - timedelta(days=10))


@pytest.fixture
def letter(customer_id, invoice_id):
    """Return the first reminder of the invoice, ready to be put on record."""
    amount = Money(100_00, "EUR")
    return IssuedLetter(
        kind=LetterKind.REMINDER,
        number="M-2024-00001",
        revision=1,
        customer_id=customer_id,
        file_name="M-2024-00001.pdf",
        sha256=b"m" * 32,
        size=100,
        pages=1,
        data_sha256=b"d" * 32,
        language="de-DE",
        reminder=IssuedReminder(
            TODAY, 1, Money(0, "EUR"), amount, (RemindedItem(invoice_id, 1, amount),)
        ),
    )


def rejected(store, letter):
    """Put a letter on record that must not be, and check that nothing was kept of it."""
    before = content(store, with_changes=True)
    with pytest.raises(Conflict, match="account changed"):
        do(store, record_letter, letter=letter)
    assert content(store, with_changes=True) == before


def test_reminder_on_record_raises_the_level_of_its_invoices(store, reader, letter, invoice_id):
    letter_id = do(store, record_letter, letter=letter)
    assert read_invoice_reminders(reader, invoice_id=invoice_id).level == 1
    kept = reader.row("SELECT kind, level, fee_minor FROM letter WHERE id = ?", [letter_id])
    assert kept == ("reminder", 1, 0)


def test_second_letter_at_the_same_level_is_not_issued(store, letter):
    do(store, record_letter, letter=letter)
    rejected(store, replace(letter, number="M-2024-00002"))


def test_invoice_disputed_after_the_letter_was_made_is_not_reminded_of(store, letter, invoice_id):
    do(store, dispute_invoice, invoice_id=invoice_id, reason="Wet tea")
    rejected(store, letter)


def test_payment_after_the_letter_was_made_stops_it(store, letter, customer_id):
    make_payment(store, customer_id, "40.00")
    rejected(store, letter)


def test_pause_of_invoice_or_customer_stops_a_letter_made_before(
    store, letter, invoice_id, customer_id
):
    do(store, pause_invoice, invoice_id=invoice_id, until=LATER, reason="Promised")
    rejected(store, letter)
    do(store, resume_invoice, invoice_id=invoice_id)
    do(store, pause_customer, customer_id=customer_id, until=LATER, reason="Merger")
    rejected(store, letter)
    do(store, resume_customer, customer_id=customer_id)
    assert do(store, record_letter, letter=letter)


def test_reminder_cannot_be_undone(store, letter):
    do(store, record_letter, letter=letter)
    assert "M-2024" not in (store.undo_label or "")


def test_pause_is_kept_with_its_reason_and_can_be_undone(store, reader, customer_id):
    do(store, pause_customer, customer_id=customer_id, until=LATER, reason=" Merger ")
    pause = read_customer_reminders(reader, customer_id=customer_id).pause
    assert pause == Pause(LATER, "Merger")
    assert store.undo() == "Pause reminders to Müller & Söhne GmbH"
    assert read_customer_reminders(reader, customer_id=customer_id).pause is None


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (TODAY - timedelta(days=1), "Promised", "until"),
        (date(2054, 1, 1), "Promised", "until"),
        (LATER, "  ", "reason"),
    ],
)
def test_pause_needs_a_reason_and_a_day_to_come(store, invoice_id, until, reason, field):
    arguments = {"invoice_id": invoice_id, "until": until, "reason": reason}
    assert refused(store, pause_invoice, **arguments).field == field


def test_reminder_sent_in_error_stays_on_record_and_no_longer_counts(
    store, reader, letter, invoice_id
):
    letter_id = do(store, record_letter, letter=letter)
    do(store, revoke_reminder, letter_id=letter_id, reason="Wrong customer")
    found = read_invoice_reminders(reader, invoice_id=invoice_id)
    assert (found.level, found.sent[0].revoked_on, found.sent[0].revoke_reason) == (
        0, TODAY, "Wrong customer",
    )  # fmt: skip
    again = replace(letter, number="M-2024-00002", sha256=b"n" * 32)
    do(store, record_letter, letter=again)
    assert read_invoice_reminders(reader, invoice_id=invoice_id).level == 1


def test_reminder_is_marked_once_and_with_a_reason(store, letter):
    letter_id = do(store, record_letter, letter=letter)
    refusal = refused(store, revoke_reminder, letter_id=letter_id, reason=" ")
    assert refusal.field == "reason"
    do(store, revoke_reminder, letter_id=letter_id, reason="Wrong customer")
    assert "marked before" in str(
        refused(store, revoke_reminder, letter_id=letter_id, reason="Again")
    )


def test_levels_are_kept_as_they_were_set(store, reader):
    usual = DunningPolicy()
    policy = replace(
        usual,
        levels=(usual.levels[0], replace(usual.levels[1], fees=(Money(5_00, "EUR"),))),
        minimums=(Money(1000, "JPY"),),
        names_law=False,
    )
    do(store, change_dunning, policy=policy)
    assert read_policy(reader) == policy


def test_levels_that_cannot_be_used_are_refused(store):
    refusal = refused(store, change_dunning, policy=DunningPolicy(levels=()))
    assert refusal.field == "levels"
