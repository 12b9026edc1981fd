"""Ways to decide between two edits that met, and to take up again what the hub refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import ConflictStatus, EditConflict
from loyaldesk.operations import operation
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.teamwork_choices import Choice, Pick
from loyaldesk.operations.teamwork_fields import (
    column_value,
    delete_record,
    field_now,
    restore_record,
    write_field,
)
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.sync_conflicts import MERGES_SHOWN, FieldConflict, read_conflict
from loyaldesk.queries.sync_edits import RefusedEdit, read_refused
from loyaldesk.store.gate import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.gate import Transaction

__all__ = [
    "Choice", "Pick", "dismiss_conflicts", "resolve_conflict", "resolve_conflicts",
    "swap_automatic_merge", "take_up_refused",
]  # fmt: skip

UNDECIDED = {ConflictStatus.OPEN, ConflictStatus.AUTO}


@operation("Resolve conflict")
def resolve_conflict(
    tx: Transaction, *, conflict_id: int, choice: Choice, value: Any = None
) -> None:
    """Let one value stand; what is not picked stays in the record of changes."""
    conflict = _undecided(tx, conflict_id)
    tx.describe(f"Resolve conflict of {_called(conflict)}")
    _resolve(tx, conflict, Pick(conflict_id, Choice(choice), value))


@operation("Resolve conflicts")
def resolve_conflicts(tx: Transaction, *, picks: Sequence[Pick]) -> None:
    """Decide several conflicts at once, usually all of one record: all of it or nothing."""
    if not picks:
        raise Refused("Nothing was picked. Nothing was changed.")
    for pick in picks:
        conflict = _undecided(tx, pick.conflict_id)
        _resolve(tx, conflict, pick)
    tx.describe(f"Resolve conflicts of {_called(conflict)}")


@operation("Dismiss conflicts")
def dismiss_conflicts(tx: Transaction, *, conflict_ids: Sequence[int]) -> None:
    """Leave the record as it stands and ask nobody any more."""
    for conflict_id in conflict_ids:
        conflict = _undecided(tx, conflict_id)
        tx.describe(f"Dismiss conflict of {_called(conflict)}")
        _settle(tx, conflict, ConflictStatus.DISMISSED, conflict.winner)


@operation("Undo merge")
def swap_automatic_merge(tx: Transaction, *, conflict_id: int) -> None:
    """Let the value stand that lost when two edits were merged without a question.

    Refused after 30 days, and where somebody has changed the field since.
    """
    conflict = read_conflict(tx, conflict_id=conflict_id)
    if conflict.status != ConflictStatus.AUTO:
        raise Conflict("This merge was already taken back or decided. Nothing was changed.")
    if conflict.found_at < tx.now - MERGES_SHOWN:
        raise Refused(
            "This merge is older than 30 days. Nothing was changed; edit the record instead."
        )
    _refuse_changed(tx, conflict)
    tx.describe(f"Undo merge of {_called(conflict)}")
    write_field(tx, conflict.record, conflict.field, conflict.loser)
    _settle(tx, conflict, ConflictStatus.RESOLVED, conflict.loser)


@operation("Write note")
def take_up_refused(tx: Transaction, *, uuid: str) -> int:
    """Write the words of a refused note as a new note, and return its id.

    The refused edit stays where it is until it is put aside.
    """
    refused = read_refused(tx, uuid=uuid)
    if not refused.note:
        raise Refused("Only a note can be written again. Copy or export the text instead.")
    customer_id = refused.edit.record.customer_id or _customer_of(tx, refused)
    if customer_id is None:
        raise Refused(
            "The customer of this note is no longer on this computer. The text is kept; copy or "
            "export it."
        )
    return write_note(tx, customer_id=customer_id, text=refused.note)


def _undecided(tx: Transaction, conflict_id: int) -> FieldConflict:
    conflict = read_conflict(tx, conflict_id=conflict_id)
    if conflict.status not in UNDECIDED:
        raise Conflict("Somebody else has decided this meanwhile. Nothing was changed.")
    return conflict


def _resolve(tx: Transaction, conflict: FieldConflict, pick: Pick) -> None:
    value = {
        Choice.MINE: conflict.mine, Choice.THEIRS: _theirs(conflict), Choice.VALUE: pick.value
    }[pick.choice]  # fmt: skip
    if conflict.status == ConflictStatus.AUTO:
        _refuse_changed(tx, conflict)
    if not conflict.field:
        _resolve_whole(tx, conflict, value, pick.choice)
    elif value != conflict.winner:
        write_field(tx, conflict.record, conflict.field, value)
    _settle(tx, conflict, ConflictStatus.RESOLVED, value)


def _refuse_changed(tx: Transaction, conflict: FieldConflict) -> None:
    """Refuse to undo a merge over what somebody wrote after it."""
    stands = column_value(tx, conflict.record.kind, conflict.field, conflict.winner)
    if field_now(tx, conflict.record, conflict.field) != stands:
        raise Conflict(
            "Somebody changed this field since. Nothing was changed; open the record to edit it."
        )


def _theirs(conflict: FieldConflict) -> Any:
    """Return what keeping theirs means: of a number taken twice, the one that was made up."""
    return conflict.winner if conflict.rule == "number" else conflict.theirs


def _resolve_whole(tx: Transaction, conflict: FieldConflict, value: Any, choice: Choice) -> None:
    """Decide whether a record that one deleted and another changed is here."""
    if choice is Choice.VALUE:
        raise Refused("A whole record is kept or deleted. Nothing was changed; pick one of both.")
    if value is None:
        delete_record(tx, conflict.record)
    elif conflict.record.id is None:
        restore_record(tx, conflict.record, {**(conflict.base or {}), **value})


def _settle(tx: Transaction, conflict: FieldConflict, status: ConflictStatus, value: Any) -> None:
    tx.update(
        EditConflict,
        conflict.id,
        status=status,
        winner=as_json(value),
        resolved_by=tx.actor,
        resolved_at=tx.now,
    )


def _called(conflict: FieldConflict) -> str:
    return conflict.record.customer_name or conflict.record.name


def _customer_of(tx: Transaction, refused: RefusedEdit) -> int | None:
    """Return the customer that a note names which never became a row here."""
    named = {each.field: each.new for each in refused.edit.fields}.get("customer_id")
    sql = f"SELECT id FROM {KINDS['customer'].table} WHERE uid = ?"
    found: int | None = tx.value(sql, [bytes.fromhex(named)]) if named else None
    return found
