"""Ways to make one customer of two, and to part them again within thirty days."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.models import (
    Address,
    Base,
    Contact,
    Customer,
    CustomerMerge,
    StatementRunItem,
)
from loyaldesk.operations import operation
from loyaldesk.protocol.kinds import KINDS

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["UNDO_DAYS", "merge_customers", "part_customers"]

UNDO_DAYS = 30
# What the kept customer takes over where it has nothing itself.
FILLED = (
    "trading_name", "segment", "territory", "account_manager", "phone", "email", "website",
    "tax_id", "letters_email", "envelope",
)  # fmt: skip
# Every table that names a customer, in the order in which rows travel.
_NAMING = tuple(
    (kind.table, field.name)
    for kind in KINDS.values()
    for field in kind.references
    if field.refers == "customer" and not kind.is_upward
)
Moved = dict[str, Any]


@operation("Merge customers")
def merge_customers(tx: Transaction, *, kept_id: int, gone_id: int) -> int:
    """Move everything of one customer to another and return the id of the merge's record.

    The number and the uid of the one that is gone lead to the one that is kept from now on.
    """
    kept, gone = _customer(tx, kept_id), _customer(tx, gone_id)
    if kept_id == gone_id:
        raise Refused("A customer cannot be merged with itself. Nothing was changed.")
    tx.describe(f"Merge {gone['name']} into {kept['name']}")
    if kept["parent_id"] == gone_id:
        tx.update(Customer, kept_id, parent_id=gone["parent_id"])
    _demote(tx, kept_id, gone_id)
    moved: Moved = {f"{t}.{field}": _move(tx, t, field, kept_id, gone_id) for t, field in _NAMING}
    _leave_runs(tx, kept_id, gone_id)
    tx.delete(Customer, gone_id)
    moved["filled"] = _fill(tx, kept_id, kept, gone)
    return tx.insert(
        CustomerMerge,
        customer_id=kept_id,
        gone_uid=gone["uid"],
        gone=_as_text(tx, gone),
        moved=json.dumps({name: rows for name, rows in moved.items() if rows}, ensure_ascii=False),
        merged_at=tx.now,
        merged_by=tx.actor,
    )


@operation("Part customers")
def part_customers(tx: Transaction, *, merge_id: int) -> int:
    """Make two customers again of what was merged in the last thirty days; return the other's id.

    What came since the merge stays with the one that was kept.
    """
    found = tx.row(
        "SELECT customer_id, gone_uid, gone, moved, merged_at, undone_at FROM customer_merge"
        " WHERE id = ?",
        [merge_id],
    )
    if found is None or found[5] is not None:
        raise Refused("These customers are parted already. Nothing was changed.")
    kept_id, gone_uid, gone, moved, merged_at, _ = found
    if tx.now - datetime.fromisoformat(merged_at) > timedelta(days=UNDO_DAYS):
        raise Refused(
            f"This merge is older than {UNDO_DAYS} days and cannot be undone. Nothing was changed."
        )
    values, back = json.loads(gone), json.loads(moved)
    _take_back(tx, kept_id, back.pop("filled", {}))
    tx.describe(f"Part {values['name']}")
    gone_id = tx.insert(Customer, uid=gone_uid, **_from_text(tx, values))
    for place, uids in back.items():
        _move_back(tx, place, uids, kept_id, gone_id)
    tx.update(CustomerMerge, merge_id, undone_at=tx.now, undone_by=tx.actor)
    return gone_id


def _customer(tx: Transaction, customer_id: int) -> dict[str, Any]:
    names = [column.name for column in Customer.__table__.columns if column.name != "id"]
    found = tx.row(f"SELECT {', '.join(names)} FROM customer WHERE id = ?", [customer_id])
    if found is None:
        raise Refused("This customer no longer exists. Nothing was changed.")
    return dict(zip(names, found, strict=True))


def _model(table: str) -> type[Base]:
    mappers = Base.registry.mappers
    return next(m.class_ for m in mappers if m.class_.__tablename__ == table)


def _demote(tx: Transaction, kept_id: int, gone_id: int) -> None:
    """Let the kept customer's main contact and main places stay the main ones."""
    primary = "SELECT 1 FROM contact WHERE customer_id = ? AND is_primary = 1"
    if tx.value(primary, [kept_id]) is not None:
        sql = "SELECT id FROM contact WHERE customer_id = ? AND is_primary = 1"
        for (row_id,) in tx.rows(sql, [gone_id]):
            tx.update(Contact, row_id, is_primary=False)
    places = tx.rows(
        "SELECT id FROM address WHERE customer_id = ? AND is_default = 1 AND use IN"
        " (SELECT use FROM address WHERE customer_id = ? AND is_default = 1)",
        [gone_id, kept_id],
    )
    for (row_id,) in places:
        tx.update(Address, row_id, is_default=False)


def _move(tx: Transaction, table: str, field: str, kept_id: int, gone_id: int) -> list[str]:
    """Move the rows of a table over and return their uids."""
    model = _model(table)
    found = tx.rows(f"SELECT id, hex(uid) FROM {table} WHERE {field} = ? ORDER BY id", [gone_id])
    for row_id, _ in found:
        tx.update(model, row_id, **{field: kept_id})
    return [uid.lower() for _, uid in found]


def _move_back(tx: Transaction, place: str, uids: list[str], kept_id: int, gone_id: int) -> None:
    table, field = place.split(".")
    model = _model(table)
    found = tx.rows(
        f"SELECT id FROM {table} WHERE {field} = ? AND lower(hex(uid)) IN"
        " (SELECT value FROM json_each(?)) ORDER BY id",
        [kept_id, json.dumps(uids)],
    )
    for (row_id,) in found:
        tx.update(model, row_id, **{field: gone_id})


def _leave_runs(tx: Transaction, kept_id: int, gone_id: int) -> None:
    """Take the customer out of the statement runs of this desk: one has one line in a run."""
    for field in ("customer_id", "parent_id"):
        sql = f"SELECT id, run_id FROM statement_run_item WHERE {field} = ?"
        for row_id, run_id in tx.rows(sql, [gone_id]):
            both = "SELECT 1 FROM statement_run_item WHERE run_id = ? AND customer_id = ?"
            if field == "customer_id" and tx.value(both, [run_id, kept_id]) is not None:
                tx.delete(StatementRunItem, row_id)
            else:
                tx.update(StatementRunItem, row_id, **{field: kept_id})


def _fill(
    tx: Transaction, kept_id: int, kept: dict[str, Any], gone: dict[str, Any]
) -> dict[str, Any]:
    """Give the kept customer what it lacked and return that."""
    filled = {name: gone[name] for name in FILLED if gone[name] and not kept[name]}
    notes = "\n\n".join(text for text in (kept["notes"], gone["notes"]) if text)
    days = [d for d in (kept["last_contact_on"], gone["last_contact_on"]) if d]
    since = [d for d in (kept["customer_since"], gone["customer_since"]) if d]
    tx.update(
        Customer,
        kept_id,
        **filled,
        notes=notes,
        last_contact_on=max(days, default=None),
        customer_since=min(since, default=None),
        is_key_account=kept["is_key_account"] or gone["is_key_account"],
    )
    return filled


def _take_back(tx: Transaction, kept_id: int, filled: dict[str, Any]) -> None:
    """Take from the kept customer what it was given, where nobody changed it since."""
    now = _customer(tx, kept_id)
    same = [name for name, value in filled.items() if now[name] == value]
    tx.update(Customer, kept_id, **dict.fromkeys(same, ""))


def _as_text(tx: Transaction, gone: dict[str, Any]) -> str:
    """Return the row as JSON that every desk can read: its parent by uid."""
    values = {name: value for name, value in gone.items() if name != "uid"}
    parent = values.pop("parent_id")
    uid = tx.value("SELECT lower(hex(uid)) FROM customer WHERE id = ?", [parent])
    return json.dumps({**values, "parent": uid}, ensure_ascii=False)


def _from_text(tx: Transaction, kept: dict[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in kept.items() if name != "parent"}
    if tx.value("SELECT 1 FROM customer WHERE number = ?", [values["number"]]) is not None:
        raise Refused(
            f"The number {values['number']} belongs to another customer by now. Nothing was "
            "changed; give that one another number first."
        )
    parent = "SELECT id FROM customer WHERE lower(hex(uid)) = ?"
    return {**values, "parent_id": tx.value(parent, [kept["parent"]])}
