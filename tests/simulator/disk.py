"""What is on a laptop's disk: the tables of sync, and the rows as its person sees them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Edit
    from loyaldesk.sync.engine.desk import Desk
    from tests.simulator.scope import Key

__all__ = ["Disk", "last_no", "uuids_after", "uuids_of"]


class Disk(Protocol):
    """One desk's database; its copies live on their own."""

    connection: Any
    is_damaged: bool
    # Whether its tables refuse values that no form would let through.
    is_strict: bool

    def boot(self, **world: Any) -> Desk:
        """Return the desk on this disk, with the world's clock, identities and accidents."""

    def uids(self, kind: str) -> list[str]:
        """Return the rows of the kind that are shown, sorted."""

    def read(self, kind: str, uid: str) -> Row | None:
        """Return a row as it is shown."""

    def is_needed(self, uid: str) -> bool:
        """Return whether another row that is shown cannot do without this one."""

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Yield all rows that are shown, in a form that changes when the row does."""

    def keep(self, desk: Desk, label: str, edits: Sequence[Edit], *, actor: str) -> None:
        """Make edits in what is shown, and keep them for the hub, in one transaction."""

    def copy(self) -> Disk:
        """Return a copy of the whole disk."""


def last_no(connection: Any) -> int:
    """Return the highest number of a waiting edit."""
    return int(connection.execute("SELECT coalesce(max(no), 0) FROM outbox").fetchone()[0])


def uuids_after(connection: Any, no: int) -> list[str]:
    """Return the waiting edits with higher numbers, in their order."""
    found = connection.execute("SELECT uuid FROM outbox WHERE no > ? ORDER BY no", [no])
    return [uuid for (uuid,) in found]


def uuids_of(connection: Any) -> dict[str, str]:
    """Return where every edit lies that this desk knows of: outbox, journal or attention."""
    return dict(
        connection.execute(
            "SELECT uuid, 'attention' FROM attention UNION ALL"
            " SELECT uuid, 'journal' FROM journal UNION ALL SELECT uuid, 'outbox' FROM outbox"
        ).fetchall()
    )
