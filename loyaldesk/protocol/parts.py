"""How is a content cut into parts, and how is its hash written?"""

from __future__ import annotations

import base64
import binascii
import re

__all__ = [
    "LARGEST_BYTES", "MOST_PARTS", "PIECE_BYTES", "SMALL_BYTES", "content_digest", "digest_in",
    "is_sha256", "part_count", "part_size", "part_span",
]  # fmt: skip

LARGEST_BYTES = 200_000_000
# What goes up in one request; what is larger goes in parts.
SMALL_BYTES = 1 << 20
# What comes down in one request.
PIECE_BYTES = 4 << 20
LEAST_PART_BYTES = 5 << 20
# Object stores take 10,000; a tenth is kept for what they may count besides.
MOST_PARTS = 9_000

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


def part_size(size: int) -> int:
    """Return how many bytes each part of a content has, the last one aside."""
    return max(LEAST_PART_BYTES, -(-size // MOST_PARTS))


def part_count(size: int, length: int) -> int:
    """Return in how many parts of that length a content goes; an empty one goes in one."""
    return max(1, -(-size // length))


def part_span(size: int, length: int, number: int) -> tuple[int, int]:
    """Return where a part (from 1) begins in its content, and where it ends."""
    start = (number - 1) * length
    return start, min(start + length, size)


def is_sha256(text: str) -> bool:
    """Tell whether the text is a hash as it is written here."""
    return _SHA256.fullmatch(text) is not None


def content_digest(digest: bytes) -> str:
    """Return the value of the header `Content-Digest` for a SHA-256."""
    return f"sha-256=:{base64.b64encode(digest).decode()}:"


def digest_in(header: str) -> bytes | None:
    """Return the SHA-256 that a header `Content-Digest` carries, or None."""
    found = _DIGEST.search(header)
    if found is None:
        return None
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error:
        return None
