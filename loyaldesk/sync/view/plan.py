"""How does a row of the wire become the values of a statement, for each kind of record?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from loyaldesk.models import Base
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.wire_places import line_places, parent_column, places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.store.wire_places import Place

__all__ = ["Plan", "Reference", "line_plan", "row_plan"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names a record: the column its id goes to, and the table it is looked up in."""

    field: str
    column: str
    table: str
    is_required: bool


@dataclass(frozen=True)
class Plan:
    """The columns of a table that come from the wire, and how a row gives their values.

    The values stand in the order of `columns`: plain fields, bytes, derived columns, references.
    """

    table: str
    plain: tuple[str, ...]
    binary: tuple[str, ...]
    derived: tuple[tuple[str, str, Callable[[str], str]], ...]
    references: tuple[Reference, ...]
    defaults: Row
    parent: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in the order of the values."""
        derived = (name for name, _, _ in self.derived)
        references = (each.column for each in self.references)
        return (*self.plain, *self.binary, *derived, *references)

    @property
    def insert(self) -> str:
        """The statement that adds a row: id, what it lies under or is named by, and the values."""
        first = self.parent or "uid"
        names = ", ".join(f'"{name}"' for name in ("id", first, *self.columns))
        marks = ", ".join("?" * (len(self.columns) + 2))
        return f"INSERT INTO {self.table} ({names}) VALUES ({marks})"

    def reader(self) -> Callable[[Row], tuple[Any, ...]]:
        """Return what takes the values of the fields, but for references, out of a row."""
        plain = _getter(self.plain)
        binary = _getter(self.binary)
        derived = [(source, rule) for _, source, rule in self.derived]
        defaults = self.defaults

        def read(row: Row) -> tuple[Any, ...]:
            if len(row) < len(defaults):
                row = {**defaults, **row}
            values = plain(row)
            if self.binary:
                values += tuple(value and bytes.fromhex(value) for value in binary(row))
            if derived:
                values += tuple(rule(row[source] or "") for source, rule in derived)
            return values

        return read


def _getter(names: Sequence[str]) -> Callable[[Row], tuple[Any, ...]]:
    """Return what takes these values out of a row, as a tuple also of one or none."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda row: tuple(row[name] for name in names)


def row_plan(kind: Kind) -> Plan:
    """Return the plan of the rows of a kind."""
    return _row_plan(kind.name)


def line_plan(kind: Kind) -> Plan:
    """Return the plan of the lines inside the rows of a kind."""
    return _line_plan(kind.name)


@cache
def _row_plan(name: str) -> Plan:
    return _plan(KINDS[name].table, places(KINDS[name]))


@cache
def _line_plan(name: str) -> Plan:
    kind = KINDS[name]
    return _plan(kind.line_table, line_places(kind), parent_column(kind))


def _plan(table: str, found: Sequence[Place], parent: str = "") -> Plan:
    model = next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table)
    plain = [place for place in found if not place.table]
    return Plan(
        table=table,
        plain=tuple(place.column for place in plain if not place.is_bytes),
        binary=tuple(place.column for place in plain if place.is_bytes),
        derived=tuple((name, source, rule) for name, (source, rule) in model.derived.items()),
        references=tuple(
            Reference(place.field, place.column, place.table, not place.is_nullable)
            for place in found
            if place.table and place.what in {"uid", "sha256", "position"}
        ),
        defaults={place.field: _default(model, place) for place in found},
        parent=parent,
    )


def _default(model: type[Base], place: Place) -> Any:
    """Return what a column says of itself where a row of an older version does not name it."""
    given = model.__table__.columns[place.column].server_default
    if given is None:
        return None
    text = str(getattr(given, "arg", ""))
    return {"true": 1, "false": 0}.get(text, int(text) if text.isdecimal() else text)
