"""What does a connected profile need to speak with its hub, and how is it put together?"""

from __future__ import annotations

from threading import get_ident
from typing import TYPE_CHECKING

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.errors import Refused
from loyaldesk.store.gate import UNRECORDED
from loyaldesk.store.sync_state import StateKey, read_state, write_state
from loyaldesk.sync.bulletin import Bulletin
from loyaldesk.sync.contents.line import BlobLine
from loyaldesk.sync.driver import Driver
from loyaldesk.sync.first.first_sync import FirstSync
from loyaldesk.sync.hints import Hints
from loyaldesk.sync.profile_desk import profile_desk
from loyaldesk.sync.reach.access_file import read_access
from loyaldesk.sync.reach.address import HubAddress
from loyaldesk.sync.reach.calls import Caller
from loyaldesk.sync.reach.clock import SystemClock, machine_fingerprint
from loyaldesk.sync.reach.session import Session
from loyaldesk.sync.reach.transport import HubTransport
from loyaldesk.sync.recovery.wiping import INCOMING_NAME, erase_records
from loyaldesk.sync.state import Phase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Self

    from loyaldesk.store.changes import Changes
    from loyaldesk.store.store import Store
    from loyaldesk.sync.engine.exchange import Round
    from loyaldesk.sync.reach.access_file import HubAccess
    from loyaldesk.sync.reach.clock import Clock
    from loyaldesk.sync.state import SyncState

__all__ = ["HubLine", "tell_nobody"]


def tell_nobody(_: SyncState) -> None:
    """Let the state be asked for."""


class HubLine:
    """The line of an open profile to its hub, for one thread; use it in a `with` block.

    `driver` may be rung from any thread, `stop` ends it from any thread.
    """

    def __init__(
        self,
        store: Store,
        *,
        profile: Path,
        database_key: bytes,
        tell: Callable[[SyncState], object] = tell_nobody,
        clock: Clock | None = None,
        transport: HubTransport | None = None,
    ) -> None:
        self._store, self._profile = store, profile
        self._clock = clock or SystemClock()
        self.access = _access_of(store, profile, database_key)
        self._transport = transport or HubTransport(
            HubAddress.parse(self.access.url), hub=self.access.hub
        )
        self._reader = store.reader()
        self._thread = get_ident()
        session = Session(self._transport, self.access, clock=self._clock)
        self.caller = Caller(self._transport, session)
        self.desk = profile_desk(store, clock=self._clock.now)
        self._tell = tell
        bulletin = Bulletin(self._reader, self.access, self._tell_state)
        first = FirstSync(store, self.caller, profile / INCOMING_NAME)
        self.driver = Driver(self.desk, self.caller, bulletin, clock=self._clock, first=first)
        self._hints = Hints(self.caller, self.driver.wake)
        # Contents have connections of their own: a large one keeps no row waiting.
        self._carrier = HubTransport(HubAddress.parse(self.access.url), hub=self.access.hub)
        self.contents = BlobLine(
            store,
            FileStore(profile / FOLDER_NAME, database_key),
            Caller(self._carrier, Session(self._carrier, self.access, clock=self._clock)),
            clock=self._clock,
        )

    def __enter__(self) -> Self:
        self._void_foreign_offset()
        self._store.on_commit(self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._hints.join()
        self.contents.join()
        self._carrier.close()
        self._transport.close()
        self._reader.close()

    def once(self) -> Round:
        """Make desk and hub even, contents of documents too, and return how it ended."""
        last = self._after(self.driver.once())
        if last.is_in_step:
            self.contents.once()
        return last

    def run(self) -> Round:
        """Keep desk and hub even until stopped."""
        self._hints.start()
        self.contents.start()
        return self._after(self.driver.run())

    def stop(self) -> None:
        """End what is under way, from any thread."""
        self.driver.stop()
        self._hints.stop()
        self.contents.stop()
        self._carrier.stop()
        self._transport.stop()

    def _after(self, last: Round) -> Round:
        if last.problem is not None and last.problem.err == "wipe":
            erase_records(self._profile, self._reader, self.access, now=self._clock.now())
        return last

    def _tell_state(self, state: SyncState) -> None:
        self._tell(state)
        if state.phase is Phase.IN_STEP:
            self.contents.ring()

    def _hear(self, changes: Changes) -> None:
        """Follow a commit: what was typed goes out soon, and so do contents."""
        self.contents.hear(changes)
        if get_ident() != self._thread and set(changes.tables) - UNRECORDED:
            self.driver.wake()

    def _void_foreign_offset(self) -> None:
        """Forget how wrong the clock is if it was measured on another computer."""
        connection, here = self._store.connection, machine_fingerprint()
        if read_state(connection, StateKey.MACHINE) != here:
            with self._store.remote_transaction("Notice another computer"):
                write_state(connection, StateKey.MACHINE, here)
                write_state(connection, StateKey.OFFSET, "")


def _access_of(store: Store, profile: Path, database_key: bytes) -> HubAccess:
    access = read_access(profile, database_key)
    if access is None or store.link is None:
        raise Refused(
            "This profile is connected to no hub. Nothing was changed. Connect it with "
            "`loyaldesk connect URL --user NAME`."
        )
    return access
