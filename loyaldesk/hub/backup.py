"""How does a hub get onto another disk? A consistent copy, and the list of its contents."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.hub.opening import DATABASE_VARIABLE, open_store
from loyaldesk.hub.store import engine_for
from loyaldesk.hub.tables.accounts import IDENTITY
from loyaldesk.hub.tables.contents import BLOB, PRESENT
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.hub.opening import HubPlace
    from loyaldesk.hub.store import HubStore

__all__ = ["CONTENTS_SUFFIX", "Backup", "back_up"]

CONTENTS_SUFFIX = ".contents"
DUMP_PROGRAM = "pg_dump"
DUMP_S = 6 * 3600


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made: the copy, the list beside it, how many contents and bytes the list names."""

    file: Path
    contents_file: Path
    contents: int
    contents_bytes: int


def back_up(place: HubPlace, file: Path) -> Backup:
    """Copy the database while the hub serves, and list the contents that it relies on.

    The contents are copied apart: they never change, so any copy of their folder or bucket that is
    made after this one holds them all.
    """
    if file.exists():
        raise Refused(
            f"“{file}” is there already. Nothing was changed. Choose another name for the backup."
        )
    if not file.parent.is_dir():
        raise Refused(
            f"There is no folder “{file.parent}”. Nothing was changed. Make it, or name another "
            "place for the backup."
        )
    store = open_store(place)
    try:
        with disk_trouble():
            if place.is_file:
                _copy_file(store, file)
            else:
                _dump(place.url, file)
            return _listed(store, file)
    finally:
        store.close()


def _copy_file(store: HubStore, file: Path) -> None:
    fresh = file.with_name(f".{file.name}.{os.urandom(4).hex()}")
    try:
        raw = store.engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM INTO ?", (str(fresh),))
        finally:
            raw.close()
        fresh.chmod(0o600)
        _mark_as_copy(fresh)
        fresh.replace(file)
    except (sa.exc.DBAPIError, sqlite3.Error) as error:
        # The copy is made on the driver's own connection, whose errors are not SQLAlchemy's.
        raise _failed() from error
    finally:
        for left in (fresh, *(fresh.with_name(f"{fresh.name}-{end}") for end in ("wal", "shm"))):
            left.unlink(missing_ok=True)


def _mark_as_copy(file: Path) -> None:
    """Take its place from the copy, so that it cannot serve before a restore is finished."""
    engine = engine_for(f"sqlite:///{file}")
    try:
        with engine.begin() as connection:
            connection.execute(sa.update(IDENTITY).values(place=""))
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            connection.rollback()
            if raw is not None:
                raw.execute("PRAGMA journal_mode = DELETE").fetchone()
                is_sound = raw.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    finally:
        engine.dispose()
    if not is_sound:
        raise _failed()


def _dump(url: str, file: Path) -> None:
    program = shutil.which(DUMP_PROGRAM)
    if program is None:
        raise Refused(
            f"A backup of a PostgreSQL is made by {DUMP_PROGRAM}, which is not on this computer. "
            f"Nothing was made. Install PostgreSQL's programs, or run `{DUMP_PROGRAM} --format="
            f"custom` with the database of {DATABASE_VARIABLE} where they are."
        )
    words = [program, "--format=custom", "--no-password", f"--file={file}"]
    try:
        subprocess.run(  # noqa: S603 - words of ours and the administrator's file
            words,
            env={**os.environ, **_where(url)},
            check=True,
            capture_output=True,
            timeout=DUMP_S,
        )
    except (OSError, subprocess.SubprocessError) as error:
        with suppress(OSError):
            file.unlink(missing_ok=True)
        raise _failed() from error
    file.chmod(0o600)


def _where(url: str) -> dict[str, str]:
    """Return the database for PostgreSQL's programs; a password is never a word of a command."""
    parts = make_url(url)
    found = {
        "PGHOST": parts.host or parts.query.get("host"),
        "PGPORT": parts.port and str(parts.port),
        "PGUSER": parts.username,
        "PGPASSWORD": parts.password,
        "PGDATABASE": parts.database,
    }
    return {name: str(value) for name, value in found.items() if value}


def _listed(store: HubStore, file: Path) -> Backup:
    wanted = sa.select(BLOB.c.sha256, BLOB.c.size).where(BLOB.c.state == PRESENT)
    with store.snapshot("contents") as tx:
        rows = tx.connection.execute(wanted.order_by(BLOB.c.sha256)).all()
    beside = file.with_name(file.name + CONTENTS_SUFFIX)
    write_atomically(beside, "".join(f"{row.sha256} {row.size}\n" for row in rows).encode())
    return Backup(file, beside, len(rows), sum(row.size for row in rows))


def _failed() -> Unavailable:
    return Unavailable(
        "The backup could not be made. The hub itself is as it was. Check free space and the "
        "database, then try again."
    )
