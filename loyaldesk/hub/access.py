"""Who asks, and may they? The one place where that is decided, before every read and write."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = ["Principal", "Role"]


class Role(enum.StrEnum):
    """What sort of user somebody is."""

    ADMIN = "admin"
    OFFICE = "office"
    REP = "rep"
    READER = "reader"
    CONNECTOR = "connector"


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in user at a known device; `territories` is None for the whole company."""

    user: str
    name: str
    device: str
    desk: str
    role: Role
    territories: frozenset[str] | None
