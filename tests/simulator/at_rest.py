"""What must a laptop look like when nothing waits and it has just read everything?

P1 its rows are the hub's rows in its scope, exactly; P6 counts and digests agree; P7 no row is
there that its person may not see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.digest import digest_of
from tests.simulator.scope import visible_rows
from tests.simulator.violation import require

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row
    from tests.simulator.laptop import Laptop
    from tests.simulator.scope import Key
    from tests.simulator.world import World

__all__ = ["check_in_step"]


def check_in_step(world: World, laptop: Laptop) -> None:
    """Hold the laptop to P1, P6 and P7."""
    principal = world.centre.people[laptop.name]
    rows = world.centre.rows(with_deleted=True)
    live = world.centre.rows()
    wanted = {key: row for key, row in visible_rows(rows, principal).items() if key in live}
    there = {key: laptop.disk.read(*key) for key, _ in laptop.disk.texts()}
    more = [key for key in there if key not in wanted]
    unseen = [key for key in more if key in live]
    require(not unseen, "P7", "Rows are there that nobody granted", laptop.name, unseen)
    require(not more, "P1", "Rows are there that the hub has not", laptop.name, more)
    missing = [key for key in wanted if key not in there and _can_be_shown(key, wanted)]
    require(not missing, "P1", "Rows of the hub are missing", laptop.name, missing)
    other = [(key, _other(there[key], wanted[key])) for key in there if there[key] != wanted[key]]
    require(not other, "P1", "Rows are not as at the hub", laptop.name, other)
    _check_digests(world, laptop)


def _can_be_shown(key: Key, wanted: dict[Key, Row]) -> bool:
    """Say whether the row has what it needs, of what the person may see."""
    from loyaldesk.protocol.kinds import KINDS

    return all(
        (field.refers, wanted[key][field.name]) in wanted
        for field in KINDS[key[0]].references
        if not field.is_nullable
    )


def _other(row: Row | None, wanted: Row) -> dict[str, Any]:
    return {
        name: ((row or {}).get(name), value)
        for name, value in wanted.items()
        if (row or {}).get(name) != value
    }


def _check_digests(world: World, laptop: Laptop) -> None:
    tables = laptop.disk.connection
    heads = {
        name: (seq, live, f"{int(digest):016x}")
        for name, seq, live, digest in world.centre.read(
            "SELECT bucket, seq, live, digest FROM bucket_head ORDER BY bucket"
        )
    }
    for name, seq, live, digest in tables.execute("SELECT name, seq, live, digest FROM bucket"):
        listed = tables.execute(
            "SELECT kind, uid, rv FROM membership WHERE bucket = ?", [name]
        ).fetchall()
        found = (seq, len(listed), digest_of(listed))
        said = (laptop.name, name, found, heads.get(name))
        require(found == heads.get(name, (0, 0, digest_of([]))), "P6", "A bucket differs", *said)
        require((live, digest) == found[1:], "P6", "A desk's own sum is wrong", *said, live, digest)
