"""How far the print of each printer must move to stand where it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.settings import UiState

__all__ = ["keep_offset", "offset_of"]

OFFSETS = "printer_offsets"
MOST_MM = 20.0


def offset_of(state: UiState, printer: str) -> tuple[float, float]:
    """Return the move to the right and down in millimetres; an unknown printer needs none."""
    kept = state.get(OFFSETS, {})
    found = kept.get(printer) if isinstance(kept, dict) else None
    if not isinstance(found, list) or [type(part) for part in found] != [float, float]:
        return 0.0, 0.0
    right, down = (min(max(part, -MOST_MM), MOST_MM) for part in found)
    return right, down


def keep_offset(state: UiState, printer: str, right: float, down: float) -> None:
    """Keep the move of a printer, in millimetres."""
    kept = state.get(OFFSETS, {})
    state.put(OFFSETS, {**(kept if isinstance(kept, dict) else {}), printer: [right, down]})
