"""The only way to write: a transaction that records who changed which field from what to what."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Conflict
from loyaldesk.models import Base, Change, ChangeGroup, ChangeKind, Draft, StoredFile
from loyaldesk.store.changes import Changes
from loyaldesk.store.connection import Connection, to_sql, translated
from loyaldesk.store.reader import Reads
from loyaldesk.store.uids import new_uid, new_uids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from loyaldesk.store.hub_link import HubLink

__all__ = ["Transaction", "as_json"]

BATCH_ROWS = 5_000
# Rows that never travel and nobody undoes: what is being typed, contents, and the record itself.
UNRECORDED = frozenset({t.__tablename__ for t in (Change, ChangeGroup, Draft, StoredFile)})

Values = dict[str, Any]


def as_json(value: object) -> str:
    """Return compact JSON; bytes are written as {"hex": …}."""
    return json.dumps(
        value, ensure_ascii=False, separators=(",", ":"), default=lambda raw: {"hex": raw.hex()}
    )


def _row_range(row_id: int) -> range:
    return range(row_id, row_id + 1)


class Transaction(Reads):
    """One user action in the making; made by `Store.transaction`, used inside its `with` block."""

    def __init__(
        self,
        connection: Connection,
        *,
        label: str,
        actor: str,
        now: datetime,
        undoable: bool = True,
        undoes_id: int | None = None,
        link: HubLink | None = None,
    ) -> None:
        super().__init__(connection)
        self.label = label
        self.actor = actor
        self.now = now
        self.undoable = undoable
        self.link = link
        # What a range held that was deleted at once: the record of changes does not say it.
        self.deleted: dict[tuple[str, int], Values] = {}
        self._undoes_id = undoes_id
        self._group_id: int | None = None
        self._touched: dict[str, list[range]] = {}

    @property
    def today(self) -> date:
        """The day of this action where the user is."""
        return self.now.astimezone().date()

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(self.label, dict(self._touched))

    @property
    def touched_for_search(self) -> Mapping[str, Sequence[range]]:
        """The rows whose words may be others now, by table."""
        return self._touched

    @property
    def group_id(self) -> int | None:
        """The recorded group, once something changed."""
        return self._group_id

    def describe(self, label: str) -> None:
        """Name the action more exactly than its operation does, as undo will show it."""
        self.label = label

    def insert(self, model: type[Base], **values: Any) -> int:
        """Insert one row and return its id."""
        stored = self._complete(model, values)
        names = ", ".join(stored)
        marks = ", ".join("?" * len(stored))
        with translated():
            cursor = self._connection.execute(
                f"INSERT INTO {model.__tablename__} ({names}) VALUES ({marks})",
                list(stored.values()),
            )
        row_id = int(cursor.lastrowid)
        fields = {name: [None, value] for name, value in stored.items() if value is not None}
        self._record(model, ChangeKind.INSERT, _row_range(row_id), fields)
        return row_id

    def insert_many(
        self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]
    ) -> range:
        """Insert many rows with consecutive ids, recorded as one range, and return their ids.

        Values must already be as SQLite keeps them (ISO text, integers): this is the fast lane.
        """
        table = model.__tablename__
        first = int(self.value(f"SELECT coalesce(max(id), 0) + 1 FROM {table}"))
        names = ["id", *columns]
        derived = [(n, columns.index(s), rule) for n, (s, rule) in model.derived.items()
                   if n not in columns and s in columns]  # fmt: skip
        names += [name for name, _, _ in derived]
        with_uid = "uid" in model.__table__.columns and "uid" not in columns
        names += ["uid"] if with_uid else []
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        row_id = first
        source = iter(rows)
        with translated():
            while batch := list(islice(source, BATCH_ROWS)):
                numbered = self._numbered(batch, row_id, derived, with_uid)
                self._connection.executemany(sql, numbered)
                row_id += len(batch)
        ids = range(first, row_id)
        if ids:
            self._record(model, ChangeKind.INSERT, ids, None)
        return ids

    def _numbered(
        self, batch: list[Sequence[Any]], first: int, derived: Sequence[Any], with_uid: bool
    ) -> Iterator[list[Any]]:
        uids = new_uids(self.now, len(batch)) if with_uid else iter(())
        for row_id, row in enumerate(batch, first):
            full = [row_id, *row]
            full += [rule(row[index] or "") for _, index, rule in derived]
            if with_uid:
                full.append(next(uids))
            yield full

    def update(self, model: type[Base], row_id: int, /, **values: Any) -> bool:
        """Change fields of one row and tell whether anything really differed."""
        table = model.__tablename__
        wanted = {name: to_sql(value) for name, value in values.items()}
        for name, (source, rule) in model.derived.items():
            if source in wanted:
                wanted[name] = rule(wanted[source] or "")
        names = list(wanted)
        # The id comes first, so that a row is looked for also when nothing of it is to change.
        before = self.row(f"SELECT {', '.join(['id', *names])} FROM {table} WHERE id = ?", [row_id])
        if before is None:
            raise Conflict("This record was deleted meanwhile. Nothing was changed.")
        fields = {
            name: [old, wanted[name]]
            for name, old in zip(names, before[1:], strict=True)
            if old != wanted[name]
        }
        if not fields:
            return False
        assignments = ", ".join(f"{name} = ?" for name in fields)
        with translated():
            self._connection.execute(
                f"UPDATE {table} SET {assignments} WHERE id = ?",
                [*(new for _, new in fields.values()), row_id],
            )
        self._record(model, ChangeKind.UPDATE, _row_range(row_id), fields)
        return True

    def delete(self, model: type[Base], row_id: int, /) -> None:
        """Delete one row; what it held stays in the record of changes."""
        table = model.__tablename__
        names = [column.name for column in model.__table__.columns if column.name != "id"]
        before = self.row(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", [row_id])
        if before is None:
            raise Conflict("This record was deleted meanwhile. Nothing was changed.")
        with translated():
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
        fields = {
            name: [old, None] for name, old in zip(names, before, strict=True) if old is not None
        }
        self._record(model, ChangeKind.DELETE, _row_range(row_id), fields)

    def delete_range(self, model: type[Base], ids: range, /) -> None:
        """Take back a range of rows that were inserted at once; only undo does this."""
        table = model.__tablename__
        ends = [ids[0], ids[-1]]
        if self.link is not None:
            names = [column.name for column in model.__table__.columns]
            for row in self.rows(
                f"SELECT {', '.join(names)} FROM {table} WHERE id BETWEEN ? AND ?", ends
            ):
                values = dict(zip(names, row, strict=True))
                self.deleted[table, values["id"]] = values
        with translated():
            self._connection.execute(f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", ends)
        self._record(model, ChangeKind.DELETE, ids, None)

    def _complete(self, model: type[Base], values: Values) -> Values:
        stored = {name: to_sql(value) for name, value in values.items()}
        for name, (source, rule) in model.derived.items():
            stored.setdefault(name, rule(stored.get(source) or ""))
        if "uid" in model.__table__.columns:
            stored.setdefault("uid", new_uid(self.now))
        return stored

    def _record(
        self, model: type[Base], kind: ChangeKind, ids: range, fields: Values | None
    ) -> None:
        table = model.__tablename__
        self._touch(table, ids)
        if table in UNRECORDED:
            return
        self._connection.execute(
            "INSERT INTO change (group_id, table_name, row_id, last_row_id, kind, fields)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            [self._group(), table, ids[0], ids[-1], kind.value, fields and as_json(fields)],
        )

    def _touch(self, table: str, ids: range) -> None:
        ranges = self._touched.setdefault(table, [])
        if not any(ids[0] in known and ids[-1] in known for known in ranges[-1:]):
            ranges.append(ids)

    def _group(self) -> int:
        if self._group_id is None:
            cursor = self._connection.execute(
                "INSERT INTO change_group (uid, label, actor, at, is_undoable, undoes_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [new_uid(self.now), self.label, self.actor, to_sql(self.now), 1, self._undoes_id],
            )
            self._group_id = int(cursor.lastrowid)
        return self._group_id

    def close_group(self) -> None:
        """Write the final name of the action and whether it can be undone; the store calls it."""
        if self._group_id is not None:
            self._connection.execute(
                "UPDATE change_group SET label = ?, is_undoable = ? WHERE id = ?",
                [self.label, int(self.undoable), self._group_id],
            )
