"""What does a row come to when an edit arrives that was made on an older version of it?

Field by field and by value: where the hub still has what the author saw, the edit is simply made;
where the hub has what the author wanted, there is nothing to do; else the field's class decides,
and the value that does not stand is kept in a `Clash`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from msgspec import UNSET

from loyaldesk.protocol.kinds import Field, Kind, Merge, Row
from loyaldesk.protocol.line_merge import merge_lines
from loyaldesk.protocol.messages import Change
from loyaldesk.protocol.steps import further_step
from loyaldesk.protocol.text_merge import merge_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.protocol.stamps import Stamp

__all__ = ["Clash", "Merged", "changes_of_create", "merge_edit"]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two values of one field that met: what both began from, and which of them stands.

    An `open` one waits for somebody to decide, an `auto` one was settled by the field's rule.
    """

    field: str
    rule: str
    base: Any
    mine: Any
    theirs: Any
    winner: Any
    status: Literal["open", "auto"]


@dataclass(slots=True)
class Merged:
    """The row after the edit, the fields that carry the edit's stamp now, and what clashed.

    `is_concurrent` says whether any field had been changed by somebody else.
    """

    row: Row
    clashes: list[Clash] = field(default_factory=list)
    stamped: list[str] = field(default_factory=list)
    is_concurrent: bool = False


@dataclass(frozen=True, slots=True)
class _Meeting:
    """One field in which an edit met another: its value as base, in the edit, and at the hub."""

    field: Field
    base: Any
    mine: Any
    theirs: Any
    is_base_known: bool
    mine_is_later: bool
    currency: str

    def won_by(self, winner: Any, status: Literal["open", "auto"] = "auto") -> list[Clash]:
        """Return the clash in which the other value is kept."""
        rule = self.field.merge.name.lower()
        name, base, mine, theirs = self.field.name, self.base, self.mine, self.theirs
        return [Clash(name, rule, base, mine, theirs, winner, status)]


_Settled = tuple[Any, list[Clash]]


def changes_of_create(row: Row) -> dict[str, Change]:
    """Return a row as an edit whose author saw nothing: how a create meets a row that exists."""
    return {name: Change(new=value) for name, value in row.items()}


def merge_edit(
    kind: Kind,
    current: Row,
    changes: Mapping[str, Change],
    *,
    mine: Stamp,
    theirs: Mapping[str, Stamp],
) -> Merged:
    """Return what the row comes to; neither argument is changed.

    `theirs` are the stamps of the last edit of each field, under "" that of the row's creation.
    """
    merged = Merged(dict(current))
    for name in sorted(changes):
        _merge_field(kind.fields[name], changes[name], merged, mine, theirs)
    return merged


def _merge_field(
    rule: Field, change: Change, merged: Merged, mine: Stamp, theirs: Mapping[str, Stamp]
) -> None:
    name, now = rule.name, merged.row.get(rule.name)
    if change.inc is not UNSET:
        merged.row[name] = (now or 0) + change.inc
        merged.stamped.append(name)
        return
    their = theirs.get(name) or theirs.get("")
    is_later = their is None or mine > their
    if now == change.new:
        merged.stamped += [name] if is_later else []
        return
    if change.old is not UNSET and now == change.old:
        merged.row[name] = change.new
        merged.stamped.append(name)
        return
    met = _meeting(rule, change, merged.row, is_later)
    value, clashes = _SETTLE[rule.merge](met)
    merged.is_concurrent = True
    merged.clashes += clashes
    merged.row[name] = value
    merged.stamped += [name] if value != now else []


def _meeting(rule: Field, change: Change, row: Row, is_later: bool) -> _Meeting:
    is_base_known = change.old is not UNSET
    base = change.old if is_base_known else None
    currency = row.get("currency") or ""
    return _Meeting(
        rule, base, change.new, row.get(rule.name), is_base_known, is_later, currency
    )  # fmt: skip


def _wait(met: _Meeting) -> _Settled:
    return met.theirs, met.won_by(met.theirs, "open")


def _later(met: _Meeting) -> _Settled:
    winner = met.mine if met.mine_is_later else met.theirs
    return winner, met.won_by(winner)


def _derived(met: _Meeting) -> _Settled:
    return (met.mine if met.mine_is_later else met.theirs), []


def _greater(met: _Meeting) -> _Settled:
    return max((each for each in (met.mine, met.theirs) if each is not None), default=None), []


def _count(met: _Meeting) -> _Settled:
    """Add what the edit added; without a base the hub's count stands, as it knows all others."""
    if not isinstance(met.base, int) or met.theirs is None:
        return met.theirs, []
    return met.theirs + met.mine - met.base, []


def _text(met: _Meeting) -> _Settled:
    base = (met.base or "") if met.is_base_known else None
    value = merge_text(base, met.mine or "", met.theirs or "")
    return value, [] if value == met.theirs else met.won_by(value)


def _step(met: _Meeting) -> _Settled:
    winner = further_step(met.mine, met.theirs)
    return _wait(met) if winner is None else (winner, met.won_by(winner))


def _lines(met: _Meeting) -> _Settled:
    if not met.is_base_known:
        return _wait(met)
    merged = merge_lines(
        met.base, met.mine, met.theirs, mine_is_later=met.mine_is_later, currency=met.currency
    )
    if merged is None:
        return _wait(met)
    clashes = [
        Clash(
            f"lines.{each.position}.{each.field}", "latest",
            each.base, each.mine, each.theirs, each.winner, "auto",
        )
        for each in merged.clashes
    ]  # fmt: skip
    return merged.lines, clashes


_SETTLE = {
    Merge.FIXED: _wait, Merge.MANUAL: _wait, Merge.LATEST: _later, Merge.DERIVED: _derived,
    Merge.GREATEST: _greater, Merge.COUNTER: _count, Merge.TEXT: _text, Merge.STATE: _step,
    Merge.LINES: _lines,
}  # fmt: skip
