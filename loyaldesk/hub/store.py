"""How is the hub's database opened, and how does work in it begin, end and repeat?

SQLite serves an office, PostgreSQL serves many processes that share one database. On SQLite a
writing transaction holds the one writer's lock from its start; on PostgreSQL it locks the rows it
is about (`hub.locking`), and each bucket's head last.
"""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from loyaldesk.errors import Unavailable
from loyaldesk.hub.tables import contents as _blob_tables  # noqa: F401  adds the tables
from loyaldesk.hub.tables import records as _tables  # noqa: F401  adds the tables to the collection
from loyaldesk.hub.tables.metadata import METADATA
from loyaldesk.hub.transaction import Tx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime

__all__ = ["HubStore", "Raced"]

_T = TypeVar("_T")
_TRIES = 6
_PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 30000")
# A connection that was not used for so long is asked whether it still stands.
_RESTED_S = 5.0
_SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class Raced(Exception):  # noqa: N818  it is no error: the work is simply done again
    """Another transaction got there first in a way that only shows on reading again."""


class HubStore:
    """The hub's database; safe to use from several threads.

    `crash` is told a transaction's name and moment (`before`, `inside`, `after` the commit) and may
    raise: so the simulator kills a hub.
    """

    def __init__(
        self,
        engine: sa.Engine,
        *,
        clock: Callable[[], datetime],
        new_uid: Callable[[], str],
        crash: Callable[[str, str], None] | None = None,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.new_uid = new_uid
        self._crash = crash or _nothing
        self.is_postgres = engine.dialect.name == "postgresql"
        # SQLite lets waiting writers in by chance; this lets them in one after the other.
        self._writer: AbstractContextManager[Any] = (
            nullcontext() if self.is_postgres else threading.Lock()
        )

    @classmethod
    def create(
        cls,
        url: str,
        *,
        clock: Callable[[], datetime],
        new_uid: Callable[[], str],
        crash: Callable[[str, str], None] | None = None,
    ) -> HubStore:
        """Open the database, make the tables that are missing, and give a new hub its epoch."""
        hub = cls(engine_for(url), clock=clock, new_uid=new_uid, crash=crash)
        METADATA.create_all(hub.engine)
        with hub.transaction("create") as tx:
            for key in ("hub", "epoch"):
                tx.run(
                    "INSERT INTO hub_state (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    (key, new_uid()),
                )
        return hub

    @contextmanager
    def transaction(self, name: str) -> Iterator[Tx]:
        """Begin work that writes; what it wrote is kept unless it raises."""
        self._crash(name, "before")
        with self._writer, self.engine.connect() as connection:
            options = {} if self.is_postgres else {"hub_begin": "IMMEDIATE"}
            with connection.execution_options(**options).begin():
                yield Tx(connection)
                self._crash(name, "inside")
        self._crash(name, "after")

    @contextmanager
    def snapshot(self, name: str) -> Iterator[Tx]:
        """Begin reading: whatever others write meanwhile, every statement sees the same state."""
        self._crash(name, "before")
        with self.engine.connect() as connection:
            options: dict[str, Any] = _SNAPSHOT if self.is_postgres else {}
            with connection.execution_options(**options).begin():
                yield Tx(connection)

    def repeat(self, name: str, work: Callable[[Tx], _T]) -> _T:
        """Return what the work returns, doing it again where another transaction was in its way."""
        for left in reversed(range(_TRIES)):
            try:
                with self.transaction(name) as tx:
                    return work(tx)
            except (Raced, OperationalError, IntegrityError) as error:
                if not left or not _may_pass(error):
                    raise Unavailable("The hub is busy; try again in a moment.") from error
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def engine_for(url: str) -> sa.Engine:
    """Return an engine for `sqlite:///file`, `sqlite://` (memory) or `postgresql+psycopg://…`."""
    if not url.startswith("sqlite"):
        engine = sa.create_engine(url, pool_size=16, max_overflow=16)
        sa.event.listen(engine, "checkin", _note_rest)
        sa.event.listen(engine, "checkout", partial(_look_after_rest, engine))
        return engine
    if url in {"sqlite://", "sqlite:///:memory:"}:
        engine = sa.create_engine(
            url, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
    else:
        engine = sa.create_engine(url, pool_size=16, max_overflow=16)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _note_rest(_connection: Any, record: Any) -> None:
    record.info["resting_since"] = time.monotonic()


def _look_after_rest(engine: sa.Engine, connection: Any, record: Any, _proxy: object) -> None:
    """Have the pool open another connection where the database has gone since this one was used.

    Asking before each use would cost a page a twentieth of its time.
    """
    if time.monotonic() - record.info.get("resting_since", math.inf) < _RESTED_S:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise sa.exc.DisconnectionError from error


def _prepare(connection: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and too late.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    kind = connection.get_execution_options().get("hub_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def _may_pass(error: Exception) -> bool:
    """Say whether doing it again can help; a lost connection or a full disk wants patience."""
    return not (isinstance(error, DBAPIError) and error.connection_invalidated)


def _nothing(_name: str, _moment: str) -> None:
    """Let the transaction go on."""
