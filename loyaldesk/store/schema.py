"""How the file gets its tables, and how an older file becomes a newer one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.store.connection import Connection, connect, translated

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FILE_NAME", "HEAD", "KEPT_COPIES", "is_current", "migrate"]

FILE_NAME = "loyaldesk.db"
HEAD = "0004"
KEPT_COPIES = 3


def migrate(path: Path, key: bytes) -> None:
    """Bring the file to this version's tables; a copy of an older file is kept in `kept/`."""
    connection = connect(path, key)
    try:
        current = _revision(connection)
        if current == HEAD:
            return
        if current is not None:
            if current > HEAD:
                raise Refused(
                    "This profile was used by a newer LoyalDesk. Nothing was changed. Install that "
                    "version again, or choose another profile folder."
                )
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            keep_copy(path, current)
        _upgrade(connection)
    finally:
        connection.close()


def is_current(path: Path, key: bytes) -> bool:
    """Tell whether the file is there with exactly this version's tables."""
    if not path.exists():
        return False
    connection = connect(path, key)
    try:
        return _revision(connection) == HEAD
    finally:
        connection.close()


def _revision(connection: Connection) -> str | None:
    tables = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(tables).fetchone() is None:
        return None
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if found is None else str(found[0])


def keep_copy(path: Path, revision: str) -> Path:
    """Copy the file before it is changed, and drop the oldest of more than three copies."""
    folder = path.parent / "kept"
    folder.mkdir(exist_ok=True, mode=0o700)
    copy = folder / f"{path.stem}-{revision}{path.suffix}"
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        megabytes = path.stat().st_size // 1_000_000 + 1
        raise Unavailable(
            "This version of LoyalDesk changes the file of the records, and first keeps a copy, "
            f"which could not be written. Nothing was changed. Free {megabytes:,} MB on the disk "
            "of the profile and start again."
        ) from error
    for old in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))[:-KEPT_COPIES]:
        old.unlink()
    return copy


def _upgrade(connection: Connection) -> None:
    # Alembic costs as much to import as the window does to start: only a new file pays it.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError
    from sqlalchemy.pool import StaticPool

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    config = Config()
    config.set_main_option("script_location", "loyaldesk.store:migrations")
    with translated(), engine.connect() as bound:
        config.attributes["connection"] = bound
        try:
            # The driver begins nothing by itself: what was cut short would stay half done.
            bound.exec_driver_sql("BEGIN IMMEDIATE")
            command.upgrade(config, HEAD)
            bound.commit()
        except DBAPIError as error:
            raise error.orig or error from error
