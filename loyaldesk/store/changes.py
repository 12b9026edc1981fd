"""What one commit touched, told once to everybody who asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Changes"]


@dataclass(frozen=True, slots=True)
class Changes:
    """The rows one commit touched: table name to ranges of ids, and the action's name.

    `is_everything` is for what is no commit: whatever is shown has to be written anew.
    """

    label: str
    tables: Mapping[str, Sequence[range]] = field(default_factory=dict)
    is_everything: bool = False

    def __bool__(self) -> bool:
        return bool(self.tables) or self.is_everything

    @property
    def row_count(self) -> int:
        """How many rows were touched, a row touched twice counted twice."""
        return sum(len(ids) for ranges in self.tables.values() for ids in ranges)

    def touches(self, *tables: str) -> bool:
        """Tell whether any of these tables has a changed row."""
        return self.is_everything or any(table in self.tables for table in tables)

    def touches_row(self, table: str, row_id: int) -> bool:
        """Tell whether that row changed."""
        ranges = self.tables.get(table, ())
        return self.is_everything or any(row_id in ids for ids in ranges)
