"""How is a desk that is in step cut into segments?"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loyaldesk.domain.misspelling import deletion_keys, prefixes
from loyaldesk.protocol.buckets import own_bucket
from loyaldesk.protocol.segments import Segment, SegmentSet
from loyaldesk.store.schema import HEAD
from loyaldesk.store.search_entries import KINDS as SEARCHED
from loyaldesk.store.search_words import forgivable_words
from loyaldesk.sync.first.slices import slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from loyaldesk.store.connection import Connection
    from loyaldesk.store.store import Store
    from loyaldesk.sync.first.slices import Slice

__all__ = ["cut_segments"]

# The first is small, so that somebody can work with the newest customers within a second or two.
# The others are large: each touches most pages of the desk's file, so fewer cost less.
FIRST_ROWS, USUAL_ROWS = 15_000, 250_000
ZSTD_LEVEL = 3
# Of these tables a customer may have many rows; the index alone counts them.
WEIGHED = (("sales_order", 5), ("invoice", 4), ("activity", 1), ("document", 2), ("payment", 2))


def cut_segments(
    store: Store,
    folder: Path,
    *,
    epoch: str,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> SegmentSet:
    """Write the segments of a desk into a folder and return what they are.

    The files are named by their SHA-256; what is there already is written again alike. Nothing
    else may be written to the store meanwhile.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cutter = _Cutter(store, folder)
    count = cutter.plan()
    found: list[Segment] = []
    for number in range(count):
        found.append(cutter.cut(number))
        progress(number + 1, count)
    buckets = cutter.buckets()
    name = hashlib.sha256("".join(each.sha256 for each in found).encode()).hexdigest()
    return SegmentSet(name, epoch, HEAD, buckets, tuple(found))


@dataclass(slots=True)
class _Cutter:
    store: Store
    folder: Path
    # The beginnings of words whose keys an earlier segment brings already.
    known: set[str] = field(default_factory=set)

    @property
    def _connection(self) -> Connection:
        return self.store.connection

    def plan(self) -> int:
        """Choose a segment for every customer and return how many segments there are."""
        connection = self._connection
        connection.execute("DROP TABLE IF EXISTS temp.cut")
        connection.execute(
            "CREATE TEMP TABLE cut (segment INTEGER, customer_id INTEGER,"
            " PRIMARY KEY (segment, customer_id)) WITHOUT ROWID"
        )
        placed = list(_placed(connection))
        connection.executemany("INSERT INTO temp.cut VALUES (?, ?)", placed)
        return max((segment for segment, _ in placed), default=0) + 1

    def cut(self, number: int) -> Segment:
        """Write one segment."""
        path = self.folder / f"segment-{number}.db"
        path.unlink(missing_ok=True)
        connection = self._connection
        connection.execute("ATTACH DATABASE ? AS segment KEY ''", [str(path)])
        try:
            connection.execute("BEGIN")
            rows = sum(_copy_slice(connection, each, number) for each in slices())
            _copy_search(connection, self.known)
            (customers,) = connection.execute("SELECT count(*) FROM segment.customer").fetchone()
            connection.execute("COMMIT")
        finally:
            connection.execute("DETACH DATABASE segment")
        sha256, size = _compress(path, self.folder)
        return Segment(sha256, size, rows, customers)

    def buckets(self) -> dict[str, tuple[int, int, int, str]]:
        """Return how far the desk has read each bucket; an account manager's are nobody else's."""
        found = self._connection.execute("SELECT name, seq, boot_floor, live, digest FROM bucket")
        own = own_bucket("")
        return {row[0]: tuple(row[1:]) for row in found if not row[0].startswith(own)}


def _placed(connection: Connection) -> Iterator[tuple[int, int]]:
    """Yield segment and customer: newest first, families together, bounded by their rows.

    Beside the newest the first segment holds those who own the highest ids: whatever is written
    once it is loaded gets ids above those of all segments.
    """
    weights = _weights(connection)
    families = _families(connection)
    done: set[int] = set()
    for owner in _owners_of_last(connection):
        yield from ((0, member) for member in families.get(owner, [owner]) if member not in done)
        done.update(families.get(owner, [owner]))
    segment, filled, room = 0, 0, FIRST_ROWS
    for customer_id in _newest_first(connection):
        if customer_id in done:
            continue
        family = families.get(customer_id, [customer_id])
        if filled >= room:
            segment, filled, room = segment + 1, 0, USUAL_ROWS
        filled += sum(weights[member] for member in family)
        yield from ((segment, member) for member in family)
        done.update(family)


def _newest_first(connection: Connection) -> Iterator[int]:
    newest = connection.execute(
        "SELECT c.id FROM customer c LEFT JOIN search_entry e ON e.kind = 1 AND e.record_id = c.id"
        " ORDER BY e.place, c.id"
    )
    return (row_id for (row_id,) in newest.fetchall())


def _owners_of_last(connection: Connection) -> list[int]:
    owners = []
    for each in slices():
        if not each.way:
            continue
        found = connection.execute(
            f"SELECT cut.customer_id FROM (SELECT id AS customer_id FROM customer) cut {each.way}"
            f" WHERE t.id = (SELECT max(id) FROM {each.table}) LIMIT 1"
        ).fetchone()
        owners += [found[0]] if found else []
    return owners


def _families(connection: Connection) -> dict[int, list[int]]:
    """Return for each member of a family all of it, each after its parent."""
    parents = dict(
        connection.execute("SELECT id, parent_id FROM customer WHERE parent_id IS NOT NULL")
    )
    children: defaultdict[int, list[int]] = defaultdict(list)
    for child, parent in parents.items():
        children[parent].append(child)
    families: dict[int, list[int]] = {}
    for root in [parent for parent in children if parent not in parents]:
        family = [root]
        for member in family:
            family += children.get(member, [])
        families.update(dict.fromkeys(family, family))
    return families


def _weights(connection: Connection) -> Counter[int]:
    weights: Counter[int] = Counter()
    for (customer_id,) in connection.execute("SELECT id FROM customer"):
        weights[customer_id] = 4
    for table, rows in WEIGHED:
        counted = connection.execute(
            f"SELECT customer_id, count(*) FROM {table} GROUP BY customer_id"
        )
        for customer_id, count in counted:
            weights[customer_id] += rows * count
    return weights


def _copy_slice(connection: Connection, each: Slice, number: int) -> int:
    table = each.table
    if each.way:
        found = f"FROM temp.cut {each.way} WHERE cut.segment = {number}"
        connection.execute(
            f"CREATE TABLE segment.{table} AS SELECT DISTINCT t.* {found} ORDER BY t.id"
        )
        if each.first_too and number == 0:
            connection.execute(
                f"INSERT INTO segment.{table} SELECT t.* FROM {table} t WHERE {each.first_too}"
            )
    else:
        none = "" if number == 0 else " WHERE 0"
        connection.execute(f"CREATE TABLE segment.{table} AS SELECT t.* FROM main.{table} t{none}")
    (rows,) = connection.execute(f"SELECT count(*) FROM segment.{table}").fetchone()
    if each.kind:
        _copy_memberships(connection, each, table)
    return int(rows)


def _copy_memberships(connection: Connection, each: Slice, table: str) -> None:
    connection.execute(
        "CREATE TABLE IF NOT EXISTS segment.membership"
        " (kind TEXT, uid TEXT, bucket TEXT, rv INTEGER)"
    )
    connection.execute(
        "INSERT INTO segment.membership SELECT m.kind, m.uid, m.bucket, m.rv"
        f" FROM segment.{table} t CROSS JOIN main.membership m"
        " ON m.kind = ? AND m.uid = lower(hex(t.uid))",
        [each.kind],
    )


def _copy_search(connection: Connection, known: set[str]) -> None:
    """Copy what search keeps of the segment's records, with their phones and words counted."""
    connection.execute(
        "CREATE TABLE segment.search_entry AS SELECT * FROM main.search_entry WHERE 0"
    )
    connection.execute("CREATE TABLE segment.search_phone (run TEXT, kind INTEGER, record_id INT)")
    words: Counter[str] = Counter()
    for kind in SEARCHED:
        connection.execute(
            "INSERT INTO segment.search_entry SELECT e.* FROM"
            f" (SELECT id FROM segment.{kind.table}) t CROSS JOIN main.search_entry e"
            " ON e.kind = ? AND e.record_id = t.id",
            [kind.number],
        )
    entries = "SELECT kind, record_id, words, runs FROM segment.search_entry"
    for kind_number, record_id, stored, runs in connection.execute(entries).fetchall():
        words.update(forgivable_words(stored))
        phones = [(run, kind_number, record_id) for run in runs.split()]
        connection.executemany("INSERT INTO segment.search_phone VALUES (?, ?, ?)", phones)
    _copy_words(connection, words, known)


def _copy_words(connection: Connection, words: Counter[str], known: set[str]) -> None:
    """Keep how often each word stands in the segment; a misspelt one is found by these keys."""
    connection.execute("CREATE TABLE segment.search_word (word TEXT, uses INTEGER)")
    connection.executemany("INSERT INTO segment.search_word VALUES (?, ?)", sorted(words.items()))
    connection.execute("CREATE TABLE segment.search_misspelling (deletion TEXT, prefix TEXT)")
    found = sorted({prefix for word in words for prefix in prefixes(word)} - known)
    known.update(found)
    connection.executemany(
        "INSERT INTO segment.search_misspelling VALUES (?, ?)",
        ((key, prefix) for prefix in found for key in deletion_keys(prefix)),
    )


def _compress(path: Path, folder: Path) -> tuple[str, int]:
    """Compress a file, name it by its SHA-256, and return that and its size."""
    import zstandard  # on a worker only

    target = path.with_suffix(".zst")
    with path.open("rb") as plain, target.open("wb") as packed:
        zstandard.ZstdCompressor(level=ZSTD_LEVEL).copy_stream(plain, packed)
    path.unlink()
    with target.open("rb") as packed:
        sha256 = hashlib.file_digest(packed, "sha256").hexdigest()
    size = target.stat().st_size
    target.replace(folder / sha256)
    return sha256, size
