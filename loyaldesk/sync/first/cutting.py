"""How is a desk that is in step cut into segments?"""

from __future__ import annotations

import hashlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from loyaldesk.protocol.buckets import own_bucket
from loyaldesk.protocol.segments import Segment, SegmentSet
from loyaldesk.store.connection import connect_plain
from loyaldesk.store.search_index import INDEX_TABLES
from loyaldesk.sync.first.cutting_newest import cut_newest
from loyaldesk.sync.first.newest import newest_customers
from loyaldesk.sync.first.slices import BESIDE, MEMBERSHIP, REVISION, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.store.connection import Connection
    from loyaldesk.store.store import Store

__all__ = ["cut_segments"]

# Somebody who saves waits while a segment is copied, and each is a request.
USUAL_ROWS = 50_000
# They are made once a day and fetched by many: a smaller file is worth the time.
ZSTD_LEVEL = 9


def cut_segments(store: Store, folder: Path, *, epoch: str) -> SegmentSet:
    """Write the segments of a desk into a folder and return what they are.

    The files are named by their SHA-256. Nothing else may be written to the store meanwhile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with closing(store.bulk_writer()) as connection:
        newest = newest_customers(connection)
        found = [_newest_segment(connection, folder, newest)]
        (customers,) = connection.execute("SELECT count(*) FROM customer").fetchone()
        if customers > len(newest):
            found += [_whole_segment(connection, folder, tables) for tables in _groups(connection)]
        buckets = _buckets(connection)
    name = hashlib.sha256("".join(each.sha256 for each in found).encode()).hexdigest()
    return SegmentSet(name, epoch, REVISION, buckets, tuple(found))


def _groups(connection: Connection) -> Iterator[tuple[str, ...]]:
    """Yield the tables in their order, small ones together; those of search are one."""
    group: list[str] = []
    rows = 0
    for table in WHOLE:
        if group and (table == INDEX_TABLES[0] or group == [MEMBERSHIP] or rows >= USUAL_ROWS):
            yield tuple(group)
            group, rows = [], 0
        group.append(table)
        if table not in BESIDE:
            (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            rows += count
    yield tuple(group)


def _buckets(connection: Connection) -> dict[str, tuple[int, int, int, str]]:
    """Return how far the desk has read each bucket; an account manager's are nobody else's."""
    found = connection.execute("SELECT name, seq, boot_floor, live, digest FROM bucket")
    own = own_bucket("")
    return {row[0]: tuple(row[1:]) for row in found if not row[0].startswith(own)}


def _newest_segment(connection: Connection, folder: Path, newest: set[int]) -> Segment:
    path = folder / "newest.db"
    path.unlink(missing_ok=True)
    with _attached(connection, path):
        rows = cut_newest(connection, newest)
    return Segment(*_compress(path, folder), rows)


def _whole_segment(connection: Connection, folder: Path, tables: tuple[str, ...]) -> Segment:
    """Write tables as they are, with their indexes: a desk copies both without making them."""
    path = folder / f"{tables[0]}.db"
    path.unlink(missing_ok=True)
    with closing(connect_plain(path)) as plain:
        for table in tables:
            for statement in _statements(connection, table):
                plain.execute(statement)
    with _attached(connection, path):
        copied = {table: _copy_whole(connection, table) for table in tables}
    rows = sum(copied[table] for table in tables if table not in BESIDE)
    return Segment(*_compress(path, folder), rows, tables)


def _statements(connection: Connection, table: str) -> list[str]:
    """Return what made a table and then its indexes."""
    found = connection.execute(
        "SELECT sql FROM main.sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
        " ORDER BY type = 'index', name",
        [table],
    )
    return [sql for (sql,) in found]


def _copy_whole(connection: Connection, table: str) -> int:
    # A file stays known for a while when its last document went: it is nobody's business.
    held = (
        " WHERE id IN (SELECT file_id FROM main.document UNION ALL SELECT file_id FROM main.mail)"
        if table == "stored_file"
        else ""
    )
    found = connection.execute(f"INSERT INTO segment.{table} SELECT * FROM main.{table}{held}")
    return int(found.rowcount)


@contextmanager
def _attached(connection: Connection, path: Path) -> Iterator[None]:
    connection.execute("ATTACH DATABASE ? AS segment KEY ''", [str(path)])
    try:
        connection.execute("BEGIN")
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("DETACH DATABASE segment")


def _compress(path: Path, folder: Path) -> tuple[str, int]:
    """Compress a file, name it by its SHA-256, and return that and its size."""
    import zstandard  # on a worker only

    target, plain_size = path.with_suffix(".zst"), path.stat().st_size
    with path.open("rb") as plain, target.open("wb") as packed:
        zstandard.ZstdCompressor(level=ZSTD_LEVEL).copy_stream(plain, packed, size=plain_size)
    path.unlink()
    with target.open("rb") as packed:
        sha256 = hashlib.file_digest(packed, "sha256").hexdigest()
    size = target.stat().st_size
    target.replace(folder / sha256)
    return sha256, size
