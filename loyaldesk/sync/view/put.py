"""How do rows of the wire get into the tables of the desk, many of one kind at a time?

What a row must name and is not here makes it wait; what it may name and is not here is kept as a
loose reference (`store.loose`) and made good when that comes. A row that its table refuses, since
a rule of the desk does not hold for it at this moment, waits too.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.connection import IntegrityError
from loyaldesk.store.loose import has_loose
from loyaldesk.store.wire_rows import rows_by_uid
from loyaldesk.sync.view.lines import put_lines
from loyaldesk.sync.view.plan import row_plan
from loyaldesk.sync.view.references import References, ids_of
from loyaldesk.sync.view.update import update_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.store.remote import RemoteTransaction
    from loyaldesk.sync.view.plan import Plan

__all__ = ["put_rows"]

LOG = logging.getLogger(__name__)
Rows = dict[str, "Row"]


def put_rows(tx: RemoteTransaction, kind: Kind, rows: Rows) -> list[str]:
    """Insert or update rows by uid and return the uids of those that cannot be shown yet."""
    if not rows:
        return []
    try:
        with tx.savepoint():
            return _Batch(tx, kind).write(rows)
    except IntegrityError as error:
        if len(rows) == 1:
            (uid,) = rows
            LOG.info("The table refuses %s %s for now: %s", kind.name, uid, error)
            return [uid]
    # The one that is refused is found by halving, so that the others come in.
    items = list(rows.items())
    middle = len(items) // 2
    return [*put_rows(tx, kind, dict(items[:middle])), *put_rows(tx, kind, dict(items[middle:]))]


@dataclass(slots=True)
class _Batch:
    tx: RemoteTransaction
    kind: Kind
    loose: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    def write(self, rows: Rows) -> list[str]:
        plan = row_plan(self.kind)
        references = References(self.tx)
        references.look_up(plan.references, list(rows.values()))
        shown = _whole(plan, references, rows)
        known = ids_of(self.tx, plan.table, shown)
        ids = known | self._new_ids([uid for uid in shown if uid not in known])
        references.add(plan.table, ids)
        values = self._values(plan, references, shown)
        self.tx.executemany(
            plan.insert,
            [(ids[uid], bytes.fromhex(uid), *values[uid]) for uid in shown if uid not in known],
        )
        self.tx.touch(plan.table, [row_id for uid, row_id in ids.items() if uid not in known])
        wanted = {row_id: values[uid] for uid, row_id in known.items()}
        update_rows(self.tx, plan, wanted)
        if self.kind.line_table:
            new = {ids[uid] for uid in shown if uid not in known}
            parents = {ids[uid]: (uid, row) for uid, row in shown.items()}
            self.loose += put_lines(self.tx, self.kind, parents, new)
        self._keep_loose(shown)
        return [uid for uid in rows if uid not in shown]

    def _new_ids(self, uids: Sequence[str]) -> dict[str, int]:
        if not uids:
            return {}
        last = self.tx.value(f"SELECT coalesce(max(id), 0) FROM {self.kind.table}")
        return {uid: row_id for row_id, uid in enumerate(uids, last + 1)}

    def _values(self, plan: Plan, references: References, rows: Rows) -> dict[str, tuple[Any, ...]]:
        """Return the values of the columns by uid; what is named and not here becomes loose."""
        read = plan.reader()
        tables = [(each.field, references.table(each)) for each in plan.references]
        values = {}
        for uid, row in rows.items():
            found = read(row)
            for name, ids in tables:
                target = row.get(name)
                row_id = ids.get(target) if target else None
                if target and row_id is None:
                    self.loose.append((self.kind.name, uid, name, json.dumps(target), target))
                found += (row_id,)
            values[uid] = found
        return values

    def _keep_loose(self, shown: Rows) -> None:
        """Keep what these rows name and is not here, and make good what others named of them."""
        if has_loose(self.tx):
            self.tx.execute(
                "DELETE FROM loose_reference WHERE kind = ?"
                " AND uid IN (SELECT value FROM json_each(?))",
                [self.kind.name, json.dumps(list(shown))],
            )
            self._make_good(list(shown))
        self.tx.executemany("INSERT INTO loose_reference VALUES (?, ?, ?, ?, ?)", self.loose)

    def _make_good(self, uids: list[str]) -> None:
        waiting: dict[str, list[str]] = {}
        for kind, uid in self.tx.rows(
            "SELECT DISTINCT kind, uid FROM loose_reference"
            " WHERE target IN (SELECT value FROM json_each(?)) ORDER BY kind, uid",
            [json.dumps(uids)],
        ):
            waiting.setdefault(kind, []).append(uid)
        for kind, theirs in waiting.items():
            put_rows(self.tx, KINDS[kind], rows_by_uid(self.tx, KINDS[kind], theirs))


def _whole(plan: Plan, references: References, rows: Rows) -> Rows:
    """Return the rows of which everything is here that they must name."""
    needed = [(each.field, references.table(each)) for each in plan.references if each.is_required]
    return {
        uid: row
        for uid, row in rows.items()
        if all(row.get(name) in there for name, there in needed)
    }
