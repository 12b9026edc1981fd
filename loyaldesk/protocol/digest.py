"""Do two sides hold the same? Sums over rows and a running hash over edits tell, in few bytes.

The digest of a bucket is the sum, modulo 2⁶⁴, of one hash per live row; it does not depend on the
order in which rows came, and a row is added or taken away without reading the others.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["EMPTY", "add", "chain", "digest_of", "fingerprint", "remove", "shift"]

# The digest of a bucket without rows, and the chain before the first edit.
EMPTY = "0" * 16
_MODULUS = 1 << 64


def fingerprint(kind: str, uid: str, rv: int) -> int:
    """Return the 64 bits that stand for this version of the row."""
    text = f"{kind} {uid} {rv}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")


def shift(digest: str, by: int) -> str:
    """Return the digest, 16 hexadecimal digits, after so much was added (or, below 0, taken)."""
    return f"{(int(digest, 16) + by) % _MODULUS:016x}"


def add(digest: str, kind: str, uid: str, rv: int) -> str:
    """Return the digest of the same rows and this one."""
    return shift(digest, fingerprint(kind, uid, rv))


def remove(digest: str, kind: str, uid: str, rv: int) -> str:
    """Return the digest of the same rows without this one."""
    return shift(digest, -fingerprint(kind, uid, rv))


def digest_of(rows: Iterable[tuple[str, str, int]]) -> str:
    """Return the digest of rows given as kind, uid and version."""
    return shift(EMPTY, sum(fingerprint(*row) for row in rows))


def chain(before: str, uuid: str) -> str:
    """Return the running hash, 64 hexadecimal digits, after one more edit was answered."""
    return hashlib.sha256(f"{before} {uuid}".encode()).hexdigest()
