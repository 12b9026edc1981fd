"""How does a value that travelled become one of a record's fields again?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import line_net
from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import Base, Invoice, Payment, Product, SalesOrder
from loyaldesk.operations.customers import edit_address, edit_contact, edit_customer
from loyaldesk.operations.numbers import require_free
from loyaldesk.operations.order_lines import sum_up
from loyaldesk.operations.teamwork_lines import LINES, Line, line_field, lines_now, write_lines
from loyaldesk.protocol.kinds import KINDS, Field, Merge
from loyaldesk.store.connection import IntegrityError
from loyaldesk.store.gate import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.queries.sync_records import RecordName
    from loyaldesk.store.gate import Transaction

__all__ = [
    "column_value", "delete_record", "field_now", "model_of", "restore_record", "write_field",
]  # fmt: skip

# Whatever a form checks is checked here as well.
_EDITED = {
    "customer": (edit_customer, "customer_id"),
    "contact": (edit_contact, "contact_id"),
    "address": (edit_address, "address_id"),
}
_NUMBERED = {
    "sales_order": SalesOrder, "invoice": Invoice, "payment": Payment, "product": Product,
}  # fmt: skip
_PRICED = ("unit_price_micro", "quantity_milli", "discount_ppm")
_SUMMED = frozenset({"freight_minor", "freight_tax_ppm"})


def model_of(kind: str) -> type[Base]:
    """Return the table of a kind."""
    table = KINDS[kind].table
    return next(
        mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table
    )


def column_value(tx: Transaction, kind: str, field: str, value: Any) -> Any:
    """Return a value that travelled as its column keeps it: a reference as the id it has here."""
    known = _known(kind, field)
    if value is None and not known.is_nullable:
        raise Refused("This field cannot be empty. Nothing was changed; type a value.", field=field)
    if field.startswith(LINES):
        return value
    return _converted(tx, known, value)


def field_now(tx: Transaction, record: RecordName, field: str) -> Any:
    """Return what the field holds now, as its column keeps it."""
    row_id = _row_id(record)
    if field.startswith(LINES):
        lines = lines_now(tx, record.kind, row_id)
        position, name = line_field(field)
        return lines if not name else _line_at(lines, position)[name]
    sql = f"SELECT {field} FROM {KINDS[record.kind].table} WHERE id = ?"
    return tx.value(sql, [row_id])


def write_field(tx: Transaction, record: RecordName, field: str, value: Any) -> None:
    """Change one field of a record to a value that travelled, as an ordinary edit."""
    kind, row_id = record.kind, _row_id(record)
    kept = column_value(tx, kind, field, value)
    label = tx.label
    if field.startswith(LINES):
        write_lines(tx, kind, row_id, _lines_with(tx, record, field, kept))
    elif kind in _EDITED:
        edit, key = _EDITED[kind]
        edit(tx, **{key: row_id, field: kept})
    else:
        _update(tx, kind, row_id, field, kept)
    tx.describe(label)


def delete_record(tx: Transaction, record: RecordName) -> None:
    """Delete a record that somebody wanted gone; one that others need stays."""
    try:
        tx.delete(model_of(record.kind), _row_id(record))
    except IntegrityError as error:
        raise Conflict(
            "Other records belong to this one by now, so it cannot be deleted. Nothing was changed."
        ) from error


def restore_record(tx: Transaction, record: RecordName, row: Mapping[str, Any]) -> None:
    """Bring a deleted record back under its own uid, with these fields."""
    fields = KINDS[record.kind].fields
    values = {
        name: column_value(tx, record.kind, name, value)
        for name, value in row.items()
        if name in fields and fields[name].merge is not Merge.LINES
    }
    row_id = tx.insert(model_of(record.kind), uid=bytes.fromhex(record.uid), **values)
    if row.get("lines"):
        write_lines(tx, record.kind, row_id, row["lines"])


def _known(kind: str, field: str) -> Field:
    """Return what is known of a field, or of that field of a line."""
    _, name = line_field(field) if field.startswith(LINES) else (0, "")
    known = KINDS[kind].lines.get(name) if name else KINDS[kind].fields.get(field)
    if known is None:
        raise Refused("This version does not know the field. Nothing was changed; update it.")
    return known


def _lines_with(tx: Transaction, record: RecordName, field: str, value: Any) -> list[Line]:
    """Return the lines as they shall be: all of them new, or one field of one line."""
    position, name = line_field(field)
    if not name:
        lines: list[Line] = value
        return lines
    lines = lines_now(tx, record.kind, _row_id(record))
    line = _line_at(lines, position)
    line[name] = value
    if name in _PRICED:
        price, quantity, discount = (line[each] for each in _PRICED)
        exponent = exponent_of(record.currency)
        line["net_minor"] = line_net(price, quantity, discount, exponent=exponent)
    return lines


def _line_at(lines: list[Line], position: int) -> Line:
    found = next((line for line in lines if line["position"] == position), None)
    if found is None:
        raise Conflict("This line was deleted meanwhile. Nothing was changed.")
    return found


def _update(tx: Transaction, kind: str, row_id: int, field: str, value: Any) -> None:
    model = model_of(kind)
    if field == "number" and kind in _NUMBERED:
        require_free(tx, _NUMBERED[kind], value)
    tx.update(model, row_id, **{field: value})
    if kind == "sales_order" and field in _SUMMED:
        sum_up(tx, row_id)


def _converted(tx: Transaction, known: Field, value: Any) -> Any:
    if value is None:
        return None
    if known.refers:
        return _id_of(tx, known.refers, str(value))
    if known.type == "bytes":
        return bytes.fromhex(value)
    if known.type == "json":
        return value if isinstance(value, str) else as_json(value)
    if known.type in {"int", "bool"}:
        return int(value)
    return str(value)


def _id_of(tx: Transaction, kind: str, uid: str) -> int:
    sql = f"SELECT id FROM {KINDS[kind].table} WHERE uid = ?"
    found: int | None = tx.value(sql, [bytes.fromhex(uid)])
    if found is None:
        raise Refused(
            "The record that this value names is not on this computer. Nothing was changed; pick "
            "another value or ask a colleague who has it."
        )
    return found


def _row_id(record: RecordName) -> int:
    if record.id is None:
        raise Refused("This record is no longer on this computer. Nothing was changed.")
    return record.id
