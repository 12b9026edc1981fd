"""What goes wrong in the world, apart from the network?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.store.sync_state import StateKey
from tests.simulator.disk import uuids_of
from tests.simulator.rows import TERRITORIES

if TYPE_CHECKING:
    from tests.simulator.centre import Backup
    from tests.simulator.disk import Disk
    from tests.simulator.laptop import Laptop
    from tests.simulator.world import World

__all__ = ["Mishaps"]

_MOST_LAPTOPS = 7
_DAY_S = 86_400


class Mishaps:
    """Does harm to the world, and keeps the backups from which it is mended."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._rng = world.rng
        self._disks: dict[str, Disk] = {}
        self._hubs: list[Backup] = []

    def _laptop(self) -> Laptop:
        return self._rng.choice(self._world.laptops)

    def kill_desk(self) -> None:
        """End a desk's program at one of its next steps."""
        self._laptop().fuse.arm(self._rng.randint(1, 24))

    def kill_hub(self) -> None:
        """End the hub's program at one of its next steps."""
        self._world.centre.fuse.arm(self._rng.randint(1, 9))

    def fill_disk(self) -> None:
        """Leave a laptop without room for a while."""
        self._laptop().fuse.fill_disk(self._rng.randint(1, 4))

    def back_up_desk(self) -> None:
        """Copy a laptop's disk."""
        laptop = self._laptop()
        self._disks[laptop.name] = laptop.disk.copy()

    def restore_desk(self) -> None:
        """Put a laptop's backup back, over everything since."""
        laptop = self._laptop()
        if laptop.name in self._disks:
            self._note("desk restored", laptop.name)
            known = self._known()
            laptop.replace_disk(self._disks[laptop.name].copy())
            self._world.intents.destroy(_gone(known, self._known()), "desk restored")

    def copy_desk(self) -> None:
        """Give somebody a second machine with the same disk in it."""
        laptop = self._laptop()
        if len(self._world.laptops) < _MOST_LAPTOPS:
            self._note("desk copied", laptop.name)
            name = f"{laptop.name}+{len(self._world.laptops)}"
            principal = self._world.centre.people[laptop.name]
            self._world.add_laptop(name, principal, laptop.disk.copy())

    def back_up_hub(self) -> None:
        """Copy the hub's database."""
        self._hubs.append(self._world.centre.back_up())

    def restore_hub(self) -> None:
        """Put one of the hub's backups back; what nobody else has kept since then is gone."""
        if self._hubs:
            self._note("hub restored")
            known = self._known()
            self._world.centre.restore(self._rng.choice(self._hubs))
            self._world.intents.destroy(_gone(known, self._known()), "hub restored")

    def jump_clock(self) -> None:
        """Let a laptop's clock show another time from now on."""
        laptop = self._laptop()
        laptop.clock.skew = timedelta(seconds=self._rng.randint(-3 * _DAY_S, 3 * _DAY_S))
        self._note("clock jumps", laptop.name, str(laptop.clock.skew))

    def change_grants(self) -> None:
        """Give somebody other territories."""
        laptop = self._laptop()
        if self._world.centre.people[laptop.name].territories is not None:
            mine = [each for each in TERRITORIES if self._rng.random() < 0.5]
            self._note("grants", laptop.name, mine)
            self._world.centre.grant(laptop.name, frozenset(mine))

    def collect(self) -> None:
        """Let the hub forget old tombstones; some of them are needed yet."""
        self._note("tombstones collected")
        self._world.centre.collect(timedelta(seconds=self._rng.choice((0, 600, 7200))))

    def lose_staged(self) -> None:
        """Let one entry that came in vanish before it is put in place."""
        laptop = self._laptop()
        tables = laptop.disk.connection
        staged = tables.execute("SELECT k, bucket, op, kind, uid FROM inbox ORDER BY k").fetchall()
        if staged:
            lost = self._rng.choice(staged)
            self._note("staged entry lost", laptop.name, *lost)
            tables.execute("DELETE FROM inbox WHERE k = ?", [lost[0]])
            laptop.disk.is_damaged = True

    def upgrade_desk(self) -> None:
        """Start a newer version of the program on a disk that an older one has filled."""
        laptop = self._laptop()
        self._note("upgraded", laptop.name)
        laptop.disk.connection.execute(
            "UPDATE sync_state SET value = '0' WHERE key = ?", [StateKey.SCHEMA.value]
        )
        laptop.boot()

    def _note(self, what: str, *more: object) -> None:
        self._world.trace.note(what, *more)

    def _known(self) -> list[str]:
        """Return every edit of which the world has a copy that counts, in the order made."""
        copies = dict.fromkeys(self._world.centre.answered())
        for laptop in self._world.laptops:
            copies.update(dict.fromkeys(uuids_of(laptop.disk.connection)))
        return [uuid for uuid in self._world.intents.made if uuid in copies]


def _gone(before: list[str], after: list[str]) -> list[str]:
    still = dict.fromkeys(after)
    return [uuid for uuid in before if uuid not in still]
