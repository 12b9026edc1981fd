"""The way between a desk and its hub's contents, with accidents where a test wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.messages import Problem
from loyaldesk.sync.contents.rounds import BlobRound, blob_round
from tests.support.blobs import NOON

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loyaldesk.hub.store import HubStore
    from loyaldesk.sync.contents.steps import BlobAnswer, BlobCall, BlobFiles, BlobSteps
    from loyaldesk.sync.engine.desk import Desk

__all__ = [
    "BlobLine", "HandClock", "drive", "killed", "known_blobs", "offline", "present_blobs",
    "run_blobs",
]  # fmt: skip


class HandClock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class BlobLine:
    """The way to a hub: notes what was asked; `accidents` says what becomes of the n-th call."""

    def __init__(self, answer: Callable[[BlobCall], BlobAnswer]) -> None:
        self.answer = answer
        self.calls: list[str] = []
        self.accidents: dict[int, Callable[[BlobCall], BlobAnswer]] = {}

    def __call__(self, call: BlobCall) -> BlobAnswer:
        self.calls.append(f"{call.method} {call.path.rpartition('/')[2]}")
        return self.accidents.pop(len(self.calls), self.answer)(call)


def drive(steps: BlobSteps[Any], line: Callable[[BlobCall], BlobAnswer]) -> Any:
    """Run steps to their end and return what they return; an accident may end them earlier."""
    answer = None
    while True:
        try:
            call = next(steps) if answer is None else steps.send(answer)
        except StopIteration as end:
            return end.value
        answer = line(call)


def run_blobs(
    desk: Desk, files: BlobFiles, line: Callable[[BlobCall], BlobAnswer], *, is_idle: bool = True
) -> BlobRound:
    """Run one round about contents."""
    done: BlobRound = drive(blob_round(desk, files, is_idle=is_idle), line)
    return done


def known_blobs(desk: Desk, direction: str = "up") -> dict[bytes, tuple[str, str]]:
    """Return what the desk knows of contents: answer and parts, by hash."""
    with desk.transaction("test") as tx:
        found = tx.connection.execute(
            "SELECT sha256, answer, parts_done FROM blob WHERE direction = ?", [direction]
        ).fetchall()
    return {bytes.fromhex(sha256): (answer, parts) for sha256, answer, parts in found}


def present_blobs(hub: HubStore) -> list[str]:
    """Return the hashes of what the hub has."""
    with hub.snapshot("test") as tx:
        return [sha256 for (sha256,) in tx.rows("SELECT sha256 FROM blob ORDER BY sha256")]


def killed(_call: BlobCall) -> BlobAnswer:
    """End the process in the middle of a call."""
    raise KeyboardInterrupt


def offline(_call: BlobCall) -> BlobAnswer:
    """Answer as a dead line."""
    return Problem(err="offline")
