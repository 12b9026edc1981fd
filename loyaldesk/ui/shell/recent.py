"""Which customers were looked at lately?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.settings import UiState

__all__ = ["recent_customers", "remember_customer"]

NAME = "recent_customers"
MOST = 8


def recent_customers(state: UiState) -> list[int]:
    """Return the ids of the customers looked at lately, the last one first."""
    kept = state.get(NAME, [])
    return [key for key in kept if isinstance(key, int)] if isinstance(kept, list) else []


def remember_customer(state: UiState, customer_id: int) -> None:
    """Put a customer on top of those looked at lately."""
    kept = [key for key in recent_customers(state) if key != customer_id]
    state.put(NAME, [customer_id, *kept][:MOST])
