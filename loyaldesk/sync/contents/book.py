"""What does this desk know of contents: which the hub has, which go up, which are to come down?

A row of `blob` by direction: `up` is a content of this disk, or one that the hub had when last
asked (`answer` is `present`, or what stands in the way); `down` is one that shall come: `now` when
somebody waits for it, else in idle time; `keep` is one that stays on this computer because somebody
said so; `dropped` is one whose document left this desk (`blob_dropped`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.store.connection import to_sql
from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loyaldesk.sync.engine.desk import Desk, Tx

__all__ = [
    "ASK", "DAMAGED", "NOW", "PRESENT", "Travel", "due_travels", "note_answer", "note_gone",
    "note_here", "note_parts", "note_pieces", "note_present", "note_wanted", "put_off",
    "take_stock",
]  # fmt: skip

PRESENT = "present"
# The hub had it, but was restored to an earlier day since: ask before it is sent again.
ASK = "ask"
DAMAGED = "damaged"
NOW = "now"

STOCK_ROWS = 500
MOST_DUE = 50
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)

# Only what some row names that the hub has: what was made here and did not go out yet names
# nothing there. In the order of the index, so that reading ends after a few.
_DUE_UP = """
SELECT b.sha256, b.size, b.upload, b.parts_done, b.tries, b.answer
  FROM blob AS b CROSS JOIN stored_file AS f ON f.sha256 = unhex(b.sha256)
 WHERE b.direction = 'up' AND b.answer <> 'present' AND (b.next_try IS NULL OR b.next_try <= ?)
   AND (EXISTS (SELECT 1 FROM document AS r WHERE r.file_id = f.id AND NOT EXISTS (
            SELECT 1 FROM outbox AS o WHERE o.kind = 'document' AND o.uid = lower(hex(r.uid))
               AND o.op = 'create'))
     OR f.id IN (SELECT m.file_id FROM mail AS m WHERE m.uid NOT IN (
            SELECT unhex(o.uid) FROM outbox AS o WHERE o.kind = 'mail' AND o.op = 'create')))
 ORDER BY b.next_try LIMIT ?
"""
_DUE_DOWN = """
SELECT b.sha256, b.size, b.upload, b.parts_done, b.tries, b.answer
  FROM blob AS b CROSS JOIN stored_file AS f ON f.sha256 = unhex(b.sha256)
 WHERE b.direction = 'down' AND b.answer <> 'present' AND (b.next_try IS NULL OR b.next_try <= ?)
   AND (EXISTS (SELECT 1 FROM document AS r WHERE r.file_id = f.id)
     OR f.id IN (SELECT m.file_id FROM mail AS m))
 ORDER BY b.answer <> 'now', b.next_try LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Travel:
    """A content that shall go up or come down, and how far it is."""

    sha256: bytes
    size: int
    upload: str
    parts: tuple[int, ...]
    tries: int
    answer: str

    @property
    def name(self) -> str:
        """The hash as the hub writes it."""
        return self.sha256.hex()


def take_stock(desk: Desk, size_of: Callable[[bytes], int | None]) -> bool:
    """Note contents of this disk that nobody looked at yet; tells whether there may be more.

    Where the hub was restored since, what it had is asked for again.
    """
    with desk.transaction("blob-look") as tx:
        _hear_of_epoch(tx)
        found = tx.connection.execute(
            "SELECT id, sha256 FROM stored_file WHERE id > ? ORDER BY id LIMIT ?",
            [tx.number(StateKey.BLOB_STOCK), STOCK_ROWS],
        ).fetchall()
    here = [(sha256.hex(), size) for _, sha256 in found if (size := size_of(sha256))]
    if found:
        with desk.transaction("blob-stock") as tx:
            tx.connection.executemany(
                "INSERT INTO blob (sha256, direction, size) VALUES (?, 'up', ?)"
                " ON CONFLICT DO NOTHING",
                here,
            )
            tx.remember(StateKey.BLOB_STOCK, found[-1][0])
    return len(found) == STOCK_ROWS


def due_travels(desk: Desk, direction: str) -> list[Travel]:
    """Return what shall travel now, the longest waiting first."""
    sql = _DUE_UP if direction == "up" else _DUE_DOWN
    with desk.transaction("blob-due") as tx:
        found = tx.connection.execute(sql, [desk.now, MOST_DUE]).fetchall()
    return [
        Travel(bytes.fromhex(sha256), size, upload, tuple(json.loads(parts)), tries, answer)
        for sha256, size, upload, parts, tries, answer in found
    ]


def note_parts(desk: Desk, travel: Travel, upload: str, parts: Iterable[int]) -> None:
    """Note which parts of a content the hub has."""
    with desk.transaction("blob-part") as tx:
        tx.connection.execute(
            "UPDATE blob SET upload = ?, parts_done = ?, answer = ''"
            " WHERE sha256 = ? AND direction = 'up'",
            [upload, json.dumps(sorted(parts)), travel.name],
        )


def note_pieces(desk: Desk, sha256: bytes, pieces: Iterable[int]) -> None:
    """Note which pieces of a content came, if it is known that it comes."""
    with desk.transaction("blob-piece") as tx:
        tx.connection.execute(
            "UPDATE blob SET parts_done = ? WHERE sha256 = ? AND direction = 'down'",
            [json.dumps(sorted(pieces)), sha256.hex()],
        )


def note_present(desk: Desk, sha256: bytes, size: int) -> None:
    """Note that the hub has the content, and that nothing of it is to travel any more."""
    with desk.transaction("blob-present") as tx:
        tx.connection.execute(
            "INSERT INTO blob (sha256, direction, size, answer) VALUES (?, 'up', ?, 'present')"
            " ON CONFLICT (sha256, direction) DO UPDATE SET answer = 'present', upload = '',"
            " parts_done = '[]', tries = 0, next_try = NULL",
            [sha256.hex(), size],
        )
        tx.connection.execute(
            "DELETE FROM blob WHERE sha256 = ? AND direction = 'down'", [sha256.hex()]
        )


def note_here(desk: Desk, sha256: bytes, size: int) -> None:
    """Note that the content is on this disk; whether the hub has it, too, is asked."""
    with desk.transaction("blob-here") as tx:
        tx.connection.execute(
            "INSERT INTO blob (sha256, direction, size, answer) VALUES (?, 'up', ?, ?)"
            " ON CONFLICT DO NOTHING",
            [sha256.hex(), size, ASK],
        )
        tx.connection.execute(
            "DELETE FROM blob WHERE sha256 = ? AND direction = 'down'", [sha256.hex()]
        )


def note_wanted(desk: Desk, wanted: Iterable[tuple[bytes, int]]) -> None:
    """Note contents (hash, bytes) that shall come down."""
    with desk.transaction("blob-want") as tx:
        for sha256, size in wanted:
            tx.connection.execute(
                "INSERT INTO blob (sha256, direction, size) VALUES (?, 'down', ?)"
                " ON CONFLICT DO NOTHING",
                [sha256.hex(), size],
            )


def note_answer(desk: Desk, travel: Travel, direction: str, answer: str) -> None:
    """Note what stands in the way of a content; it is tried again later and later."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(travel.tries, 12))
    put_off(desk, travel, direction, pause=pause, answer=answer)


def put_off(desk: Desk, travel: Travel, direction: str, *, pause: timedelta, answer: str) -> None:
    """Try a content again after the pause, from its first part where the answer is about all."""
    with desk.transaction("blob-put-off") as tx:
        tx.connection.execute(
            "UPDATE blob SET answer = ?, tries = tries + 1, next_try = ?, upload = '',"
            " parts_done = '[]' WHERE sha256 = ? AND direction = ?",
            [answer, to_sql(desk.clock() + pause), travel.name, direction],
        )


def note_gone(desk: Desk, sha256: bytes) -> None:
    """Forget a content that is not on this disk any more, so that it need not go up."""
    with desk.transaction("blob-forget") as tx:
        tx.connection.execute(
            "DELETE FROM blob WHERE sha256 = ? AND direction = 'up'", [sha256.hex()]
        )


def _hear_of_epoch(tx: Tx) -> None:
    epoch = tx.state(StateKey.EPOCH)
    if epoch and epoch != tx.state(StateKey.BLOB_EPOCH):
        tx.connection.execute(
            "UPDATE blob SET answer = ?, upload = '', parts_done = '[]', next_try = NULL"
            " WHERE direction = 'up'",
            [ASK],
        )
        tx.remember(StateKey.BLOB_EPOCH, epoch)
