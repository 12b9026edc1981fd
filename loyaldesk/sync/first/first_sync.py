"""How does a new desk get many records at once? From the segments that its hub has ready.

Whatever stands in the way, pages bring the same: a hub that has nothing ready, a desk that has
rows of its own, a set that was replaced meanwhile. Only a network that is away is waited for.
"""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.segments import SegmentOffer
from loyaldesk.store.connection import DatabaseError
from loyaldesk.sync.first.fetching import PATIENCE_S, WHOLE_ANSWER, Fetcher, unpacked
from loyaldesk.sync.first.loading import (
    finish_segments,
    leave_to_pages,
    load_segment,
    segments_loaded,
)
from loyaldesk.sync.first.slices import REVISION
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in
from loyaldesk.sync.reach.transport import HubRequest
from loyaldesk.sync.reach.trouble import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.protocol.segments import SegmentSet
    from loyaldesk.store.store import Store
    from loyaldesk.sync.contents.calls import Asking

__all__ = ["FirstSync"]

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
        self._fetcher = Fetcher(hub)
        # A program that was killed may have left a plain part.
        shutil.rmtree(folder, ignore_errors=True)

    def is_due(self) -> bool:
        """Tell whether this desk has read nothing of its hub yet."""
        with self._store.reader() as reader:
            return reader.value("SELECT 1 FROM bucket LIMIT 1") is None

    def run(self, tell: Callable[[int, int], object]) -> Problem | None:
        """Load what is ready, and return what has to pass before going on; None: go on by pages.

        `tell(done, total)` hears how many records came.
        """
        try:
            offered = self._offered()
            if offered is not None:
                self._load(offered, tell)
        except HubRefusal as refusal:
            if refusal.problem.err in _PASSING:
                return refusal.problem
        except Unreachable as error:
            return Problem(err="offline", sentence=error.sentence)
        except (Unavailable, DatabaseError, msgspec.MsgspecError):
            # The disk is full, or what came was damaged or made wrongly: pages are checked.
            pass
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        # What is there stays, and pages go through it and complete it.
        leave_to_pages(self._store)
        return None

    def _offered(self) -> SegmentSet | None:
        answer = self._hub.ask(
            HubRequest("GET", f"sync/segments?revision={REVISION}", patience_s=PATIENCE_S)
        )
        if answer.status != WHOLE_ANSWER:
            raise HubRefusal(problem_in(answer))
        return msgspec.json.decode(answer.body, type=SegmentOffer).offered

    def _load(self, offered: SegmentSet, tell: Callable[[int, int], object]) -> None:
        loaded = segments_loaded(self._store, offered)
        if loaded is None:
            return
        for number in range(loaded, len(offered.segments)):
            segment = offered.segments[number]
            came = partial(_tell_records, tell, offered, number)
            packed = self._fetcher.fetch(offered, segment, came)
            with unpacked(packed, self._folder) as plain:
                load_segment(self._store, plain, offered, number)
        finish_segments(self._store, offered)


def _tell_records(
    tell: Callable[[int, int], object], offered: SegmentSet, number: int, share: float
) -> None:
    """Tell how many records are there with a share of that segment, and how many there will be.

    Those of the first segment come again in the others, if there are any.
    """
    newest, *whole = [each.rows for each in offered.segments]
    came = newest * share
    if number > 0:
        came = max(newest, sum(whole[: number - 1]) + whole[number - 1] * share)
    tell(int(came / max(1, sum(whole) or newest) * offered.rows), offered.rows)
