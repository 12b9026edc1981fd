"""How does a content come from the hub, piece by piece, so that a cut costs one piece?"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from loyaldesk.documents.arriving import joined
from loyaldesk.errors import Unavailable
from loyaldesk.protocol.parts import PIECE_BYTES, part_count, part_span
from loyaldesk.sync.contents.book import note_here, note_pieces, note_present
from loyaldesk.sync.contents.steps import BlobCall, BlobPiece, ask, tell_nobody

if TYPE_CHECKING:
    from loyaldesk.sync.contents.steps import BlobFiles, BlobSteps, Told
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["Fetched", "fetch_content", "is_at_hub"]


class Fetched(enum.Enum):
    """What came of fetching a content."""

    HERE = "it is here"
    NOT_THERE = "the hub has none that this desk may read; perhaps it has not been sent yet"
    SPOILT = "what came is not what was asked for"


def fetch_content(
    desk: Desk, files: BlobFiles, sha256: bytes, size: int, *, tell: Told = tell_nobody
) -> BlobSteps[Fetched]:
    """Bring a content to this disk and return whether it is here, verified.

    Pieces that came before a cut are not asked for again; `tell` hears of each that comes.
    """
    if files.has(sha256):
        # Nothing is known by that of the hub: perhaps it is here because it was filed here.
        note_here(desk, sha256, size)
        return Fetched.HERE
    count, arriving = part_count(size, PIECE_BYTES), files.arriving
    have = [number for number in arriving.numbers(sha256) if number <= count]
    for number in range(1, count + 1):
        if number in have:
            continue
        start, stop = part_span(size, PIECE_BYTES, number)
        answer = yield from ask(BlobCall("GET", f"blobs/{sha256.hex()}", span=(start, stop)))
        if not isinstance(answer, BlobPiece):
            return Fetched.NOT_THERE
        if (answer.start, answer.total, len(answer.content)) != (start, size, stop - start):
            arriving.forget(sha256)
            return Fetched.SPOILT
        arriving.keep(sha256, number, answer.content)
        have.append(number)
        note_pieces(desk, sha256, have)
        tell(sha256)
    return _settled(desk, files, sha256, size, count)


def is_at_hub(sha256: bytes, size: int) -> BlobSteps[bool]:
    """Ask the hub whether it has the content, and we may have it: for its first byte."""
    answer = yield from ask(BlobCall("GET", f"blobs/{sha256.hex()}", span=(0, 1)))
    return isinstance(answer, BlobPiece) and answer.total == size


def _settled(desk: Desk, files: BlobFiles, sha256: bytes, size: int, count: int) -> Fetched:
    try:
        files.add(joined(files.arriving.chunks(sha256, count)), expected=sha256)
    except Unavailable:
        files.arriving.forget(sha256)
        return Fetched.SPOILT
    note_present(desk, sha256, size)
    files.arriving.forget(sha256)
    return Fetched.HERE
