"""How does what was judged get into the database? Records first, the heads of buckets last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from loyaldesk.hub.engine.heads import Moves
from loyaldesk.hub.engine.records import insert_entities, update_entities
from loyaldesk.protocol.buckets import buckets_of
from loyaldesk.protocol.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.hub.engine.records import Entity, Key
    from loyaldesk.hub.engine.workset import Layers, Workset
    from loyaldesk.hub.transaction import Tx

__all__ = ["flush_records", "write_moves"]

_K = TypeVar("_K")
_V = TypeVar("_V")
_Risen = list[tuple["Entity | None", "Entity"]]
_ORDER = {name: place for place, name in enumerate(KINDS)}
_CHILDREN = "SELECT kind, id, rv FROM entity WHERE account_id = ? AND deleted = 0"


def flush_records(work: Workset) -> dict[str, Moves]:
    """Write every record that differs, each one version higher; return what moves in buckets.

    A record that ends as it began keeps its version and moves nowhere.
    """
    touched = list(_touched(work))
    risen = [
        (before, after.with_version((before.rv if before else 0) + 1))
        for before, after in touched
        if _differs(before, after)
    ]
    work.entities.kept.update({after.key: after for _, after in risen})
    noted = [
        after
        for before, after in touched
        if before and not _differs(before, after) and before.stamps != after.stamps
    ]
    insert_entities(work.tx, [after for before, after in risen if before is None], work.now)
    update_entities(work.tx, [after for before, after in risen if before], work.now)
    update_entities(work.tx, noted, work.now)
    _flush_layers(work)
    return _moves(work, risen)


def _touched(work: Workset) -> Iterator[tuple[Entity | None, Entity]]:
    """Yield the records before and after the push: those that others need first."""
    for key in sorted(work.entities.kept, key=_place):
        after = work.entities.kept[key]
        if after is not None:
            yield work.entities.stored.get(key), after


def _place(row: Sequence[Any]) -> tuple[int, str]:
    """Return where a row comes that begins with kind and uid."""
    return _ORDER[row[0]], row[1]


def _differs(before: Entity | None, after: Entity) -> bool:
    return before is None or (
        (before.row, before.is_deleted, before.account, before.origin)
        != (after.row, after.is_deleted, after.account, after.origin)
    )


def _flush_layers(work: Workset) -> None:
    """Write unique values and aliases; those given up go first, for others may have them."""
    claims = _written(work.claims)
    work.tx.run_many(
        "DELETE FROM unique_value WHERE kind = ? AND value = ?",
        [claim for claim, _ in claims if work.claims.stored.get(claim)],
    )
    work.tx.run_many(
        "INSERT INTO unique_value (kind, value, id) VALUES (?, ?, ?)",
        [(*claim, holder) for claim, holder in claims if holder],
    )
    aliases = _written(work.aliases)
    work.tx.run_many(
        "DELETE FROM alias WHERE gone_id = ?",
        [(gone,) for gone, _ in aliases if work.aliases.stored.get(gone)],
    )
    work.tx.run_many(
        "INSERT INTO alias (gone_id, id, merge_id) VALUES (?, ?, ?)",
        [(gone, *alias) for gone, alias in aliases if alias],
    )


def _written(layers: Layers[_K, _V]) -> list[tuple[_K, _V | None]]:
    return [
        (key, value) for key, value in sorted(layers.kept.items(), key=repr)
        if value != layers.stored.get(key)
    ]  # fmt: skip


def _moves(work: Workset, risen: _Risen) -> dict[str, Moves]:
    moves: dict[str, Moves] = {}
    for before, after in risen:
        old = _buckets_before(work, before)
        new = () if after.is_deleted else work.buckets(after)
        for bucket in old:
            move = moves.setdefault(bucket, Moves())
            move.forget(*after.key, before.rv if before else 0)
            if bucket not in new:
                move.take("D" if after.is_deleted else "L", *after.key, after.rv)
        for bucket in new:
            moves.setdefault(bucket, Moves()).put(*after.key, after.rv)
    moved = {after.key for _, after in risen}
    for before, after in risen:
        if after.kind.name == "customer" and before is not None:
            _move_account(work, before, after, moves, moved)
    return moves


def _buckets_before(work: Workset, before: Entity | None) -> tuple[str, ...]:
    """Return where the record lay when the push came."""
    if before is None or before.is_deleted:
        return ()
    customer = work.entities.stored.get(("customer", before.account)) if before.account else None
    return buckets_of(before.kind, customer.row if customer else None)


def _move_account(
    work: Workset, before: Entity, after: Entity, moves: dict[str, Moves], moved: set[Key]
) -> None:
    """Let everything that belongs to a customer go where the customer went, in its version."""
    old, new = (buckets_of(each.kind, each.row) for each in (before, after))
    left, entered = set(old) - set(new), set(new) - set(old)
    if not left and not entered:
        return
    children = [
        (kind, uid, rv)
        for kind, uid, rv in work.tx.rows(_CHILDREN, (after.id,))
        if (kind, uid) not in moved and not KINDS[kind].is_upward
    ]
    for kind, uid, rv in sorted(children, key=_place):
        for bucket in sorted(left):
            moves.setdefault(bucket, Moves()).leave(kind, uid, rv)
        for bucket in sorted(entered):
            moves.setdefault(bucket, Moves()).put(kind, uid, rv)


def write_moves(tx: Tx, moves: dict[str, Moves], at_s: int) -> None:
    """Number the entries of each bucket: the last thing a transaction does, in sorted order."""
    for bucket in sorted(moves):
        moves[bucket].write(tx, bucket, at_s)
