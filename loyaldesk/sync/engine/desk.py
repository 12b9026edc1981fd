"""What the engine works on: the desk's tables, what people see of them, a clock and identities.

Everything that is remembered changes in a named transaction. A name is also the place where the
simulator and the tests of power loss end the process: before it, inside it just before it is kept,
or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from loyaldesk.store.connection import to_sql, translated
from loyaldesk.store.outbox import keep_edits
from loyaldesk.store.sync_state import StateKey, read_number, read_state, write_state
from loyaldesk.sync.engine.inbox import Inbox

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.connection import Connection
    from loyaldesk.store.outbox import Edit

__all__ = ["MOMENTS", "TRANSACTIONS", "Desk", "Limits", "Tx", "View"]

# Every transaction of the engine; "look" only reads.
TRANSACTIONS = (
    "connect", "edit", "look", "exchange", "upgrade", "send", "acknowledge", "quarantine", "fork",
    "epoch", "requeue", "stage", "apply", "compare", "settle", "discard", "retry",
)  # fmt: skip
# Where a crash hook is called in each of them.
MOMENTS = ("before", "inside", "after")

Crash = Callable[[str, str], None]
Opened = Callable[[str], AbstractContextManager[None]]


class View(Protocol):
    """The rows as people see them, in wire form; used inside a transaction of the desk only."""

    def read(self, kind: str, uid: str) -> Row | None:
        """Return the row, or None where none is shown."""

    def put(self, kind: str, rows: Sequence[tuple[str, Row]]) -> list[str]:
        """Insert or update rows and return the uids of those that cannot be shown yet.

        A row that they must name is missing, or another row has their number.
        """

    def drop(self, kind: str, uids: Sequence[str]) -> list[str]:
        """Delete rows, if they are there, and return the uids that others still refer to."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at once: edits per push, rows and bytes per page, rows per transaction.

    So many pages wait in memory until they are in place; when more come, all wait in the table.
    """

    push_edits: int = 100
    push_bytes: int = 900_000
    page_rows: int = 2_000
    page_bytes: int = 2_000_000
    memory_pages: int = 16
    chunk_rows: int = 250
    idle_s: float = 60.0
    free_bytes: int = 200_000_000


@dataclass(frozen=True, slots=True)
class Tx:
    """An open transaction: the connection, the view and what came in that belong to it."""

    connection: Connection
    view: View
    inbox: Inbox

    def state(self, key: StateKey) -> str:
        """Return what is remembered under the key, or an empty text."""
        return read_state(self.connection, key)

    def number(self, key: StateKey, default: int = 0) -> int:
        """Return the whole number remembered under the key, or the default."""
        return read_number(self.connection, key, default)

    def remember(self, key: StateKey, value: object) -> None:
        """Remember the value under the key; an empty text forgets it."""
        write_state(self.connection, key, value)


def _no_crash(name: str, moment: str) -> None:
    """Let the transaction go on."""


def _plenty() -> int:
    return 1 << 62


class Desk:
    """One desk as its engine sees it; one thread at a time uses it.

    `opened` opens and closes a transaction on the connection, so that a store can lock its writer
    and tell its readers; by default it is a plain `BEGIN IMMEDIATE` … `COMMIT`. `free_bytes` tells
    how much room the disk has, `is_awaited` whether somebody waits to write. `crash(name, moment)`
    is called around every transaction.
    """

    def __init__(
        self,
        connection: Connection,
        view: View,
        *,
        clock: Callable[[], datetime],
        new_uid: Callable[[], str],
        limits: Limits | None = None,
        opened: Opened | None = None,
        crash: Crash = _no_crash,
        free_bytes: Callable[[], int] = _plenty,
        is_awaited: Callable[[], bool] = lambda: False,
    ) -> None:
        self._connection = connection
        self._view = view
        self._opened = opened or self._plain
        self._crash = crash
        self.clock = clock
        self.new_uid = new_uid
        self.limits = limits or Limits()
        self._inbox = Inbox(connection, self.limits.memory_pages)
        self.free_bytes = free_bytes
        self.is_awaited = is_awaited

    @contextmanager
    def transaction(self, name: str) -> Iterator[Tx]:
        """Run the block as one transaction of that name: all of it is kept, or nothing."""
        self._crash(name, "before")
        try:
            with self._opened(name):
                yield Tx(self._connection, self._view, self._inbox)
                self._crash(name, "inside")
        except BaseException:
            self._inbox.taken_back()
            raise
        self._inbox.kept()
        self._crash(name, "after")

    @property
    def now(self) -> str:
        """The instant by this desk's clock, as it is stored."""
        return str(to_sql(self.clock()))

    def connect(self, *, hub: str = "", user: str = "", code: str = "") -> None:
        """Become a new client of a hub: from now on edits are kept for it."""
        with self.transaction("connect") as tx:
            tx.remember(StateKey.CLIENT, self.new_uid())
            for key, value in (
                (StateKey.HUB, hub),
                (StateKey.USER, user),
                (StateKey.DESK_CODE, code),
                (StateKey.NEXT_AT, self.now),
            ):
                tx.remember(key, value)

    def keep(self, tx: Tx, edits: Sequence[Edit], *, actor: str, label: str) -> None:
        """Keep edits that were made in the view in this transaction."""
        keep_edits(
            tx.connection, edits, actor=actor, label=label, now=self.now, new_uid=self.new_uid
        )

    def wake(self, tx: Tx) -> None:
        """Have the next round at once if no time is set for it: something is left to do."""
        if not tx.state(StateKey.NEXT_AT):
            tx.remember(StateKey.NEXT_AT, self.now)

    def state(self, key: StateKey) -> str:
        """Return what is remembered under the key, or an empty text."""
        return read_state(self._connection, key)

    @contextmanager
    def _plain(self, name: str) -> Iterator[None]:
        with translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
