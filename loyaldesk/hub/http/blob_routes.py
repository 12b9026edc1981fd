"""How are contents brought and fetched over HTTP?"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

from loyaldesk.hub.contents.engine import BlobHub
from loyaldesk.hub.http.exchange import Asked, Route
from loyaldesk.hub.refusals import unknown
from loyaldesk.protocol.blobs import BlobNamed, BlobPlace
from loyaldesk.protocol.parts import LARGEST_BYTES, SMALL_BYTES, digest_in, is_sha256, part_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["BLOB_ROUTES", "asked_span", "send_span"]

PLAIN = "application/octet-stream"
# A part on a line of 60 kbit/s; a line that is silent is dropped by the server.
SLOW_S = 900.0
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def asked_span(header: str, size: int) -> tuple[int, int] | None:
    """Return which bytes (from, to before) a header `Range` asks for; None means all of them.

    A span that lies behind the end comes back empty. Several ranges at once are not served.
    """
    found = _RANGE.fullmatch(header.strip())
    first, last = found.groups() if found else ("", "")
    if not first and not last:
        return None
    if not first:
        return max(0, size - int(last)), size
    start = int(first)
    if last and int(last) < start:
        return None
    stop = min(int(last) + 1, size) if last else size
    return (start, stop) if start < size else (size, size)


def _blobs(asked: Asked) -> BlobHub:
    if asked.hub.contents is None:
        raise unknown()
    return BlobHub(asked.hub.store, asked.hub.contents)


def _begin(asked: Asked) -> BlobPlace:
    return _blobs(asked).begin(asked.asker, asked.body, now=asked.now)


def _take_part(asked: Asked) -> BlobPlace:
    return _blobs(asked).take_part(
        asked.asker,
        asked.params["upload"],
        _number(asked.params["number"]),
        asked.body,
        digest=digest_in(asked.headers.get("content-digest", "")),
        now=asked.now,
    )


def _complete(asked: Asked) -> BlobPlace:
    return _blobs(asked).complete(asked.asker, asked.params["upload"], now=asked.now)


def _take_small(asked: Asked) -> BlobPlace:
    return _blobs(asked).take_small(
        asked.asker,
        asked.params["sha256"],
        asked.body,
        digest=digest_in(asked.headers.get("content-digest", "")),
        now=asked.now,
    )


def _send(asked: Asked) -> Response:
    blobs, sha256 = _blobs(asked), asked.params["sha256"]
    if not is_sha256(sha256):
        raise unknown()
    size = blobs.find(asked.asker, sha256)
    return send_span(asked, sha256, size, partial(blobs.open, sha256))


def send_span(
    asked: Asked, sha256: str, size: int, read: Callable[[int, int], Iterator[bytes]]
) -> Response:
    """Return a content, or the range of it that the headers ask for; `read(start, stop)` reads."""
    tag = f'"{sha256}"'
    headers = {"ETag": tag, "Accept-Ranges": "bytes", "Cache-Control": "private, no-store"}
    span = None
    if asked.headers.get("if-range", tag) == tag:
        span = asked_span(asked.headers.get("range", ""), size)
    start, stop = span or (0, size)
    if start == stop:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    if span is not None:
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{size}"
    headers["Content-Length"] = str(stop - start)
    return StreamingResponse(read(start, stop), 206 if span else 200, headers, media_type=PLAIN)


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 6 else 0


BLOB_ROUTES: Sequence[Route] = (
    Route(
        method="POST",
        path="blobs/uploads",
        summary="Begin to bring a content, or go on with it",
        handler=_begin,
        body=BlobNamed,
        reply=BlobPlace,
    ),
    Route(
        method="PUT",
        path="blobs/uploads/{upload}/parts/{number}",
        summary="Bring one part of a content",
        handler=_take_part,
        body=bytes,
        limit=part_size(LARGEST_BYTES),
        within_s=SLOW_S,
        reply=BlobPlace,
    ),
    Route(
        method="POST",
        path="blobs/uploads/{upload}/complete",
        summary="Make the content of its parts",
        handler=_complete,
        reply=BlobPlace,
    ),
    Route(
        method="PUT",
        path="blobs/{sha256}",
        summary="Bring a small content whole",
        handler=_take_small,
        body=bytes,
        limit=SMALL_BYTES,
        within_s=SLOW_S,
        reply=BlobPlace,
    ),
    Route(
        method="GET",
        path="blobs/{sha256}",
        summary="Fetch a content, or a range of it",
        handler=_send,
        reply=None,
    ),
)
