"""How does a file that someone dropped get into the store?"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.documents.file_store import SIZE_LIMIT, FileStore, StoredContent
from loyaldesk.documents.names import safe_name
from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CapturedFile", "capture_file"]

# Never follow a link, never wait for a pipe; Windows has neither flag and needs a third.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class CapturedFile:
    """A file that was taken in: its clean name and its stored content."""

    name: str
    content: StoredContent


def capture_file(path: Path, *, files: FileStore, size_limit: int = SIZE_LIMIT) -> CapturedFile:
    """Store a file from outside; the original stays where it is.

    `content.is_new` is false for a content that is in the store already.
    """
    if path.is_symlink():
        raise Refused(f"“{path.name}” is a link. Nothing was stored. Attach the file it points to.")
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        before = os.fstat(descriptor)
        _check(path, before, size_limit)
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = files.add(file, size_limit=size_limit)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Unavailable(
            f"“{path.name}” is still being written. Nothing was attached. Try again in a moment."
        )
    return CapturedFile(safe_name(path.name), content)


def _check(path: Path, found: os.stat_result, size_limit: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise Refused(f"“{path.name}” is not a file. Nothing was stored. Attach its files instead.")
    if found.st_size == 0:
        raise Refused(f"“{path.name}” is empty. Nothing was stored. Check where it came from.")
    if found.st_size > size_limit:
        raise Refused(
            f"“{path.name}” has {found.st_size / 1e6:,.0f} MB; at most {size_limit / 1e6:,.0f} MB "
            "are allowed. Nothing was stored. Make it smaller, or raise the limit in the settings."
        )


def _unreadable(path: Path, error: OSError) -> Unavailable:
    return Unavailable(
        f"“{path.name}” cannot be read: {error.strerror}. Nothing was stored. Check that it is "
        "there and that you may read it, then try again."
    )
