"""Who carries contents between this computer and the hub, beside the rows?

A thread of its own, with a connection of its own: a large file keeps no edit waiting. It goes when
rows are in step, when a document was filed, and when somebody opens one that is not here.
"""

from __future__ import annotations

import json
from threading import Event, Thread, get_ident
from typing import TYPE_CHECKING

from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.contents.calls import drive_blobs
from loyaldesk.sync.contents.download import Fetched, fetch_content
from loyaldesk.sync.contents.rounds import BlobRound, blob_round
from loyaldesk.sync.profile_desk import profile_desk

if TYPE_CHECKING:
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.store import Store
    from loyaldesk.sync.contents.calls import Asking
    from loyaldesk.sync.contents.steps import BlobFiles, BlobSteps
    from loyaldesk.sync.reach.clock import Clock

__all__ = ["BlobLine"]

MOST_ROUNDS = 10_000
TOLD_EVERY_S = 1.0
_IDS = "SELECT id FROM stored_file WHERE sha256 IN (SELECT unhex(value) FROM json_each(?))"


class BlobLine:
    """Runs rounds about contents; `ring`, `hear` and `stop` may be called from any thread."""

    def __init__(self, store: Store, files: BlobFiles, hub: Asking, *, clock: Clock) -> None:
        self._store, self._files, self._hub, self._clock = store, files, hub, clock
        self._desk = profile_desk(store, clock=clock.now)
        self._rung, self._hurry, self._is_stopped = Event(), Event(), Event()
        self._thread = Thread(target=self._live, name="hub contents", daemon=True)
        self._carrier = 0
        self._told_at, self._untold = 0.0, list[bytes]()

    def start(self) -> None:
        """Begin to carry."""
        self._thread.start()

    def ring(self) -> None:
        """Go soon: rows are in step."""
        self._rung.set()

    def hear(self, changes: Changes) -> None:
        """Follow a commit: a document was filed, or somebody waits for one."""
        if changes.touches("stored_file") and get_ident() != self._carrier:
            self._hurry.set()
            self._rung.set()

    def stop(self) -> None:
        """Carry no more; what is under way ends with the transport, and goes on another day."""
        self._is_stopped.set()
        self._rung.set()

    def join(self) -> None:
        """Wait until the thread has ended, if it was started."""
        if self._thread.is_alive():
            self._thread.join()

    def once(self) -> BlobRound:
        """Run rounds until nothing is left that can travel now, and return the last."""
        last, self._carrier = BlobRound(), get_ident()
        for _ in range(MOST_ROUNDS):
            self._hurry.clear()
            found = drive_blobs(self._steps(), self._hub, may_go_on=self._may_go_on)
            last = found or BlobRound(has_more=not self._is_stopped.is_set())
            if not last.has_more or self._is_stopped.is_set():
                break
        self._tell_all()
        return last

    def fetch(self, sha256: bytes, size: int) -> Fetched:
        """Bring one content of `size` bytes here now, on the thread of `once`.

        Raises Stopped where the hub is away or does not let this desk in.
        """
        self._carrier = get_ident()
        steps = fetch_content(self._desk, self._files, sha256, size, tell=self._tell)
        fetched = drive_blobs(steps, self._hub) or Fetched.NOT_THERE
        self._tell_all()
        return fetched

    def _steps(self) -> BlobSteps[BlobRound]:
        return blob_round(self._desk, self._files, tell=self._tell)

    def _may_go_on(self) -> bool:
        return not (self._is_stopped.is_set() or self._hurry.is_set())

    def _live(self) -> None:
        while not self._is_stopped.is_set():
            self._rung.wait()
            self._rung.clear()
            if not self._is_stopped.is_set() and not self._desk.state(StateKey.WORK_OFFLINE):
                self.once()

    def _tell(self, sha256: bytes) -> None:
        """Let pages look again at where contents are, once a second at most."""
        self._untold.append(sha256)
        now = self._clock.monotonic()
        if now - self._told_at >= TOLD_EVERY_S:
            self._told_at = now
            self._tell_all()

    def _tell_all(self) -> None:
        asked, self._untold = [sha256.hex() for sha256 in self._untold], []
        if not asked:
            return
        with self._store.remote_transaction("Carry documents") as tx:
            found = tx.rows(_IDS, [json.dumps(asked)])
            tx.touch("stored_file", [file_id for (file_id,) in found])
