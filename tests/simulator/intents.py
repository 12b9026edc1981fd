"""What did people mean to do? Remembered apart from every desk and hub, to hold them to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.protocol.messages import Change

__all__ = ["Intent", "Intents"]


@dataclass(frozen=True, slots=True)
class Intent:
    """One edit of one row as its author made it; `row` is what it became, `at` the true instant.

    `is_certain` says that the author's clock had not been changed since it was last compared with
    the hub's. `poison` names why the hub has to refuse it, empty where it has not.
    """

    uuid: str
    desk: str
    kind: str
    uid: str
    op: str
    changes: Mapping[str, Change]
    row: Row | None
    at: datetime
    is_certain: bool
    poison: str = ""


@dataclass
class Intents:
    """Every edit ever made, and those whose last copy a restored backup took away."""

    made: dict[str, Intent] = field(default_factory=dict)
    destroyed: dict[str, str] = field(default_factory=dict)

    def add(self, intent: Intent) -> None:
        """Remember an edit that was kept for the hub."""
        assert intent.uuid not in self.made
        self.made[intent.uuid] = intent

    def destroy(self, uuids: list[str], reason: str) -> None:
        """Remember that the only copies of these edits are gone through no fault of the program."""
        for uuid in uuids:
            self.destroyed.setdefault(uuid, reason)
