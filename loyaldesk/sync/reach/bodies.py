"""How are requests packed, and replies unpacked without letting a bomb in?"""

from __future__ import annotations

import zlib

from loyaldesk.errors import LoyalDeskError

__all__ = ["LARGEST_REPLY", "BodyError", "pack", "unpack"]

LARGEST_REPLY = 64 << 20
# Shorter ones would hardly shrink.
PACKED_FROM = 400
LEVEL = 3
_GZIP = 16 + zlib.MAX_WBITS


class BodyError(LoyalDeskError):
    """A reply that is cut off, packed in an unknown way, or too large."""


def pack(body: bytes, *, encoding: str) -> tuple[bytes, dict[str, str]]:
    """Return the body as it goes out (`encoding` is zstd or gzip), and the header that says so."""
    if len(body) < PACKED_FROM:
        return body, {}
    if encoding == "gzip":
        packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
        return packer.compress(body) + packer.flush(), {"Content-Encoding": "gzip"}
    import zstandard

    packed = zstandard.ZstdCompressor(level=LEVEL).compress(body)
    return packed, {"Content-Encoding": "zstd"}


def unpack(body: bytes, encoding: str, *, largest: int = LARGEST_REPLY) -> bytes:
    """Return the reply's plain bytes; one that grows beyond `largest` is refused on the way."""
    if encoding in {"", "identity"}:
        found = body
    elif encoding == "zstd":
        found = _unpack_zstd(body, largest)
    elif encoding == "gzip":
        found = _unpack_gzip(body, largest)
    else:
        raise BodyError(f"The reply is packed as “{encoding[:20]}”.")
    if len(found) > largest:
        raise BodyError("The reply is larger than any that a hub sends.")
    return found


def _unpack_zstd(body: bytes, largest: int) -> bytes:
    import zstandard

    # A window larger than the largest reply would only cost memory.
    packer = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    try:
        with packer.stream_reader(body, read_across_frames=True) as reader:
            return reader.read(largest + 1)
    except zstandard.ZstdError as error:
        raise BodyError("The reply is damaged.") from error


def _unpack_gzip(body: bytes, largest: int) -> bytes:
    packer = zlib.decompressobj(_GZIP)
    try:
        found = packer.decompress(body, largest + 1)
    except zlib.error as error:
        raise BodyError("The reply is damaged.") from error
    if not packer.eof and len(found) <= largest:
        raise BodyError("The reply is cut off.")
    return found
