"""How a file becomes tables that can be sorted, joined and counted like a database's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.tables import BROKEN, CHUNK_ROWS, ROW_NUMBER, Tables
from loyaldesk.connectors.text_table import FileRow, TextTable
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from loyaldesk.connectors.limits import Limits

__all__ = ["stage_csv", "stage_workbook"]

Progress = Callable[[int], None]
_VALUE_CHARS = 200


def stage_csv(
    path: Path,
    *,
    encoding: str = "",
    delimiter: str = "",
    decimal: str = "",
    limits: Limits,
    progress: Progress | None = None,
) -> Tables:
    """Read a CSV file into memory as one table named after the file."""
    _check_size(path, limits)
    text = TextTable(path, encoding=encoding, delimiter=delimiter, limits=limits)
    # Where a semicolon parts the cells, the comma is taken by the numbers.
    decimal = decimal or ("," if text.delimiter == ";" else ".")
    stage = _Stage(limits, progress)
    stage.load(path.stem, text.rows())
    tables = stage.tables(label=path.name, main=path.stem, decimal=decimal)
    tables.read_as = {"encoding": text.encoding, "delimiter": text.delimiter}
    return tables


def stage_workbook(
    path: Path,
    *,
    sheet: str = "",
    decimal: str = "",
    limits: Limits,
    progress: Progress | None = None,
) -> Tables:
    """Read every sheet of a workbook into memory; `sheet` is the main one, else the first."""
    from loyaldesk.connectors.workbook import Workbook

    _check_size(path, limits)
    book = Workbook(path, limits=limits)
    if sheet and sheet not in book.sheets:
        raise Refused(
            f"{path.name} has no sheet “{sheet}”. Nothing was imported; it has: "
            f"{', '.join(book.sheets[:20])}."
        )
    stage = _Stage(limits, progress)
    for name in book.sheets:
        rows = (FileRow(number, cells) for number, cells in enumerate(book.rows(name), 1))
        stage.load(name, (row for row in rows if any(cell not in ("", None) for cell in row.cells)))
    main = sheet or next(iter(stage.staged), "")
    return stage.tables(label=path.name, main=main, decimal=decimal or ".")


def _check_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise Refused(
            f"{path.name} has {size // 2**20:,} MiB; LoyalDesk takes "
            f"{limits.file_bytes // 2**20:,} at once. Nothing was imported; split the file."
        )


class _Stage:
    """A database in memory that is filled with the rows of one file."""

    def __init__(self, limits: Limits, progress: Progress | None) -> None:
        import sqlalchemy as sa
        from sqlalchemy.pool import StaticPool

        # Memory only: what was read must not lie on the disk unencrypted.
        self._engine: Engine = sa.create_engine("sqlite://", poolclass=StaticPool)
        self._limits = limits
        self._progress = progress
        self._rows = 0
        self.staged: dict[str, dict[str, str]] = {}

    def load(self, name: str, rows: Iterator[FileRow]) -> None:
        """Make a table of the rows; the first one holds the headings."""
        header = next(rows, None)
        if header is None:
            return
        headings = _headings(header.cells)
        if len(headings) > self._limits.columns:
            raise Refused(
                f"“{name}” has {len(headings):,} columns; LoyalDesk takes {self._limits.columns}. "
                "Nothing was imported; keep only the columns that are needed."
            )
        columns = {heading: f"c{index}" for index, heading in enumerate(headings)}
        with self._engine.begin() as connection:
            self._create(connection, name, list(columns.values()))
            self._fill(connection, name, len(columns), rows)
        self.staged[name] = columns

    def tables(self, *, label: str, main: str, decimal: str) -> Tables:
        """Return the loaded tables, or refuse a file without any."""
        if not self.staged:
            raise Refused(f"{label} is empty. Nothing was imported; choose another file.")
        return Tables(
            self._engine, label=label, limits=self._limits, staged=self.staged, main=main,
            decimal=decimal,
        )  # fmt: skip

    def _create(self, connection: Connection, name: str, columns: list[str]) -> None:
        import sqlalchemy as sa

        table = sa.Table(name, sa.MetaData(), *(sa.Column(c, sa.types.NullType()) for c in columns))
        quoted = self._engine.dialect.identifier_preparer.format_table(table)
        body = ", ".join([*columns, f"{ROW_NUMBER} INTEGER", f"{BROKEN} TEXT"])
        connection.exec_driver_sql(f"CREATE TABLE {quoted} ({body})")
        self._insert = f"INSERT INTO {quoted} VALUES ({', '.join('?' * (len(columns) + 2))})"

    def _fill(self, connection: Connection, name: str, width: int, rows: Iterator[FileRow]) -> None:
        cell_chars = self._limits.cell_chars
        staged = (_staged(row, width, cell_chars) for row in rows)
        while batch := list(islice(staged, CHUNK_ROWS)):
            connection.exec_driver_sql(self._insert, batch)
            self._rows += len(batch)
            if self._rows > self._limits.rows:
                raise Refused(
                    f"“{name}” has more than {self._limits.rows:,} rows. Nothing was imported; "
                    "split the file."
                )
            if self._progress:
                self._progress(self._rows)


def _headings(cells: Iterable[Any]) -> list[str]:
    found: list[str] = []
    for index, cell in enumerate(cells, 1):
        name = " ".join(str(cell or "").replace("\ufeff", "").split()) or f"Column {index}"
        found.append(name if name not in found else f"{name} ({index})")
    while found and found[-1] == f"Column {len(found)}":
        found.pop()
    return found


def _staged(row: FileRow, width: int, cell_chars: int) -> tuple[Any, ...]:
    cells, broken = row.cells, row.broken
    if len(cells) != width:
        extra = [cell for cell in cells[width:] if cell not in ("", None)]
        if len(cells) < width or extra:
            broken = broken or f"has {len(cells)} cells where the headings have {width}"
        cells = [*cells[:width], *[""] * (width - len(cells))]
    if any(type(cell) is str and len(cell) > cell_chars for cell in cells):
        broken = broken or f"has a cell longer than {cell_chars:,} characters"
        cells = [cell[:_VALUE_CHARS] if type(cell) is str else cell for cell in cells]
    return (*map(_plain, cells), row.number, broken)


def _plain(cell: Any) -> Any:
    """Return what SQLite keeps by itself; days and times of a workbook become ISO text."""
    if cell is None or isinstance(cell, str | int | float):
        return cell
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
