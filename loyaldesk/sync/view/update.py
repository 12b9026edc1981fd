"""Which columns of rows that are here differ from what comes in? Only those are written.

A column that is written costs the upkeep of every index it stands in, also if it says the same.
"""

from __future__ import annotations

import json
from itertools import compress
from operator import ne
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.store.remote import RemoteTransaction
    from loyaldesk.sync.view.plan import Plan

__all__ = ["update_rows"]


def update_rows(tx: RemoteTransaction, plan: Plan, wanted: Mapping[int, tuple[Any, ...]]) -> None:
    """Bring rows, by id, to these values of the plan's columns."""
    if not wanted:
        return
    columns = plan.columns
    names = ", ".join(f'"{name}"' for name in columns)
    changed: dict[tuple[int, ...], list[tuple[Any, ...]]] = {}
    places = range(len(columns))
    for row_id, *was in tx.rows(
        f"SELECT id, {names} FROM {plan.table} WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(wanted))],
    ):
        values = wanted[row_id]
        differ = tuple(compress(places, map(ne, values, was)))
        if differ:
            changed.setdefault(differ, []).append((*(values[at] for at in differ), row_id))
    for differ, rows in changed.items():
        differ_in = [columns[at] for at in differ]
        settings = ", ".join(f'"{name}" = ?' for name in differ_in)
        tx.executemany(f"UPDATE {plan.table} SET {settings} WHERE id = ?", rows)
        tx.touch(plan.table, [row_id for *_, row_id in rows], columns=differ_in)
