"""Which versions of each row has the hub ever handed out, and what stood in them?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.protocol.messages import Problem, Pulled, Push, Pushed

if TYPE_CHECKING:
    from loyaldesk.protocol.messages import Call, Reply
    from tests.simulator.scope import Key

__all__ = ["History", "canonical"]


def canonical(row: Any) -> str:
    """Return the row as a text that is the same for equal rows."""
    return json.dumps(row, sort_keys=True)


class History:
    """Epoch and version by row and content; a content that came twice has those of both times."""

    def __init__(self) -> None:
        self._versions: dict[Key, dict[str, list[tuple[str, int]]]] = {}
        self._epoch = ""
        # Rows of which an edit was taken without the row being told: only the next pull tells.
        self.untold: set[Key] = set()

    def note(self, call: Call, reply: Reply, epoch: str) -> None:
        """Remember the rows in a reply of the hub."""
        self._epoch = epoch
        if isinstance(reply, Pulled):
            for entry in reply.rows:
                if entry.op == "P":
                    row = msgspec.json.encode(entry.row)
                    self._add((entry.kind, entry.id), entry.rv, json.loads(row))
        # A desk whose numbers are known otherwise hears what became of its edits all the same.
        if isinstance(reply, Pushed | Problem) and isinstance(call.body, Push):
            keys = {each.uuid: (each.kind, each.id) for each in call.body.muts}
            for outcome in reply.res:
                self._add(keys[outcome.uuid], outcome.rv, outcome.row)
                if outcome.row is None:
                    self.untold.add(keys[outcome.uuid])

    def versions(self, key: Key, row: Any) -> list[tuple[str, int]]:
        """Return in which epochs and versions of the row the hub handed out this content."""
        return self._versions.get(key, {}).get(canonical(row), [])

    def _add(self, key: Key, rv: int, row: Any) -> None:
        if row is not None:
            seen = self._versions.setdefault(key, {}).setdefault(canonical(row), [])
            if (self._epoch, rv) not in seen:
                seen.append((self._epoch, rv))
