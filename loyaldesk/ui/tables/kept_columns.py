"""How do a table's columns come back as they were left?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.settings import UiState
    from loyaldesk.ui.tables.header import TableHeader

__all__ = ["remember_columns"]


def remember_columns(head: TableHeader, state: UiState, key: str) -> None:
    """Take up places, widths and hidden columns kept under the key, and keep them from now on."""
    kept = state.get(key)
    if isinstance(kept, str):
        head.restore_columns(kept)

    def keep() -> None:
        state.put(key, head.columns_state())

    head.sectionResized.connect(keep)
    head.sectionMoved.connect(keep)
