"""What an import found and did: counts, differences and refusals."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Counts", "Difference", "ImportPlan", "ImportResult", "Refusal"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One bad row: where it stands, which field holds what, and why it was not taken."""

    table: str
    row: int
    key: str
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that the source has changed: field to (old, new), as the store keeps them."""

    table: str
    key: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of one table were new, changed, the same, refused, or skipped by a rule.

    Only lines are ever removed: those that a changed order no longer has in the source.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    removed: int = 0
    refused: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: counts by table, the first differences, refusals and new records.

    `read_as` holds the encoding and the delimiter of a text file; it is empty for other sources.
    """

    map_name: str
    source_system: str
    source: str
    counts: Mapping[str, Counts]
    changed_fields: Mapping[str, Mapping[str, int]]
    differences: tuple[Difference, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    refused_rows: int = 0
    samples: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_changes(self) -> bool:
        """Whether the import adds or changes anything."""
        return any(count.new or count.changed or count.removed for count in self.counts.values())

    def as_document(self) -> dict[str, Any]:
        """Return the plan as plain values for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ImportResult(ImportPlan):
    """What an import did; `label` is the name undo takes it back by, empty if nothing changed."""

    label: str = ""
    is_dry_run: bool = False
    error_file: str = ""
    seconds: float = 0.0
