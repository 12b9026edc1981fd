"""How a drawn letter is put on record from the window, on the write lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.pdf.issuing import DrawnLetter, issue_letter
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.store import Store

__all__ = ["issue_and_save"]


def issue_and_save(
    store: Store, *, files: Callable[[], FileStore], drawn: DrawnLetter, target: Path | None
) -> int:
    """Write the file if one was chosen, put the letter on record, and return the letter's id."""
    if target is not None:
        with disk_trouble():
            write_atomically(target, drawn.pdf)
    return issue_letter(store, files=files(), drawn=drawn)
