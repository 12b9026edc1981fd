"""Ways to change what is known to have happened with a customer, and what is being typed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.models import Activity, ActivityKind, Customer, Draft
from loyaldesk.operations import operation
from loyaldesk.operations.owners import refuse_foreign_contact, refuse_foreign_order

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["delete_activity", "drop_draft", "edit_activity", "keep_draft", "write_note"]

SUBJECT_LENGTH = 120
LONGEST_BODY = 100_000


@operation("Write note")
def write_note(
    tx: Transaction,
    *,
    customer_id: int,
    text: str,
    kind: ActivityKind = ActivityKind.NOTE,
    contact_id: int | None = None,
    order_id: int | None = None,
    topic: str = "",
    happened_at: datetime | None = None,
) -> int:
    """Write a note, call, mail, meeting or visit to the timeline and return its id."""
    subject, body = _split(text)
    name = tx.value("SELECT name FROM customer WHERE id = ?", [customer_id])
    if name is None:
        raise Refused("This customer no longer exists. Your text is kept as a draft.")
    refuse_foreign_contact(tx, customer_id, contact_id)
    refuse_foreign_order(tx, customer_id, order_id)
    when = happened_at or tx.now
    tx.describe(f"{'Write note' if kind is ActivityKind.NOTE else f'Log {kind.value}'}: {name}")
    activity_id = tx.insert(
        Activity,
        customer_id=customer_id,
        contact_id=contact_id,
        order_id=order_id,
        kind=kind,
        happened_at=when,
        subject=subject,
        body=body,
        topic=topic,
        author=tx.actor,
    )
    if kind is not ActivityKind.NOTE:
        _show_last_contact(tx, customer_id)
    return activity_id


@operation("Edit note")
def edit_activity(tx: Transaction, *, activity_id: int, text: str) -> None:
    """Change the words of an entry; the earlier words stay in the record of changes."""
    subject, body = _split(text)
    tx.update(Activity, activity_id, subject=subject, body=body)


@operation("Delete note")
def delete_activity(tx: Transaction, *, activity_id: int) -> None:
    """Delete an entry of the timeline."""
    found = tx.row("SELECT customer_id, kind FROM activity WHERE id = ?", [activity_id])
    tx.delete(Activity, activity_id)
    if found is not None and found[1] != ActivityKind.NOTE:
        _show_last_contact(tx, found[0])


@operation("Keep draft")
def keep_draft(tx: Transaction, *, key: str, content: str) -> None:
    """Keep what is being typed, so that neither a crash nor a power cut loses it."""
    found = tx.value("SELECT id FROM draft WHERE key = ?", [key])
    if found is None:
        tx.insert(Draft, key=key, content=content, kept_at=tx.now)
    else:
        tx.update(Draft, found, content=content, kept_at=tx.now)


@operation("Drop draft")
def drop_draft(tx: Transaction, *, key: str) -> None:
    """Forget a draft that was saved or emptied."""
    found = tx.value("SELECT id FROM draft WHERE key = ?", [key])
    if found is not None:
        tx.delete(Draft, found)


def _split(text: str) -> tuple[str, str]:
    """Return the first line as subject, cut at a word, and the whole text when there is more."""
    whole = text.strip()
    if not whole:
        raise Refused("There is nothing written yet. Type a word first.", field="text")
    if len(whole) > LONGEST_BODY:
        raise Refused(
            "This note is longer than 100,000 characters. It is kept as a draft; file it as a "
            "document instead.",
            field="text",
        )
    first = whole.splitlines()[0]
    if first == whole and len(first) <= SUBJECT_LENGTH:
        return first, ""
    if len(first) > SUBJECT_LENGTH:
        first = first[:SUBJECT_LENGTH].rsplit(" ", 1)[0].rstrip() + " …"
    return first, whole


def _show_last_contact(tx: Transaction, customer_id: int) -> None:
    newest = tx.value(
        "SELECT happened_at FROM activity WHERE customer_id = ? AND kind <> 'note'"
        " ORDER BY happened_at DESC LIMIT 1",
        [customer_id],
    )
    day = None if newest is None else datetime.fromisoformat(newest).astimezone().date()
    tx.update(Customer, customer_id, last_contact_on=day)
