"""What happens next in the world? Chance decides, from the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.deeds import DEEDS
from tests.simulator.mishaps import Mishaps
from tests.simulator.rows import TERRITORIES

if TYPE_CHECKING:
    from tests.simulator.checks import Checks
    from tests.simulator.laptop import Laptop
    from tests.simulator.world import World

__all__ = ["Scheduler"]

# What always happens, and how often.
_USUAL = (("deed", 60), ("engine", 50), ("time", 10), ("erp_change", 3), ("erp_sync", 4))
# What happens in some worlds; which ones, chance decides for each world.
_MISHAPS = (
    ("erp_refresh", 2), ("kill_desk", 5), ("kill_hub", 2), ("fill_disk", 1), ("back_up_desk", 2),
    ("restore_desk", 1), ("copy_desk", 1.5), ("back_up_hub", 1.5), ("restore_hub", 1.2),
    ("jump_clock", 1), ("change_grants", 1.5), ("collect", 1.5), ("lose_staged", 1),
    ("upgrade_desk", 0.7), ("late", 4), ("replay", 3), ("calm", 2),
)  # fmt: skip
_CALM_STEPS = 400


class Scheduler:
    """Draws one event after the other; each world has its own mixture of mishaps."""

    def __init__(self, world: World, checks: Checks) -> None:
        self._world, self._checks = world, checks
        self._rng = world.rng
        self._mishaps = Mishaps(world)
        chosen = [each for each in _MISHAPS if self._rng.random() < 0.6]
        self._names, self._weights = zip(*_USUAL, *chosen, strict=True)

    def step(self) -> None:
        """Let one thing happen, and look at what it did."""
        name = self._rng.choices(self._names, self._weights)[0]
        act = getattr(self, f"_{name}", None) or getattr(self._mishaps, name)
        act()

    def _laptop(self) -> Laptop:
        return self._rng.choice(self._world.laptops)

    def _deed(self) -> None:
        laptop = self._laptop()
        deeds, weights = zip(*DEEDS, strict=True)
        self._world.clock.advance(self._rng.randint(1, 120))
        self._world.people[laptop.name].act(self._rng.choices(deeds, weights)[0])
        self._checks.after_step(laptop)

    def _engine(self) -> None:
        laptop = self._laptop()
        for _ in range(self._rng.randint(1, 8)):
            going_on = laptop.step()
            self._checks.after_step(laptop)
            if not going_on:
                break

    def _time(self) -> None:
        self._world.clock.advance(self._rng.randint(1, 4 * 3600))

    def _erp_change(self) -> None:
        self._world.erp.change(self._world.next_word(), list(TERRITORIES))

    def _erp_refresh(self) -> None:
        self._world.erp.refresh()

    def _erp_sync(self) -> None:
        self._world.erp.sync(self._world.wire, self._world.erp_answered)

    def _late(self) -> None:
        self._world.wire.deliver_late()

    def _replay(self) -> None:
        self._world.wire.replay_push()

    def _calm(self) -> None:
        """Let one laptop finish a round in peace; it then has what the hub has."""
        laptop, wire = self._laptop(), self._world.wire
        laptop.fuse.disarm()
        self._world.centre.fuse.disarm()
        wire.is_faulty = False
        laptop.finish_round(_CALM_STEPS)
        wire.is_faulty = True
        self._checks.after_step(laptop)
        self._checks.after_calm(laptop)
