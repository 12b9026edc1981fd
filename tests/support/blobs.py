"""Contents and who names them, for tests of how contents travel."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loyaldesk.hub.access import Principal, Role
from loyaldesk.protocol.blobs import BlobNamed
from loyaldesk.protocol.parts import part_count, part_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.hub.contents.engine import BlobHub
    from loyaldesk.hub.store import HubStore
    from loyaldesk.protocol.blobs import BlobPlace

__all__ = [
    "NOON", "MemoryBlobs", "bring", "bring_part", "make_bytes", "name_blob", "named",
    "principal", "sha256_of",
]  # fmt: skip

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CUSTOMER = f"{7:032x}"


class MemoryBlobs:
    """A `BlobStore` in memory, whose clock stands where it is put."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, datetime]] = {}
        self.now = NOON

    def put(self, name: str, content: bytes) -> None:
        """Keep the content under a name that is not there yet."""
        self.kept.setdefault(name, (content, self.now))

    def compose(self, name: str, chunks: Iterator[bytes]) -> None:
        """Keep what the chunks make, once all of them came."""
        self.kept[name] = (b"".join(chunks), self.now)

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes in two chunks, as a real store would in many."""
        content = self.kept[name][0][start:stop]
        half = len(content) // 2
        yield from (chunk for chunk in (content[:half], content[half:]) if chunk)

    def delete(self, name: str) -> None:
        """Forget the name."""
        self.kept.pop(name, None)

    def names(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Yield what is kept below the prefix."""
        for name in sorted(self.kept):
            if name.startswith(prefix):
                yield name, self.kept[name][1]


def make_bytes(size: int, seed: int = 1) -> bytes:
    """Return so many bytes, the same for the same seed."""
    return random.Random(seed).randbytes(size)


def sha256_of(content: bytes) -> str:
    """Return the hash of a content as the hub writes it."""
    return hashlib.sha256(content).hexdigest()


def named(content: bytes) -> BlobNamed:
    """Return what a desk says of a content before it brings it."""
    return BlobNamed(sha256_of(content), len(content))


def principal(
    territory: str | None = "north", *, device: str = "d1", role: Role = Role.REP
) -> Principal:
    """Return somebody with one territory, or for None the whole company."""
    territories = None if territory is None else frozenset({territory})
    return Principal("ana", "Ana", device, "B1", role, territories)


def name_blob(
    hub: HubStore, content: bytes, *, kind: str = "document", territory: str = "north",
    uid: str = f"{8:032x}", deleted: bool = False,
) -> None:  # fmt: skip
    """File the content with a customer of the territory, as a push would have left it."""
    customer = {"territory": territory, "account_manager": "Bob"}
    paper = {"customer_id": CUSTOMER, "file_sha256": sha256_of(content)}
    rows = [("customer", CUSTOMER, customer, 0), (kind, uid, paper, int(deleted))]
    with hub.transaction("name") as tx:
        for name, row_id, row, is_deleted in rows:
            tx.run("DELETE FROM entity WHERE kind = ? AND id = ?", (name, row_id))
            tx.run(
                'INSERT INTO entity (kind, id, rv, deleted, account_id, origin, "row", field_at,'
                " changed_at) VALUES (?, ?, 1, ?, ?, '', ?, '{}', '')",
                (name, row_id, is_deleted, CUSTOMER, json.dumps(row, separators=(",", ":"))),
            )


def bring(blobs: BlobHub, who: Principal, content: bytes, *, now: datetime = NOON) -> BlobPlace:
    """Bring a content in parts and return the hub's last word."""
    place = blobs.begin(who, named(content), now=now)
    if place.present:
        return place
    for number in range(1, part_count(len(content), place.part_size) + 1):
        bring_part(blobs, who, place, content, number, now=now)
    return blobs.complete(who, place.upload, now=now)


def bring_part(
    blobs: BlobHub, who: Principal, place: BlobPlace, content: bytes, number: int, *,
    now: datetime = NOON,
) -> BlobPlace:  # fmt: skip
    """Bring one part of a content."""
    start, stop = part_span(len(content), place.part_size, number)
    part = content[start:stop]
    digest = hashlib.sha256(part).digest()
    return blobs.take_part(who, place.upload, number, part, digest=digest, now=now)
