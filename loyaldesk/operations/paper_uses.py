"""Ways to put on record that somebody looked at a paper, or that it left the house."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.models import PaperUse, PaperVerb
from loyaldesk.operations import operation

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["note_paper_use"]

# Turning back to a paper soon after is the same look at it.
SAME_LOOK = timedelta(minutes=10)


@operation("Use paper", undoable=False)
def note_paper_use(
    tx: Transaction, *, document_id: int, verb: PaperVerb, recipient: str = ""
) -> None:
    """Note that the actor viewed, exported, opened, printed or mailed a document.

    A paper that is gone by now, or that this person did the same with just before, is not noted.
    """
    there = tx.value("SELECT 1 FROM document WHERE id = ?", [document_id])
    just_before = tx.value(
        "SELECT 1 FROM paper_use WHERE document_id = ? AND used_by = ? AND verb = ?"
        " AND recipient = ? AND used_at > ?",
        [document_id, tx.actor, verb, recipient, tx.now - SAME_LOOK],
    )
    if there is None or just_before is not None:
        return
    tx.insert(
        PaperUse,
        document_id=document_id,
        used_at=tx.now,
        used_by=tx.actor,
        verb=verb,
        recipient=recipient,
    )
