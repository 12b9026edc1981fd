"""How do the steps about contents reach the hub over HTTP?

The steps yield what they want asked; here it becomes a request of the signed-in desk, and what
comes back becomes an answer, trouble included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from loyaldesk.protocol.blobs import BlobPlace
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.parts import content_digest
from loyaldesk.sync.contents.steps import BlobPiece
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in
from loyaldesk.sync.reach.transport import HubRequest
from loyaldesk.sync.reach.trouble import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.sync.contents.steps import BlobAnswer, BlobCall, BlobSteps
    from loyaldesk.sync.reach.transport import HubAnswer

__all__ = ["Asking", "answer_blob_call", "drive_blobs"]

T = TypeVar("T")
# For a part on a slow line, and for a hub that makes one large content of many parts.
PATIENCE_S = 240.0
WHOLE, PIECE = 200, 206
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Asking(Protocol):
    """Whoever sends a request as the signed-in desk (`calls.Caller`)."""

    def ask(self, request: HubRequest) -> HubAnswer:
        """Return the answer, whatever its status; raises Unreachable or HubRefusal."""


def drive_blobs(
    steps: BlobSteps[T], hub: Asking, *, may_go_on: Callable[[], bool] = lambda: True
) -> T | None:
    """Run the steps to their end and return what they return; None when they were not to go on.

    What was done until then stands, and other steps go on from there.
    """
    answer: BlobAnswer | None = None
    try:
        while may_go_on():
            call = next(steps) if answer is None else steps.send(answer)
            answer = answer_blob_call(call, hub)
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        steps.close()
    return None


def answer_blob_call(call: BlobCall, hub: Asking) -> BlobAnswer:
    """Return what the hub says to a call; a Problem where it says nothing."""
    try:
        answer = hub.ask(_request(call))
    except Unreachable as error:
        return Problem(err="offline", sentence=error.sentence)
    except HubRefusal as refusal:
        return refusal.problem
    if answer.status not in {WHOLE, PIECE}:
        return problem_in(answer)
    if call.method == "GET":
        return _piece(answer)
    try:
        return msgspec.json.decode(answer.body, type=BlobPlace)
    except msgspec.MsgspecError:
        return Problem(err="malformed", sentence="The hub's answer cannot be read.")


def _request(call: BlobCall) -> HubRequest:
    headers: dict[str, str] = {}
    if call.digest is not None:
        headers["Content-Type"] = "application/octet-stream"
        headers["Content-Digest"] = content_digest(call.digest)
    elif call.body:
        headers["Content-Type"] = "application/json"
    if call.span is not None:
        start, stop = call.span
        headers["Range"] = f"bytes={start}-{stop - 1}"
        headers["If-Range"] = f'"{call.path.rpartition("/")[2]}"'
    # Papers are packed already, and their parts are hashed as they are.
    return HubRequest(
        call.method,
        call.path,
        body=call.body if call.method != "GET" else None,
        headers=headers,
        packs=False,
        patience_s=PATIENCE_S,
    )


def _piece(answer: HubAnswer) -> BlobAnswer:
    if answer.status == WHOLE:
        return BlobPiece(0, len(answer.body), answer.body)
    found = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    if found is None:
        return Problem(err="malformed", sentence="The hub's answer cannot be read.")
    return BlobPiece(int(found[1]), int(found[3]), answer.body)
