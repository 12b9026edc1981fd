"""A desk and its disk in memory, and a line to a hub's contents, for tests and the simulator."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable
from sqlcipher3 import dbapi2 as driver

from loyaldesk.errors import Unavailable
from loyaldesk.hub.refusals import Refusal
from loyaldesk.models import Base
from loyaldesk.protocol.blobs import BlobNamed
from loyaldesk.protocol.messages import Problem
from loyaldesk.store.sync_tables import create_sync_tables
from loyaldesk.sync.contents.steps import BlobPiece
from loyaldesk.sync.engine.desk import Desk
from tests.support.blobs import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.contents.engine import BlobHub
    from loyaldesk.protocol.blobs import BlobPlace
    from loyaldesk.sync.contents.steps import BlobAnswer, BlobCall

__all__ = ["MemoryFiles", "blob_desk", "file_paper", "hub_line", "make_tables"]

TABLES = ("customer", "sales_order", "stored_file", "document", "document_link", "mail")


@dataclass
class MemoryFiles:
    """A `BlobFiles` in memory; it is its own `arriving`. `now` is when contents are used."""

    contents: dict[bytes, bytes] = field(default_factory=dict)
    used: dict[bytes, float] = field(default_factory=dict)
    pieces: dict[tuple[bytes, int], bytes] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: NOON

    @property
    def arriving(self) -> MemoryFiles:
        return self

    def has(self, sha256: bytes) -> bool:
        return sha256 in self.contents

    def size_of(self, sha256: bytes) -> int | None:
        found = self.contents.get(sha256)
        return None if found is None else len(found)

    def used_at(self, sha256: bytes) -> float | None:
        return self.used.get(sha256)

    def span(self, sha256: bytes, start: int, stop: int) -> bytes:
        found = self.contents.get(sha256, b"")[start:stop]
        if len(found) < stop - start:
            raise Unavailable("This stored file is missing or damaged.")
        return found

    def add(self, source: BinaryIO, *, expected: bytes | None = None) -> bytes:
        content = source.read()
        sha256 = hashlib.sha256(content).digest()
        if expected not in {None, sha256}:
            raise Unavailable("What came is not what was asked for.")
        self.contents[sha256], self.used[sha256] = content, self.now().timestamp()
        return sha256

    def remove(self, sha256: bytes) -> bool:
        self.used.pop(sha256, None)
        return self.contents.pop(sha256, None) is not None

    def keep(self, sha256: bytes, number: int, content: bytes) -> None:
        self.pieces[sha256, number] = content

    def numbers(self, sha256: bytes) -> list[int]:
        return sorted(number for known, number in self.pieces if known == sha256)

    def chunks(self, sha256: bytes, count: int) -> Iterator[bytes]:
        for number in range(1, count + 1):
            if (sha256, number) not in self.pieces:
                raise Unavailable("A piece of this document is missing.")
            yield self.pieces[sha256, number]

    def forget(self, sha256: bytes) -> None:
        for number in self.numbers(sha256):
            del self.pieces[sha256, number]


def make_tables(execute: Callable[[str], Any]) -> None:
    """Make the tables that the steps about contents read."""
    for name in TABLES:
        table = Base.metadata.tables[name]
        execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
    create_sync_tables(execute)


def blob_desk(
    clock: Callable[[], datetime] = lambda: NOON,
    *,
    crash: Callable[[str, str], None] = lambda _name, _moment: None,
) -> Desk:
    """Return a desk in memory with the tables that contents need, and no view of other rows."""
    connection = driver.connect(":memory:", isolation_level=None)
    make_tables(connection.execute)
    view: Any = None
    return Desk(connection, view, clock=clock, new_uid=lambda: "0" * 32, crash=crash)


def file_paper(
    desk: Desk, files: MemoryFiles | None, content: bytes, *,
    customer: int = 1, days_ago: int = 0, pinned: bool = False, waits: bool = False, kind: str = "",
) -> bytes:  # fmt: skip
    """File a content as a document (or as a mail in the state `kind`), and return its hash.

    Without `files` its row came from elsewhere, and the content is not here. `waits`: its row did
    not go out yet.
    """
    sha256 = hashlib.sha256(content).digest()
    if files is not None:
        files.contents[sha256], files.used[sha256] = content, desk.clock().timestamp()
    day = (desk.clock() - timedelta(days=days_ago)).date().isoformat()
    with desk.transaction("file") as tx:
        run = tx.connection.execute
        run(
            "INSERT INTO stored_file (sha256, size, mime, stored_at) VALUES (?, ?, '', '')"
            " ON CONFLICT DO NOTHING",
            [sha256, len(content)],
        )
        with closing(run("SELECT id FROM stored_file WHERE sha256 = ?", [sha256])) as found:
            (file_id,) = found.fetchone()
        uid = hashlib.sha256(sha256 + bytes([customer])).digest()[:16]
        if kind:
            run(
                "INSERT INTO mail (uid, customer_id, file_id, recipient, subject, message_id,"
                " state, written_at, written_by, send_after) VALUES (?, ?, ?, '', '', '', ?, '',"
                " '', '')",
                [uid, customer, file_id, kind],
            )
        else:
            run(
                "INSERT INTO document (uid, customer_id, file_id, kind, name, filed_on,"
                " is_pinned) VALUES (?, ?, ?, 'other', 'paper', ?, ?)",
                [uid, customer, file_id, day, int(pinned)],
            )
        if waits:
            run(
                "INSERT INTO outbox (uuid, grp, kind, uid, op, body, edited_at, schema, actor,"
                " label) VALUES (?, 1, ?, ?, 'create', '', '', 1, '', '')",
                [uid.hex(), "mail" if kind else "document", uid.hex()],
            )
    return sha256


def hub_line(
    blobs: BlobHub, who: Principal, now: Callable[[], datetime] = lambda: NOON
) -> Callable[[BlobCall], BlobAnswer]:
    """Return how a desk's calls are answered by a hub in the same process."""

    def answer(call: BlobCall) -> BlobAnswer:
        try:
            if call.method == "GET":
                return _piece(blobs, who, call.path.split("/")[1], call.span or (0, 0))
            return _brought(blobs, who, call, now())
        except Refusal as refusal:
            return refusal.problem
        except Unavailable as trouble:
            return Problem(err="busy", sentence=str(trouble))

    return answer


def _brought(blobs: BlobHub, who: Principal, call: BlobCall, now: datetime) -> BlobPlace:
    words = call.path.split("/")[1:]
    if words == ["uploads"]:
        return blobs.begin(who, msgspec.json.decode(call.body, type=BlobNamed), now=now)
    if words[-1] == "complete":
        return blobs.complete(who, words[1], now=now)
    if words[0] == "uploads":
        number = int(words[3])
        return blobs.take_part(who, words[1], number, call.body, digest=call.digest, now=now)
    return blobs.take_small(who, words[0], call.body, digest=call.digest, now=now)


def _piece(blobs: BlobHub, who: Principal, sha256: str, span: tuple[int, int]) -> BlobPiece:
    size = blobs.find(who, sha256)
    start, stop = span[0], min(span[1], size)
    return BlobPiece(start, size, b"".join(blobs.open(sha256, start, stop)))
