"""How the tables of a source are read: by name, some columns, sorted, in chunks."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused, Unavailable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from loyaldesk.connectors.limits import Limits

__all__ = ["BROKEN", "CHUNK_ROWS", "ROW_NUMBER", "Chunk", "Tables", "read_errors"]

CHUNK_ROWS = 4_000
ROW_NUMBER, BROKEN = "_row", "_broken"
_READING: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"stream_results": True, "postgresql_readonly": True},
}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table: their values, where they stand, and which of them are broken."""

    rows: list[tuple[Any, ...]]
    numbers: Sequence[int]
    broken: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _TableNames:
    """How a table and its columns are called in the map's words and in the database's."""

    name: str
    schema: str | None
    columns: Mapping[str, str]
    key: tuple[str, ...]
    is_staged: bool = False


@contextmanager
def read_errors(what: str) -> Iterator[None]:
    """Turn the errors of a foreign database into one sentence without its address or password."""
    import sqlite3

    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        cause = getattr(error, "orig", error)
        if isinstance(cause, sqlite3.DatabaseError) and _is_damage(cause):
            raise Unavailable(
                f"{what} is damaged or was copied only in part. Nothing was imported; ask for a "
                "new copy of the file."
            ) from error
        raise Unavailable(
            f"{what} cannot be read: the database answered {type(error).__name__}. Nothing was "
            "imported; check the address, the user and that the tables can be read."
        ) from error


def _is_damage(error: sqlite3.Error) -> bool:

    return error.sqlite_errorname in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}


class Tables:
    """The tables of one source, whatever it is; only ever read."""

    def __init__(
        self,
        engine: Engine,
        *,
        label: str,
        limits: Limits,
        staged: Mapping[str, Mapping[str, str]] | None = None,
        main: str = "",
        decimal: str = ".",
    ) -> None:
        self._engine = engine
        self._limits = limits
        self._staged = staged
        self._connection: Connection | None = None
        self._known: dict[str, _TableNames] = {}
        self.label = label
        self.decimal = decimal
        # In which encoding and with which delimiter a text file was read.
        self.read_as: Mapping[str, str] = {}
        self._main = main
        with read_errors(label):
            self.names = sorted(staged) if staged is not None else self._reflected_names()

    @property
    def has_fixed_rows(self) -> bool:
        """Whether a row has the same number in every reading, as in a file."""
        return self._staged is not None

    def columns(self, table: str) -> Sequence[str]:
        """Return the names of a table's columns, in the words of the source."""
        return list(self._names(table).columns)

    def name(self, table: str) -> str:
        """Return the source's own name of a table; `*` is its only or first one."""
        names = self._names(table)
        return f"{names.schema}.{names.name}" if names.schema else names.name

    def count(self, table: str) -> int:
        """Return the number of rows, or refuse more than an import takes in."""
        import sqlalchemy as sa

        with read_errors(self.label):
            source = self._source(self._names(table))
            found = (
                self._open().execute(sa.select(sa.func.count()).select_from(source)).scalar_one()
            )
        if found > self._limits.rows:
            raise Refused(
                f"{table} has {found:,} rows; LoyalDesk takes {self._limits.rows:,} at once. "
                "Nothing was imported; split it."
            )
        return int(found)

    def chunks(
        self, table: str, columns: Sequence[str], *, sort: Sequence[str] = ()
    ) -> Iterator[Chunk]:
        """Yield the rows of a table in chunks, sorted so that two readings are alike."""
        names = self._names(table)
        statement = self._select(names, columns, sort)
        done = 0
        with read_errors(self.label):
            result: Any = self._open().execute(statement)
            # SQLite's own cursor gives plain tuples; a server's result is streamed in pieces.
            cursor = result.cursor if self._engine.dialect.name == "sqlite" else result
            while rows := cursor.fetchmany(CHUNK_ROWS):
                yield _chunk(rows, done, is_staged=names.is_staged)
                done += len(rows)

    def close(self) -> None:
        """Let go of the source; closing twice is harmless."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _open(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(
                **_READING.get(self._engine.dialect.name, {"stream_results": True})
            )
        return self._connection

    def _select(self, names: _TableNames, columns: Sequence[str], sort: Sequence[str]) -> Any:
        # Columns without a type: the driver's own values come through, however dirty they are.
        import sqlalchemy as sa

        wanted = [names.columns[name] for name in columns]
        if names.is_staged:
            wanted += [ROW_NUMBER, BROKEN]
        order = [names.columns[name] for name in sort]
        order += [column for column in names.key if column not in order]
        return (
            sa.select(*(sa.column(name) for name in wanted))
            .select_from(self._source(names))
            .order_by(*(sa.column(name) for name in order))
        )

    def _source(self, names: _TableNames) -> Any:
        import sqlalchemy as sa

        return sa.table(names.name, schema=names.schema)

    def _names(self, table: str) -> _TableNames:
        found = self._known.get(table)
        if found is None:
            name = self._find(table)
            if name is None:
                have = ", ".join(self.names[:20]) or "none"
                raise Refused(
                    f"The map needs the table “{table}”, which {self.label} does not have. Nothing "
                    f"was imported; it has: {have}."
                )
            found = self._known[table] = self._describe(name)
        return found

    def _find(self, table: str) -> str | None:
        if table == "*":
            return self._main or (self.names[0] if self.names else None)
        if table in self.names or "." in table:
            return table
        folded = table.casefold()
        return next((name for name in self.names if name.casefold() == folded), None)

    def _describe(self, name: str) -> _TableNames:
        if self._staged is not None:
            return _TableNames(name, None, self._staged[name], (ROW_NUMBER,), is_staged=True)
        import sqlalchemy as sa

        schema, _, bare = (None, "", name) if name in self.names else name.rpartition(".")
        with read_errors(self.label):
            inspector = sa.inspect(self._open())
            columns = {str(c["name"]): str(c["name"]) for c in inspector.get_columns(bare, schema)}
            try:
                key = inspector.get_pk_constraint(bare, schema)["constrained_columns"]
            except NotImplementedError:
                key = []
        return _TableNames(bare, schema, columns, tuple(key))

    def _reflected_names(self) -> list[str]:
        import sqlalchemy as sa

        inspector = sa.inspect(self._open())
        return sorted({*inspector.get_table_names(), *inspector.get_view_names()})


def _chunk(rows: list[Any], done: int, *, is_staged: bool) -> Chunk:
    if not is_staged:
        plain = rows if type(rows[0]) is tuple else [tuple(row) for row in rows]
        return Chunk(plain, range(done + 1, done + 1 + len(rows)))
    broken = {index: row[-1] for index, row in enumerate(rows) if row[-1]}
    return Chunk([row[:-2] for row in rows], [row[-2] for row in rows], broken)
