"""The open store: its one writer, its readers, undo, and who is told of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loyaldesk.errors import Conflict, Refused
from loyaldesk.store.connection import DamagedStore, connect, translated
from loyaldesk.store.fair_lock import FairLock
from loyaldesk.store.gate import Transaction
from loyaldesk.store.hub_link import HubLink, read_link
from loyaldesk.store.memory import BULK_ROWS, give_memory_back
from loyaldesk.store.reader import Reader, open_reader
from loyaldesk.store.remote import RemoteTransaction
from loyaldesk.store.schema import FILE_NAME, migrate
from loyaldesk.store.search_index import rebuild, refresh
from loyaldesk.store.undo import History, Steps, revert

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.store.changes import Changes
    from loyaldesk.store.connection import Connection

__all__ = ["Store"]

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The desk's cache. One thread at a time writes; every reader has its own connection.

    `connection` is the writing one, for whoever holds a transaction of the hub's rows open;
    `turn` is the lock that makes writers wait for each other, in the order of asking.
    """

    def __init__(self, path: Path, key: bytes, *, actor: str, clock: Clock = _now) -> None:
        self._path = path
        self._key = key
        self._actor = actor
        self._clock = clock
        self.connection = connect(path, key)
        self.turn = FairLock()
        self._listeners: list[Callable[[Changes], None]] = []
        self._history = History()
        self._link = read_link(self.connection)

    @classmethod
    def open(
        cls,
        profile: Path,
        key: bytes,
        *,
        actor: str = "",
        clock: Clock = _now,
        verify: bool = False,
    ) -> Store:
        """Open the profile's store, bringing its tables up to date; `verify` checks it first."""
        profile.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = profile / FILE_NAME
        with translated():
            migrate(path, key)
            store = cls(path, key, actor=actor, clock=clock)
        if verify:
            _close_if_damaged(store)
        return store

    @property
    def path(self) -> Path:
        """The encrypted file."""
        return self._path

    @property
    def link(self) -> HubLink | None:
        """The hub that edits go to, or None for a file of its own."""
        return self._link

    @property
    def undo_label(self) -> str | None:
        """The name of the action that undo would take back."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """The name of the action that redo would repeat."""
        return self._history.redo_label

    def reader(self) -> Reader:
        """Return a new connection that can only read, for one thread."""
        return open_reader(self._path, self._key)

    def on_commit(self, listener: Callable[[Changes], None]) -> None:
        """Call the listener on the writing thread after every commit that changed something."""
        self._listeners.append(listener)

    @contextmanager
    def transaction(self, label: str, *, undoable: bool = True) -> Iterator[Transaction]:
        """Run one user action: all of it is kept, or nothing."""
        with self.turn:
            tx = self._begin(label, undoable=undoable)
            with _recorded(self.connection, tx):
                yield tx
            if tx.group_id is not None and tx.undoable:
                self._history.add(tx.group_id, tx.label)
            self._publish(tx.changes)

    @contextmanager
    def remote_transaction(self, label: str) -> Iterator[RemoteTransaction]:
        """Write what came from the hub, or what is remembered of it: all of it, or nothing.

        It is not recorded, not sent back and never undone; pages and the search index follow.
        """
        with self.turn:
            tx = RemoteTransaction(self.connection, label=label, now=self._clock())
            with _kept(self.connection, tx):
                yield tx
            self._link = read_link(self.connection)
            self._history.forget(tx.forgotten_groups)
            self._publish(tx.changes)

    @contextmanager
    def between_writes(self) -> Iterator[Connection]:
        """Hold the writing connection outside of a transaction, such as to attach a file."""
        with self.turn, translated():
            yield self.connection

    def bulk_writer(self) -> Connection:
        """Return another writing connection, which checks no references, to copy tables with.

        Whoever writes on it holds `turn` meanwhile, and says with a transaction of the hub's rows
        what pages have to read anew.
        """
        connection = connect(self._path, self._key)
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    def undo(self) -> str:
        """Take back the newest action of this session and return its name."""
        return self._step(self._history.undo_steps, self._history.undone, "undo")

    def redo(self) -> str:
        """Repeat the action taken back last and return its name."""
        return self._step(self._history.redo_steps, self._history.redone, "redo")

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file; an empty list is good news."""
        with translated():
            found = self.connection.execute("PRAGMA quick_check").fetchall()
            broken = self.connection.execute("PRAGMA foreign_key_check").fetchmany(20)
        problems = [str(text) for (text,) in found if text != "ok"]
        return problems + [
            f"a row of {table} refers to a missing {to}" for table, _, to, _ in broken
        ]

    def act_as(self, actor: str) -> None:
        """Record what is done from now on under that name."""
        self._actor = actor

    def rebuild_index(self) -> None:
        """Make the search index anew from the records, for when a check found it wrong."""
        with self.turn:
            tx = self._begin("Rebuild the search index", undoable=False)
            with _recorded(self.connection, tx):
                rebuild(self.connection)

    def close(self) -> None:
        """Close the file; closing twice is harmless."""
        self.connection.close()

    def _begin(self, label: str, *, undoable: bool, undoes_id: int | None = None) -> Transaction:
        return Transaction(
            self.connection,
            label=label,
            actor=self._actor,
            now=self._clock(),
            undoable=undoable,
            undoes_id=undoes_id,
            link=self._link,
        )

    def _step(self, steps: Steps, moved: Callable[[int], None], word: str) -> str:
        with self.turn:
            if not steps:
                raise Refused(f"There is nothing to {word}.")
            group_id, label = steps[-1]
            tx = self._begin(label, undoable=True, undoes_id=group_id)
            try:
                with _recorded(self.connection, tx):
                    revert(tx, group_id)
            except Conflict:
                # What can never be taken back any more must not bar the way to what can.
                steps.pop()
                raise
            if tx.group_id is not None:
                moved(tx.group_id)
            self._publish(tx.changes)
            return label

    def _publish(self, changes: Changes) -> None:
        if changes:
            for listener in self._listeners:
                listener(changes)


@contextmanager
def _recorded(connection: Connection, tx: Transaction) -> Iterator[None]:
    """Keep an action with the record of its changes, and for a hub what is to be sent of it."""
    with _kept(connection, tx):
        yield
        tx.close_group()
        if tx.link is not None:
            from loyaldesk.store.capture import capture  # only a connected desk needs it

            capture(tx, connection)


@contextmanager
def _kept(connection: Connection, tx: Transaction | RemoteTransaction) -> Iterator[None]:
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            refresh(connection, tx.touched_for_search)
            connection.execute("COMMIT")
            if tx.changes.row_count >= BULK_ROWS:
                give_memory_back(connection)
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _close_if_damaged(store: Store) -> None:
    """Close the store and raise DamagedStore if SQLite finds anything wrong with its file."""
    try:
        problems = store.check()
    except DamagedStore as error:
        problems = [str(error)]
    if problems:
        store.close()
        raise DamagedStore(
            f"The store is damaged: {problems[0]}. Nothing was written. Close LoyalDesk and put "
            "back a copy of the whole data folder, or import the records into a new one."
        )
