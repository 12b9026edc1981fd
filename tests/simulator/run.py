"""How is one seed run from its beginning to its end, and what is said about it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.simulator import promises
from tests.simulator.at_rest import check_in_step
from tests.simulator.checks import Checks
from tests.simulator.memory_disk import MemoryDisk
from tests.simulator.scheduler import Scheduler
from tests.simulator.settling import check_idle, settle
from tests.simulator.world import World

if TYPE_CHECKING:
    from tests.simulator.disk import Disk

__all__ = ["STEPS", "Finished", "Run"]

STEPS = 240


@dataclass(frozen=True, slots=True)
class Finished:
    """What a seed came to: the hash of its story, and how much happened in it."""

    seed: int
    digest: str
    events: int
    edits: int
    conflicts: int
    rounds: int


class Run:
    """One seed; `play` raises the violation if a property does not hold."""

    def __init__(
        self, seed: int, *, steps: int = STEPS, is_kept: bool = False, disk: type[Disk] = MemoryDisk
    ) -> None:
        self._steps = steps
        self.world = World(seed, disk=disk, is_kept=is_kept)

    def play(self) -> Finished:
        """Let everything happen, let all come to rest, and hold the world to what was promised."""
        world = self.world
        checks = Checks(world)
        scheduler = Scheduler(world, checks)
        for _ in range(self._steps):
            scheduler.step()
        rounds = settle(world, checks)
        check_idle(world)
        for laptop in world.laptops:
            check_in_step(world, laptop)
        promises.check_audit(world)
        promises.check_counters(world)
        promises.check_nothing_lost(world)
        promises.check_poison(world)
        promises.check_overwritten(world)
        promises.check_erp(world)
        promises.check_later_wins(world)
        return self._finished(rounds)

    def _finished(self, rounds: int) -> Finished:
        world = self.world
        conflicts = sum(kind == "edit_conflict" for kind, _ in world.centre.rows())
        return Finished(
            world.seed, world.trace.digest, world.trace.events, len(world.intents.made),
            conflicts, rounds,
        )  # fmt: skip
