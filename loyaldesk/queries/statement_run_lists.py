"""What does the window show beside a statement run: its ids in order, its ways, its choices?"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.reader import Source

__all__ = ["GroupNames", "RunWays", "list_run_item_ids", "read_group_names", "read_run_ways"]

_IDS = "SELECT id FROM statement_run_item WHERE run_id = ?1"
_SEGMENTS = "SELECT DISTINCT segment FROM customer WHERE segment <> '' ORDER BY segment"
_TERRITORIES = "SELECT DISTINCT territory FROM customer WHERE territory <> '' ORDER BY territory"
_MANAGERS = (
    "SELECT DISTINCT account_manager FROM customer WHERE account_manager <> ''"
    " ORDER BY account_manager"
)
# A letter that is still to be made or still in the house goes out by one of these.
_WAYS = (
    "SELECT customer.letters_by, count(*) FROM statement_run_item item"
    " JOIN customer ON customer.id = item.customer_id"
    " WHERE item.run_id = ? AND item.outcome = ? GROUP BY customer.letters_by"
)


@dataclass(frozen=True, slots=True)
class RunWays:
    """How many letters of a run are still to be made, and how many lie ready, by way."""

    waiting: dict[str, int]
    issued: dict[str, int]


@dataclass(frozen=True, slots=True)
class GroupNames:
    """The names by which customers are grouped, each list in its order."""

    segments: tuple[str, ...]
    territories: tuple[str, ...]
    managers: tuple[str, ...]


def list_run_item_ids(source: Source, *, run_id: int, outcomes: Sequence[str] = ()) -> array[int]:
    """Return the ids of a run's items by position; with outcomes only such."""
    among = " AND outcome IN (SELECT value FROM json_each(?2))" if outcomes else ""
    wanted = [run_id, json.dumps(list(outcomes))] if outcomes else [run_id]
    found = source.rows(f"{_IDS}{among} ORDER BY position", wanted)
    return array("q", (item_id for (item_id,) in found))


def read_run_ways(source: Source, *, run_id: int) -> RunWays:
    """Return by which way the letters of a run go that have not left yet."""
    return RunWays(
        waiting=dict(source.rows(_WAYS, [run_id, "waiting"])),
        issued=dict(source.rows(_WAYS, [run_id, "issued"])),
    )


def read_group_names(source: Source) -> GroupNames:
    """Return the segments, territories and account managers that customers have."""
    return GroupNames(
        segments=_names(source, _SEGMENTS),
        territories=_names(source, _TERRITORIES),
        managers=_names(source, _MANAGERS),
    )


def _names(source: Source, sql: str) -> tuple[str, ...]:
    return tuple(name for (name,) in source.rows(sql))
