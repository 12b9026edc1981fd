"""Ways to put on record that a letter left the house, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.models import Dispatch, DispatchChannel
from loyaldesk.operations import operation

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["record_dispatch"]


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
    """Record that a letter went to a printer, a mail address or a file; return the row's id."""
    return tx.insert(
        Dispatch,
        letter_id=letter_id,
        channel=channel,
        recipient=recipient,
        is_copy=is_copy,
        print_batch_id=print_batch_id,
        position=position,
        mail_id=mail_id,
        dispatched_at=tx.now,
        dispatched_by=tx.actor,
    )
