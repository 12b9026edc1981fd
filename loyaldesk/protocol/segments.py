"""What does a hub offer for a first sync? Files that were cut from a desk in step, by name."""

from __future__ import annotations

from msgspec import Struct

__all__ = ["Segment", "SegmentOffer", "SegmentSet"]


class Segment(Struct, frozen=True):
    """One file of a set: it is sent compressed with zstd, `sha256` and `size` are of that.

    Without `tables` it holds the newest customers with all that is theirs; otherwise all that is in
    these tables. `rows` are those of records and their lines.
    """

    sha256: str
    size: int
    rows: int
    tables: tuple[str, ...] = ()


class SegmentSet(Struct, frozen=True):
    """All segments of one state of some buckets, and how far that state was read.

    `buckets` gives for each bucket its cursor, how many rows live in it, and its digest.
    `revision` is the version of the desk's tables and of how they are cut: a desk with others
    takes pages instead.
    """

    name: str
    epoch: str
    revision: str
    buckets: dict[str, tuple[int, int, int, str]]
    segments: tuple[Segment, ...]

    @property
    def rows(self) -> int:
        """How many rows lie in the buckets."""
        return sum(live for _, _, live, _ in self.buckets.values())


class SegmentOffer(Struct, frozen=True):
    """The set that has most of what somebody may read, if there is one."""

    offered: SegmentSet | None = None
