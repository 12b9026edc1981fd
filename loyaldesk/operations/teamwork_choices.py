"""What is decided about a conflict, told to the operation that does it.

Apart from `operations.teamwork`, because the window names choices before anything is written.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

__all__ = ["Choice", "Pick"]


class Choice(enum.StrEnum):
    """Which value shall stand: one of the two edits, or a third."""

    MINE = "mine"
    THEIRS = "theirs"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Pick:
    """What is decided about one conflict; `value` as it travels, for a third value only."""

    conflict_id: int
    choice: Choice
    value: Any = None
