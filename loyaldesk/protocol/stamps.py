"""Who wrote a field, and when by the clock of the hub? Two clocks are never compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["Stamp", "as_kept", "corrected", "instant_of", "instant_text"]


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """One edit: its instant by the hub's clock, as `instant_text` writes it, and its author.

    Stamps sort by time; edits of one instant sort by their uuid, so that every hub agrees.
    """

    at: str
    uuid: str
    user: str
    desk: str


def instant_text(instant: datetime) -> str:
    """Return the instant in UTC as the hub sorts by it, to the microsecond."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def instant_of(text: str) -> datetime:
    """Return the instant that a text says, in UTC where it names no zone."""
    said = datetime.fromisoformat(text)
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def as_kept(text: str) -> str:
    """Return an instant as rows travel and desks keep it: ISO in UTC to the millisecond, with Z."""
    at = instant_of(text).astimezone(UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def corrected(edited_at: str, offset_ms: int | None, now: datetime) -> str:
    """Return when an edit was made by the hub's clock.

    `edited_at` is by the desk's clock, which was `offset_ms` ahead of the hub's when the two last
    spoke before the edit. No edit is made after it arrives, so a clock that was set forward since
    cannot win for ever.
    """
    said = instant_of(edited_at)
    return instant_text(min(said - timedelta(milliseconds=offset_ms or 0), now))
