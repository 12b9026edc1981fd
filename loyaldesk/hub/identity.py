"""Is this the hub it was, or a restored copy of an earlier day? Its name, its key, its place.

A database that was restored has forgotten what desks were told since, so it must not serve under
the same epoch. It gives itself away by what lies outside of it: `hub-mark.json` in the data folder
remembers the place of the database, how often a copy was put into service (`generation`), and how
far the numbers of the buckets had come (`reach`). A copy made by `hub backup` has no place at all;
a PostgreSQL that was loaded from a dump is another database of its server, or of another server.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from loyaldesk.errors import Refused
from loyaldesk.hub.accounts.tokens import new_signing_key
from loyaldesk.hub.tables.accounts import IDENTITY
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "MARK_NAME", "Identity", "Mark", "check_mark", "database_place", "found_identity",
    "make_identity", "put_into_service", "read_mark", "write_mark",
]  # fmt: skip

MARK_NAME = "hub-mark.json"
RESTORED = (
    "The hub was not started: {why}. Desks may know more than this database does. If it is a "
    "restored backup, or was moved here on purpose, run `loyaldesk hub restore-finished` once: the "
    "desks then send again what it lacks."
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a hub knows of itself."""

    name: str
    signing_key: str
    place: str
    generation: int


@dataclass(frozen=True, slots=True)
class Mark:
    """What the data folder remembers of the database; `reach` is the sum of all heads."""

    place: str
    generation: int
    reach: int


def found_identity(connection: sa.Connection) -> Identity | None:
    """Return what the hub knows of itself; None before its first start."""
    columns = [IDENTITY.c[name] for name in Identity.__slots__]
    row = connection.execute(sa.select(*columns)).first()
    return None if row is None else Identity(*row)


def make_identity(connection: sa.Connection, name: str) -> Identity:
    """Give a new hub its name, its key and its place."""
    place = database_place(connection) or secrets.token_hex(16)
    made = Identity(name, new_signing_key(), place, 1)
    values = {column: getattr(made, column) for column in Identity.__slots__}
    connection.execute(sa.insert(IDENTITY).values(id=1, **values))
    return made


def put_into_service(connection: sa.Connection, identity: Identity) -> Identity:
    """Note that this copy is the hub from now on; the caller gives it a new epoch."""
    place = database_place(connection) or secrets.token_hex(16)
    values = {"place": place, "generation": identity.generation + 1}
    connection.execute(sa.update(IDENTITY).values(values))
    return replace(identity, place=place, generation=identity.generation + 1)


def database_place(connection: sa.Connection) -> str:
    """Return what tells a PostgreSQL database from a copy of it; empty for a file."""
    if connection.dialect.name != "postgresql":
        return ""
    asked = (
        "SELECT c.system_identifier || '/' || d.oid FROM pg_control_system() c, pg_database d"
        " WHERE d.datname = current_database()"
    )
    return str(connection.execute(sa.text(asked)).scalar_one())


def check_mark(identity: Identity, mark: Mark | None, *, place: str, reach: int) -> None:
    """Refuse to go on unless the database is the one that served before.

    `place` is where the database says it is (empty for a file, which is told by its mark alone).
    Further processes on one PostgreSQL have folders of their own, so a missing mark is no sign; nor
    is it one where nothing was ever pushed.
    """
    if identity.place == "":
        raise _restored("this is a copy that was made as a backup")
    if place and place != identity.place:
        raise _restored("this database was loaded from a copy")
    if mark is not None:
        _check_against(mark, identity, reach)
    elif not place and reach:
        raise _restored(f"the data folder has no “{MARK_NAME}”, so the file was put there")


def read_mark(folder: Path) -> Mark | None:
    """Return what the folder remembers, or None where it remembers nothing."""
    if not (folder / MARK_NAME).exists():
        return None
    try:
        with disk_trouble():
            values = json.loads((folder / MARK_NAME).read_bytes())
        return Mark(str(values["place"]), int(values["generation"]), int(values["reach"]))
    except (ValueError, KeyError, TypeError):
        raise _restored(f"“{MARK_NAME}” in the data folder cannot be read") from None


def write_mark(folder: Path, identity: Identity, reach: int) -> None:
    """Let the folder remember the database as it is now."""
    values = {"place": identity.place, "generation": identity.generation, "reach": reach}
    with disk_trouble():
        write_atomically(folder / MARK_NAME, json.dumps(values).encode())


def _check_against(mark: Mark, identity: Identity, reach: int) -> None:
    if mark.generation > identity.generation:
        raise _restored("this database is from before an earlier restore")
    # Whoever said elsewhere that a restore is finished said it for this folder too.
    if mark.generation < identity.generation:
        return
    if mark.place != identity.place:
        raise _restored("the database is not the one that was served from here")
    if reach < mark.reach:
        raise _restored("this database is older than what was served from here")


def _restored(why: str) -> Refused:
    return Refused(RESTORED.format(why=why))
