"""What a form shows of one customer, person or place before it is edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.queries.book import row
from loyaldesk.queries.field_names import ADDRESS_FIELDS, CONTACT_FIELDS, CUSTOMER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "ParentName", "RecordFields", "find_parent", "read_address_fields", "read_contact_fields",
    "read_customer_fields",
]  # fmt: skip

_DAYS = {"birthday", "consent_on"}
_CLAIMS = {"is_key_account", "is_primary", "is_default", "wants_statements"}


@dataclass(frozen=True, slots=True)
class RecordFields:
    """The fields of a record by their column names, and where the record comes from."""

    values: Mapping[str, Any]
    source_system: str | None
    source_key: str | None


@dataclass(frozen=True, slots=True)
class ParentName:
    """A customer as it is named in a field: its id, number and name."""

    id: int
    number: str
    name: str


def read_customer_fields(source: Source, *, record_id: int) -> RecordFields:
    """Return the fields of a customer, and its parent's number as `parent_number`."""
    found = _require(row(source, "form.customer", record_id=record_id))
    fields = _fields(CUSTOMER_FIELDS, found[:-2])
    parent = {"parent_number": found[-2] or "", "parent_name": found[-1] or ""}
    return RecordFields({**fields.values, **parent}, fields.source_system, fields.source_key)


def read_contact_fields(source: Source, *, record_id: int) -> RecordFields:
    """Return the fields of a person."""
    return _fields(CONTACT_FIELDS, _require(row(source, "form.contact", record_id=record_id)))


def read_address_fields(source: Source, *, record_id: int) -> RecordFields:
    """Return the fields of a place."""
    return _fields(ADDRESS_FIELDS, _require(row(source, "form.address", record_id=record_id)))


def find_parent(source: Source, *, number: str) -> ParentName | None:
    """Return the customer with exactly that number, or None."""
    found = row(source, "form.parent", number=number)
    return None if found is None else ParentName(*found)


def _require(found: Row | None) -> Row:
    if found is None:
        raise Refused("This record no longer exists. Nothing was changed; close the form.")
    return found


def _fields(names: tuple[str, ...], found: Row) -> RecordFields:
    *values, system, key = found
    read = {name: _as_value(name, value) for name, value in zip(names, values, strict=True)}
    return RecordFields(read, system, key)


def _as_value(name: str, value: Any) -> Any:
    if name in _CLAIMS:
        return bool(value)
    return date.fromisoformat(value) if name in _DAYS and value else value
