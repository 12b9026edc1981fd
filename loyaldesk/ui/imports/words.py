"""How is it said what an import finds: tables, outcomes, values as people write them?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.connectors.results import Counts, Difference, Refusal
    from loyaldesk.formats import Formats

__all__ = [
    "OUTCOMES", "counted_records", "difference_words", "outcome_words", "refusal_words",
    "sample_words", "table_words",
]  # fmt: skip

translate = QCoreApplication.translate
OUTCOMES = ("new", "changed", "same", "removed", "refused", "skipped")
SCALES = {"_micro": 1_000_000, "_milli": 1_000}
PPM_TO_PER_CENT = 10_000
# What tells a person nothing: ids, and where it comes from, which is the same for all.
HIDDEN = {"source_system", "source_key", "recorded_at", "currency"}
NAMES = ("number", "name", "family_name", "given_name", "street", "description", "town")


def table_words(table: str) -> str:
    """Return what the records of a table are called."""
    words = {
        "customer": translate("Imports", "Customers"),
        "contact": translate("Imports", "Contacts"),
        "address": translate("Imports", "Addresses"),
        "product": translate("Imports", "Products"),
        "sales_order": translate("Imports", "Orders"),
        "order_line": translate("Imports", "Order lines"),
        "invoice": translate("Imports", "Invoices and credit notes"),
        "invoice_line": translate("Imports", "Invoice lines"),
        "payment": translate("Imports", "Payments"),
        "allocation": translate("Imports", "Allocations"),
    }
    return words.get(table, table.replace("_", " "))


def outcome_words(outcome: str) -> str:
    """Return the head of a column of counts."""
    words = {
        "new": translate("Imports", "New"),
        "changed": translate("Imports", "Changed"),
        "same": translate("Imports", "The same"),
        "removed": translate("Imports", "Gone"),
        "refused": translate("Imports", "Left out"),
        "skipped": translate("Imports", "Skipped"),
    }
    return words[outcome]


def counted_records(counts: Mapping[str, Counts]) -> int:
    """Return how many records an import adds, changes or removes."""
    return sum(count.new + count.changed + count.removed for count in counts.values())


def sample_words(fields: Mapping[str, Any], formats: Formats) -> tuple[str, str]:
    """Return a new record in two lines: what it is known by, then everything else."""
    shown = {name: value for name, value in fields.items() if _is_telling(name, value)}
    known_by = [str(shown.pop(name)) for name in NAMES if name in shown][:2]
    currency = str(fields.get("currency") or "")
    rest = [
        f"{_label(name)}: {_written(name, value, currency, formats)}"
        for name, value in shown.items()
    ]
    return " · ".join(known_by) or "–", " · ".join(rest)


def difference_words(difference: Difference, formats: Formats) -> tuple[str, str]:
    """Return a changed record in two lines: which, and each field from old to new."""
    changes = [
        f"{_label(name)}: {_written(name, old, '', formats)} → {_written(name, new, '', formats)}"
        for name, (old, new) in difference.fields.items()
    ]
    return f"{table_words(difference.table)} · {difference.key}", " · ".join(changes)


def refusal_words(refusal: Refusal, formats: Formats) -> tuple[str, str]:
    """Return a row that was left out in two lines: where it stands, and why."""
    row = formats.number(refusal.row)
    where = translate("Imports", "{table}, row {row}").format(table=refusal.table, row=row)
    value = f" “{refusal.value}”" if refusal.value else ""
    return where, f"{refusal.field}{value} {refusal.reason}".strip()


def _is_telling(name: str, value: Any) -> bool:
    return name not in HIDDEN and not name.endswith("_id") and value not in {None, ""}


def _label(name: str) -> str:
    for ending in ("_minor", "_ppm", *SCALES):
        name = name.removesuffix(ending)
    return name.replace("_", " ")


def _written(name: str, value: Any, currency: str, formats: Formats) -> str:
    if value in {None, ""}:
        return "–"
    if not isinstance(value, int):
        return str(value)
    for ending, scale in SCALES.items():
        if name.endswith(ending):
            return formats.number(Decimal(value) / scale)
    if name.endswith("_ppm"):
        return formats.percent(value)
    if name.endswith("_minor") and currency:
        return formats.amount(Money(value, currency))
    return str(value)
