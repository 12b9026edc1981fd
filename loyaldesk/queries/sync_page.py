"""Everything that the page of desk and hub shows, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.queries.sync_conflicts import (
    FieldConflict,
    RecordConflicts,
    list_conflicts,
    list_merges,
)
from loyaldesk.queries.sync_copy import LocalCopy, read_local_copy
from loyaldesk.queries.sync_edits import (
    RefusedEdit,
    WaitingGroup,
    count_waiting,
    list_refused,
    list_waiting,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from loyaldesk.store.reader import Source

__all__ = ["SyncPageRows", "read_sync_page"]

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SyncPageRows:
    """What is here, what has to be decided, was refused, waits, and was merged by itself.

    Of each list the first hundred; `waiting_count` counts all of what waits.
    """

    copy: LocalCopy
    conflicts: list[RecordConflicts]
    refused: list[RefusedEdit]
    waiting: list[WaitingGroup]
    waiting_count: int
    merges: list[FieldConflict]


def read_sync_page(source: Source, *, now: datetime, today: date) -> SyncPageRows:
    """Return what the page shows."""
    return SyncPageRows(
        copy=read_local_copy(source, today=today),
        conflicts=list_conflicts(source),
        refused=list_refused(source, most=MOST_SHOWN),
        waiting=list_waiting(source, most=MOST_SHOWN),
        waiting_count=count_waiting(source),
        merges=list_merges(source, now=now, most=MOST_SHOWN),
    )
