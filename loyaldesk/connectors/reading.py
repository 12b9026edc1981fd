"""How one section of a map is read: rows in, columns of finished values out, bad rows aside."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.column_plan import ColumnPlan, Columns
from loyaldesk.connectors.field_rules import CompiledField, Memo, compile_field
from loyaldesk.connectors.import_map import FieldRule, Section
from loyaldesk.connectors.tables import Chunk, Tables
from loyaldesk.connectors.targets import Shape, shapes_of
from loyaldesk.connectors.values import BadValueError, NumberStyle, as_key
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

__all__ = ["BadRow", "Batch", "SectionReader"]

_UNREADABLE = (BadValueError, TypeError, OverflowError)
_VALUE_CHARS = 200
_KEY_JOIN = " | "


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be taken; `key` is empty where not even that could be read."""

    number: int
    key: str
    field: str
    value: str
    reason: str


@dataclass(slots=True)
class Batch:
    """The good rows of a chunk as columns by field name, and the bad ones."""

    keys: list[str] = field(default_factory=list)
    numbers: Sequence[int] = ()
    values: dict[str, Sequence[Any]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    skipped: int = 0
    rows_read: int = 0

    def drop(self, indices: Container[int]) -> None:
        """Leave out the rows at these places."""
        keep = [index not in indices for index in range(len(self.keys))]
        self.keys = list(compress(self.keys, keep))
        self.numbers = list(compress(self.numbers, keep))
        self.values = {name: list(compress(c, keep)) for name, c in self.values.items()}

    def refuse(self, bad: Mapping[int, BadRow]) -> None:
        """Put the rows at these places aside as bad."""
        if bad:
            self.drop(bad)
            self.bad += bad.values()


class SectionReader:
    """One section ready to be read; what it joins is loaded when it is made.

    The key of a line is that of its order or invoice: the field named `key_field`.
    """

    def __init__(
        self,
        tables: Tables,
        section: Section,
        *,
        style: NumberStyle,
        key_field: str = "",
    ) -> None:
        self._tables = tables
        self._section = section
        self._plan = ColumnPlan(tables, section)
        self._style = style
        self._shapes = shapes_of(section.target)
        rules = {
            name: rule
            for name, rule in section.fields.items()
            if not rule.optional or self._plan.has_all(rule)
        }
        self.fields = [self._compiled(name, rule) for name, rule in rules.items()]
        own_key = FieldRule(columns=section.key, join=_KEY_JOIN, prefix=section.key_prefix)
        rule = section.fields[key_field] if key_field else own_key
        self._key = self._compiled("key", replace(rule, kind="key"))
        self._key_columns = rule.columns
        self._skips = self._plan.skip_tests()
        self._sort = [self._plan.resolve_base(name) for name in section.sort]
        self._boundary = Memo(as_key)

    @property
    def field_names(self) -> list[str]:
        """The names of the fields that are filled, in the order of the map."""
        return [each.name for each in self.fields]

    def count(self) -> int:
        """Return how many rows there are to read."""
        return self._tables.count(self._section.table)

    def batches(self, *, by_key: bool = False) -> Iterator[Batch]:
        """Yield the rows; with `by_key` all rows of one key come in the same batch."""
        keys = [self._plan.resolve_base(name) for name in self._key_columns] if by_key else []
        sort = [*keys, *(name for name in self._sort if name not in keys)]
        chunks = self._tables.chunks(self._section.table, self._plan.base, sort=sort)
        if by_key:
            chunks = self._whole_keys(chunks, [self._plan.base.index(name) for name in keys])
        for chunk in chunks:
            yield self._batch(chunk)

    def _compiled(self, name: str, rule: FieldRule) -> CompiledField:
        field = self._section.target.fields.get(name)
        try:
            compiled = compile_field(
                name,
                rule,
                required=field is None or field.required,
                shape=self._shapes.get(name, Shape()),
                style=self._style,
            )
        except BadValueError as error:
            raise Refused(
                f"The map's value for {name} of [{self._section.target_name}] {error}. Nothing was "
                "imported; correct the map."
            ) from error
        return replace(compiled, columns=tuple(map(self._plan.resolve, compiled.columns)))

    def _batch(self, chunk: Chunk) -> Batch:
        columns = self._plan.columns(chunk.rows)
        numbers: Sequence[int] = chunk.numbers
        batch = Batch(rows_read=len(chunk.rows))
        if chunk.broken or self._skips:
            columns, numbers = self._sift(columns, numbers, chunk.broken, batch)
        try:
            keys = self._key.column(columns, len(numbers))
            values = {each.name: each.column(columns, len(numbers)) for each in self.fields}
        except _UNREADABLE:
            self._one_by_one(columns, numbers, batch)
        else:
            batch.keys, batch.numbers, batch.values = list(keys), numbers, values
        return batch

    def _sift(
        self,
        columns: Columns,
        numbers: Sequence[int],
        broken: Mapping[int, str],
        batch: Batch,
    ) -> tuple[Columns, Sequence[int]]:
        """Take out the rows that are broken or that a rule leaves out."""
        keep = [True] * len(numbers)
        for name, skips in self._skips:
            for index, cell in enumerate(columns[name]):
                if keep[index] and index not in broken and skips(cell):
                    keep[index] = False
                    batch.skipped += 1
        for index, reason in broken.items():
            keep[index] = False
            batch.bad.append(BadRow(numbers[index], self._try_key(columns, index), "", "", reason))
        kept: Columns = {name: list(compress(column, keep)) for name, column in columns.items()}
        return kept, list(compress(numbers, keep))

    def _one_by_one(self, columns: Columns, numbers: Sequence[int], batch: Batch) -> None:
        """Read a chunk row by row, because one of its rows cannot be read."""
        rows: list[list[Any]] = []
        good: list[int] = []
        for index, number in enumerate(numbers):
            try:
                rows.append(
                    [self._cell(each, columns, index) for each in (self._key, *self.fields)]
                )
                good.append(number)
            except _BadCellError as bad:
                key = self._try_key(columns, index)
                batch.bad.append(BadRow(number, key, bad.field, bad.value, bad.reason))
        by_column = list(zip(*rows, strict=True)) or [()] * (len(self.fields) + 1)
        batch.keys, batch.numbers = list(by_column[0]), good
        names = self.field_names
        batch.values = dict(zip(names, by_column[1:], strict=True))

    def _cell(self, compiled: CompiledField, columns: Columns, index: int) -> Any:
        cells = [columns[name][index] for name in compiled.columns]
        try:
            return compiled.read(*cells)
        except _UNREADABLE as error:
            reason = str(error) if isinstance(error, BadValueError) else "is not a plain value"
            value = _KEY_JOIN.join(str(cell) for cell in cells if cell is not None)
            raise _BadCellError(compiled.name, value[:_VALUE_CHARS], reason) from error

    def _try_key(self, columns: Columns, index: int) -> str:
        try:
            return str(self._cell(self._key, columns, index))
        except _BadCellError:
            return ""

    def _whole_keys(self, chunks: Iterator[Chunk], places: list[int]) -> Iterator[Chunk]:
        """Yield chunks that end where a key ends; what begins the next key waits for it."""
        waiting: Chunk | None = None
        for chunk in chunks:
            whole = chunk if waiting is None else _joined(waiting, chunk)
            end = self._last_boundary(whole.rows, places)
            if end:
                yield _part(whole, 0, end)
            waiting = _part(whole, end, len(whole.rows))
        if waiting is not None:
            yield waiting

    def _last_boundary(self, rows: list[tuple[Any, ...]], places: list[int]) -> int:
        last = self._key_of(rows[-1], places)
        index = len(rows) - 1
        while index and self._key_of(rows[index - 1], places) == last:
            index -= 1
        return index

    def _key_of(self, row: tuple[Any, ...], places: list[int]) -> list[Any]:
        try:
            return [self._boundary[row[place]] for place in places]
        except _UNREADABLE:
            return [row[place] for place in places]


class _BadCellError(Exception):
    """One cell that cannot be read, on its way to the error file."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.value = value
        self.reason = reason


def _joined(first: Chunk, second: Chunk) -> Chunk:
    shift = len(first.rows)
    broken = {**first.broken, **{index + shift: why for index, why in second.broken.items()}}
    return Chunk([*first.rows, *second.rows], [*first.numbers, *second.numbers], broken)


def _part(chunk: Chunk, start: int, end: int) -> Chunk:
    broken = {i - start: why for i, why in chunk.broken.items() if start <= i < end}
    return Chunk(chunk.rows[start:end], chunk.numbers[start:end], broken)
