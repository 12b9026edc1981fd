"""What every command is given: the profile, its store and files, and where to answer."""

from __future__ import annotations

import dataclasses
import enum
import getpass
import json
import re
import sys
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.settings import ProfileLock, profile_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Reader
    from loyaldesk.store.store import Store
    from loyaldesk.sync.line import HubLine
    from loyaldesk.sync.reach.access_file import HubAccess
    from loyaldesk.sync.state import SyncState

__all__ = ["Context", "as_data", "printable"]

# Control characters but for tab and new line, and those that turn the direction of text.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: as_data(getattr(value, field.name)) for field in dataclasses.fields(value)}


_WAYS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Money, lambda money: {"amount": str(money), "currency": money.currency}),
    (dict, lambda items: {str(as_data(key)): as_data(item) for key, item in items.items()}),
    ((list, tuple, set, frozenset), lambda items: [as_data(item) for item in items]),
    (enum.Enum, lambda member: member.value),
    ((datetime, date), lambda day: day.isoformat()),
    (bytes, lambda raw: raw.hex()),
    (Decimal, str),
)


def as_data(value: Any) -> Any:
    """Return the value as JSON can say it: money with its currency, days and instants as ISO."""
    for kind, way in _WAYS:
        if isinstance(value, kind):
            return way(value)
    return _fields(value) if dataclasses.is_dataclass(value) else value


class Context:
    """One run of the command line; whatever it opened is closed at its end."""

    def __init__(self, *, profile: str | None, wants_json: bool, may_start: bool = True) -> None:
        """Take the options of the line; `may_start` is whether it may make a new profile."""
        self._chosen = profile
        self._may_start = may_start
        self.wants_json = wants_json
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def today(self) -> date:
        """The day where the user is."""
        return datetime.now(UTC).astimezone().date()

    @cached_property
    def profile(self) -> Path:
        """The data folder, made private."""
        from loyaldesk.store.schema import FILE_NAME

        folder = profile_folder(self._chosen, may_make=self._may_start)
        if not self._may_start and not (folder / FILE_NAME).exists():
            raise Refused(
                f"There is no LoyalDesk data in “{folder}”. Nothing was made. Check --profile, or "
                "import records first."
            )
        return folder

    @cached_property
    def key(self) -> bytes:
        """The key of the store."""
        # Only commands that need the store pay for the keyring.
        from loyaldesk.credentials import database_key

        return database_key(self.profile)

    @cached_property
    def _store(self) -> Store:
        from loyaldesk.sync.recovery.opening import open_profile

        lock = self._open.enter_context(ProfileLock(self.profile))
        store = open_profile(
            self.profile,
            self.key,
            actor=getpass.getuser(),
            verify=lock.was_unclean,
            told=self.tell,
        )
        self._open.callback(store.close)
        return store

    def open_store(self) -> Store:
        """Return the store for writing; refused while another LoyalDesk has the profile open."""
        return self._store

    @cached_property
    def _reader(self) -> Reader:
        from loyaldesk.store.reader import open_reader
        from loyaldesk.store.schema import FILE_NAME, is_current

        path = self.profile / FILE_NAME
        if is_current(path, self.key):
            reader = open_reader(path, self.key)
        else:
            reader = self.open_store().reader()
        self._open.callback(reader.close)
        return reader

    def reader(self) -> Reader:
        """Return a reader; works while the window is open on the same profile."""
        return self._reader

    @cached_property
    def _files(self) -> FileStore:
        from loyaldesk.documents.file_store import FOLDER_NAME, FileStore

        return FileStore(self.profile / FOLDER_NAME, self.key)

    def files(self) -> FileStore:
        """Return the profile's file store."""
        return self._files

    def hub_access(self) -> HubAccess | None:
        """Return how this profile comes into its hub, or None where it has none."""
        from loyaldesk.sync.reach.access_file import read_access

        return read_access(self.profile, self.key)

    def hub_line(self, *, tell: Callable[[SyncState], object] | None = None) -> HubLine:
        """Return the line to the hub, to be used in a `with` block; refused where there is none."""
        from loyaldesk.sync.line import HubLine, tell_nobody

        return HubLine(
            self.open_store(),
            profile=self.profile,
            database_key=self.key,
            tell=tell or tell_nobody,
        )

    def show(self, data: Any, text: str | None = None) -> None:
        """Answer: with `--json` the data as one document, else the text, or the data laid out."""
        if self.wants_json:
            print(json.dumps(as_data(data), ensure_ascii=False, indent=2))
        elif text is not None:
            print(printable(text))
        else:
            print(printable("\n".join(_lines(as_data(data)))))

    def tell(self, words: str) -> None:
        """Say how the work goes, on standard error, so that the answer stays alone."""
        print(printable(words), file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """Return the text as a terminal may get it: a name from a file must not steer the terminal."""
    return _STEERING.sub("\N{REPLACEMENT CHARACTER}", text)


def _lines(data: Any, indent: str = "") -> list[str]:
    if isinstance(data, dict) and set(data) == {"amount", "currency"}:
        return [f"{indent}{data['amount']} {data['currency']}"]
    if isinstance(data, dict):
        return [line for name, item in data.items() for line in _named(name, item, indent)]
    if isinstance(data, list):
        return [line for item in data for line in (*_lines(item, indent + "  "), "")][:-1]
    return [f"{indent}{'' if data is None else data}"]


def _named(name: str, item: Any, indent: str) -> list[str]:
    nested = _lines(item, "")
    title = f"{indent}{name.replace('_', ' ')}:"
    if len(nested) <= 1:
        return [f"{title} {nested[0] if nested else '–'}".rstrip()]
    return [title, *(f"{indent}  {line}" for line in nested)]
