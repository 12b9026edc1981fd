"""What a map says: which source columns fill which fields, and by which rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loyaldesk.connectors.targets import TARGETS, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "CreditNotes", "FieldRule", "ImportMap", "Lookup", "MadeInvoices", "Recognition", "Section",
    "SkipRule",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """How one field gets its value: from columns or a constant, then step by step."""

    columns: tuple[str, ...] = ()
    join: str = " "
    value: str | None = None
    kind: str = ""
    formats: tuple[str, ...] = ()
    split: str = ""
    part: str = "first"
    values: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    suffix: str = ""
    round: int | None = None
    default: str | None = None
    otherwise: FieldRule | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Lookup:
    """Another table joined by key; its columns are then called `name.Column`."""

    name: str
    table: str
    key: str
    on: str


@dataclass(frozen=True, slots=True)
class SkipRule:
    """When a row is left out without a word in the error file."""

    column: str
    equals: frozenset[str] = frozenset()
    starts_with: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class CreditNotes:
    """What marks a credit note: a prefix of the number, or a total below zero."""

    prefix: str = ""
    negative: bool = False


@dataclass(frozen=True, slots=True)
class MadeInvoices:
    """The rule that makes an invoice of every shipped order of a source that keeps none."""

    terms_days: int = 30
    number_prefix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of record, the table it comes from and how its fields are filled."""

    target_name: str
    table: str
    fields: Mapping[str, FieldRule]
    key: tuple[str, ...] = ()
    key_prefix: str = ""
    group: bool = False
    sort: tuple[str, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    skip_if: tuple[SkipRule, ...] = ()
    credit_notes: CreditNotes | None = None
    invoices: MadeInvoices | None = None

    @property
    def target(self) -> Target:
        """The kind of record that this section makes."""
        return TARGETS[self.target_name]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a source must have to be recognised: tables of a database, or columns of a file."""

    tables: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMap:
    """A whole map; `sections` stand in the order in which records need each other."""

    name: str
    title: str
    source_system: str
    sections: tuple[Section, ...]
    recognise: Recognition = Recognition()
    decimal: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    def section(self, target_name: str) -> Section | None:
        """Return the first section that makes records of that kind."""
        return next((s for s in self.sections if s.target_name == target_name), None)
