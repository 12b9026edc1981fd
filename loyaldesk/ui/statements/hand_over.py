"""What does the window do with the letters of a run on the lanes: mail, save, print?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Conflict
from loyaldesk.runs.statement_hand_over import Way, hand_over_issued
from loyaldesk.runs.statement_printing import came_out, start_pile, stopped_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.queries.statement_runs import ReadyLetter
    from loyaldesk.store.store import Store

__all__ = ["answer_pile", "mail_letters", "print_letters", "save_letters"]

MEMORY_BYTES = 2 << 30
LIMIT_S = 60.0


def mail_letters(store: Store, *, files: Callable[[], FileStore], run_id: int) -> int:
    """Put the letters of customers who get theirs by mail into the outbox; return how many."""
    way = Way(by_mail=True)
    return hand_over_issued(store, files=files(), run_id=run_id, way=way, join=_nothing_to_join)


def save_letters(
    store: Store, *, files: Callable[[], FileStore], run_id: int, folder: Path, in_one_file: bool
) -> int:
    """Write the letters that are still in the house into a folder; return how many."""
    # Imported here: a process of its own is only for joining files.
    from loyaldesk.background.child_process import ChildProcess
    from loyaldesk.runs.joined import JOIN

    child = ChildProcess(memory_bytes=MEMORY_BYTES)

    def join(parts: Sequence[bytes]) -> bytes:
        joined: bytes = child.call(JOIN, {"parts": list(parts)}, limit_s=LIMIT_S)
        return joined

    way = Way(folder=folder, in_one_file=in_one_file)
    try:
        return hand_over_issued(store, files=files(), run_id=run_id, way=way, join=join)
    finally:
        child.close()


def print_letters(store: Store, *, letters: Sequence[ReadyLetter], printer: str) -> int:
    """Put on record that the letters go to the printer; return the id of their batch."""
    return start_pile(store, letters=letters, printer=printer)


def answer_pile(
    store: Store,
    *,
    run_id: int,
    batch_id: int,
    letters: Sequence[ReadyLetter],
    position: int | None,
    reason: str = "",
) -> int:
    """Put on record that all letters came out, or those before `position`; return how many."""
    if position is None:
        return came_out(store, run_id=run_id, batch_id=batch_id, letters=letters)
    return stopped_at(
        store, run_id=run_id, batch_id=batch_id, letters=letters, position=position, reason=reason
    )


def _nothing_to_join(_parts: Sequence[bytes]) -> bytes:
    raise Conflict("Letters that go by mail are never joined. Nothing was written.")
