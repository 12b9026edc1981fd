"""How an action is taken back: the recorded differences, applied the other way round."""

from __future__ import annotations

import json
from collections import deque
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Conflict
from loyaldesk.models import Base, ChangeKind
from loyaldesk.store.connection import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyaldesk.store.gate import Transaction

__all__ = ["History", "Steps", "revert"]

STEPS = 50
Steps = deque[tuple[int, str]]


def _models() -> dict[str, type[Base]]:
    return {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}


def _value(stored: Any) -> Any:
    return bytes.fromhex(stored["hex"]) if isinstance(stored, dict) else stored


def revert(tx: Transaction, group_id: int) -> None:
    """Apply the inverse of a group, newest difference first; refuse where a later change stands."""
    models = _models()
    recorded = tx.rows(
        "SELECT table_name, kind, row_id, last_row_id, fields FROM change"
        " WHERE group_id = ? ORDER BY id DESC",
        [group_id],
    )
    try:
        for table, kind, row_id, last_row_id, fields in recorded:
            _revert_one(
                tx,
                models[table],
                ChangeKind(kind),
                range(row_id, last_row_id + 1),
                None if fields is None else json.loads(fields),
            )
    except IntegrityError as error:
        raise Conflict(
            "Something newer belongs to this record, such as an issued letter. Nothing was undone."
        ) from error


def _revert_one(
    tx: Transaction, model: type[Base], kind: ChangeKind, ids: range, fields: Any
) -> None:
    if fields is None:
        if kind is ChangeKind.DELETE:
            raise Conflict("This import was taken back and cannot be repeated; import it again.")
        tx.delete_range(model, ids)
    elif kind is ChangeKind.INSERT:
        _refuse_if_changed(tx, model, ids[0], fields)
        tx.delete(model, ids[0])
    elif kind is ChangeKind.DELETE:
        values = {name: _value(old) for name, (old, _) in fields.items()}
        tx.insert(model, id=ids[0], **values)
    else:
        _refuse_if_changed(tx, model, ids[0], fields)
        tx.update(model, ids[0], **{name: _value(old) for name, (old, _) in fields.items()})


def _refuse_if_changed(tx: Transaction, model: type[Base], row_id: int, fields: Any) -> None:
    names = list(fields)
    now = tx.row(f"SELECT {', '.join(names)} FROM {model.__tablename__} WHERE id = ?", [row_id])
    if now is None or any(
        current != _value(fields[name][1]) for name, current in zip(names, now, strict=True)
    ):
        raise Conflict("The record was changed again since. Nothing was undone.")


class History:
    """The last fifty actions of this session that can be taken back, and those taken back."""

    def __init__(self) -> None:
        self.undo_steps: Steps = deque(maxlen=STEPS)
        self.redo_steps: Steps = deque(maxlen=STEPS)

    @property
    def undo_label(self) -> str | None:
        """The name of what undo would take back."""
        return self.undo_steps[-1][1] if self.undo_steps else None

    @property
    def redo_label(self) -> str | None:
        """The name of what redo would repeat."""
        return self.redo_steps[-1][1] if self.redo_steps else None

    def add(self, group_id: int, label: str) -> None:
        """Remember a new action; what was undone before can no longer be repeated."""
        self.undo_steps.append((group_id, label))
        self.redo_steps.clear()

    def forget(self, group_ids: Collection[int]) -> None:
        """Drop the steps of these groups, of which no record is left."""
        for steps in (self.undo_steps, self.redo_steps) if group_ids else ():
            kept = [step for step in steps if step[0] not in group_ids]
            steps.clear()
            steps.extend(kept)

    def undone(self, inverse_id: int) -> None:
        """Move the newest step over: its inverse is what redo will take back."""
        _, label = self.undo_steps.pop()
        self.redo_steps.append((inverse_id, label))

    def redone(self, inverse_id: int) -> None:
        """Move the newest undone step back."""
        _, label = self.redo_steps.pop()
        self.undo_steps.append((inverse_id, label))
