"""How the user wants the window to look, kept between starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.ui.widgets.metrics import Density
from loyaldesk.ui.widgets.theme import Look, SchemeChoice

if TYPE_CHECKING:
    from loyaldesk.settings import UiState

__all__ = ["keep_look", "look_from"]

SMALLEST, LARGEST = 90, 200


def look_from(state: UiState) -> Look:
    """Return the kept look; what is missing or broken is the usual one."""
    kept = state.get("look", {})
    usual = Look()
    try:
        return Look(
            scheme=SchemeChoice(kept.get("scheme", usual.scheme.value)),
            density=Density[kept.get("density", usual.density.name)],
            text_percent=min(max(int(kept.get("text_percent", 100)), SMALLEST), LARGEST),
            system_accent=bool(kept.get("system_accent", False)),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return usual


def keep_look(state: UiState, look: Look) -> None:
    """Keep the look for the next start."""
    state.put(
        "look",
        {
            "scheme": look.scheme.value,
            "density": look.density.name,
            "text_percent": look.text_percent,
            "system_accent": look.system_accent,
        },
    )
