"""Ways to hold payment reminders back, to set their levels, and to put one on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.dunning_policy import policy_problems
from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import Customer, Invoice, InvoiceKind, ReminderItem
from loyaldesk.operations import operation
from loyaldesk.operations.settings import change_setting
from loyaldesk.queries.dunning import read_reminder
from loyaldesk.queries.dunning_policy import DUNNING_KEY, policy_values

if TYPE_CHECKING:
    from loyaldesk.domain.dunning import Reminder
    from loyaldesk.domain.dunning_policy import DunningPolicy
    from loyaldesk.domain.money import Money
    from loyaldesk.store.gate import Transaction

__all__ = [
    "IssuedReminder", "RemindedItem", "change_dunning", "pause_customer", "pause_invoice",
    "record_reminder", "resume_customer", "resume_invoice", "revoke_reminder",
]  # fmt: skip

LONGEST_PAUSE = timedelta(days=3653)


@dataclass(frozen=True, slots=True)
class RemindedItem:
    """An invoice that a reminder names, at which level and with how much open."""

    invoice_id: int
    level: int
    open: Money


@dataclass(frozen=True, slots=True)
class IssuedReminder:
    """What a reminder asked for as of which day; its fee stands in no ledger."""

    on: date
    level: int
    fee: Money
    to_pay: Money
    items: tuple[RemindedItem, ...]


@operation("Change reminder levels")
def change_dunning(tx: Transaction, *, policy: DunningPolicy) -> None:
    """Keep the levels of reminders; letters made from now on follow them."""
    for field, sentence in policy_problems(policy).items():
        raise Refused(f"{sentence} Nothing was saved.", field=field)
    change_setting(tx, key=DUNNING_KEY, value=policy_values(policy))


@operation("Pause reminders")
def pause_customer(tx: Transaction, *, customer_id: int, until: date, reason: str) -> None:
    """Send a customer no reminder through a day."""
    name = tx.value("SELECT name FROM customer WHERE id = ?", [customer_id])
    _check_pause(tx, found=name is not None, until=until, reason=reason)
    tx.update(
        Customer,
        customer_id,
        dunning_paused_until=until,
        dunning_pause_reason=reason.strip(),
    )
    tx.describe(f"Pause reminders to {name}")


@operation("Resume reminders")
def resume_customer(tx: Transaction, *, customer_id: int) -> None:
    """Let a customer get reminders again from today."""
    tx.update(Customer, customer_id, dunning_paused_until=None, dunning_pause_reason="")


@operation("Pause reminders")
def pause_invoice(tx: Transaction, *, invoice_id: int, until: date, reason: str) -> None:
    """Name an invoice in no reminder through a day."""
    number = tx.value(
        "SELECT number FROM invoice WHERE id = ? AND kind = ?", [invoice_id, InvoiceKind.INVOICE]
    )
    _check_pause(tx, found=number is not None, until=until, reason=reason)
    tx.update(
        Invoice,
        invoice_id,
        dunning_paused_until=until,
        dunning_pause_reason=reason.strip(),
    )
    tx.describe(f"Pause reminders of {number}")


@operation("Resume reminders")
def resume_invoice(tx: Transaction, *, invoice_id: int) -> None:
    """Let an invoice be reminded of again from today."""
    tx.update(Invoice, invoice_id, dunning_paused_until=None, dunning_pause_reason="")


@operation("Mark reminder as sent in error")
def revoke_reminder(tx: Transaction, *, letter_id: int, reason: str) -> None:
    """Let a reminder no longer count, so that its level may be reached again; it stays on record.

    One that a later reminder of the same invoice builds on is refused.
    """
    if not reason.strip():
        raise Refused("Say why it was sent in error. Nothing was changed.", field="reason")
    found = tx.rows(
        "SELECT mine.id, EXISTS (SELECT 1 FROM reminder_item AS later WHERE later.invoice_id ="
        " mine.invoice_id AND later.level > mine.level AND later.revoked_on IS NULL)"
        " FROM reminder_item AS mine WHERE mine.letter_id = ? AND mine.revoked_on IS NULL",
        [letter_id],
    )
    if not found:
        raise Refused("This is no reminder, or it was marked before. Nothing was changed.")
    if any(is_built_on for _, is_built_on in found):
        raise Refused(
            "A later reminder builds on this one. Nothing was changed; mark the later one first."
        )
    for item_id, _ in found:
        tx.update(ReminderItem, item_id, revoked_on=tx.today, revoke_reason=reason.strip())


def record_reminder(
    tx: Transaction, *, letter_id: int, customer_id: int, reminder: IssuedReminder
) -> None:
    """Note which invoices a reminder names; refuse it if the account says otherwise by now.

    What is due is worked out once more here, in the transaction that issues the letter: so no
    disputed, paused or paid invoice is ever reminded of, and none twice at one level.
    """
    now_due = read_reminder(
        tx, customer_id=customer_id, currency=reminder.to_pay.currency, on=reminder.on
    )
    if now_due is None or now_due.hold or not _is_same(now_due, reminder):
        raise Conflict(
            "This account changed since the reminder was made: a payment, a dispute, a pause or "
            "another reminder. Nothing was issued; make it again."
        )
    for item in reminder.items:
        tx.insert(
            ReminderItem,
            letter_id=letter_id,
            invoice_id=item.invoice_id,
            level=item.level,
            open_minor=item.open.minor,
            reminded_on=reminder.on,
        )


def _is_same(now_due: Reminder, reminder: IssuedReminder) -> bool:
    items = {RemindedItem(s.item.invoice_id, s.level, s.item.open) for s in now_due.due}
    return items == set(reminder.items) and now_due.to_pay == reminder.to_pay


def _check_pause(tx: Transaction, *, found: bool, until: date, reason: str) -> None:
    if not found:
        raise Refused("There is nothing to pause here. Nothing was changed.")
    if not tx.today <= until <= tx.today + LONGEST_PAUSE:
        raise Refused(
            "A pause ends today or later, within ten years. Nothing was changed; choose its last "
            "day.",
            field="until",
        )
    if not reason.strip():
        raise Refused("Say why no reminder should go. Nothing was changed.", field="reason")
