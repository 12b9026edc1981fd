"""Where does each bucket stand, and how does it get its next numbers?

A bucket's head is locked last, in one statement right before the commit, and held until it: so
numbers are given in the order of commits, and who sees one sees all lower ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from loyaldesk.protocol.digest import fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.messages import HeadOf

__all__ = ["NO_HEAD", "BucketHead", "Moves", "heads_of"]

_MODULUS = 1 << 64
_HEADS = "SELECT bucket, seq, floor, live, digest FROM bucket_head"
_SOME = "SELECT bucket, seq, floor, live, digest FROM bucket_head WHERE bucket IN {}"


@dataclass(frozen=True, slots=True)
class BucketHead:
    """The last number of a bucket, the last number collected of its tombstones, its live rows."""

    seq: int
    floor: int
    live: int
    digest: int

    def told(self) -> HeadOf:
        """Return what a desk compares its own rows with."""
        return self.seq, self.live, f"{self.digest:016x}"


# Of a bucket in which nothing ever was.
NO_HEAD = BucketHead(0, 0, 0, 0)


def heads_of(tx: Tx, names: Collection[str] | None = None) -> dict[str, BucketHead]:
    """Return the heads of these buckets, or of all, by name; empty buckets may have none."""
    found = tx.rows(_HEADS) if names is None else tx.rows_of(_SOME, names)
    return {row[0]: _head(row) for row in found}


def _head(row: tuple[str, int, int, int, str]) -> BucketHead:
    _, seq, floor, live, digest = row
    return BucketHead(seq, floor, live, int(digest))


@dataclass(slots=True)
class Moves:
    """The entries of one bucket that a transaction moves to new numbers, and what that changes."""

    live: int = 0
    digest: int = 0
    entries: list[tuple[str, str, Literal["P", "D", "L"], int]] = field(default_factory=list)

    def put(self, kind: str, uid: str, rv: int) -> None:
        """Let the row in this version be what the bucket holds."""
        self._count(1, kind, uid, rv)
        self.entries.append((kind, uid, "P", rv))

    def take(self, op: Literal["D", "L"], kind: str, uid: str, rv: int) -> None:
        """Tell that the row was deleted (D), or lies in this bucket no longer (L)."""
        self.entries.append((kind, uid, op, rv))

    def leave(self, kind: str, uid: str, rv: int) -> None:
        """Tell that the row, unchanged, lies in this bucket no longer."""
        self.forget(kind, uid, rv)
        self.take("L", kind, uid, rv)

    def forget(self, kind: str, uid: str, rv: int) -> None:
        """Take the version that the bucket held out of what its live rows add up to."""
        self._count(-1, kind, uid, rv)

    def _count(self, sign: int, kind: str, uid: str, rv: int) -> None:
        self.live += sign
        self.digest += sign * fingerprint(kind, uid, rv)

    def write(self, tx: Tx, bucket: str, at_s: int) -> None:
        """Number the entries; nothing but other buckets' heads may be locked after this."""
        if tx.is_postgres:
            self._write_at_once(tx, bucket, at_s)
        else:
            self._write_alone(tx, bucket, at_s)

    def _write_at_once(self, tx: Tx, bucket: str, at_s: int) -> None:
        kinds, uids, ops, versions = map(list, zip(*self.entries, strict=True))
        count, digest = len(self.entries), self.digest % _MODULUS
        values = (bucket, count, self.live, digest, bucket, count, at_s, kinds, uids, ops, versions)
        tx.run(_BUMP, values)

    def _write_alone(self, tx: Tx, bucket: str, at_s: int) -> None:
        """Do the same in three statements: on SQLite nobody else writes meanwhile."""
        head = heads_of(tx, [bucket]).get(bucket, NO_HEAD)
        digest = (head.digest + self.digest) % _MODULUS
        seq, live = head.seq + len(self.entries), head.live + self.live
        tx.run(
            "INSERT OR REPLACE INTO bucket_head (bucket, seq, floor, live, digest)"
            " VALUES (?, ?, ?, ?, ?)",
            (bucket, seq, head.floor, live, str(digest)),
        )
        numbered = enumerate(self.entries, head.seq + 1)
        tx.run_many(
            "INSERT OR REPLACE INTO bucket_entry (bucket, kind, id, seq, op, rv, at_s)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(bucket, kind, uid, seq, op, rv, at_s) for seq, (kind, uid, op, rv) in numbered],
        )


_BUMP = """
WITH head AS (
    INSERT INTO bucket_head AS h (bucket, seq, floor, live, digest) VALUES (?, ?, 0, ?, ?)
    ON CONFLICT (bucket) DO UPDATE SET
        seq = h.seq + excluded.seq,
        live = h.live + excluded.live,
        digest = mod(h.digest + excluded.digest, 18446744073709551616)
    RETURNING seq
)
INSERT INTO bucket_entry (bucket, kind, id, seq, op, rv, at_s)
SELECT ?, moved.kind, moved.id, head.seq - ? + moved.n, moved.op, moved.rv, ?
FROM head, unnest(?::text[], ?::text[], ?::text[], ?::bigint[])
    WITH ORDINALITY AS moved (kind, id, op, rv, n)
ON CONFLICT (bucket, kind, id) DO UPDATE SET
    seq = excluded.seq, op = excluded.op, rv = excluded.rv, at_s = excluded.at_s
"""
