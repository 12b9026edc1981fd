"""How a drawn letter is put on record from the window, on the write lane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from loyaldesk.models import DispatchChannel
from loyaldesk.operations.dispatches import record_dispatch, record_print
from loyaldesk.pdf.copies import read_copy, reprint
from loyaldesk.pdf.issuing import DrawnLetter, issue_letter, refuse_unready
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = ["copy_and_save", "issue_and_save", "issue_for_mail", "look_at_copy", "save_page"]


def issue_and_save(
    store: Store,
    *,
    files: Callable[[], FileStore],
    drawn: DrawnLetter,
    target: Path | None,
    printer: str = "",
) -> int:
    """Write the file if one was chosen, put the letter on record, and return the letter's id.

    On record is also how it leaves: as that file, or by the printer.
    """
    refuse_unready(store, drawn.composed)
    if target is not None:
        with disk_trouble():
            write_atomically(target, drawn.pdf)
    handing = _handing(target, printer, is_copy=False)
    return issue_letter(store, files=files(), drawn=drawn, handing=handing)


def issue_for_mail(store: Store, *, files: Callable[[], FileStore], drawn: DrawnLetter) -> int:
    """Put the letter on record and return its id; how it leaves is recorded with its mail."""
    return issue_letter(store, files=files(), drawn=drawn)


def look_at_copy(source: Source, *, files: Callable[[], FileStore], letter_id: int) -> bytes:
    """Return an issued letter marked COPY, without counting it."""
    return read_copy(source, files=files(), letter_id=letter_id)


def copy_and_save(
    store: Store,
    *,
    files: Callable[[], FileStore],
    letter_id: int,
    target: Path | None,
    printer: str = "",
) -> bytes:
    """Count a copy of an issued letter, write it to the file if one was chosen, and return it."""
    handing = _handing(target, printer, is_copy=True)
    copy = reprint(store, files=files(), letter_id=letter_id, handing=handing)
    if target is not None:
        with disk_trouble():
            write_atomically(target, copy)
    return copy


def save_page(
    _store: Store,
    *,
    files: Callable[[], FileStore],
    pdf: bytes,
    target: Path | None,
    printer: str = "",
) -> None:
    """Write a page that nobody keeps on record, such as the envelope test page."""
    del files, printer
    if target is not None:
        with disk_trouble():
            write_atomically(target, pdf)


def _handing(target: Path | None, printer: str, *, is_copy: bool) -> Callable[..., object]:
    if target is None:
        return partial(record_print, printer=printer, is_copy=is_copy)
    return partial(
        record_dispatch, channel=DispatchChannel.FILE, recipient=target.name, is_copy=is_copy
    )
