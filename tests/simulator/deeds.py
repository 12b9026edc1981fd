"""What does a person do at a desk: write, change, settle, delete, decide, and what nobody may?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS, Row
from loyaldesk.protocol.messages import Change
from loyaldesk.protocol.replay import difference
from loyaldesk.store.outbox import Edit
from tests.simulator.rows import CREATABLE, EDITABLE, MASTERED, blank, line, new_value

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.simulator.laptop import Laptop

__all__ = ["DEEDS", "Person"]

_EDITED = (
    ("customer", 30), ("sales_order", 20), ("contact", 15), ("activity", 10), ("invoice", 6),
    ("setting", 2),
)  # fmt: skip
_NOT_IN_FORMS = ("poison_type", "poison_group")
_DELETED = ("contact", "activity", "sales_order", "allocation", "customer")


class Person:
    """Somebody at one desk, who sees only what that desk shows."""

    def __init__(self, laptop: Laptop, rng: random.Random, next_word: Callable[[], str]) -> None:
        self._laptop = laptop
        self._rng = rng
        self._next_word = next_word

    def act(self, deed: str) -> None:
        """Do one thing of that name, if the records at hand allow it."""
        if deed in _NOT_IN_FORMS and self._laptop.disk.is_strict:
            return
        edits = getattr(self, f"_{deed}")()
        if edits:
            poison = deed if deed.startswith("poison") else ""
            self._laptop.keep(deed, edits, poison=poison)

    def _pick(self, kind: str) -> tuple[str, Row] | None:
        uids = self._laptop.uids(kind)
        if not uids:
            return None
        uid = self._rng.choice(uids)
        row = self._laptop.read(kind, uid)
        return None if row is None else (uid, row)

    def _edit(self) -> list[Edit]:
        names, weights = zip(*_EDITED, strict=True)
        kind = self._rng.choices(names, weights)[0]
        found = self._pick(kind)
        if found is None:
            return []
        uid, row = found
        open_fields = EDITABLE[kind].split()
        if kind == "customer" and row["source_system"]:
            open_fields = [name for name in open_fields if name not in MASTERED]
        names_to_change = {self._rng.choice(open_fields) for _ in range(self._rng.randint(1, 2))}
        values = {
            name: new_value(self._rng, kind, name, row[name], self._next_word())
            for name in sorted(names_to_change)
        }
        return _edited(kind, uid, row, values)

    def _create(self) -> list[Edit]:
        kind = self._rng.choice(CREATABLE)
        customer = self._pick("customer")
        if customer is None:
            return []
        word = self._next_word()
        values = _newcomer(kind, customer, word, self._rng)
        if kind == "activity" and (contact := self._of_customer("contact", customer[0])):
            values["contact_id"] = contact[0]
        return [_created(kind, self._laptop.new_uid(), blank(kind) | values)]

    def _of_customer(self, kind: str, customer: str) -> tuple[str, Row] | None:
        found = self._pick(kind)
        return found if found and found[1]["customer_id"] == customer else None

    def _delete(self) -> list[Edit]:
        kind = self._rng.choice(_DELETED)
        found = self._pick(kind)
        if found is None or self._laptop.is_referred_to(found[0]):
            return []
        uid, row = found
        if kind == "allocation":
            return self._moved(row, -row["amount_minor"], _deleted(kind, uid, row))
        return [_deleted(kind, uid, row)]

    def _allocate(self) -> list[Edit]:
        payment, invoice = self._pick("payment"), self._pick("invoice")
        if not payment or not invoice or payment[1]["customer_id"] != invoice[1]["customer_id"]:
            return []
        most = min(payment[1]["unallocated_minor"], invoice[1]["open_minor"])
        if most <= 0:
            return []
        amount = self._rng.randint(1, most)
        row = blank(
            "allocation", customer_id=payment[1]["customer_id"], payment_id=payment[0],
            invoice_id=invoice[0], amount_minor=amount,
        )  # fmt: skip
        return self._moved(row, amount, _created("allocation", self._laptop.new_uid(), row))

    def _moved(self, allocation: Row, amount: int, edit: Edit) -> list[Edit]:
        """Return the edit of an allocation with what it moves at both ends, as one group."""
        edits = [edit]
        ends = (
            ("payment", "payment_id", "unallocated_minor"),
            ("invoice", "invoice_id", "open_minor"),
        )
        for kind, reference, counter in ends:
            row = self._laptop.read(kind, allocation[reference])
            if row is None:
                return []
            values = {counter: row[counter] - amount}
            edits += _edited(kind, allocation[reference], row, values)
        return edits

    def _resolve(self) -> list[Edit]:
        found = self._pick("edit_conflict")
        if found is None or found[1]["status"] != "open":
            return []
        uid, row = found
        edits = _edited(
            "edit_conflict", uid, row, {"status": "resolved", "resolved_by": self._laptop.person}
        )
        record = self._laptop.read(row["record_kind"], row["record_uid"])
        if record and row["field"] in record and row["rule"] == "manual":
            mine = {row["field"]: json.loads(row["mine"])}
            edits += _edited(row["record_kind"], row["record_uid"], record, mine)
        return edits

    def _poison_mastered(self) -> list[Edit]:
        found = self._pick("customer")
        if found is None or not found[1]["source_system"]:
            return []
        uid, row = found
        return _edited("customer", uid, row, {"name": self._next_word()})

    def _poison_type(self) -> list[Edit]:
        found = self._pick("customer")
        if found is None:
            return []
        uid, row = found
        change = {"phone": Change(old=row["phone"], new=[1])}
        return [Edit("customer", uid, "edit", row, row | {"phone": [1]}, change)]

    def _poison_group(self) -> list[Edit]:
        """Change a note and take more out of an invoice than is open: neither may be done."""
        found, note = self._pick("invoice"), self._pick("activity")
        if found is None or note is None:
            return []
        uid, row = found
        beyond = {"open_minor": row["open_minor"] - row["total_minor"] - 1}
        written = _edited("activity", note[0], note[1], {"subject": self._next_word()})
        return [*written, *_edited("invoice", uid, row, beyond)]


def _newcomer(
    kind: str, customer: tuple[str, Row], word: str, rng: random.Random
) -> dict[str, Any]:  # fmt: skip
    uid, row = customer
    if kind == "customer":
        return {"number": word, "name": word, "territory": row["territory"], "currency": "EUR"}
    values: dict[str, Any] = {"customer_id": uid}
    if kind in {"sales_order", "payment"}:
        # Two desks may well type the same number.
        values |= {"number": f"{kind[0]}{rng.randint(1, 40)}", "currency": "EUR"}
    if kind == "sales_order":
        values |= {"status": "draft", "lines": [line(1, description=word)]}
    if kind == "payment":
        values |= {"amount_minor": 500, "unallocated_minor": 500}
    return values | ({"subject": word, "kind": "note"} if kind == "activity" else {})


def _created(kind: str, uid: str, row: Row) -> Edit:
    return Edit(kind, uid, "create", None, row)


def _deleted(kind: str, uid: str, row: Row) -> Edit:
    seen = {name: Change(old=value) for name, value in row.items()}
    return Edit(kind, uid, "delete", row, None, seen)


def _edited(kind: str, uid: str, row: Row, values: dict[str, Any]) -> list[Edit]:
    after = row | values
    changes = difference(KINDS[kind], row, after)
    return [Edit(kind, uid, "edit", row, after, changes)] if changes else []


# What people do, and how often each.
DEEDS = (
    ("edit", 30), ("create", 9), ("delete", 3), ("allocate", 6), ("resolve", 4),
    ("poison_mastered", 1), ("poison_type", 1), ("poison_group", 1),
)  # fmt: skip
