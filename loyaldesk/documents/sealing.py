"""How is one file encrypted, so that it can be read in pieces and nothing in it changed unseen?

A sealed file is a header (`LDF1`, 32 random bytes) and frames of 256 KiB, each AES-256-GCM with a
16-byte tag. The header's bytes make the file's own key, so that a process may be given one file
and not the rest. A frame's nonce is its number and whether it is the last, which shows frames that
were moved, repeated or cut off.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

from loyaldesk.documents.content_types import HEAD_BYTES
from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["FileKeys", "SealedFile", "Summary", "plain_size", "salt_of", "seal", "unsealed"]

MAGIC = b"LDF1"
SALT_BYTES = 32
FRAME_BYTES = 256 << 10
TAG_BYTES = 16
SEALED_FRAME_BYTES = FRAME_BYTES + TAG_BYTES


class FileKeys:
    """The keys of a profile's files, all derived from its database key."""

    def __init__(self, database_key: bytes) -> None:
        self._database_key = database_key

    def name_of(self, sha256: bytes) -> str:
        """Return the name a content has on the disk, which tells nothing without the key."""
        return hmac.digest(self._names, sha256, hashlib.sha256).hex()

    def key_of(self, salt: bytes) -> bytes:
        """Return the key of the one file with that salt."""
        return _derived(self._content, info=b"one file", salt=salt)

    # Derived when first used: to open a store does not need the library for it.
    @cached_property
    def _content(self) -> bytes:
        return _derived(self._database_key, info=b"loyaldesk file content")

    @cached_property
    def _names(self) -> bytes:
        return _derived(self._database_key, info=b"loyaldesk file names")


@dataclass(frozen=True, slots=True)
class Summary:
    """What was seen while a content was sealed."""

    sha256: bytes
    size: int
    head: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One stored content and the key to it, and to no other: what a child process is given."""

    path: Path
    sha256: bytes
    key: bytes = field(repr=False)

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in pieces; raises at the end, at the latest, if it is not the content.

        Each piece is authentic when it is yielded; whether all of them are the content that was
        asked for is known at the end only.
        """
        digest = hashlib.sha256()
        try:
            with self.path.open("rb") as file:
                for chunk in unsealed(file, self.key):
                    digest.update(chunk)
                    yield chunk
        except OSError as error:
            raise _damaged() from error
        if digest.digest() != self.sha256:
            raise _damaged()

    def read(self) -> bytes:
        """Return the whole content, verified."""
        return b"".join(self.chunks())

    def span(self, start: int, stop: int) -> bytes:
        """Return the bytes from start to before stop, authentic, without reading the rest."""
        first = start // FRAME_BYTES
        try:
            with self.path.open("rb") as file:
                chunks = _frames_from(file, self.key, first, stop - first * FRAME_BYTES)
                found = b"".join(chunks)[start - first * FRAME_BYTES :][: stop - start]
        except OSError as error:
            raise _damaged() from error
        if len(found) < stop - start:
            raise _damaged()
        return found


def seal(source: BinaryIO, target: BinaryIO, keys: FileKeys, *, size_limit: int) -> Summary:
    """Write the source encrypted to the target and return its hash, size and first bytes."""
    salt = secrets.token_bytes(SALT_BYTES)
    cipher = _cipher(keys.key_of(salt))
    digest, size, head = hashlib.sha256(), 0, b""
    target.write(MAGIC + salt)
    for number, chunk, is_last in _framed(source):
        size += len(chunk)
        if size > size_limit:
            raise Refused(
                f"This file is larger than the {size_limit / 1e6:,.0f} MB that are allowed. "
                "Nothing was stored. Make it smaller, or raise the limit in the settings."
            )
        head += chunk[: HEAD_BYTES - len(head)]
        digest.update(chunk)
        target.write(cipher.encrypt(_nonce(number, is_last=is_last), chunk, MAGIC))
    return Summary(digest.digest(), size, head)


def salt_of(path: Path) -> bytes:
    """Return the salt in a sealed file's header."""
    try:
        with path.open("rb") as file:
            header = file.read(len(MAGIC) + SALT_BYTES)
    except OSError as error:
        raise _damaged() from error
    if len(header) < len(MAGIC) + SALT_BYTES or not header.startswith(MAGIC):
        raise _damaged()
    return header.removeprefix(MAGIC)


def plain_size(sealed_bytes: int) -> int:
    """Return how many bytes a content has whose sealed file has that many."""
    framed = sealed_bytes - len(MAGIC) - SALT_BYTES
    return max(0, framed - TAG_BYTES * -(-framed // SEALED_FRAME_BYTES))


def unsealed(file: BinaryIO, key: bytes) -> Iterator[bytes]:
    """Yield the frames of an open sealed file, each authentic; raises when one is not."""
    yield from _frames_from(file, key, 0, None)


def _framed(source: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Yield number, bytes and whether it is the last, of every frame; an empty file has one."""
    chunk, number = source.read(FRAME_BYTES), 0
    while True:
        following = source.read(FRAME_BYTES) if chunk else b""
        yield number, chunk, not following
        if not following:
            return
        chunk, number = following, number + 1


def _frames_from(file: BinaryIO, key: bytes, number: int, enough: int | None) -> Iterator[bytes]:
    """Yield frames from that number on, up to the end or until there are enough bytes."""
    # Imported here, as in _cipher: not on the way to the first window.
    from cryptography.exceptions import InvalidTag

    cipher = _cipher(key)
    file.seek(len(MAGIC) + SALT_BYTES + number * SEALED_FRAME_BYTES)
    frame, seen = file.read(SEALED_FRAME_BYTES), 0
    while frame and (enough is None or seen < enough):
        following = file.read(SEALED_FRAME_BYTES)
        try:
            chunk = cipher.decrypt(_nonce(number, is_last=not following), frame, MAGIC)
        except InvalidTag as error:
            raise _damaged() from error
        yield chunk
        frame, number, seen = following, number + 1, seen + len(chunk)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _derived(key: bytes, *, info: bytes, salt: bytes | None = None) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _damaged() -> Unavailable:
    return Unavailable(
        "This stored file is missing or damaged. Everything else is safe. On a desk with a hub, "
        "open its document once, so that it comes from there. Otherwise restore the profile's "
        "folder “files” from a backup, or attach the document again."
    )
