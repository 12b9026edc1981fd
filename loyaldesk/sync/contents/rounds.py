"""What does a desk do about the contents of documents, after its rows are in step?

`blob_round` is a generator like the engine's: it yields `BlobCall`s and is resumed with answers.
What somebody waits for comes first, then contents of this disk go up; what is kept for offline
comes, and room is made, only while nobody waits for anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.contents.book import NOW, due_travels, note_answer, take_stock
from loyaldesk.sync.contents.download import Fetched, fetch_content
from loyaldesk.sync.contents.dropped import forget_dropped
from loyaldesk.sync.contents.kept import plan_kept
from loyaldesk.sync.contents.room import DEFAULT_QUOTA, make_room
from loyaldesk.sync.contents.steps import Stopped, tell_nobody
from loyaldesk.sync.contents.upload import send_content

if TYPE_CHECKING:
    from loyaldesk.protocol.messages import Problem
    from loyaldesk.sync.contents.book import Travel
    from loyaldesk.sync.contents.steps import BlobFiles, BlobSteps, Told
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["BlobRound", "blob_round"]


@dataclass(frozen=True, slots=True)
class BlobRound:
    """What a round moved; `has_more` asks for another one soon, `problem` is what ended it."""

    sent: int = 0
    fetched: int = 0
    freed: int = 0
    has_more: bool = False
    problem: Problem | None = None


def blob_round(
    desk: Desk, files: BlobFiles, *, is_idle: bool = True, tell: Told = tell_nobody
) -> BlobSteps[BlobRound]:
    """Fetch what somebody waits for, send what only this disk has; when idle, the rest.

    `tell` hears of every content about which something changed that a person may look at.
    """
    done = BlobRound(has_more=take_stock(desk, files.size_of))
    forget_dropped(desk, files)
    try:
        for travel in due_travels(desk, "down"):
            if travel.answer == NOW:
                done = yield from _fetched(desk, files, travel, done, tell)
        for travel in due_travels(desk, "up"):
            if (yield from send_content(desk, files, travel, tell=tell)):
                done = replace(done, sent=done.sent + 1, has_more=True)
            tell(travel.sha256)
        if is_idle:
            done = yield from _idle(desk, files, done, tell)
    except Stopped as stop:
        return replace(done, problem=stop.problem, has_more=False)
    return done


def _idle(desk: Desk, files: BlobFiles, done: BlobRound, tell: Told) -> BlobSteps[BlobRound]:
    is_planned = plan_kept(desk, files, quota=int(desk.state(StateKey.BLOB_QUOTA) or DEFAULT_QUOTA))
    for travel in due_travels(desk, "down"):
        done = yield from _fetched(desk, files, travel, done, tell)
    if is_planned:
        freed = yield from make_room(desk, files)
        done = replace(done, freed=freed)
    return done


def _fetched(
    desk: Desk, files: BlobFiles, travel: Travel, done: BlobRound, tell: Told
) -> BlobSteps[BlobRound]:
    fetched = yield from fetch_content(desk, files, travel.sha256, travel.size, tell=tell)
    if fetched is Fetched.HERE:
        done = replace(done, fetched=done.fetched + 1, has_more=True)
    else:
        note_answer(desk, travel, "down", fetched.name.lower())
    tell(travel.sha256)
    return done
