"""How a map is read from its TOML file, and what is said when it is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from loyaldesk.connectors.import_map import (
    CreditNotes,
    FieldRule,
    ImportMap,
    Lookup,
    MadeInvoices,
    Recognition,
    Section,
    SkipRule,
)
from loyaldesk.connectors.limits import Limits
from loyaldesk.connectors.targets import LINES_OF, TARGETS
from loyaldesk.errors import Refused

__all__ = ["map_from_text", "read_map"]

Table = Mapping[str, Any]

_TOP = {"name", "title", "source_system", "recognise", "defaults", "decimal", "encoding",
        "delimiter", "sheet"}  # fmt: skip
_SECTION = {"table", "key", "key_prefix", "group", "sort", "lookups", "skip_if", "fields",
            "credit_notes", "invoices"}  # fmt: skip
_FIELD = {"column", "columns", "join", "value", "type", "formats", "split", "part", "values",
          "prefix", "suffix", "round", "default", "otherwise", "optional"}  # fmt: skip
_SKIP = {"column", "equals", "starts_with", "empty"}
PARTS = ("first", "last", "before_last", "after_first")
_NUMBERS = {"decimal", "money", "quantity"}
_TYPES = {
    **dict.fromkeys(("percent", "fraction"), {"percent", "fraction"}),
    **dict.fromkeys(_NUMBERS, _NUMBERS),
    **dict.fromkeys(("text", "line", "key"), {"text", "line", "key"}),
}
_TYPE_NAMES = {"text": "line"}


def read_map(path: Path, *, limits: Limits = Limits()) -> ImportMap:
    """Read and check a map file; a wrong one is refused with the place that is wrong."""
    try:
        if path.stat().st_size > limits.map_bytes:
            raise Refused(f"The map {path.name} is too large to be a map. Nothing was imported.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"The map {path.name} cannot be read. Nothing was imported; name a TOML file in UTF-8."
        ) from error
    return map_from_text(text, name=path.stem)


def map_from_text(text: str, *, name: str = "map") -> ImportMap:
    """Return the checked map of a TOML text; `name` is used where it gives none."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(name, f"it is not TOML ({error})") from error
    return _MapParser(str(table.get("name", name)), table).parse()


def _wrong(name: str, what: str) -> Refused:
    return Refused(
        f"The map “{name}” cannot be used: {what}. Nothing was imported; correct the map and try "
        "again."
    )


class _MapParser:
    """One map being read; every complaint names the section and the key."""

    def __init__(self, name: str, table: Table) -> None:
        self._name = name
        self._table = table

    def parse(self) -> ImportMap:
        table = self._table
        self._known("the top of the file", table, _TOP | set(TARGETS))
        recognise = self._table_of(table, "recognise")
        return ImportMap(
            name=self._name,
            title=str(table.get("title", self._name)),
            source_system=self._text("the top of the file", table, "source_system"),
            sections=tuple(self._sections()),
            recognise=Recognition(
                tables=frozenset(self._texts("recognise", recognise, "tables")),
                columns=frozenset(self._texts("recognise", recognise, "columns")),
            ),
            decimal=self._choice(table, "decimal", ("", ".", ",")),
            encoding=str(table.get("encoding", "")),
            delimiter=str(table.get("delimiter", "")),
            sheet=str(table.get("sheet", "")),
        )

    def _sections(self) -> list[Section]:
        found = []
        for target_name in TARGETS:
            tables = self._table.get(target_name, [])
            for table in [tables] if isinstance(tables, dict) else tables:
                found.append(self._section(target_name, table))
            if len(found) > 1 and target_name != "address" and isinstance(tables, list):
                self._once(target_name, tables)
        self._check_together({section.target_name for section in found})
        return found

    def _once(self, target_name: str, tables: list[Any]) -> None:
        if target_name in {*LINES_OF, *LINES_OF.values()} and len(tables) > 1:
            raise self._complain(f"there may be only one [{target_name}]")

    def _check_together(self, names: set[str]) -> None:
        if not names:
            raise self._complain("it has no section such as [customer]")
        for header, lines in LINES_OF.items():
            if lines in names and header not in names:
                raise self._complain(f"[{lines}] needs [{header}]")
        if "order" in names and "order_line" not in names:
            raise self._complain("[order] needs [order_line]")

    def _section(self, target_name: str, table: Table) -> Section:
        place = f"[{target_name}]"
        self._known(place, table, _SECTION)
        section = Section(
            target_name=target_name,
            table=self._text(place, table, "table"),
            key=self._texts(place, table, "key"),
            key_prefix=str(table.get("key_prefix", "")),
            group=bool(table.get("group", False)),
            sort=self._texts(place, table, "sort"),
            lookups=tuple(self._lookup(place, each) for each in table.get("lookups", ())),
            skip_if=tuple(self._skip_rule(place, each) for each in table.get("skip_if", ())),
            fields=self._fields(place, target_name, self._table_of(table, "fields")),
            credit_notes=self._credit_notes(place, table),
            invoices=self._made_invoices(place, table),
        )
        if not section.key and target_name not in LINES_OF.values():
            raise self._complain(f"{place} has no `key`")
        self._check_document_rules(section)
        return section

    def _check_document_rules(self, section: Section) -> None:
        if section.credit_notes and section.target_name not in LINES_OF:
            raise self._complain(f"[{section.target_name}] cannot have `credit_notes`")
        if section.invoices and section.target_name != "order":
            raise self._complain(f"[{section.target_name}] cannot have `invoices`")

    def _fields(self, place: str, target_name: str, table: Table) -> dict[str, FieldRule]:
        target = TARGETS[target_name]
        self._known(f"{place} fields", table, set(target.fields))
        rules = {name: self._rule(f"{place} {name}", raw) for name, raw in table.items()}
        defaults = self._table_of(self._table, "defaults")
        for name, value in defaults.items():
            if name in target.fields and name not in rules:
                rules[name] = FieldRule(value=_plain(value))
        for name, field in target.fields.items():
            if field.required and name not in rules:
                raise self._complain(f"{place} must fill `{name}`")
        return {
            name: replace(rule, kind=self._kind(f"{place} {name}", rule, target.fields[name].kind))
            for name, rule in rules.items()
        }

    def _kind(self, place: str, rule: FieldRule, natural: str) -> str:
        wanted = _TYPE_NAMES.get(rule.kind, rule.kind)
        if not wanted or wanted == natural:
            return natural
        if wanted in _TYPES.get(natural, set()):
            return natural if natural in {"text", "key"} or wanted in _NUMBERS else wanted
        raise self._complain(f"{place} is of type {natural}, not {rule.kind}")

    def _rule(self, place: str, raw: Any) -> FieldRule:
        if isinstance(raw, str):
            return FieldRule(columns=(raw,))
        if not isinstance(raw, dict):
            raise self._complain(f"{place} must be a column's name or a table {{ … }}")
        self._known(place, raw, _FIELD)
        columns = self._texts(place, raw, "columns") or self._texts(place, raw, "column")
        if bool(columns) == ("value" in raw):
            raise self._complain(f"{place} needs either `column`, `columns` or `value`")
        return FieldRule(
            columns=columns,
            join=str(raw.get("join", " ")),
            value=_plain(raw["value"]) if "value" in raw else None,
            kind=str(raw.get("type", "")),
            formats=self._texts(place, raw, "formats"),
            split=str(raw.get("split", "")),
            part=self._choice(raw, "part", PARTS),
            values={str(k): _plain(v) for k, v in self._table_of(raw, "values").items()},
            prefix=str(raw.get("prefix", "")),
            suffix=str(raw.get("suffix", "")),
            round=self._places(place, raw),
            default=_plain(raw["default"]) if "default" in raw else None,
            otherwise=self._rule(place, raw["otherwise"]) if "otherwise" in raw else None,
            optional=bool(raw.get("optional", False)),
        )

    def _places(self, place: str, raw: Table) -> int | None:
        places = raw.get("round")
        if places is None or (type(places) is int and 0 <= places <= 6):
            return places
        raise self._complain(f"{place} can be rounded to 0 to 6 decimals")

    def _lookup(self, place: str, raw: Table) -> Lookup:
        place = f"{place} lookups"
        self._known(place, raw, {"name", "table", "key", "on"})
        return Lookup(*(self._text(place, raw, key) for key in ("name", "table", "key", "on")))

    def _skip_rule(self, place: str, raw: Table) -> SkipRule:
        place = f"{place} skip_if"
        self._known(place, raw, _SKIP)
        if len(set(raw) & (_SKIP - {"column"})) != 1:
            raise self._complain(f"{place} needs one of `equals`, `starts_with`, `empty`")
        return SkipRule(
            column=self._text(place, raw, "column"),
            equals=frozenset(self._texts(place, raw, "equals")),
            starts_with=str(raw.get("starts_with", "")),
            empty=bool(raw.get("empty", False)),
        )

    def _credit_notes(self, place: str, table: Table) -> CreditNotes | None:
        raw = self._table_of(table, "credit_notes")
        self._known(f"{place} credit_notes", raw, {"prefix", "negative"})
        if not raw:
            return None
        return CreditNotes(str(raw.get("prefix", "")), bool(raw.get("negative", False)))

    def _made_invoices(self, place: str, table: Table) -> MadeInvoices | None:
        raw = self._table_of(table, "invoices")
        self._known(f"{place} invoices", raw, {"rule", "terms_days", "number_prefix"})
        if not raw:
            return None
        if raw.get("rule") != "on_shipping":
            raise self._complain(f'{place} invoices: the only `rule` is "on_shipping"')
        days = raw.get("terms_days", 30)
        if type(days) is not int or not 0 <= days <= 999:
            raise self._complain(f"{place} invoices: `terms_days` is a number from 0 to 999")
        return MadeInvoices(days, str(raw.get("number_prefix", "")))

    def _known(self, place: str, table: Any, allowed: set[str]) -> None:
        if not isinstance(table, dict):
            raise self._complain(f"{place} must be a table")
        if unknown := sorted(set(table) - allowed):
            words = ", ".join(sorted(allowed))
            raise self._complain(f"{place} has the unknown key “{unknown[0]}” (known: {words})")

    def _table_of(self, table: Table, key: str) -> Table:
        found = table.get(key, {})
        if not isinstance(found, dict):
            raise self._complain(f"`{key}` must be a table")
        return found

    def _text(self, place: str, table: Table, key: str) -> str:
        found = table.get(key)
        if not isinstance(found, str) or not found:
            raise self._complain(f"{place} needs the text `{key}`")
        return found

    def _texts(self, place: str, table: Table, key: str) -> tuple[str, ...]:
        found = table.get(key, [])
        texts = [found] if isinstance(found, str) else found
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            raise self._complain(f"{place}: `{key}` must be a text or a list of texts")
        return tuple(texts)

    def _choice(self, table: Table, key: str, choices: tuple[str, ...]) -> str:
        found = str(table.get(key, choices[0]))
        if found not in choices:
            raise self._complain(f"`{key}` is one of {', '.join(c for c in choices if c)}")
        return found

    def _complain(self, what: str) -> Refused:
        return _wrong(self._name, what)


def _plain(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
