"""Where does the hub of this computer keep its data, and how is it opened, made, or put back?"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError, SQLAlchemyError

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.hub.access import Role
from loyaldesk.hub.accounts.passwords import hash_password, one_time_password
from loyaldesk.hub.accounts.users import NewUser, add_user
from loyaldesk.hub.engine.heads import heads_of
from loyaldesk.hub.identity import (
    Identity,
    check_mark,
    database_place,
    found_identity,
    make_identity,
    put_into_service,
    read_mark,
    write_mark,
)
from loyaldesk.hub.migrating import migrate
from loyaldesk.hub.state import restore_finished
from loyaldesk.hub.store import HubStore, engine_for
from loyaldesk.settings import disk_trouble, make_private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.hub.transaction import Tx

__all__ = [
    "ADMINISTRATOR", "DATABASE_VARIABLE", "DATA_VARIABLE", "FILE_NAME", "HubPlace", "Opened",
    "hub_place", "keep_mark", "new_uid", "open_store", "put_back", "start_store",
]  # fmt: skip

DATA_VARIABLE = "LOYALDESK_HUB_DATA"
DATABASE_VARIABLE = "LOYALDESK_HUB_DATABASE"
FILE_NAME = "hub.db"
ADMINISTRATOR = "admin"
_POSTGRES = "postgresql+psycopg://"


@dataclass(frozen=True, slots=True)
class HubPlace:
    """The data folder, and the address of the database, which usually lies in it."""

    folder: Path
    url: str

    @property
    def is_file(self) -> bool:
        """Whether the database is a file in the folder."""
        return not self.url.startswith(_POSTGRES)


@dataclass(frozen=True, slots=True)
class Opened:
    """A hub that may serve; `password` is the administrator's when the hub was made just now."""

    store: HubStore
    identity: Identity
    password: str | None


def hub_place(data: str | None = None, environ: Mapping[str, str] = os.environ) -> HubPlace:
    """Return where the hub lies: the chosen folder, the environment's or the system's."""
    from platformdirs import user_data_path

    chosen = data or environ.get(DATA_VARIABLE)
    folder = Path(chosen).expanduser() if chosen else user_data_path("LoyalDesk Hub", False)
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - as settings
    url = environ.get(DATABASE_VARIABLE) or f"sqlite:///{folder / FILE_NAME}"
    if not url.startswith((_POSTGRES, "sqlite:///")):
        raise Refused(
            f"{DATABASE_VARIABLE} begins with {_POSTGRES}; without it the hub keeps a file in its "
            "data folder. Nothing was changed."
        )
    return HubPlace(folder, url)


def open_store(place: HubPlace) -> HubStore:
    """Return the database of a hub that was started before; refused where there is none."""
    store = _store(place)
    with store.snapshot("open") as tx:
        if found_identity(tx.connection) is not None:
            return store
    store.close()
    raise Refused(
        f"There is no hub in “{place.folder}” yet. Nothing was changed. Start one with `loyaldesk "
        "hub serve`, or name its folder with --data."
    )


def start_store(place: HubPlace, name: str) -> Opened:
    """Return a hub that may serve, made if there is none; a restored copy is refused."""
    store = _store(place, may_make=True)
    try:
        opened = store.repeat("start", lambda tx: _started(store, tx, name))
        with store.snapshot("start") as tx:
            mark, reach = read_mark(place.folder), _reach(tx)
            if opened.password is None:
                here = database_place(tx.connection)
                check_mark(opened.identity, mark, place=here, reach=reach)
        write_mark(place.folder, opened.identity, reach)
    except BaseException:
        store.close()
        raise
    return opened


def put_back(place: HubPlace) -> str:
    """Put a restored copy into service and return its new epoch."""
    store = open_store(place)
    try:
        epoch = restore_finished(store)
        identity = store.repeat("put-back", _into_service)
        keep_mark(place, store, identity)
    finally:
        store.close()
    return epoch


def keep_mark(place: HubPlace, store: HubStore, identity: Identity) -> None:
    """Let the data folder remember how far the hub has come."""
    with store.snapshot("mark") as tx:
        reach = _reach(tx)
    write_mark(place.folder, identity, reach)


def new_uid() -> str:
    """Return 32 hexadecimal digits: a UUIDv7 of this moment."""
    stamp = int(datetime.now(UTC).timestamp() * 1000) << 80
    low = (0b10 << 62) | secrets.randbits(62)
    return f"{stamp | 0x7 << 76 | secrets.randbits(12) << 64 | low:032x}"


def _store(place: HubPlace, *, may_make: bool = False) -> HubStore:
    if place.is_file and not may_make and not (place.folder / FILE_NAME).exists():
        raise Refused(
            f"There is no hub in “{place.folder}”. Nothing was made. Start one with `loyaldesk hub "
            "serve`, or name its folder with --data."
        )
    with disk_trouble():
        make_private_folder(place.folder)
    try:
        engine = engine_for(place.url)
        try:
            migrate(engine)
        finally:
            engine.dispose()
        return HubStore.create(place.url, clock=lambda: datetime.now(UTC), new_uid=new_uid)
    except (ArgumentError, NoSuchModuleError) as error:
        raise Refused(
            f"{DATABASE_VARIABLE} is no address of a database, such as "
            f"{_POSTGRES}user:password@host/loyaldesk. Nothing was changed."
        ) from error
    except (OperationalError, SQLAlchemyError) as error:
        raise Unavailable(
            "The hub's database cannot be opened. Nothing was changed. Check that it runs and that "
            f"its address in {DATABASE_VARIABLE} is right."
        ) from error


def _started(store: HubStore, tx: Tx, name: str) -> Opened:
    found = found_identity(tx.connection)
    if found is not None:
        return Opened(store, found, None)
    identity = make_identity(tx.connection, name)
    password = one_time_password()
    admin = NewUser(
        login=ADMINISTRATOR,
        name="Administrator",
        role=Role.ADMIN,
        password=hash_password(password),
    )
    add_user(tx.connection, admin, uid=store.new_uid(), now=store.clock().isoformat())
    return Opened(store, identity, password)


def _into_service(tx: Tx) -> Identity:
    identity = found_identity(tx.connection)
    if identity is None:
        raise Refused("This database is no hub's. Nothing was changed.")
    return put_into_service(tx.connection, identity)


def _reach(tx: Tx) -> int:
    return sum(head.seq for head in heads_of(tx).values())
