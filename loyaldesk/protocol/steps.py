"""How far along is an order, and which of two steps taken at once stands?"""

from __future__ import annotations

__all__ = ["CANCELLED", "STEPS", "further_step"]

CANCELLED = "cancelled"
# In the order in which an order goes through them; `cancelled` may follow any.
STEPS = (
    "draft", "submitted", "acknowledged", "part_delivered", "delivered", "invoiced", "closed",
)  # fmt: skip


def further_step(one: str, other: str) -> str | None:
    """Return the step that is further along, or None where somebody has to decide.

    Nobody may guess whether an order that one cancelled and another delivered is cancelled.
    """
    if one == other:
        return one
    if one not in STEPS or other not in STEPS:
        return None
    return max(one, other, key=STEPS.index)
