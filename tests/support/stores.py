"""A store for a test: made once, then copied, since making its tables is the dear part."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.models import Customer
from loyaldesk.store import schema
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.store import Store

if TYPE_CHECKING:
    import pytest

FIRST = "0001"
KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
MORNING = datetime(2024, 11, 12, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that goes one second further whenever it is looked at."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@cache
def _template() -> Path:
    # Left to the system's own tidying: it outlives every test of the session.
    folder = Path(tempfile.mkdtemp(prefix="loyaldesk-template-"))
    Store.open(folder, KEY).close()
    return folder / FILE_NAME


def content(store: Store, *, with_changes: bool = False) -> dict[str, list]:
    """Return all rows of all tables, the index as it answers, but not how it is laid out."""
    laid_out = ("_data", "_idx", "_docsize", "_config")
    with store.reader() as reader:
        names = [
            name for (name,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        kept = [
            name
            for name in names
            if not (name.startswith("search_") and name.endswith(laid_out))
            and name not in {"search_customer", "search_contact", "search_document"}
            and (with_changes or name not in {"change", "change_group"})
        ]
        return {name: sorted(reader.rows(f"SELECT * FROM {name}"), key=repr) for name in kept}


def fresh_store(folder: Path, *, actor: str = "Ana", clock: Clock | None = None) -> Store:
    """Return an open, empty store in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / FILE_NAME).exists():
        shutil.copy2(_template(), folder / FILE_NAME)
    return Store.open(folder, KEY, actor=actor, clock=clock or Clock())


def make_first_version(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a profile as the first version left it, with one customer in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with monkeypatch.context() as then:
        then.setattr(schema, "HEAD", FIRST)
        # It knew of no hub.
        then.setattr("loyaldesk.store.store.read_link", lambda _: None)
        store = Store.open(folder, KEY)
        with store.transaction("Create customer") as tx:
            tx.insert(Customer, number="C-1", name="Müller & Söhne GmbH")
        store.close()
