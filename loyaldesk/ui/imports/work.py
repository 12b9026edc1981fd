"""What do the lanes do for an import? Everything that loads SQLAlchemy or reads foreign files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.connectors.results import ImportPlan, ImportResult
    from loyaldesk.connectors.source import ImportSource
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store
    from loyaldesk.ui.imports.source_form import ImportWish

__all__ = ["count_doubles", "guess", "keep_errors", "list_maps", "plan", "run"]


def list_maps(_source: Any) -> list[tuple[str, str]]:
    """Return name and title of each shipped map."""
    from loyaldesk.connectors.maps import shipped_maps

    return [(each.name, each.title) for each in shipped_maps().values()]


def guess(_source: Any, *, location: str) -> str:
    """Return the name of the shipped map that knows the source, or an empty text."""
    from loyaldesk.connectors.maps import guess_map

    found = guess_map(location)
    return found.name if found else ""


def plan(store: Store, *, wish: ImportWish, progress: Callable[..., None]) -> ImportPlan:
    """Try the import and return what it would do; nothing is written."""
    from loyaldesk.connectors.run import plan_import

    return plan_import(store, _source_of(wish), wish.map_name, progress=progress)


def run(
    store: Store, *, wish: ImportWish, errors: Path, progress: Callable[..., None]
) -> ImportResult:
    """Import, as one action that undo takes back; bad rows go to the file `errors`."""
    from loyaldesk.connectors.run import run_import

    return run_import(store, _source_of(wish), wish.map_name, errors=errors, progress=progress)


def keep_errors(_source: Any, *, kept: str, target: Path) -> None:
    """Copy the file of bad rows to where somebody wants it."""
    from loyaldesk.settings import disk_trouble

    with disk_trouble():
        shutil.copyfile(kept, target)


def count_doubles(source: Source) -> int:
    """Return how many pairs of customers, one of them just imported, may be one."""
    from loyaldesk.queries.duplicates import list_pairs, read_imported

    return len(list_pairs(source, among=read_imported(source)))


def _source_of(wish: ImportWish) -> ImportSource:
    from loyaldesk.connectors.source import ImportSource

    return ImportSource(
        location=wish.location,
        encoding=wish.encoding,
        delimiter=wish.delimiter,
        sheet=wish.sheet,
    )
