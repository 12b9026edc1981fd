"""How a map is read from its TOML file and checked before anything is imported."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

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
from loyaldesk.connectors.limits import DEFAULT_LIMITS
from loyaldesk.connectors.map_place import Place, wrong_map
from loyaldesk.connectors.targets import LINES_OF, TARGETS
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["map_from_text", "read_map"]

_TOP = frozenset(
    "name title source_system recognise defaults decimal encoding delimiter sheet".split()
)
_SECTION = frozenset(
    "table key key_prefix group sort lookups skip_if fields credit_notes invoices".split()
)
_FIELD = frozenset(
    "column columns join value type formats split part values prefix suffix round default"
    " otherwise optional".split()
)
_LOOKUP = ("name", "table", "key", "on")
_SKIP_TESTS = frozenset({"equals", "starts_with", "empty"})
_PARTS = ("first", "last", "before_last", "after_first")
# Which `type` may be said of a field, by its natural type; what is said decides for rates only.
_RATES = frozenset({"percent", "fraction"})
_NUMBERS = frozenset({"decimal", "money", "quantity"})
_TEXTS = frozenset({"text", "line", "key"})


def read_map(path: Path) -> ImportMap:
    """Read and check a map file; a wrong one is refused with the place that is wrong."""
    try:
        if path.stat().st_size > DEFAULT_LIMITS.map_bytes:
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
        raise wrong_map(name, f"it is not TOML ({error})") from error
    name = str(table.get("name", name))
    top = Place(name, "the top of the file", table).only(_TOP | TARGETS.keys())
    recognise = top.inner("recognise").only({"tables", "columns"})
    sections = tuple(_sections(name, table, top.inner("defaults")))
    _check_together(top, sections)
    return ImportMap(
        name=name,
        title=top.text("title") or name,
        source_system=top.needed("source_system"),
        sections=sections,
        recognise=Recognition(
            frozenset(recognise.texts("tables")), frozenset(recognise.texts("columns"))
        ),
        decimal=top.choice("decimal", ("", ".", ",")),
        encoding=top.text("encoding"),
        delimiter=top.text("delimiter"),
        sheet=top.text("sheet"),
    )


def _sections(name: str, table: Mapping[str, object], defaults: Place) -> Iterable[Section]:
    for target_name in TARGETS:
        found = table.get(target_name, [])
        for each in found if isinstance(found, list) else [found]:
            yield _section(target_name, Place(name, f"[{target_name}]", each), defaults)


def _check_together(top: Place, sections: tuple[Section, ...]) -> None:
    counts = Counter(section.target_name for section in sections)
    if not counts:
        raise top.complain("has no section such as [customer]")
    for header, lines in LINES_OF.items():
        if lines in counts and header not in counts:
            raise top.complain(f"has [{lines}] without [{header}]")
        if max(counts[lines], counts[header]) > 1:
            raise top.complain(f"has [{header}] or [{lines}] more than once")
    if "order" in counts and "order_line" not in counts:
        raise top.complain("has [order] without [order_line]")


def _section(target_name: str, place: Place, defaults: Place) -> Section:
    place.only(_SECTION)
    section = Section(
        target_name=target_name,
        table=place.needed("table"),
        key=place.texts("key"),
        key_prefix=place.text("key_prefix"),
        group=place.flag("group"),
        sort=place.texts("sort"),
        lookups=tuple(_lookup(each) for each in place.inners("lookups")),
        skip_if=tuple(_skip_rule(each) for each in place.inners("skip_if")),
        fields=_fields(target_name, place, defaults),
        credit_notes=_credit_notes(place),
        invoices=_made_invoices(place),
    )
    if not section.key and target_name not in LINES_OF.values():
        raise place.complain("has no `key`")
    if section.credit_notes and target_name not in LINES_OF:
        raise place.complain("cannot have `credit_notes`")
    if section.invoices and target_name != "order":
        raise place.complain("cannot have `invoices`")
    return section


def _fields(target_name: str, place: Place, defaults: Place) -> dict[str, FieldRule]:
    target = TARGETS[target_name]
    table = place.inner("fields").only(target.fields)
    rules = {name: _rule(table, name) for name in table}
    for name in defaults:
        if name in target.fields and name not in rules:
            rules[name] = FieldRule(value=defaults.constant(name))
    for name, field in target.fields.items():
        if field.required and name not in rules:
            raise place.complain(f"must fill `{name}`")
    return {
        name: replace(rule, kind=_kind(table, name, rule.kind, target.fields[name].kind))
        for name, rule in rules.items()
    }


def _kind(place: Place, name: str, said: str, natural: str) -> str:
    if not said or said == natural:
        return natural
    if natural in _RATES and said in _RATES:
        return said
    if any({natural, said} <= alike for alike in (_NUMBERS, _TEXTS)):
        return natural
    raise place.complain(f"{name} is of type {natural}, not {said}")


def _rule(place: Place, name: str) -> FieldRule:
    raw = place.raw(name)
    if isinstance(raw, str):
        return FieldRule(columns=(raw,))
    field = place.inner(name).only(_FIELD)
    columns = field.texts("columns") or field.texts("column")
    if bool(columns) == ("value" in field):
        raise field.complain("needs either `column`, `columns` or `value`")
    values = field.inner("values")
    return FieldRule(
        columns=columns,
        join=field.text("join") if "join" in field else " ",
        value=field.constant("value"),
        kind=field.text("type"),
        formats=field.texts("formats"),
        split=field.text("split"),
        part=field.choice("part", _PARTS),
        values={key: values.constant(key) or "" for key in values},
        prefix=field.text("prefix"),
        suffix=field.text("suffix"),
        round=field.number("round", range(7)),
        default=field.constant("default"),
        otherwise=_rule(field, "otherwise") if "otherwise" in field else None,
        optional=field.flag("optional"),
    )


def _lookup(place: Place) -> Lookup:
    place.only(_LOOKUP)
    return Lookup(*(place.needed(key) for key in _LOOKUP))


def _skip_rule(place: Place) -> SkipRule:
    place.only({"column", *_SKIP_TESTS})
    if len(_SKIP_TESTS.intersection(place)) != 1:
        raise place.complain("needs one of `equals`, `starts_with`, `empty`")
    return SkipRule(
        column=place.needed("column"),
        equals=frozenset(place.texts("equals")),
        starts_with=place.text("starts_with"),
        empty=place.flag("empty"),
    )


def _credit_notes(place: Place) -> CreditNotes | None:
    marks = place.inner("credit_notes").only({"prefix", "negative"})
    return CreditNotes(marks.text("prefix"), marks.flag("negative")) if marks else None


def _made_invoices(place: Place) -> MadeInvoices | None:
    rule = place.inner("invoices").only({"rule", "terms_days", "number_prefix"})
    if not rule:
        return None
    if rule.text("rule") != "on_shipping":
        raise rule.complain('knows only the `rule` "on_shipping"')
    days = rule.number("terms_days", range(1000))
    return MadeInvoices(30 if days is None else days, rule.text("number_prefix"))
