"""Where do the pieces of a content lie that is still on its way in, so that a cut costs one piece?

Each piece is sealed as the content itself will be. What lies here is no content yet: it becomes
one when all pieces are there and together have the hash that was asked for.
"""

from __future__ import annotations

import io
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from loyaldesk.documents.sealing import FileKeys, salt_of, seal, unsealed
from loyaldesk.errors import Unavailable
from loyaldesk.settings import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["ArrivingPieces", "joined"]


class ArrivingPieces:
    """Numbered pieces of contents; for one thread at a time for each content."""

    def __init__(self, root: Path, keys: FileKeys) -> None:
        self._root = root
        self._keys = keys

    def keep(self, sha256: bytes, number: int, content: bytes) -> None:
        """Keep one piece; the same number again takes its place."""
        with disk_trouble():
            self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = self._root / f"{secrets.token_hex(8)}.part"
            with fresh.open("xb") as target:
                seal(io.BytesIO(content), target, self._keys, size_limit=len(content))
            fresh.replace(self._path_of(sha256, number))

    def numbers(self, sha256: bytes) -> list[int]:
        """Return which pieces are here, in order."""
        found = self._root.glob(f"{self._keys.name_of(sha256)}-*")
        return sorted(int(path.name.rpartition("-")[2]) for path in found)

    def chunks(self, sha256: bytes, count: int) -> Iterator[bytes]:
        """Yield the content that the pieces 1 to `count` make; raises if one is not whole."""
        for number in range(1, count + 1):
            path = self._path_of(sha256, number)
            try:
                with path.open("rb") as file:
                    yield from unsealed(file, self._keys.key_of(salt_of(path)))
            except OSError as error:
                raise Unavailable(
                    "A piece of this document is missing. Nothing was stored; it is fetched again."
                ) from error

    def forget(self, sha256: bytes) -> None:
        """Remove the pieces of a content."""
        for path in self._root.glob(f"{self._keys.name_of(sha256)}-*"):
            path.unlink(missing_ok=True)

    def sweep(self, *, before: float) -> int:
        """Remove what came before that instant (seconds of Unix time) and return how much."""
        removed = 0
        for path in sorted(self._root.glob("*")):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()
                    removed += 1
        return removed

    def _path_of(self, sha256: bytes, number: int) -> Path:
        return self._root / f"{self._keys.name_of(sha256)}-{number}"


class _Joined(io.RawIOBase):
    """Chunks as a file that is read once."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            following = next(self._chunks, None)
            if following is None:
                return 0
            self._left = following
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken


def joined(chunks: Iterable[bytes]) -> BinaryIO:
    """Return chunks as an open file, to be read once from the front."""
    return io.BufferedReader(_Joined(chunks), buffer_size=1 << 20)
