"""What did the desk send? Bodies read, unpacked and decoded within limits, answers packed."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import msgspec
import zstandard
from starlette.requests import ClientDisconnect

from loyaldesk.hub.refusals import Refusal, malformed

if TYPE_CHECKING:
    from starlette.requests import Request

__all__ = ["MOST_PLAIN", "decoded", "packed", "read_body", "unpacked"]

MOST_PLAIN = 32 << 20
MOST_RATIO = 100
# Below that a packed body may be of any ratio: a short text of one sign is no bomb.
FREE_PLAIN = 64 << 10
READ_S = 30.0
PACK_FROM = 512
ZSTD_LEVEL, GZIP_LEVEL, GZIP_BITS = 3, 6, 31
# Text that PostgreSQL cannot keep: a zero character, written out.
_ZERO = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")

Message = TypeVar("Message")


async def read_body(request: Request, limit: int, *, within_s: float = READ_S) -> bytes:
    """Return the body as it came; refuses what is longer than `limit` bytes or takes too long."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > limit:
        raise _too_large()
    parts: list[bytes] = []
    count = 0
    try:
        with anyio.fail_after(within_s):
            async for chunk in request.stream():
                count += len(chunk)
                if count > limit:
                    raise _too_large()
                parts.append(chunk)
    except TimeoutError:
        raise Refusal(
            "malformed", "The request took too long to arrive. Nothing was changed.", status=408
        ) from None
    except ClientDisconnect:
        raise malformed("it ended half-way") from None
    return b"".join(parts)


def unpacked(body: bytes, encoding: str) -> bytes:
    """Return the plain body; refuses unknown encodings, damaged bodies and bombs."""
    room = min(MOST_PLAIN, max(FREE_PLAIN, len(body) * MOST_RATIO))
    match encoding.strip().lower():
        case "" | "identity":
            return body
        case "gzip":
            return _gunzipped(body, room)
        case "zstd":
            return _unzstd(body, room)
        case _:
            raise Refusal(
                "encoding", "The hub reads bodies packed by zstd or gzip. Nothing was changed."
            )


def decoded(body: bytes, kind: type[Message]) -> Message:
    """Return the message that the body is; refuses what is no JSON, or not that message."""
    if _ZERO.search(body):
        raise malformed("a text in it holds a zero character")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise malformed(_clipped(error)) from None
    except msgspec.DecodeError as error:
        wrong = malformed(_clipped(error))
        wrong.status = 400
        raise wrong from None
    except RecursionError:
        raise malformed("it is nested too deeply") from None


def packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    """Return the body and its headers, packed as the asker accepts where that is worth it."""
    words = {word.partition(";")[0].strip().lower() for word in accepted.split(",")}
    headers = {"Vary": "Accept-Encoding"}
    if len(body) < PACK_FROM or not words & {"zstd", "gzip"}:
        return body, headers
    if "zstd" in words:
        packer = zstandard.ZstdCompressor(level=ZSTD_LEVEL)
        return packer.compress(body), {**headers, "Content-Encoding": "zstd"}
    zipper = zlib.compressobj(GZIP_LEVEL, wbits=GZIP_BITS)
    return zipper.compress(body) + zipper.flush(), {**headers, "Content-Encoding": "gzip"}


def _gunzipped(body: bytes, room: int) -> bytes:
    unzipper = zlib.decompressobj(wbits=GZIP_BITS)
    try:
        plain = unzipper.decompress(body, room)
    except zlib.error:
        raise malformed("it is no gzip") from None
    if unzipper.unconsumed_tail:
        raise _too_large()
    if not unzipper.eof or unzipper.unused_data:
        raise malformed("its gzip ends half-way or goes on behind its end")
    return plain


def _unzstd(body: bytes, room: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=MOST_PLAIN)
    try:
        with unpacker.stream_reader(body, read_across_frames=False) as reader:
            plain = reader.read(room + 1)
            is_more = len(plain) > room
    except zstandard.ZstdError:
        raise malformed("it is no zstd") from None
    if is_more:
        raise _too_large()
    return plain


def _too_large() -> Refusal:
    return Refusal(
        "too-large", "The request is larger than the hub takes. Nothing was changed. Send less."
    )


def _clipped(error: Any) -> str:
    return str(error)[:200].rstrip(".")
