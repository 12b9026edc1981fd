"""What does the dialog of a record's history ask of the desk and of the hub?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.queries.paper_uses import PaperUseRow, list_paper_uses
from loyaldesk.queries.record_history import RecordHistory, history_of, read_own_history

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.store.reader import Source

__all__ = ["Told", "ask_hub", "read_here"]


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a record: its changes, and for a document who did what with it."""

    history: RecordHistory
    uses: tuple[PaperUseRow, ...]


def read_here(source: Source, *, kind: str, record_id: int) -> Told:
    """Return what this desk recorded."""
    history = read_own_history(source, kind=kind, record_id=record_id)
    is_paper = kind == "document"
    uses = list_paper_uses(source, document_id=record_id) if is_paper else []
    return Told(history, tuple(uses))


def ask_hub(store: Any, *, wire: Any, profile: Path, kind: str, uid: str) -> Told | None:
    """Return what the hub knows from all desks; None for a profile without a hub."""
    if store.link is None:
        return None
    # Imported on the lane: the network is not for every start.
    from loyaldesk.credentials import database_key
    from loyaldesk.sync.reach.history import fetch_history

    changes, uses = fetch_history(
        profile, database_key(profile), kind=kind, uid=uid, end_with=wire.end_with
    )
    with store.reader() as reader:
        return Told(history_of(reader, kind=kind, uid=uid, changes=changes), tuple(uses))
