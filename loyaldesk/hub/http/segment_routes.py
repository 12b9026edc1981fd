"""How does a desk fetch what a hub has ready for a first sync?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from loyaldesk.hub.contents.segment_shelf import SegmentShelf
from loyaldesk.hub.http.blob_routes import send_span
from loyaldesk.hub.http.exchange import Asked, Route
from loyaldesk.hub.refusals import unknown
from loyaldesk.protocol.segments import SegmentOffer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

__all__ = ["SEGMENT_ROUTES"]


def _shelf(asked: Asked) -> SegmentShelf:
    if asked.hub.contents is None:
        raise unknown()
    return SegmentShelf(asked.hub.store, asked.hub.contents)


def _offer(asked: Asked) -> SegmentOffer:
    revision = asked.query.get("revision", "")
    return SegmentOffer(_shelf(asked).offer(asked.asker, epoch=asked.hub.epoch, revision=revision))


def _send(asked: Asked) -> Response:
    shelf, sha256 = _shelf(asked), asked.params["sha256"]
    size = shelf.size_of(asked.asker, asked.params["name"], sha256)
    if size is None:
        raise unknown()
    return send_span(asked, sha256, size, partial(shelf.read, sha256))


SEGMENT_ROUTES: Sequence[Route] = (
    Route(
        method="GET",
        path="sync/segments",
        summary="What is ready for a first sync",
        handler=_offer,
        query=("revision",),
        reply=SegmentOffer,
    ),
    Route(
        method="GET",
        path="sync/segments/{name}/{sha256}",
        summary="Fetch a segment, or a range of it",
        handler=_send,
        reply=None,
    ),
)
