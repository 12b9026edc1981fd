"""Which data is measured: a sized demo company, built once into a cache and kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from loyaldesk.documents.demo_files import fill_sized_demo
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.operations.demo.scale import HEAVY_CUSTOMER
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.store.connection import Connection, connect
from loyaldesk.store.reader import Reader, open_reader
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.store import Store

__all__ = ["CACHE_VARIABLE", "KEY", "TODAY", "Data", "open_data"]

CACHE_VARIABLE = "LOYALDESK_BENCHMARK_CACHE"
KEY = hashlib.sha256(b"benchmarks").digest()
TODAY = date(2026, 11, 19)

_HERE = Path(__file__).parent
# When one of these changes, the data would come out differently.
_MAKERS = (
    *("loyaldesk/models/*.py", "loyaldesk/store/search_*.py", "loyaldesk/store/migrations/*/*.py"),
    *("loyaldesk/domain/text.py", "loyaldesk/domain/misspelling.py"),
    *(f"loyaldesk/operations/demo/{name}.py" for name in ("scale", "streams", "vocabulary")),
    *(f"resources/demo/{name}.toml" for name in ("company", "crowd", "products")),
)


@dataclass(frozen=True, slots=True)
class Data:
    """A profile full of invented customers, encrypted like a real one."""

    profile: Path
    customers: int

    @property
    def path(self) -> Path:
        """The store's file."""
        return self.profile / FILE_NAME

    def reader(self) -> Reader:
        """Return a reader as the program uses it."""
        return open_reader(self.path, KEY)

    def raw(self) -> Connection:
        """Return a bare connection of the driver, with the same key and pragmas."""
        return connect(self.path, KEY, query_only=True)

    def heavy_customer(self) -> int:
        """Return the id of the customer with the long history."""
        with self.reader() as reader:
            return find_customer(reader, number=HEAVY_CUSTOMER)


def open_data(customers: int) -> Data:
    """Return the data of that size, building it if the cache has none made by this code."""
    root = Path(os.environ.get(CACHE_VARIABLE) or _HERE / ".cache")
    profile = root / f"{customers}-{_fingerprint()}"
    if not profile.exists():
        for outdated in root.glob(f"{customers}-*"):
            shutil.rmtree(outdated)
        _build(profile, customers)
    return Data(profile, customers)


def _build(profile: Path, customers: int) -> None:
    unfinished = profile.with_name(f"unfinished-{profile.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    store = Store.open(unfinished, KEY, actor="Benchmarks")
    files = FileStore(unfinished / FOLDER_NAME, KEY)
    fill_sized_demo(store, files=files, customers=customers, today=TODAY, progress=_tell)
    store.close()
    unfinished.rename(profile)


def _tell(stage: str, done: int, total: int) -> None:
    if done == total or sys.stderr.isatty():
        line = f"building {stage.replace('_', ' ')}: {done:,} of {total:,}"
        end = "\n" if done == total else "\r"
        print(f"{line:<60}", end=end, file=sys.stderr, flush=True)


def _fingerprint() -> str:
    root, digest = _HERE.parent, hashlib.sha256()
    for pattern in _MAKERS:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
