"""Which columns of a table a section needs, and how those of joined tables are laid beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.field_rules import Memo
from loyaldesk.connectors.values import BadValueError, as_key, as_text
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from loyaldesk.connectors.import_map import FieldRule, Lookup, Section, SkipRule
    from loyaldesk.connectors.tables import Tables

__all__ = ["ColumnPlan", "Columns"]

Columns = dict[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class _Joined:
    """A column of another table, by the key that this table's column `on` holds."""

    on: str
    key: Memo
    values: dict[str, Any]


class ColumnPlan:
    """The columns one section reads; columns of look-ups are loaded when they are first named."""

    def __init__(self, tables: Tables, section: Section) -> None:
        self._tables = tables
        self._section = section
        names = tables.columns(section.table)
        self._have = {name.casefold(): name for name in names}
        self._repeated = _repeated(names)
        self._lookups = {each.name: each for each in section.lookups}
        self._joined: dict[str, _Joined] = {}
        self.base: list[str] = []

    def has_all(self, rule: FieldRule) -> bool:
        """Tell whether the source has every column of an optional rule."""
        known = all("." in name or name.casefold() in self._have for name in rule.columns)
        return known and (rule.otherwise is None or self.has_all(rule.otherwise))

    def resolve(self, name: str) -> str:
        """Return the column's name as the source writes it, and plan to read it."""
        if name.casefold() in self._have:
            return self.resolve_base(name)
        before, dot, column = name.partition(".")
        lookup = self._lookups.get(before)
        if not dot or lookup is None:
            raise self._missing(name)
        if name not in self._joined:
            on = self.resolve(lookup.on)
            self._joined[name] = _Joined(on, Memo(_key_or_none), self._load(lookup, column))
        return name

    def resolve_base(self, name: str) -> str:
        """Return the name of a column of the section's own table, and plan to read it."""
        found = self._have.get(name.casefold())
        if found is None:
            raise self._missing(name)
        if name.casefold() in self._repeated:
            raise Refused(
                f"{self._tables.label} has several columns “{name}”, and the map needs one. "
                "Nothing was imported; give every column a heading of its own."
            )
        if found not in self.base:
            self.base.append(found)
        return found

    def columns(self, rows: Sequence[tuple[Any, ...]]) -> Columns:
        """Return the rows as columns by name, the joined ones included."""
        found: Columns = dict(zip(self.base, zip(*rows, strict=True), strict=True))
        for name, joined in self._joined.items():
            keys = map(joined.key.__getitem__, found[joined.on])
            found[name] = list(map(joined.values.get, keys))
        return found

    def skip_tests(self) -> list[tuple[str, Callable[[Any], bool]]]:
        """Return each rule for rows to leave out as a column and a test of its cells."""
        return [(self.resolve(rule.column), _skips(rule)) for rule in self._section.skip_if]

    def _load(self, lookup: Lookup, column: str) -> dict[str, Any]:
        tables = self._tables
        have = {name.casefold(): name for name in tables.columns(lookup.table)}
        wanted = [have.get(name.casefold()) for name in (lookup.key, column)]
        if None in wanted:
            raise self._missing(f"{lookup.name}.{column}")
        tables.count(lookup.table)
        pairs: Iterable[tuple[Any, Any]] = (
            row
            for chunk in tables.chunks(lookup.table, [name for name in wanted if name])
            for row in chunk.rows
        )
        return {_key_or_none(key): value for key, value in pairs}

    def _missing(self, name: str) -> Refused:
        have = ", ".join(list(self._have.values())[:30])
        return Refused(
            f"The map needs the column “{name}” for “{self._section.table}”, which "
            f"{self._tables.label} does not have. Nothing was imported; it has: {have}."
        )


def _repeated(names: Sequence[str]) -> set[str]:
    """Return the headings that several columns have; a file's second “A” is called “A (3)”."""
    folded = [name.casefold() for name in names]
    plain = [name.removesuffix(f" ({place})") for place, name in enumerate(folded, 1)]
    return {name for name, count in Counter(plain).items() if count > 1}


def _key_or_none(value: Any) -> str:
    try:
        return as_key(value)
    except BadValueError:
        return ""


def _skips(rule: SkipRule) -> Callable[[Any], bool]:
    def test(cell: Any) -> bool:
        try:
            text = as_text(cell)
        except BadValueError:
            return False
        if rule.empty:
            return not text
        return text in rule.equals or bool(rule.starts_with and text.startswith(rule.starts_with))

    return test
