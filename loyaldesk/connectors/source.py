"""From which file or database an import reads, and how it is opened."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.connectors.limits import DEFAULT_LIMITS, Limits
from loyaldesk.connectors.staging import stage_csv, stage_workbook
from loyaldesk.connectors.tables import Tables
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ImportSource", "open_source"]

_SQLITE = b"SQLite format 3\x00"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSource:
    """A file's path or a SQLAlchemy URL, with what is forced instead of detected."""

    location: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    decimal: str = ""
    limits: Limits = DEFAULT_LIMITS

    @property
    def file(self) -> Path | None:
        """The file that is read, also by a SQLite address; None if the source is a server."""
        if "://" not in self.location:
            return Path(self.location)
        backend, _, path = self.location.partition(":///")
        return Path(path.partition("?")[0]) if backend.startswith("sqlite") and path else None

    @property
    def label(self) -> str:
        """The source as it may be shown and kept: a file's name, or an address without password."""
        if "://" not in self.location:
            return Path(self.location).name
        from sqlalchemy import URL, make_url
        from sqlalchemy.exc import ArgumentError

        try:
            url = make_url(self.location)
        except ArgumentError:
            return "the address"
        return URL.create(
            url.drivername, host=url.host, port=url.port, database=url.database
        ).render_as_string()


def open_source(source: ImportSource, progress: Callable[[int], None] | None = None) -> Tables:
    """Open a source for reading, whichever kind it is; its content decides, not its name.

    `progress` hears how many rows of a file were read so far.
    """
    if "://" in source.location:
        return _open_url(source)
    path = Path(source.location)
    if not path.is_file():
        raise Refused(f"There is no file {path}. Nothing was imported; check the path.")
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
        if head == _SQLITE:
            return _open_sqlite(path, source)
        if head.startswith(_ZIP):
            return stage_workbook(
                path, sheet=source.sheet, decimal=source.decimal, limits=source.limits,
                progress=progress,
            )  # fmt: skip
        return stage_csv(
            path, encoding=source.encoding, delimiter=source.delimiter, decimal=source.decimal,
            limits=source.limits, progress=progress,
        )  # fmt: skip
    except OSError as error:
        raise Refused(
            f"{path.name} cannot be read ({error.strerror}). Nothing was imported."
        ) from error


def _open_sqlite(path: Path, source: ImportSource) -> Tables:
    import sqlalchemy as sa

    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: _connect_read_only(path),
        poolclass=sa.pool.StaticPool,
    )
    return Tables(engine, label=path.name, limits=source.limits, decimal=source.decimal or ".")


def _connect_read_only(path: Path) -> object:
    import sqlite3

    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(  # noqa: TID251 somebody else's file, not our store
        address, uri=True, check_same_thread=False
    )
    # A wrong byte becomes a mark in its cell: one bad name must not stop the whole table.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


def _open_url(source: ImportSource) -> Tables:
    import sqlalchemy as sa
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    try:
        url = sa.make_url(source.location)
        if url.get_backend_name() == "sqlite":
            return _open_sqlite_url(url.database, source)
        engine = sa.create_engine(url)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise Refused(
            "This is not an address of a database. Nothing was imported; write it as "
            "postgresql://user@host/name."
        ) from error
    except ModuleNotFoundError as error:
        raise Refused(
            f"The driver “{error.name}” for this database is not installed. Nothing was imported; "
            f"install it with: {sys.executable} -m pip install {error.name}"
        ) from error
    return Tables(engine, label=source.label, limits=source.limits, decimal=source.decimal or ".")


def _open_sqlite_url(database: str | None, source: ImportSource) -> Tables:
    path = Path(database or "")
    if not path.is_file():
        raise Refused(f"There is no file {path}. Nothing was imported; check the address.")
    return _open_sqlite(path, source)
