"""Which rows lie in which bucket, in which version; with the count and digest of each bucket.

A version above 0 was listed by the hub. When a bucket is read anew its versions turn negative, and
positive again row by row; what has not turned at the end is no longer there. Count and digest are
over what was listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.digest import fingerprint, shift

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.store.connection import Connection

__all__ = ["Memberships"]


class Memberships:
    """The memberships as one transaction sees and changes them; `flush` writes the sums."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sums: dict[str, tuple[int, int]] = {}
        self._listed: list[tuple[str, str, str, int]] = []

    def of(self, kind: str, uid: str) -> dict[str, int]:
        """Return the version of the row by bucket."""
        found = self._connection.execute(
            "SELECT bucket, rv FROM membership WHERE kind = ? AND uid = ?", [kind, uid]
        )
        return dict(found.fetchall())

    def of_all(self, kind: str, uids: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return the versions of many rows of a kind by uid and bucket."""
        marks = list(uids)
        found = self._connection.execute(
            "SELECT uid, bucket, rv FROM membership WHERE kind = ? AND uid IN"
            f" ({', '.join('?' * len(marks))})",
            [kind, *marks],
        )
        by_uid: dict[str, dict[str, int]] = {uid: {} for uid in marks}
        for uid, bucket, rv in found:
            by_uid[uid][bucket] = rv
        return by_uid

    def put(self, kind: str, uid: str, bucket: str, rv: int, *, was: int | None) -> None:
        """Note that the hub listed the row in that version; `was` is the one noted before."""
        if was != rv:
            self._count(bucket, kind, uid, was=was, now=rv)
            self._listed.append((kind, uid, bucket, rv))

    def remove(self, kind: str, uid: str, bucket: str, *, was: int) -> None:
        """Note that the row lies in the bucket no more."""
        self.write_listed()
        self._count(bucket, kind, uid, was=was, now=None)
        self._connection.execute(
            "DELETE FROM membership WHERE kind = ? AND uid = ? AND bucket = ?", [kind, uid, bucket]
        )

    def turn(self, bucket: str, rows: Sequence[tuple[str, str, int]]) -> None:
        """Note that rows (kind, uid, version) of a bucket are not listed since it is read anew."""
        for kind, uid, rv in rows:
            self._count(bucket, kind, uid, was=rv, now=None)
        self._connection.executemany(
            "UPDATE membership SET rv = -rv WHERE kind = ? AND uid = ? AND bucket = ?",
            [(kind, uid, bucket) for kind, uid, _ in rows],
        )

    def raise_to(self, kind: str, uid: str, rv: int) -> bool:
        """Note a version that an answered edit gave the row; tell whether any bucket has it."""
        memberships = self.of(kind, uid)
        for bucket, was in memberships.items():
            if abs(was) < rv:
                now = rv if was > 0 else -rv
                self._count(bucket, kind, uid, was=was, now=now)
                self._connection.execute(
                    "UPDATE membership SET rv = ? WHERE kind = ? AND uid = ? AND bucket = ?",
                    [now, kind, uid, bucket],
                )
        return bool(memberships)

    def write_listed(self) -> None:
        """Write what was listed, all at once."""
        self._connection.executemany(
            "INSERT INTO membership (kind, uid, bucket, rv) VALUES (?, ?, ?, ?)"
            # Not OR REPLACE, which would write the index over buckets anew as well.
            " ON CONFLICT (kind, uid, bucket) DO UPDATE SET rv = excluded.rv",
            self._listed,
        )
        self._listed.clear()

    def flush(self) -> None:
        """Write what was listed, and count and digest of every bucket that changed."""
        self.write_listed()
        for bucket, (live, by) in self._sums.items():
            found = self._connection.execute(
                "SELECT digest FROM bucket WHERE name = ?", [bucket]
            ).fetchone()
            if found and (live or by):
                self._connection.execute(
                    "UPDATE bucket SET live = live + ?, digest = ? WHERE name = ?",
                    [live, shift(found[0], by), bucket],
                )
        self._sums.clear()

    def _count(self, bucket: str, kind: str, uid: str, *, was: int | None, now: int | None) -> None:
        """Count a row in the one version instead of the other; what is not listed counts not."""
        live, by = self._sums.get(bucket, (0, 0))
        if was is not None and was > 0:
            live, by = live - 1, by - fingerprint(kind, uid, was)
        if now is not None and now > 0:
            live, by = live + 1, by + fingerprint(kind, uid, now)
        self._sums[bucket] = (live, by)
