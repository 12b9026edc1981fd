"""How does a new desk get many records at once? From the segments that its hub has ready.

Whatever stands in the way, pages bring the same: a hub that has nothing ready, a desk that has
rows of its own, a set that was replaced meanwhile. Only a network that is away is waited for.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.segments import SegmentOffer
from loyaldesk.settings import disk_trouble
from loyaldesk.store.connection import IntegrityError
from loyaldesk.store.schema import HEAD
from loyaldesk.sync.first.loading import (
    finish_segments,
    leave_to_pages,
    load_segment,
    segments_loaded,
    unpack_segment,
)
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in
from loyaldesk.sync.reach.transport import HubRequest
from loyaldesk.sync.reach.trouble import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.protocol.segments import Segment, SegmentSet
    from loyaldesk.store.store import Store
    from loyaldesk.sync.contents.calls import Asking

__all__ = ["FirstSync"]

SPAN_BYTES = 4 << 20
PATIENCE_S = 60.0
WHOLE, PIECE = 200, 206
# What is fetched lies packed and plain on the disk beside the store for a moment.
SPARE = 12
# What is over by itself some time; everything else is a reason to take pages.
_PASSING = frozenset({"offline", "busy", "signed-out", "revoked", "wipe"})


class FirstSync:
    """Loads the segments that fit a desk without records; `run` goes on where it was left."""

    def __init__(
        self,
        store: Store,
        hub: Asking,
        folder: Path,
    ) -> None:
        self._store, self._hub, self._folder = store, hub, folder

    def is_due(self) -> bool:
        """Tell whether this desk has read nothing of its hub yet."""
        with self._store.reader() as reader:
            return reader.value("SELECT 1 FROM bucket LIMIT 1") is None

    def run(self, tell: Callable[[int, int], object]) -> Problem | None:
        """Load what is ready, and return what has to pass before going on; None: go on by pages.

        `tell(done, total)` hears how many rows are there.
        """
        try:
            offered = self._offered()
            if offered is not None:
                self._load(offered, tell)
        except (_Stopped, HubRefusal) as stop:
            if stop.problem.err in _PASSING:
                return stop.problem
        except Unreachable as error:
            return Problem(err="offline", sentence=error.sentence)
        except (Unavailable, IntegrityError):
            # The disk is full, or what came was damaged or made wrongly: pages are checked.
            pass
        self._forget()
        return None

    def _offered(self) -> SegmentSet | None:
        answer = self._hub.ask(
            HubRequest("GET", f"sync/segments?revision={HEAD}", patience_s=PATIENCE_S)
        )
        if answer.status != WHOLE:
            raise _Stopped(problem_in(answer))
        return msgspec.json.decode(answer.body, type=SegmentOffer).offered

    def _load(self, offered: SegmentSet, tell: Callable[[int, int], object]) -> None:
        loaded = segments_loaded(self._store, offered)
        if loaded is None:
            return
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._require_room(offered)
        total = sum(each.rows for each in offered.segments)
        for number, segment in enumerate(offered.segments):
            if number >= loaded:
                self._load_one(offered, segment, number)
            tell(sum(each.rows for each in offered.segments[: number + 1]), total)
        finish_segments(self._store, offered)

    def _load_one(self, offered: SegmentSet, segment: Segment, number: int) -> None:
        packed = self._folder / segment.sha256
        self._fetch(f"sync/segments/{offered.name}/{segment.sha256}", segment, packed)
        try:
            plain = unpack_segment(packed, segment)
        except Unavailable:
            packed.unlink()
            raise
        load_segment(self._store, plain, offered, number)
        for each in (packed, plain):
            each.unlink()

    def _fetch(self, path: str, segment: Segment, packed: Path) -> None:
        """Fetch what is not on the disk yet of a packed segment."""
        with disk_trouble(), packed.open("ab") as file:
            while file.tell() < segment.size:
                stop = min(file.tell() + SPAN_BYTES, segment.size)
                file.write(self._span(path, segment, file.tell(), stop))

    def _span(self, path: str, segment: Segment, start: int, stop: int) -> bytes:
        headers = {"Range": f"bytes={start}-{stop - 1}", "If-Range": f'"{segment.sha256}"'}
        answer = self._hub.ask(
            HubRequest("GET", path, headers=headers, packs=False, patience_s=PATIENCE_S)
        )
        if answer.status not in {WHOLE, PIECE}:
            raise _Stopped(problem_in(answer))
        if len(answer.body) != stop - start:
            raise _Stopped(Problem(err="malformed"))
        return answer.body

    def _require_room(self, offered: SegmentSet) -> None:
        wanted = SPARE * max(each.size for each in offered.segments)
        with disk_trouble():
            if shutil.disk_usage(self._folder).free < wanted:
                raise Unavailable("The disk is too full for the first copy in one piece.")

    def _forget(self) -> None:
        """Leave nothing of it behind but the rows, which pages go through and complete."""
        shutil.rmtree(self._folder, ignore_errors=True)
        leave_to_pages(self._store)


class _Stopped(Exception):  # noqa: N818 - it ends the loading, which is no error
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.err)
        self.problem = problem
