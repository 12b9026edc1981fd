"""How does the hub take the content of a document in, whole or in parts, and hand it out?

A content is `present` once its bytes lie in the store under their own hash; the row that says so
is written last. Whoever brings one that is there already, and may not know of it, brings it again
and hears the same answers.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING

from loyaldesk.hub.access import Verb, authorise
from loyaldesk.hub.contents.access import may_read
from loyaldesk.hub.contents.uploads import (
    Upload,
    add_part,
    blob_state,
    find_upload,
    open_upload,
    parts_of,
    put_blob,
)
from loyaldesk.hub.refusals import Refusal, busy, malformed, unknown
from loyaldesk.hub.tables.contents import GOING, PRESENT
from loyaldesk.protocol.blobs import BlobNamed, BlobPlace
from loyaldesk.protocol.parts import LARGEST_BYTES, SMALL_BYTES, is_sha256, part_count, part_span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.contents.store import BlobStore
    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx

__all__ = ["BlobHub", "blob_name", "part_name"]

UPLOAD_LIFE = timedelta(days=7)
RETRY_AFTER_S = 30.0
CHUNK_BYTES = 1 << 20


def blob_name(sha256: str) -> str:
    """Return the name of a content in the store."""
    return f"blobs/{sha256[:2]}/{sha256}"


def part_name(upload: str, number: int, sha256: str) -> str:
    """Return the name of a part; its hash is in it, so that a corrected part is another one."""
    return f"uploads/{upload}/{number:05}-{sha256}"


class BlobHub:
    """Contents of one hub: rows in its database, bytes in `files`; raises `Refusal`."""

    def __init__(self, hub: HubStore, files: BlobStore, *, largest: int = LARGEST_BYTES) -> None:
        self._hub, self._files, self._largest = hub, files, largest

    def begin(self, principal: Principal, named: BlobNamed, *, now: datetime) -> BlobPlace:
        """Say that the content is there, if they may know; or where its parts go, and which have.

        The same device asking again goes on with the upload it began.
        """
        self._check_named(principal, named)

        def work(tx: Tx) -> BlobPlace:
            is_there = blob_state(tx, named.sha256) == PRESENT
            if is_there and may_read(tx, principal, named.sha256):
                return BlobPlace(present=True)
            upload = open_upload(
                tx,
                named,
                device=principal.device,
                now=now,
                life=UPLOAD_LIFE,
                new_uid=self._hub.new_uid,
            )
            return _place(tx, upload)

        return self._hub.repeat("blob-begin", work)

    def take_part(
        self, principal: Principal, upload_id: str, number: int, content: bytes, *,
        digest: bytes | None, now: datetime,
    ) -> BlobPlace:  # fmt: skip
        """Keep one part of an upload; the same part again changes nothing."""
        upload = self._upload(principal, upload_id, now)
        sha256 = _checked(content, digest)
        count = part_count(upload.size, upload.part_size)
        if not 1 <= number <= count:
            raise malformed(f"this content has {count} parts, and none with the number {number}")
        start, stop = part_span(upload.size, upload.part_size, number)
        if len(content) != stop - start:
            raise malformed(f"part {number} has {len(content)} bytes instead of {stop - start}")
        self._files.put(part_name(upload.id, number, sha256), content)

        def work(tx: Tx) -> tuple[BlobPlace, str | None]:
            there = add_part(tx, upload.id, number, sha256)
            return _place(tx, upload), there

        place, replaced = self._hub.repeat("blob-part", work)
        if replaced not in {None, sha256}:
            self._files.delete(part_name(upload.id, number, str(replaced)))
        return place

    def complete(self, principal: Principal, upload_id: str, *, now: datetime) -> BlobPlace:
        """Make the content of its parts if they are all there and have the hash that was named.

        Where parts are missing, the answer says which are there.
        """
        upload = self._upload(principal, upload_id, now)
        with self._hub.snapshot("blob-parts") as tx:
            parts, state = parts_of(tx, upload.id), blob_state(tx, upload.sha256)
            place = _place(tx, upload)
        if len(parts) < part_count(upload.size, upload.part_size):
            return place
        if state == GOING:
            raise busy(RETRY_AFTER_S)
        try:
            self._compose(upload, parts, is_there=state == PRESENT)
        except _NotThatContentError:
            self._forget_parts(upload, parts)
            raise malformed("its parts together have another hash than was named") from None
        except KeyError:
            self._forget_parts(upload, parts)
            return BlobPlace(present=False, upload=upload.id, part_size=upload.part_size)
        self._settle(upload.sha256, upload.size, now, was_there=state == PRESENT, upload=upload.id)
        for number, sha256 in parts.items():
            self._files.delete(part_name(upload.id, number, sha256))
        return BlobPlace(present=True)

    def take_small(
        self, principal: Principal, sha256: str, content: bytes, *,
        digest: bytes | None, now: datetime,
    ) -> BlobPlace:  # fmt: skip
        """Take a whole content in that is small enough for one request."""
        self._check_named(principal, BlobNamed(sha256, len(content)))
        if len(content) > SMALL_BYTES:
            raise _too_large(SMALL_BYTES)
        if _checked(content, digest) != sha256:
            raise malformed("the content has another hash than its name")
        with self._hub.snapshot("blob-small") as tx:
            state = blob_state(tx, sha256)
        if state == GOING:
            raise busy(RETRY_AFTER_S)
        if state != PRESENT:
            self._files.put(blob_name(sha256), content)
        self._settle(sha256, len(content), now, was_there=state == PRESENT)
        return BlobPlace(present=True)

    def find(self, principal: Principal, sha256: str) -> int:
        """Return how many bytes the content has; unknown and forbidden alike are refused."""
        with self._hub.snapshot("blob-find") as tx:
            found = tx.row("SELECT size, state FROM blob WHERE sha256 = ?", (sha256,))
            if found is None or found[1] != PRESENT or not may_read(tx, principal, sha256):
                raise unknown()
        return int(found[0])

    def open(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """Return bytes of a content that `find` allowed, from start to before stop, in chunks.

        Where the store lost them, the content counts as not there, and whoever has it is asked
        for it again.
        """
        chunks = self._files.read(blob_name(sha256), start, stop)
        try:
            first = next(chunks)
        except KeyError:
            with self._hub.transaction("blob-lost") as tx:
                tx.run("DELETE FROM blob WHERE sha256 = ?", (sha256,))
            raise unknown() from None
        return chain((first,), chunks)

    def _check_named(self, principal: Principal, named: BlobNamed) -> None:
        if not authorise(principal, Verb.WRITE):
            raise unknown()
        if not is_sha256(named.sha256):
            raise malformed("a content is named by its SHA-256, in small hexadecimal digits")
        if named.size < 1:
            raise malformed("an empty content is none")
        if named.size > self._largest:
            raise _too_large(self._largest)

    def _upload(self, principal: Principal, upload_id: str, now: datetime) -> Upload:
        with self._hub.snapshot("blob-upload") as tx:
            upload = find_upload(tx, upload_id, now=now)
        if upload is None or upload.device != principal.device:
            raise unknown()
        if not authorise(principal, Verb.WRITE):
            raise unknown()
        return upload

    def _compose(self, upload: Upload, parts: dict[int, str], *, is_there: bool) -> None:
        chunks = self._proven(upload, parts)
        if is_there:
            for _ in chunks:
                pass
        else:
            self._files.compose(blob_name(upload.sha256), chunks)

    def _proven(self, upload: Upload, parts: dict[int, str]) -> Iterator[bytes]:
        """Yield the content; the last chunk only once all of it is known to be what was named."""
        digest, held = hashlib.sha256(), b""
        for number in range(1, len(parts) + 1):
            start, stop = part_span(upload.size, upload.part_size, number)
            name = part_name(upload.id, number, parts[number])
            for chunk in self._files.read(name, 0, stop - start):
                digest.update(chunk)
                if held:
                    yield held
                held = chunk
        if digest.hexdigest() != upload.sha256:
            raise _NotThatContentError
        yield held

    def _settle(
        self, sha256: str, size: int, now: datetime, *, was_there: bool, upload: str = ""
    ) -> None:
        def work(tx: Tx) -> None:
            # The sweep may have taken meanwhile what was there before.
            if was_there and blob_state(tx, sha256) != PRESENT:
                raise busy(RETRY_AFTER_S)
            put_blob(tx, sha256, size, now=now)
            tx.run("DELETE FROM blob_part WHERE upload = ?", (upload,))
            tx.run("DELETE FROM blob_upload WHERE id = ?", (upload,))

        self._hub.repeat("blob-settle", work)

    def _forget_parts(self, upload: Upload, parts: dict[int, str]) -> None:
        with self._hub.transaction("blob-forget") as tx:
            tx.run("DELETE FROM blob_part WHERE upload = ?", (upload.id,))
        for number, sha256 in parts.items():
            self._files.delete(part_name(upload.id, number, sha256))


class _NotThatContentError(Exception):
    """The parts make another content than was named."""


def _place(tx: Tx, upload: Upload) -> BlobPlace:
    have = list(parts_of(tx, upload.id))
    return BlobPlace(present=False, upload=upload.id, part_size=upload.part_size, have=have)


def _checked(content: bytes, digest: bytes | None) -> str:
    """Return the hash of what came, which must be the one that its sender says."""
    if digest is None:
        raise malformed("the header Content-Digest with a sha-256 is missing")
    found = hashlib.sha256(content)
    if found.digest() != digest:
        raise malformed("the bytes are not those that were sent; send them again")
    return found.hexdigest()


def _too_large(limit: int) -> Refusal:
    return Refusal(
        "too-large",
        f"This content is larger than the {limit / 1e6:,.0f} MB that are taken. Nothing was "
        "stored. Make it smaller.",
    )
