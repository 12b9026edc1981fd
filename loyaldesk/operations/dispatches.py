"""Ways to put on record that a letter left the house, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import Dispatch, DispatchChannel, DispatchState, PrintBatch
from loyaldesk.operations import operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.gate import Transaction

__all__ = [
    "confirm_batch", "fail_batch_from", "fail_dispatch", "record_dispatch", "record_print",
    "settle_dispatches", "start_print_batch",
]  # fmt: skip


@operation("Hand over letter", undoable=False)
def record_dispatch(
    tx: Transaction,
    *,
    letter_id: int,
    channel: DispatchChannel,
    recipient: str,
    is_copy: bool = False,
    print_batch_id: int | None = None,
    position: int | None = None,
    mail_id: int | None = None,
) -> int:
    """Record that a letter went to a printer, a mail address or a file; return the row's id.

    A file that was written is where it should be; a printer and a mail server are not asked that
    quickly, so those wait for a word.
    """
    is_settled = channel is DispatchChannel.FILE
    return tx.insert(
        Dispatch,
        letter_id=letter_id,
        channel=channel,
        state=DispatchState.CONFIRMED if is_settled else DispatchState.HANDED,
        recipient=recipient,
        is_copy=is_copy,
        print_batch_id=print_batch_id,
        position=position,
        mail_id=mail_id,
        dispatched_at=tx.now,
        dispatched_by=tx.actor,
    )


@operation("Start printing", undoable=False)
def start_print_batch(tx: Transaction, *, printer: str) -> int:
    """Begin a batch on a printer and return its id; it counts its letters as they are added."""
    return tx.insert(PrintBatch, printer=printer, started_at=tx.now, started_by=tx.actor, letters=0)


@operation("Hand over letter", undoable=False)
def record_print(
    tx: Transaction,
    *,
    letter_id: int,
    printer: str,
    print_batch_id: int | None = None,
    is_copy: bool = False,
) -> int:
    """Record that a letter goes to a printer as the next of its batch; return the row's id.

    A letter printed alone is a batch of one. Nobody asks whether a copy came out.
    """
    position = None
    if not is_copy:
        print_batch_id = print_batch_id or start_print_batch(tx, printer=printer)
        position = _next_position(tx, print_batch_id)
        tx.update(PrintBatch, print_batch_id, letters=position)
    return record_dispatch(
        tx,
        letter_id=letter_id,
        channel=DispatchChannel.PRINT,
        recipient=printer,
        is_copy=is_copy,
        print_batch_id=print_batch_id,
        position=position,
    )


@operation("Confirm batch", undoable=False)
def confirm_batch(tx: Transaction, *, print_batch_id: int) -> int:
    """Record that every letter of the batch came out, but for those known to have failed."""
    _require_open(tx, print_batch_id)
    return _close(tx, print_batch_id)


@operation("Reprint from number", undoable=False)
def fail_batch_from(
    tx: Transaction, *, print_batch_id: int, position: int, reason: str
) -> tuple[int, ...]:
    """Record that the letters of a batch came out up to one before `position`, from 1.

    Return the ids of the letters that did not, in the order of the batch: they are printed again
    as they are, because a paper that nobody holds is not copied.
    """
    letters = _require_open(tx, print_batch_id)
    if not 1 <= position <= letters:
        raise Refused(
            f"This batch has the numbers 1 to {letters}. Nothing was changed. Type the number of "
            "the first letter that is missing.",
            field="position",
        )
    missing = _unsettled(tx, print_batch_id, first=position)
    for dispatch_id, *_ in missing:
        tx.update(Dispatch, dispatch_id, state=DispatchState.FAILED, reason=reason)
    _close(tx, print_batch_id)
    return tuple(letter_id for _, letter_id, _ in missing)


@operation("Mark as not printed", undoable=False)
def fail_dispatch(tx: Transaction, *, dispatch_id: int, reason: str) -> None:
    """Record that a letter that was handed over did not get through, and why."""
    _require_dispatch(tx, dispatch_id)
    tx.update(Dispatch, dispatch_id, state=DispatchState.FAILED, reason=reason)


@operation("Confirm letters", undoable=False)
def settle_dispatches(tx: Transaction, *, dispatch_ids: Sequence[int]) -> None:
    """Record that these papers came out, one by one, outside the question about their batch."""
    for dispatch_id in dispatch_ids:
        batch_id = _require_dispatch(tx, dispatch_id)
        tx.update(Dispatch, dispatch_id, state=DispatchState.CONFIRMED, reason="")
        if batch_id is not None and not _unsettled(tx, batch_id):
            _confirm(tx, batch_id)


def _next_position(tx: Transaction, print_batch_id: int) -> int:
    found = tx.value("SELECT letters FROM print_batch WHERE id = ?", [print_batch_id])
    if found is None:
        raise Refused("This batch is not on record. Nothing was printed.")
    return int(found) + 1


def _require_open(tx: Transaction, print_batch_id: int) -> int:
    """Return how many letters the batch has; refuse one that somebody answered for already."""
    found = tx.row("SELECT letters, confirmed_at FROM print_batch WHERE id = ?", [print_batch_id])
    if found is None:
        raise Refused("This batch is not on record. Nothing was changed.")
    if found[1] is not None:
        raise Conflict("Somebody answered for this batch meanwhile. Nothing was changed.")
    return int(found[0])


def _require_dispatch(tx: Transaction, dispatch_id: int) -> int | None:
    found = tx.row("SELECT print_batch_id FROM dispatch WHERE id = ?", [dispatch_id])
    if found is None:
        raise Refused("This letter was not handed over. Nothing was changed.")
    batch_id: int | None = found[0]
    return batch_id


def _unsettled(tx: Transaction, print_batch_id: int, first: int = 1) -> list[tuple[int, int, str]]:
    """Return dispatch, letter and state of what is not known to have come out, in order."""
    found = tx.rows(
        "SELECT id, letter_id, state FROM dispatch WHERE print_batch_id = ? AND position >= ?"
        " AND state <> ? ORDER BY position",
        [print_batch_id, first, DispatchState.CONFIRMED],
    )
    return [(row[0], row[1], row[2]) for row in found]


def _close(tx: Transaction, print_batch_id: int) -> int:
    """Settle what was handed over and did not fail, and so the batch; count what came out."""
    came = [each for each in _unsettled(tx, print_batch_id) if each[2] == DispatchState.HANDED]
    for dispatch_id, *_ in came:
        tx.update(Dispatch, dispatch_id, state=DispatchState.CONFIRMED)
    _confirm(tx, print_batch_id)
    return len(came)


def _confirm(tx: Transaction, print_batch_id: int) -> None:
    tx.update(PrintBatch, print_batch_id, confirmed_at=tx.now, confirmed_by=tx.actor)
