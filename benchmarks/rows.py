"""What a measurement says: ours, the raw limit, their ratio, and whether the target is met."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Row", "as_json", "as_table"]

_TITLES = ("what", "ours", "raw", "ratio", "target", "met")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: two times of one unit, and the ratio aimed at.

    A ratio is ours ÷ raw and must be at most the target; where `is_speed`, it is raw ÷ ours (how
    fast ours is) and must be at least the target. A row against a fixed limit has it as raw. A row
    without raw and target only tells what was measured.
    """

    name: str
    unit: str
    ours: float
    raw: float | None = None
    target: float | None = None
    is_speed: bool = False

    @property
    def ratio(self) -> float | None:
        """How ours stands to raw."""
        if self.raw is None:
            return None
        return self.raw / self.ours if self.is_speed else self.ours / self.raw

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None where there is none."""
        if self.ratio is None or self.target is None:
            return None
        return self.ratio >= self.target if self.is_speed else self.ratio <= self.target

    def as_fields(self) -> dict[str, Any]:
        """Return what the row is made from, to be made again in another process."""
        return asdict(self)

    def as_data(self) -> dict[str, Any]:
        """Return the row as JSON says it."""
        return {
            "name": self.name,
            "unit": self.unit,
            "ours": round(self.ours, 4),
            "raw": None if self.raw is None else round(self.raw, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "target": self.target,
            "comparison": "at least" if self.is_speed else "at most",
            "met": self.is_met,
        }


def as_json(rows: Iterable[Row], machine: Mapping[str, Any]) -> str:
    """Return one JSON document: the machine and the rows."""
    document = {"machine": dict(machine), "rows": [row.as_data() for row in rows]}
    return json.dumps(document, ensure_ascii=False, indent=1)


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for the terminal."""
    cells = [_TITLES, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_TITLES))]
    return "\n".join(_aligned(line, widths) for line in cells)


def _cells(row: Row) -> tuple[str, ...]:
    first = (row.name, f"{row.ours:,.2f} {row.unit}")
    if row.raw is None or row.ratio is None or row.target is None:
        return (*first, "", "", "", "")
    sign = "≥" if row.is_speed else "≤"
    return (
        *first,
        f"{row.raw:,.2f} {row.unit}",
        f"{row.ratio:.2f}×",
        f"{sign} {row.target:.2f}×",
        "yes" if row.is_met else "NO",
    )


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = line
    shown = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
    return "  ".join([first.ljust(widths[0]), *shown])
