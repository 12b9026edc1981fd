"""The messages of desk and hub; JSON on the wire, checked where they are decoded.

A push carries numbered mutations and brings back what became of each; a pull carries the desk's
cursor and brings back a page of rows. `Head` travels in the headers of each request.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from loyaldesk.protocol.kinds import Row

__all__ = [
    "NO_ROW", "Call", "Change", "Cursor", "Entry", "Head", "HeadOf", "Known", "KnownAsked",
    "Mutation", "Outcome", "Problem", "Pull", "Pulled", "Push", "Pushed", "Reply", "Verified",
    "Verify",
]  # fmt: skip

# Of one bucket: the last number that was read, and the head when reading it began from nothing.
Cursor = tuple[int, int]
# A row as the JSON it came in, and what an entry has that puts none.
RawRow = Annotated[
    msgspec.Raw, msgspec.Meta(extra_json_schema={"type": ["object", "null"], "default": None})
]
NO_ROW = msgspec.Raw(b"null")
# Of one bucket: head number, live rows, digest (16 hexadecimal digits).
HeadOf = tuple[int, int, str]


class Head(Struct, frozen=True, kw_only=True):
    """Who asks, from which state: every request has one, and every reply a hub's."""

    client: str
    epoch: str
    schema: int
    now: str


class Change(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What was done to one field: `old` became `new`, or it grew by `inc`."""

    old: Any = UNSET
    new: Any = UNSET
    inc: int | UnsetType = UNSET


class Mutation(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """One row's edit by one person; a `grp` is made whole or not at all.

    `row` is the whole row of a create; `ch` are the fields of an edit, or of a delete what its
    author saw. `offset_ms` is what the desk's clock was ahead of the hub's at the last exchange
    before the edit, `edited_at` the desk's clock then.
    """

    no: int
    uuid: str
    grp: int
    kind: str
    id: str
    op: Literal["create", "edit", "delete"]
    schema: int
    edited_at: str
    offset_ms: int | None = None
    row: Row | None = None
    ch: dict[str, Change] = {}


class Push(Struct, forbid_unknown_fields=True):
    """Mutations in the order of their numbers, the groups whole."""

    muts: list[Mutation]


class Outcome(Struct, omit_defaults=True, kw_only=True):
    """What became of a mutation, for good; `row` is the hub's row now, None when it is gone."""

    no: int
    uuid: str
    st: Literal["applied", "merged", "conflict", "rejected"]
    reason: str = ""
    rv: int = 0
    row: Row | None = None
    conflicts: list[str] = []


class Pushed(Struct, kw_only=True):
    """The outcomes of a push; `chain` is the running hash over all accepted uuids."""

    last: int
    chain: str
    res: list[Outcome]


class Pull(Struct, forbid_unknown_fields=True, kw_only=True):
    """Where the desk stands in each bucket, and how much it takes at once."""

    cur: dict[str, Cursor]
    limit: int = 2000
    max_bytes: int = 1_000_000


class Entry(Struct, array_like=True):
    """One entry of a bucket: P puts a row, D deletes it, L takes it out of this bucket.

    The row stays JSON, for a desk keeps it as such until its turn comes.
    """

    bucket: str
    seq: int
    op: Literal["P", "D", "L"]
    kind: str
    id: str
    rv: int = 0
    row: RawRow = msgspec.field(default_factory=lambda: NO_ROW)


class Pulled(Struct, kw_only=True):
    """A page; with `done` the desk has the state of one snapshot, whose `heads` are given."""

    rows: list[Entry]
    cur: dict[str, Cursor]
    done: bool
    resets: list[str] = []
    revoked: list[str] = []
    heads: dict[str, HeadOf] = {}
    backfill: list[str] = []


class KnownAsked(Struct, forbid_unknown_fields=True):
    """Uuids of mutations that a hub with another epoch may not remember."""

    uuids: list[str]


class Known(Struct):
    """Those of the asked uuids that the hub knows."""

    known: list[str]


class Verify(Struct, forbid_unknown_fields=True):
    """A bucket whose rows did not agree with its digest."""

    bucket: str


class Verified(Struct):
    """What the bucket holds: kind, uid and version of every live row."""

    rows: list[tuple[str, str, int]]
    head: HeadOf


class Problem(Struct, omit_defaults=True, kw_only=True):
    """Why a request was not served; nothing of it was done.

    `err` is one of: epoch, forked, gap, ahead, busy, too-large, outdated, malformed, signed-out,
    revoked, unknown, offline.
    """

    err: str
    sentence: str = ""
    epoch: str = ""
    expect: int = 0
    retry_after_s: float = 0
    res: list[Outcome] = []


class Call(Struct, frozen=True):
    """A request that an engine wants sent: `path` such as `sync/push`, and its message."""

    path: str
    head: Head
    body: Push | Pull | KnownAsked | Verify


Reply = Pushed | Pulled | Known | Verified | Problem
