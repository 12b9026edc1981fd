"""How does a desk fetch a segment? In spans, kept in memory until it is whole.

So nothing of it lies on the disk while a network is awaited, which may be for days. Unpacked it
does for the moment in which it is copied, for SQLite reads files only.
"""

from __future__ import annotations

import hashlib
import io
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.messages import Problem
from loyaldesk.settings import disk_trouble, make_private_folder
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in
from loyaldesk.sync.reach.transport import HubRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from loyaldesk.protocol.segments import Segment, SegmentSet
    from loyaldesk.sync.contents.calls import Asking

__all__ = ["PATIENCE_S", "WHOLE_ANSWER", "Fetcher", "unpacked"]

SPAN_BYTES = 4 << 20
PATIENCE_S = 60.0
WHOLE_ANSWER, PIECE = 200, 206
# The plain file, what it becomes in the desk's own, and the log of that transaction.
SPARE = 3


class Fetcher:
    """Fetches segments; of the last it keeps what came, so that it goes on where the line broke."""

    def __init__(self, hub: Asking) -> None:
        self._hub = hub
        self._sha256 = ""
        self._packed = bytearray()

    def fetch(
        self, wanted: SegmentSet, segment: Segment, tell: Callable[[float], object]
    ) -> bytearray:
        """Return a packed segment; `tell(share)` hears how much of it came.

        Raises HubRefusal, Unreachable, or Unavailable if what came is not what was offered.
        """
        if segment.sha256 != self._sha256:
            self._sha256, self._packed = segment.sha256, bytearray()
        path = f"sync/segments/{wanted.name}/{segment.sha256}"
        while len(self._packed) < segment.size:
            stop = min(len(self._packed) + SPAN_BYTES, segment.size)
            self._packed += self._span(path, segment, len(self._packed), stop)
            tell(len(self._packed) / segment.size)
        packed, self._sha256, self._packed = self._packed, "", bytearray()
        if hashlib.sha256(packed).hexdigest() != segment.sha256:
            raise Unavailable(
                "A part of the first copy arrived damaged. Nothing of it was used; the records "
                "come in pages."
            )
        return packed

    def _span(self, path: str, segment: Segment, start: int, stop: int) -> bytes:
        headers = {"Range": f"bytes={start}-{stop - 1}", "If-Range": f'"{segment.sha256}"'}
        answer = self._hub.ask(
            HubRequest("GET", path, headers=headers, packs=False, patience_s=PATIENCE_S)
        )
        if answer.status not in {WHOLE_ANSWER, PIECE}:
            raise HubRefusal(problem_in(answer))
        if len(answer.body) != stop - start:
            raise HubRefusal(Problem(err="malformed"))
        return answer.body


@contextmanager
def unpacked(packed: bytearray, folder: Path) -> Iterator[Path]:
    """Have a plain segment in the folder for the time of the block, and nothing after it.

    Raises Unavailable if the disk is too full for it, or if it is no such file.
    """
    plain = folder / "segment.db"
    with disk_trouble():
        make_private_folder(folder)
        try:
            _unpack(packed, plain)
            yield plain
        finally:
            plain.unlink(missing_ok=True)


def _unpack(packed: bytearray, plain: Path) -> None:
    import zstandard

    try:
        size = zstandard.frame_content_size(packed)
        if size < 0:
            raise Unavailable("A part of the first copy does not say how large it is.")
        if shutil.disk_usage(plain.parent).free < SPARE * size:
            raise Unavailable("The disk is too full for the first copy in large parts.")
        with plain.open("wb") as target:
            zstandard.ZstdDecompressor().copy_stream(io.BytesIO(packed), target)
    except zstandard.ZstdError as error:
        raise Unavailable("A part of the first copy cannot be unpacked.") from error
