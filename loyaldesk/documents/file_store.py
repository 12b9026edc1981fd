"""Where are the contents of documents kept, each once, encrypted and whole?"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from loyaldesk.documents.arriving import ArrivingPieces
from loyaldesk.documents.content_types import content_type
from loyaldesk.documents.origin import mark_as_foreign
from loyaldesk.documents.sealing import (
    FileKeys,
    SealedFile,
    Summary,
    plain_size,
    salt_of,
    seal,
)
from loyaldesk.errors import LoyalDeskError, Refused, Unavailable
from loyaldesk.settings import disk_trouble, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FOLDER_NAME", "SIZE_LIMIT", "FileStore", "StoredContent"]

FOLDER_NAME = "files"
SIZE_LIMIT = 200_000_000
INCOMING = "incoming"
ARRIVING = "arriving"
# Pieces of what nobody went on fetching.
ARRIVING_FOR_S = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class StoredContent:
    """One content in the store; `is_new` tells that it was not there before."""

    sha256: bytes
    size: int
    mime: str
    is_new: bool


class FileStore:
    """Contents by the SHA-256 of what they say, under names that tell nothing.

    A content is on the disk, whole and synced, before `add` returns, so a row that names it is
    never ahead of it. May be used from several threads.
    """

    def __init__(self, root: Path, key: bytes) -> None:
        self._root = root
        self._keys = FileKeys(key)
        self.arriving = ArrivingPieces(root / ARRIVING, self._keys)

    def add(
        self,
        source: Path | BinaryIO,
        *,
        size_limit: int = SIZE_LIMIT,
        expected: bytes | None = None,
    ) -> StoredContent:
        """Store a content and return what it is; the same content again costs no space.

        With `expected`, its SHA-256, nothing is stored that is not just this content.
        """
        if isinstance(source, Path):
            with disk_trouble(), source.open("rb") as file:
                return self.add(file, size_limit=size_limit, expected=expected)
        with disk_trouble(), self._incoming() as fresh:
            with fresh.open("xb") as target:
                summary = seal(source, target, self._keys, size_limit=size_limit)
                target.flush()
                os.fsync(target.fileno())
            if expected not in {None, summary.sha256}:
                raise Unavailable(
                    "What came is not what was asked for. Nothing was stored; it is fetched again."
                )
            return self._kept(fresh, summary)

    def has(self, sha256: bytes) -> bool:
        """Tell whether the content is there."""
        return self._path_of(sha256).is_file()

    def sealed(self, sha256: bytes) -> SealedFile:
        """Return the content's place and its own key, for a process that may read just this."""
        found = self._sealed(sha256)
        # When it was last used: what nobody looked at for long makes room first.
        with suppress(OSError):
            os.utime(found.path)
        return found

    def size_of(self, sha256: bytes) -> int | None:
        """Return how many bytes the content has as it lies here; None if it does not."""
        try:
            return plain_size(self._path_of(sha256).stat().st_size)
        except FileNotFoundError:
            return None

    def used_at(self, sha256: bytes) -> float | None:
        """Return when the content was last used or came, in seconds of Unix time; None if gone."""
        try:
            return self._path_of(sha256).stat().st_mtime
        except FileNotFoundError:
            return None

    def span(self, sha256: bytes, start: int, stop: int) -> bytes:
        """Return the bytes from start to before stop; this is no use of the content by anybody."""
        return self._sealed(sha256).span(start, stop)

    def remove(self, sha256: bytes) -> bool:
        """Make room: take the content off this disk; False if it was not there or is in use.

        Only for what is known to lie, whole, elsewhere.
        """
        try:
            self._path_of(sha256).unlink()
        except (FileNotFoundError, PermissionError):
            return False
        return True

    def read(self, sha256: bytes) -> bytes:
        """Return the whole content, verified."""
        return self.sealed(sha256).read()

    def chunks(self, sha256: bytes) -> Iterator[bytes]:
        """Yield the content in pieces, verified at the end."""
        return self.sealed(sha256).chunks()

    def export(self, sha256: bytes, target: Path, *, may_replace: bool = False) -> None:
        """Write the content to a file outside, marked as foreign where the disk can keep the mark.

        A failure leaves what was there before.
        """
        if target.exists() and not may_replace:
            raise Refused(
                f"“{target.name}” exists already. Nothing was written. Choose another name."
            )
        fresh = target.with_name(f".{secrets.token_hex(8)}.part")
        try:
            with disk_trouble(), fresh.open("xb") as file:
                file.writelines(self.chunks(sha256))
                file.flush()
                os.fsync(file.fileno())
            mark_as_foreign(fresh)
            with disk_trouble():
                fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)

    def check(self, sha256: bytes) -> str | None:
        """Read the whole content and return what is wrong with it, or None."""
        try:
            for _ in self.chunks(sha256):
                pass
        except LoyalDeskError as error:
            return str(error)
        return None

    def sweep(self) -> int:
        """Remove what a crash left half stored and return how much; for the only writer."""
        left = list((self._root / INCOMING).glob("*"))
        for path in left:
            path.unlink(missing_ok=True)
        return len(left) + self.arriving.sweep(before=time.time() - ARRIVING_FOR_S)

    @contextmanager
    def _incoming(self) -> Iterator[Path]:
        folder = self._root / INCOMING
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = folder / secrets.token_hex(16)
        try:
            yield fresh
        finally:
            fresh.unlink(missing_ok=True)

    def _kept(self, fresh: Path, summary: Summary) -> StoredContent:
        path = self._path_of(summary.sha256)
        # A sound content is never written again; a damaged one is healed by storing it again.
        is_new = not (path.exists() and self.check(summary.sha256) is None)
        if is_new:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            fresh.chmod(0o600)
            fresh.replace(path)
            sync_folder(path.parent)
            sync_folder(self._root)
        return StoredContent(summary.sha256, summary.size, content_type(summary.head), is_new)

    def _sealed(self, sha256: bytes) -> SealedFile:
        path = self._path_of(sha256)
        return SealedFile(path, sha256, self._keys.key_of(salt_of(path)))

    def _path_of(self, sha256: bytes) -> Path:
        name = self._keys.name_of(sha256)
        return self._root / name[:2] / name
