"""How is a reminder put on record together with how it leaves, alone or as one of many?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import LoyalDeskError
from loyaldesk.models import DispatchChannel
from loyaldesk.pdf.issuing import drawn_letter, issue_letter
from loyaldesk.runs.acknowledgement_run import Handing, HandingWay
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.pdf.compose_reminder import ComposedReminder
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.runs.acknowledgement_run import HandedLetter
    from loyaldesk.store.store import Store

__all__ = ["hand_over_reminder", "write_reminder"]


def hand_over_reminder(
    store: Store,
    *,
    files: Callable[[], FileStore],
    composed: ComposedReminder,
    pages: DrawnPages,
    way: HandingWay,
) -> HandedLetter:
    """Issue a drawn reminder and record by what it leaves, both in one transaction."""
    handing = Handing(files(), way)
    drawn = drawn_letter(composed, pages)
    letter_id = issue_letter(store, files=files(), drawn=drawn, handing=handing)
    return handing.handed(letter_id, pages.pdf)


def write_reminder(
    store: Store,
    *,
    files: Callable[[], FileStore],
    composed: ComposedReminder,
    pages: DrawnPages,
    folder: Path,
) -> Path:
    """Write a drawn reminder into a folder, issue it and return the file; no issue, no file."""
    path = folder / drawn_letter(composed, pages).file_name
    with disk_trouble():
        write_atomically(path, pages.pdf)
    way = HandingWay(DispatchChannel.FILE, path.name)
    try:
        hand_over_reminder(store, files=files, composed=composed, pages=pages, way=way)
    except LoyalDeskError:
        path.unlink()
        raise
    return path
