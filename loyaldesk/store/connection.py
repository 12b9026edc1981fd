"""How the encrypted file is opened, and what its errors mean."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from loyaldesk.errors import Cancelled, LoyalDeskError, Refused, Unavailable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Connection",
    "DamagedStore",
    "DatabaseError",
    "IntegrityError",
    "Parameters",
    "WrongKey",
    "connect",
    "connect_plain",
    "to_sql",
    "translated",
]

# The driver ships no types.
Connection = Any
DatabaseError: Any = driver.DatabaseError
IntegrityError: Any = driver.IntegrityError
Parameters = Sequence[object] | Mapping[str, object]

KEY_BYTES = 32
READER_CACHE_KIB = 16_000
# Filled by a large import only, which would otherwise write every index page hundreds of times;
# the store gives it back afterwards.
WRITER_CACHE_KIB = 256_000
_UNAVAILABLE = {
    "disk is full": "The disk is full. Nothing was changed; free some space and try again.",
    "disk i/o error": "The disk did not answer. Nothing was changed; check it and try again.",
    "database is locked": (
        "Another program is writing to the same profile. Nothing was changed; try again soon."
    ),
    "readonly database": (
        "The profile folder cannot be written to. Nothing was changed; check its permissions."
    ),
    "unable to open database": "The profile folder cannot be opened. Check that it exists.",
    "malformed": (
        "The store is damaged. Nothing more was written. Close LoyalDesk and put back a copy of "
        "the whole data folder, or import the records into a new one."
    ),
}


def connect(path: Path, key: bytes, *, query_only: bool = False) -> Connection:
    """Open the encrypted file with its raw 256-bit key, ready for use by one thread at a time."""
    if len(key) != KEY_BYTES:
        raise Refused("The key of the store must be 32 bytes long.")
    with translated():
        connection = driver.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=256
        )
        # What went wrong is said in a sentence; SQLCipher's own words would stand beside it.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except driver.DatabaseError as error:
            connection.close()
            if "not a database" not in str(error):
                raise
            raise WrongKey(
                "The store cannot be opened with this key. Nothing was changed. Use the key that "
                "made this profile, or choose another profile folder."
            ) from error
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 5000",
            "temp_store = MEMORY",
            f"cache_size = -{READER_CACHE_KIB if query_only else WRITER_CACHE_KIB}",
            f"query_only = {int(query_only)}",
        ):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_plain(path: Path) -> Connection:
    """Open a file that is not encrypted, made if there is none: what tables travel in."""
    with translated():
        return driver.connect(str(path), isolation_level=None)


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into the three meanings; anything unknown stays a bug."""
    try:
        yield
    except LoyalDeskError:
        raise
    except driver.OperationalError as error:
        text = str(error).lower()
        if "interrupted" in text:
            raise Cancelled from error
        raise _unavailable(text) or error from error
    except driver.DatabaseError as error:
        raise _unavailable(str(error).lower()) or error from error


class WrongKey(Refused):
    """The file does not open with this key: it has another one, or its first page is damaged."""


class DamagedStore(Unavailable):
    """The file is damaged: parts of it cannot be read any more."""


def _unavailable(text: str) -> Unavailable | None:
    for part, sentence in _UNAVAILABLE.items():
        if part in text:
            return DamagedStore(sentence) if part == "malformed" else Unavailable(sentence)
    return None


def to_sql(value: object) -> Any:
    """Return the value as SQLite keeps it: days and instants as ISO text, enums as their value."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("instants are aware")
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, bool):
        return int(value)
    return value
