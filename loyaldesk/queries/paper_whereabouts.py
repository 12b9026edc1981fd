"""Where is the content of a document: here, at the hub, on its way, or on this computer alone?

Asked only on a desk that is connected to a hub.
"""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.parts import PIECE_BYTES, part_count, part_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loyaldesk.store.reader import Source

__all__ = [
    "CustomerPapers", "PaperPlace", "Whereabouts", "read_customer_papers", "read_whereabouts",
]  # fmt: skip

_BLOBS = (
    "SELECT unhex(sha256), direction, size, parts_done, answer FROM blob"
    " WHERE sha256 IN (SELECT value FROM json_each(?))"
)
_KEPT = (
    "SELECT 1 FROM customer AS c JOIN sync_state AS s ON s.key = 'keep:' || lower(hex(c.uid))"
    " WHERE c.id = ?"
)
_CONTENTS = (
    "SELECT d.id, f.sha256 FROM document AS d JOIN stored_file AS f ON f.id = d.file_id"
    " WHERE d.id IN (SELECT value FROM json_each(?))"
)
_AT_HUB = {"present", "ask"}


class Whereabouts(enum.Enum):
    """Where a content is, as far as this desk knows."""

    BOTH = "here and at the hub"
    AT_HUB = "at the hub"
    COMING = "on its way here"
    GOING_UP = "on its way to the hub"
    ONLY_HERE = "only on this computer"
    ELSEWHERE = "not at the hub yet, and not here"
    DAMAGED = "damaged here"


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Where a content is; `percent` of it has travelled, `is_kept` says that it stays here."""

    where: Whereabouts
    percent: int = 0
    is_kept: bool = False

    @property
    def is_here(self) -> bool:
        """Whether it can be opened without the hub."""
        return self.where in {Whereabouts.BOTH, Whereabouts.GOING_UP, Whereabouts.ONLY_HERE}


@dataclass(frozen=True, slots=True)
class CustomerPapers:
    """Where documents of a customer are, by id, and whether they are kept here by a wish."""

    places: dict[int, PaperPlace]
    is_kept: bool


def read_whereabouts(
    source: Source, *, contents: Iterable[bytes], has: Callable[[bytes], bool]
) -> dict[bytes, PaperPlace]:
    """Return where contents are, by hash; `has` tells whether one lies on this disk."""
    wanted = dict.fromkeys(contents)
    asked = json.dumps([sha256.hex() for sha256 in wanted])
    known: dict[bytes, dict[str, Any]] = {}
    for sha256, direction, *rest in source.rows(_BLOBS, [asked]):
        known.setdefault(sha256, {})[direction] = rest
    return {sha256: _place(known.get(sha256, {}), is_here=has(sha256)) for sha256 in wanted}


def read_customer_papers(
    source: Source,
    *,
    customer_id: int,
    documents: Iterable[int],
    has: Callable[[bytes], bool],
) -> CustomerPapers:
    """Return where the contents of some documents of a customer are, by document."""
    found: dict[int, bytes] = dict(source.rows(_CONTENTS, [json.dumps(list(documents))]))
    places = read_whereabouts(source, contents=found.values(), has=has)
    is_kept = source.value(_KEPT, [customer_id]) is not None
    return CustomerPapers({key: places[sha256] for key, sha256 in found.items()}, is_kept)


def _place(known: dict[str, Any], *, is_here: bool) -> PaperPlace:
    up, down = known.get("up"), known.get("down")
    where, percent = _up(up) if is_here else _down(down)
    return PaperPlace(where, percent, "keep" in known)


def _up(up: Any) -> tuple[Whereabouts, int]:
    size, parts, answer = up or (0, "[]", "")
    if answer in _AT_HUB:
        return Whereabouts.BOTH, 0
    if answer == "damaged":
        return Whereabouts.DAMAGED, 0
    done = len(json.loads(parts))
    if not done:
        return Whereabouts.ONLY_HERE, 0
    return Whereabouts.GOING_UP, 100 * done // part_count(size, part_size(size))


def _down(down: Any) -> tuple[Whereabouts, int]:
    if down is None:
        return Whereabouts.AT_HUB, 0
    size, parts, answer = down
    if answer == "not_there":
        return Whereabouts.ELSEWHERE, 0
    return Whereabouts.COMING, 100 * len(json.loads(parts)) // part_count(size, PIECE_BYTES)
