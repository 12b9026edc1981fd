"""How does a content of this disk get to the hub, through cuts, kills and doubled answers?"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.blobs import BlobNamed, BlobPlace
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.parts import SMALL_BYTES, part_count, part_span
from loyaldesk.sync.contents.book import (
    ASK,
    DAMAGED,
    note_answer,
    note_gone,
    note_parts,
    note_present,
    put_off,
)
from loyaldesk.sync.contents.steps import BlobCall, ask, tell_nobody

if TYPE_CHECKING:
    from loyaldesk.sync.contents.book import Travel
    from loyaldesk.sync.contents.steps import BlobAnswer, BlobFiles, BlobSteps, Told
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["send_content"]

# An upload can expire, or be made whole by somebody else, between two requests; more than once in
# a row is no accident.
MOST_BEGINNINGS = 3
# A damaged content does not heal by itself; it may be stored again meanwhile.
DAMAGED_PAUSE = timedelta(days=1)


def send_content(
    desk: Desk, files: BlobFiles, travel: Travel, *, tell: Told = tell_nobody
) -> BlobSteps[bool]:
    """Bring a content to the hub and return whether the hub has all of it now.

    What is damaged, cut short or empty here is never sent; `tell` hears of each part.
    """
    size = files.size_of(travel.sha256)
    if size is None:
        note_gone(desk, travel.sha256)
        return False
    if size == 0 or size != travel.size:
        put_off(desk, travel, "up", pause=DAMAGED_PAUSE, answer=DAMAGED)
        return False
    try:
        answer = yield from _sent(desk, files, travel, tell)
    except Unavailable:
        put_off(desk, travel, "up", pause=DAMAGED_PAUSE, answer=DAMAGED)
        return False
    if isinstance(answer, BlobPlace) and answer.present:
        note_present(desk, travel.sha256, travel.size)
        return True
    note_answer(desk, travel, "up", answer.err if isinstance(answer, Problem) else "unfinished")
    return False


def _sent(desk: Desk, files: BlobFiles, travel: Travel, tell: Told) -> BlobSteps[BlobAnswer]:
    if travel.size <= SMALL_BYTES and travel.answer != ASK:
        return (yield from _sent_whole(files, travel))
    place: BlobAnswer = Problem(err="unfinished")
    for _ in range(MOST_BEGINNINGS):
        place = yield from ask(_beginning(travel.sha256, travel.size))
        if not isinstance(place, BlobPlace) or place.present:
            return place
        if travel.size <= SMALL_BYTES:
            return (yield from _sent_whole(files, travel))
        place = yield from _sent_in_parts(desk, files, travel, place, tell)
        if isinstance(place, BlobPlace) and place.present:
            return place
        if isinstance(place, Problem) and place.err != "unknown":
            break
    _check_whole(files, travel)
    return place


def _sent_whole(files: BlobFiles, travel: Travel) -> BlobSteps[BlobAnswer]:
    content = files.span(travel.sha256, 0, travel.size)
    digest = hashlib.sha256(content).digest()
    if digest != travel.sha256:
        raise Unavailable("A stored file is damaged. It was not sent.")
    return (yield from ask(BlobCall("PUT", f"blobs/{travel.name}", content, digest)))


def _sent_in_parts(
    desk: Desk, files: BlobFiles, travel: Travel, place: BlobPlace, tell: Told
) -> BlobSteps[BlobAnswer]:
    have = list(place.have)
    note_parts(desk, travel, place.upload, have)
    base = f"blobs/uploads/{place.upload}"
    for number in range(1, part_count(travel.size, place.part_size) + 1):
        if number in have:
            continue
        content = files.span(travel.sha256, *part_span(travel.size, place.part_size, number))
        digest = hashlib.sha256(content).digest()
        answer = yield from ask(BlobCall("PUT", f"{base}/parts/{number}", content, digest))
        if not isinstance(answer, BlobPlace):
            return answer
        have.append(number)
        note_parts(desk, travel, place.upload, have)
        tell(travel.sha256)
    return (yield from ask(BlobCall("POST", f"{base}/complete")))


def _check_whole(files: BlobFiles, travel: Travel) -> None:
    """Raise Unavailable where the content here is not what its name says, once all was sent."""
    digest = hashlib.sha256()
    for start in range(0, travel.size, SMALL_BYTES):
        stop = min(start + SMALL_BYTES, travel.size)
        digest.update(files.span(travel.sha256, start, stop))
    if digest.digest() != travel.sha256:
        raise Unavailable("A stored file is damaged. It was not sent.")


def _beginning(sha256: bytes, size: int) -> BlobCall:
    return BlobCall("POST", "blobs/uploads", msgspec.json.encode(BlobNamed(sha256.hex(), size)))
