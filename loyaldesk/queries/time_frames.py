"""How long does a product group take: to ship, to arrive, and until we call?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.next_steps import GroupFrame
from loyaldesk.queries.book import json_ids, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.reader import Source

__all__ = [
    "TimeFrameRow", "frames_of_order", "frames_of_products", "read_groups", "read_time_frames",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeFrameRow:
    """What is kept of one group; the empty group stands for all that have no frame."""

    id: int
    group: str
    frame: GroupFrame


def read_time_frames(source: Source) -> tuple[TimeFrameRow, ...]:
    """Return every group's frame, the one for all others first."""
    found = source.rows(
        "SELECT id, product_group, lead_days, picking_days, transit_days, call_days"
        " FROM time_frame ORDER BY product_group"
    )
    return tuple(TimeFrameRow(key, group, GroupFrame(*days)) for key, group, *days in found)


def read_groups(source: Source) -> tuple[str, ...]:
    """Return the product groups there are, by name."""
    sql = "SELECT DISTINCT product_group FROM product WHERE product_group <> '' ORDER BY 1"
    return tuple(group for (group,) in source.rows(sql))


def frames_of_order(source: Source, *, order_id: int) -> tuple[GroupFrame, ...]:
    """Return the frames of the lines that have not shipped whole; none if none is kept."""
    return _frames(rows(source, "time_frame.of_order", order_id=order_id))


def frames_of_products(
    source: Source, *, product_ids: Iterable[int]
) -> dict[int | None, GroupFrame]:
    """Return the frame of each product that has one; None is the key of any other line."""
    ids = json_ids(product_ids)
    found = rows(source, "time_frame.of_products", ids=ids)
    frames: dict[int | None, GroupFrame] = {key: GroupFrame(*days) for key, *days in found}
    others = next((row.frame for row in read_time_frames(source) if not row.group), None)
    if others is not None:
        frames[None] = others
    return frames


def _frames(found: Iterable[tuple[int, ...]]) -> tuple[GroupFrame, ...]:
    return tuple(GroupFrame(*days) for days in found)
