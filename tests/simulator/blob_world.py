"""Contents between a few desks and a hub, in memory, with every accident: is anything ever lost?

`play(seed)` files papers, carries them with lost, doubled, spoilt and cut requests, ends processes
at every step, makes room, sweeps, and holds after each step that what is said to be there is there
(P14). The same seed tells the same story.
"""

from __future__ import annotations

import hashlib
import random
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from loyaldesk.errors import LoyalDeskError
from loyaldesk.hub.contents.engine import BlobHub, blob_name
from loyaldesk.hub.contents.sweep import sweep_blobs
from loyaldesk.protocol.messages import Problem
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.contents.rounds import blob_round
from loyaldesk.sync.contents.steps import BlobCall, BlobPiece
from tests.hub.conftest import new_hub
from tests.simulator.fuse import Fuse, Killed
from tests.simulator.trace import Trace
from tests.simulator.violation import Violation, require
from tests.support.blob_desk import MemoryFiles, blob_desk, file_paper, hub_line
from tests.support.blobs import NOON, MemoryBlobs, name_blob, principal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loyaldesk.sync.contents.steps import BlobAnswer
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["BlobWorld", "play"]

DESKS = 3
STEPS = 120
# A part, a content that goes whole, a piece that comes: small, so that a story is short.
PART, SMALL, PIECE = 64, 48, 40
MOST_ROUNDS = 60


@contextmanager
def small_parts() -> Iterator[None]:
    """Cut contents into parts of a few bytes."""
    with (
        patch("loyaldesk.protocol.parts.LEAST_PART_BYTES", PART),
        patch("loyaldesk.sync.contents.upload.SMALL_BYTES", SMALL),
        patch("loyaldesk.hub.contents.engine.SMALL_BYTES", SMALL),
        patch("loyaldesk.sync.contents.download.PIECE_BYTES", PIECE),
    ):
        yield


class FusedBlobs(MemoryBlobs):
    """A store whose process may end before or after it did something."""

    def __init__(self, fuse: Fuse) -> None:
        super().__init__()
        self._fuse = fuse

    def put(self, name: str, content: bytes) -> None:
        self._fuse("put", "before")
        super().put(name, content)
        self._fuse("put", "after")

    def compose(self, name: str, chunks: Iterator[bytes]) -> None:
        super().compose(name, chunks)
        self._fuse("compose", "after")

    def delete(self, name: str) -> None:
        self._fuse("delete", "before")
        super().delete(name)
        self._fuse("delete", "after")


class BlobWorld:
    """One hub, some desks, one clock; every choice comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now: datetime = NOON
        self.trace = Trace(is_kept=True)
        self.is_rough = True
        self.requests = 0
        self.papers: dict[bytes, bool] = {}
        self._hub_fuse, self._desk_fuse = Fuse(), Fuse()
        self.hub = new_hub("sqlite://", crash=self._hub_fuse)
        self.store = FusedBlobs(self._hub_fuse)
        self.blobs = BlobHub(self.hub, self.store)
        self.files = [MemoryFiles(now=lambda: self.now) for _ in range(DESKS)]
        self.desks = [blob_desk(lambda: self.now, crash=self._desk_fuse) for _ in range(DESKS)]
        self._lines = [
            hub_line(self.blobs, principal(device=f"d{number}"), lambda: self.now)
            for number in range(DESKS)
        ]

    def step(self) -> None:
        """Do one thing, chosen by the seed."""
        deeds: list[tuple[int, Callable[[], None]]] = [
            (6, self._file), (12, self._round), (3, self._open), (2, self._press),
            (2, self._sweep), (4, self._wait), (1, self._take_off), (1, self._spoil_disk),
        ]  # fmt: skip
        (deed,) = self.chance.choices([deed for _, deed in deeds], [weight for weight, _ in deeds])
        self.trace.note(deed.__name__)
        deed()
        self.check()

    def settle(self) -> None:
        """Let nothing go wrong any more until all is even, and hold that it is."""
        self.is_rough = False
        self._hub_fuse.disarm()
        self._desk_fuse.disarm()
        for _ in range(MOST_ROUNDS):
            before = self.requests
            self.now += timedelta(hours=13)
            self._each_round()
            if self.requests == before and self._all_there():
                break
        else:
            raise Violation("P9", f"the desks never come to rest: {self.trace.lines[-8:]}")
        for number in range(DESKS):
            self._want_all(number)
        for _ in range(3):
            self._each_round()
        self.check()
        for number in range(DESKS):
            missing = [sha for sha in self._named() if not self.files[number].has(sha)]
            require(not missing, "P14", f"desk {number} cannot get {len(missing)} contents")

    def check(self) -> None:
        """Hold that what is present is whole, and that everything named is somewhere."""
        for sha256 in self._present():
            kept = self.store.kept.get(blob_name(sha256), (b"", NOON))[0]
            whole = hashlib.sha256(kept).hexdigest() == sha256
            require(whole, "P14", f"{sha256[:8]} is present and is not what it says")
        strange = [sha for files in self.files for sha in files.contents if sha not in self.papers]
        require(not strange, "P14", f"{len(strange)} contents are kept that nobody filed")
        for content in self._named():
            reachable = content.hex() in self._present() or any(
                _is_whole(files, content) for files in self.files
            )
            require(reachable, "P14", f"{content.hex()[:8]} is nowhere any more")

    def _file(self) -> None:
        number = self.chance.randrange(DESKS)
        content = self.chance.randbytes(self.chance.choice([5, 30, 48, 49, 64, 65, 150, 300]))
        sha256 = file_paper(self.desks[number], self.files[number], content)
        self.papers[sha256] = True
        name_blob(self.hub, content, uid=sha256.hex()[:32])
        for other, desk in enumerate(self.desks):
            if other != number:
                file_paper(desk, None, content, pinned=self.chance.random() < 0.3)

    def _round(self) -> None:
        number = self.chance.randrange(DESKS)
        if self.chance.random() < 0.2:
            self._desk_fuse.arm(self.chance.randint(1, 20))
        self._carry(number, self._accident)
        self._desk_fuse.disarm()

    def _carry(self, number: int, way: Callable[[int, BlobCall], BlobAnswer]) -> None:
        steps = blob_round(self.desks[number], self.files[number])
        answer: BlobAnswer | None = None
        try:
            while True:
                call = next(steps) if answer is None else steps.send(answer)
                self.requests += 1
                answer = way(number, call)
                self.trace.note(f"{number} {call.method} {call.path[-8:]}", type(answer).__name__)
        except (StopIteration, Killed) as end:
            self.trace.note(type(end).__name__)
        finally:
            steps.close()

    def _accident(self, number: int, call: BlobCall) -> BlobAnswer:
        luck = self.chance.random()
        if luck < 0.08:
            return Problem(err="offline")
        if luck < 0.16:
            self._ask(number, call)
            return Problem(err="offline")
        if luck < 0.22:
            self._ask(number, call)
        if luck < 0.30 and call.body:
            place = self.chance.randrange(len(call.body))
            body = call.body[:place] + bytes([call.body[place] ^ 1]) + call.body[place + 1 :]
            return self._ask(number, replace(call, body=body))
        if luck < 0.34:
            self._hub_fuse.arm(self.chance.randint(1, 8))
        answer = self._ask(number, call)
        if luck > 0.92 and isinstance(answer, BlobPiece):
            cut = self.chance.randrange(len(answer.content))
            rest = answer.content[cut + 1 :] if self.chance.random() < 0.5 else b""
            return replace(answer, content=answer.content[:cut] + b"?" + rest)
        if luck > 0.90:
            raise Killed("a call")
        return answer

    def _ask(self, number: int, call: BlobCall) -> BlobAnswer:
        try:
            return self._lines[number](call)
        except Killed:
            return Problem(err="offline")
        except (LoyalDeskError, ValueError):
            return Problem(err="malformed")
        finally:
            self._hub_fuse.disarm()

    def _open(self) -> None:
        number = self.chance.randrange(DESKS)
        named = self._named()
        if named:
            sha256 = self.chance.choice(named)
            self._want(self.desks[number], sha256)

    def _want_all(self, number: int) -> None:
        for sha256 in self._named():
            self._want(self.desks[number], sha256)

    def _want(self, desk: Desk, sha256: bytes) -> None:
        with desk.transaction("want") as tx:
            tx.connection.execute(
                "INSERT OR REPLACE INTO blob (sha256, direction, size, answer)"
                " SELECT lower(hex(sha256)), 'down', size, 'now' FROM stored_file"
                " WHERE sha256 = ?",
                [sha256],
            )

    def _press(self) -> None:
        """Let a desk have little room, after so long that nothing is recent."""
        with self.desks[self.chance.randrange(DESKS)].transaction("press") as tx:
            tx.remember(StateKey.BLOB_QUOTA, self.chance.choice([1, 200, 100_000]))
        self.now += timedelta(days=15)

    def _sweep(self) -> None:
        self.store.now = self.now
        if self.chance.random() < 0.4:
            self._hub_fuse.arm(self.chance.randint(1, 20))
        try:
            sweep_blobs(self.hub, self.store, now=self.now)
        except Killed:
            self.trace.note("killed")
        self._hub_fuse.disarm()

    def _wait(self) -> None:
        self.now += self.chance.choice(
            [timedelta(minutes=1), timedelta(hours=7), timedelta(days=8), timedelta(days=31)]
        )
        self.store.now = self.now

    def _take_off(self) -> None:
        """Delete a document everywhere; its content may go one day."""
        named = self._named()
        if not named:
            return
        sha256 = self.chance.choice(named)
        self.papers[sha256] = False
        with self.hub.transaction("off") as tx:
            tx.run("DELETE FROM entity WHERE id = ?", (sha256.hex()[:32],))
        for desk in self.desks:
            with desk.transaction("off") as tx:
                tx.connection.execute(
                    "DELETE FROM document WHERE file_id ="
                    " (SELECT id FROM stored_file WHERE sha256 = ?)",
                    [sha256],
                )

    def _spoil_disk(self) -> None:
        """Change a byte of a content on a desk's disk; never of the last whole one."""
        files = self.files[self.chance.randrange(DESKS)]
        present = self._present()
        able = [sha for sha in files.contents if sha.hex() in present]
        if able:
            sha256 = self.chance.choice(able)
            content = files.contents[sha256]
            files.contents[sha256] = bytes([content[0] ^ 1]) + content[1:]
            self._forget_present(files, sha256)

    def _forget_present(self, files: MemoryFiles, sha256: bytes) -> None:
        # As after the hub was restored: the desk has to ask, or send, again.
        with self.desks[self.files.index(files)].transaction("forget") as tx:
            tx.connection.execute(
                "UPDATE blob SET answer = '' WHERE sha256 = ? AND direction = 'up'",
                [sha256.hex()],
            )

    def _each_round(self) -> None:
        for number in range(DESKS):
            self._carry(number, self._ask)

    def _named(self) -> list[bytes]:
        return [sha256 for sha256, is_on_file in self.papers.items() if is_on_file]

    def _present(self) -> list[str]:
        with self.hub.snapshot("look") as tx:
            found = tx.rows("SELECT sha256 FROM blob WHERE state = 'present' ORDER BY sha256")
        return [sha256 for (sha256,) in found]

    def _all_there(self) -> bool:
        present = self._present()
        return all(sha256.hex() in present for sha256 in self._named())


def play(seed: int, *, steps: int = STEPS) -> BlobWorld:
    """Play the story of a seed to its end and return the world; raises where a promise breaks."""
    with small_parts():
        world = BlobWorld(seed)
        for _ in range(steps):
            world.step()
        world.settle()
    return world


def _is_whole(files: MemoryFiles, sha256: bytes) -> bool:
    content: Any = files.contents.get(sha256)
    return content is not None and hashlib.sha256(content).digest() == sha256
