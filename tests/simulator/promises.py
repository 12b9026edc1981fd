"""Was every edit done exactly once, and was nothing lost? Asked when all are at rest.

P2 each edit's effect is there once, and counters are the sum of what was added; P3 every edit is
answered or lies before somebody, and each value that gave way unseen is kept in a conflict; P4 what
the ERP masters is as the ERP has it; P12 of two edits at once the truly later one stands.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from loyaldesk.protocol.kinds import KINDS, Merge
from tests.simulator.disk import uuids_of
from tests.simulator.erp import NAME as ERP
from tests.simulator.rows import MASTERED
from tests.simulator.violation import require

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row
    from tests.simulator.intents import Intent
    from tests.simulator.scope import Key
    from tests.simulator.world import World

__all__ = [
    "check_audit", "check_counters", "check_erp", "check_later_wins", "check_nothing_lost",
    "check_overwritten", "check_poison",
]  # fmt: skip

_AUDIT = "SELECT uuid, kind, entity_id, op, field, old, new FROM change_audit ORDER BY k"
# An exchange takes so long at most, and tells the hub's clock no better.
_DOUBT_S = 15
_SILENT = {Merge.DERIVED, Merge.GREATEST, Merge.COUNTER}


def check_audit(world: World) -> None:
    """P2: the audit, told from its beginning, makes the hub's rows; no edit is in it twice."""
    rows: dict[Key, Row | None] = {}
    times: Counter[tuple[str, ...]] = Counter()
    for uuid, kind, uid, op, field, old, new in world.centre.read(_AUDIT):
        times[uuid, kind, uid, op, field] += 1
        if kind == "edit_conflict":
            continue  # the hub makes them itself, which is no edit of anybody
        if field:
            row = rows.get((kind, uid)) or {}
            said = (kind, uid, field, row.get(field), old)
            require(row.get(field) == json.loads(old), "P2", "The audit has a gap", *said)
            rows[kind, uid] = {**row, field: json.loads(new)}
        else:
            rows[kind, uid] = json.loads(new)
    twice = [entry for entry, count in times.items() if count > 1]
    require(not twice, "P2", "An edit was done more than once", twice)
    live = {key: row for key, row in world.centre.rows().items() if key[0] != "edit_conflict"}
    told = {key: row for key, row in rows.items() if row is not None}
    other = [key for key in {**live, **told} if live.get(key) != told.get(key)]
    require(not other, "P2", "Rows are not what the audit tells", other)


def _statuses(world: World) -> dict[str, str]:
    """Return what became of each edit; all clients must have heard the same."""
    found: dict[str, str] = {}
    for uuid, status in world.centre.read("SELECT uuid, status FROM mutation_result ORDER BY uuid"):
        require(found.setdefault(uuid, status) == status, "P2", "An edit has two outcomes", uuid)
    without = [uuid for uuid in world.centre.answered() if uuid not in found]
    require(not without, "P2", "An edit was done and its outcome is not kept", without)
    return found


def check_counters(world: World) -> None:
    """P2: what is open is the total less what was set against it, and each add counts once."""
    rows, statuses = world.centre.rows(), _statuses(world)
    ends = (("invoice", "invoice_id", "open_minor", "total_minor"),
            ("payment", "payment_id", "unallocated_minor", "amount_minor"))  # fmt: skip
    added: Counter[tuple[str, str, str]] = Counter()
    for intent in world.intents.made.values():
        if statuses.get(intent.uuid, "rejected") != "rejected":
            for name, change in intent.changes.items():
                added[intent.kind, intent.uid, name] += 0 if change.inc is UNSET else change.inc
    for kind, reference, counter, whole in ends:
        for key, row in rows.items():
            if key[0] != kind:
                continue
            used = sum(
                each["amount_minor"]
                for (other, _), each in rows.items()
                if other == "allocation" and each[reference] == key[1]
            )
            said = (key, row[counter], row[whole], added[kind, key[1], counter], used)
            total = row[whole] + added[kind, key[1], counter]
            require(row[counter] == total, "P2", "A counter is not the sum of its adds", *said)
            require(row[counter] == row[whole] - used, "P2", "Money was used twice or lost", *said)


def check_nothing_lost(world: World) -> None:
    """P3: every edit was answered by the hub, or lies before somebody at a desk."""
    kept = dict.fromkeys(world.centre.answered())
    for laptop in world.laptops:
        places = uuids_of(laptop.disk.connection)
        kept.update({uuid: None for uuid, where in places.items() if where == "attention"})
    lost = [
        (uuid, intent.desk, intent.kind, intent.uid, intent.op)
        for uuid, intent in world.intents.made.items()
        if uuid not in kept and uuid not in world.intents.destroyed
    ]
    require(not lost, "P3", "Edits are lost", lost)


def check_poison(world: World) -> None:
    """P3: what nobody may do was refused, the whole of its group with it."""
    statuses = _statuses(world)
    failed = world.centre.read(
        "SELECT uuid, reason FROM mutation_result WHERE reason LIKE '%(ticket%'"
    )
    require(not failed, "P3", "The hub's program failed on an edit", failed)
    done = [
        (uuid, intent.poison)
        for uuid, intent in world.intents.made.items()
        if intent.poison and statuses.get(uuid, "rejected") != "rejected"
    ]
    require(not done, "P3", "What nobody may do was done", done)


def check_overwritten(world: World) -> None:
    """P3: a value that is neither in the audit nor seen by who replaced it is in a conflict."""
    statuses = _statuses(world)
    audit: dict[tuple[str, str, str], dict[str, tuple[str, str]]] = {}
    values: dict[tuple[str, str, str], list[str]] = {}
    for uuid, kind, uid, _op, field, old, new in world.centre.read(_AUDIT):
        audit.setdefault((kind, uid, field), {})[uuid] = (old, new)
        whole = {field: json.loads(new)} if field else (json.loads(new) or {})
        for name, value in whole.items():
            values.setdefault((kind, uid, name), []).append(json.dumps(value))
    kept = {
        (row["mutation_uid"], row["field"].partition(".")[0])
        for key, row in world.centre.rows().items()
        if key[0] == "edit_conflict"
    }
    for intent in world.intents.made.values():
        if intent.op == "edit" and statuses.get(intent.uuid, "rejected") != "rejected":
            _check_intent(intent, audit, values, kept)


def _check_intent(
    intent: Intent,
    audit: dict[tuple[str, str, str], dict[str, tuple[str, str]]],
    values: dict[tuple[str, str, str], list[str]],
    kept: set[tuple[str, str]],
) -> None:
    fields = KINDS[intent.kind].fields
    for name, change in intent.changes.items():
        if fields[name].merge in _SILENT or change.inc is not UNSET:
            continue
        place = (intent.kind, intent.uid, name)
        said = (intent.uuid, intent.desk, *place, change)
        is_kept = (intent.uuid, name) in kept or (intent.uuid, "") in kept
        done = audit.get(place, {}).get(intent.uuid)
        if done is None:
            is_there = _is_there(
                change, values.get(place, []), is_lines=fields[name].merge is Merge.LINES
            )
            require(is_there or is_kept, "P3", "A value was dropped without a word", *said)
            continue
        old, new = (json.loads(each) for each in done)
        is_unseen = old not in (change.old, change.new)
        if fields[name].merge is Merge.TEXT:
            _check_text(change, old, new, said)
        elif fields[name].merge is not Merge.LINES:
            fine = is_kept or not is_unseen
            require(fine, "P3", "A value gave way unseen, without a conflict", *said, done)
            require(new == change.new or is_kept, "P3", "Another value was written", *said, done)


def _is_there(change: Any, values: list[str], *, is_lines: bool) -> bool:
    """Say whether the hub ever had the value; of lines, each one that was added."""
    if not is_lines:
        return json.dumps(change.new) in values
    added = [each["description"] for each in change.new if each not in (change.old or [])]
    return all(any(word in value for value in values) for word in added)


def _check_text(change: Any, old: str, new: str, said: tuple[object, ...]) -> None:
    """Hold merged notes to keeping each line that either side added."""
    base, mine, theirs = ((each or "").split("\n") for each in (change.old, change.new, old))
    added = [line for line in [*mine, *theirs] if line not in base]
    lost = [line for line in added if line not in new.split("\n")]
    require(not lost, "P3", "Lines of a text are lost", *said, lost)


def check_erp(world: World) -> None:
    """P4: what the ERP masters is at the hub as the ERP has it."""
    rows = world.centre.rows()
    for uid, record in world.erp.records["customer"].items():
        row = rows.get(("customer", uid))
        require(row is not None, "P4", "The hub lost a customer of the ERP", uid)
        other = [name for name in MASTERED if row is not None and row[name] != record[name]]
        require(not other, "P4", "The hub has not what the ERP has", ERP, uid, other)


def check_later_wins(world: World) -> None:
    """P12: where two edits of a field met the truly later one stands, if both clocks were known."""
    typed: dict[tuple[str, str, str, str], Intent] = {}
    edits = [each for each in world.intents.made.values() if each.op == "edit"]
    for intent in edits:
        for name, change in intent.changes.items():
            if change.new is not UNSET and change.new:
                typed[intent.kind, intent.uid, name, json.dumps(change.new)] = intent
    for key, row in world.centre.rows().items():
        if key[0] != "edit_conflict" or row["rule"] != "latest" or row["field"].count("."):
            continue
        place = (row["record_kind"], row["record_uid"], row["field"])
        mine = world.intents.made.get(row["mutation_uid"])
        theirs = typed.get((*place, json.dumps(json.loads(row["theirs"]))))
        if mine and theirs and _can_be_compared(mine, theirs, row["field"]):
            later = row["mine"] if mine.at > theirs.at else row["theirs"]
            said = (*place, row["mine"], mine.at, row["theirs"], theirs.at)
            require(row["winner"] == later, "P12", "The earlier edit stands", *said)


def _can_be_compared(mine: Intent, theirs: Intent, name: str) -> bool:
    is_unique = KINDS[mine.kind].fields[name].type == "text" and mine.kind != "edit_conflict"
    is_apart = abs((mine.at - theirs.at).total_seconds()) > _DOUBT_S
    return is_unique and is_apart and mine.is_certain and theirs.is_certain
