"""Where does the hub keep the contents of documents: on its disk, or in a bucket?

`LOYALDESK_HUB_FILES` names a bucket, as `s3://bucket/prefix`; its key, region and address come
from the usual variables (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
`AWS_ENDPOINT_URL`). Without it they lie in the hub's data folder.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, NotSupportedError
from obstore.store import LocalStore, ObjectStore, from_url

from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

__all__ = ["FILES_VARIABLE", "BlobStore", "Contents", "open_contents"]

FILES_VARIABLE = "LOYALDESK_HUB_FILES"
FOLDER_NAME = "files"
CHUNK_BYTES = 1 << 20
# What is composed goes to the bucket in pieces, so many at once.
PIECE_BYTES = 5 << 20
MOST_AT_ONCE = 4


class BlobStore(Protocol):
    """Bytes by name. What is stored is stored whole, or not at all."""

    def put(self, name: str, content: bytes) -> None:
        """Store what came in one piece; a name that is there already is left as it is."""

    def compose(self, name: str, chunks: Iterator[bytes]) -> None:
        """Store what the chunks make together; if they raise, nothing is stored."""

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from start to before stop; raises KeyError when the name is not there."""

    def delete(self, name: str) -> None:
        """Forget a name; one that is not there is no trouble."""

    def names(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Yield the names in a folder, and since when each is there."""


class Contents:
    """A `BlobStore` on a disk or in a bucket; may be used from several threads."""

    def __init__(self, store: ObjectStore, *, settle: Callable[[str], None] | None = None) -> None:
        self._store = store
        self._settle = settle or (lambda _name: None)

    def put(self, name: str, content: bytes) -> None:
        """Store what came in one piece; a name that is there already is left as it is."""
        try:
            obstore.put(self._store, name, content, mode="create", use_multipart=False)
        except (AlreadyExistsError, FileExistsError):
            return
        except NotSupportedError:
            # Not every bucket can ask whether a name is there. A name holds the hash of its
            # content, so to write it again changes nothing.
            self.compose(name, iter([content]))
        except (BaseError, OSError) as error:
            raise _unavailable() from error
        self._settle(name)

    def compose(self, name: str, chunks: Iterator[bytes]) -> None:
        """Store what the chunks make together; if they raise, nothing is stored."""
        try:
            # Leaving the block by an error throws away what was written.
            with obstore.open_writer(
                self._store, name, buffer_size=PIECE_BYTES, max_concurrency=MOST_AT_ONCE
            ) as target:
                for chunk in chunks:
                    target.write(chunk)
        except (BaseError, OSError) as error:
            raise _unavailable() from error
        self._settle(name)

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from start to before stop; raises KeyError when the name is not there."""
        if start == stop:
            return
        try:
            found = obstore.get(self._store, name, options={"range": (start, stop)})
            for chunk in found.stream(min_chunk_size=CHUNK_BYTES):
                yield bytes(chunk)
        except FileNotFoundError as error:
            raise KeyError(name) from error
        except (BaseError, OSError) as error:
            raise _unavailable() from error

    def delete(self, name: str) -> None:
        """Forget a name; one that is not there is no trouble."""
        try:
            obstore.delete(self._store, name)
        except FileNotFoundError:
            return
        except (BaseError, OSError) as error:
            raise _unavailable() from error

    def names(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Yield the names in a folder, and since when each is there."""
        try:
            for page in obstore.list(self._store, prefix):
                yield from ((found["path"], found["last_modified"]) for found in page)
        except (BaseError, OSError) as error:
            raise _unavailable() from error


def open_contents(folder: Path, *, environ: Mapping[str, str] = os.environ) -> Contents:
    """Return the contents in the bucket that the environment names, or else in the data folder."""
    url = environ.get(FILES_VARIABLE, "")
    if not url:
        return _on_disk(folder / FOLDER_NAME)
    if not url.startswith("s3://"):
        raise Refused(
            f"{FILES_VARIABLE} is “{url}”, which is no bucket. Nothing was started. Write "
            "s3://bucket/prefix, or leave it out to keep files in the data folder."
        )
    is_plain = environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
    try:
        return Contents(from_url(url, client_options={"allow_http": is_plain, "timeout": "300s"}))
    except (BaseError, ValueError) as error:
        raise Refused(
            f"The bucket of {FILES_VARIABLE} cannot be used. Nothing was started. Check its name "
            "and the variables AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION."
        ) from error


def _on_disk(root: Path) -> Contents:
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Contents(LocalStore(root), settle=lambda name: _sync(root / name))


def _sync(path: Path) -> None:
    # The library renames without waiting for the disk; what the hub promises must outlive a
    # power cut, so the file and its folder are brought there first.
    for each in (path, path.parent):
        if os.name == "nt" and each is path.parent:
            return
        descriptor = os.open(each, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unavailable() -> Unavailable:
    return Unavailable(
        "The place where the hub keeps files did not answer. Nothing was changed; try again later."
    )
