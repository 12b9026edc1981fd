"""Ways to say how long a product group takes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.models import TimeFrame
from loyaldesk.operations import operation

if TYPE_CHECKING:
    from loyaldesk.domain.next_steps import GroupFrame
    from loyaldesk.store.gate import Transaction

__all__ = ["forget_time_frame", "keep_time_frame"]

MOST_DAYS = 999


@operation("Change time frame")
def keep_time_frame(tx: Transaction, *, group: str, frame: GroupFrame) -> int:
    """Keep the frame of a group, new or in place of its last one; the empty group is the rest."""
    group, days = group.strip(), asdict(frame)
    for name, count in days.items():
        if not 0 <= count <= MOST_DAYS:
            raise Refused(
                f"A time frame has 0 to {MOST_DAYS} working days. Nothing was saved.", field=name
            )
    found = tx.value("SELECT id FROM time_frame WHERE product_group = ?", [group])
    if found is None:
        return tx.insert(TimeFrame, product_group=group, **days)
    tx.update(TimeFrame, found, **days)
    return int(found)


@operation("Remove time frame")
def forget_time_frame(tx: Transaction, *, group: str) -> None:
    """Remove the frame of a group, which then has that of all others."""
    found = tx.value("SELECT id FROM time_frame WHERE product_group = ?", [group])
    if found is None:
        raise Refused("This time frame no longer exists. Nothing was changed.")
    tx.delete(TimeFrame, found)
