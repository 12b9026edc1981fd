"""Does everybody come to rest once nothing goes wrong any more?

P9 all are in step after few rounds and no outbox holds anything; P11 one more round moves nothing;
P15 nobody asks the hub again and again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.checks import Checks, uuids_waiting
from tests.simulator.violation import require

if TYPE_CHECKING:
    from tests.simulator.laptop import Laptop
    from tests.simulator.world import World

__all__ = ["check_idle", "settle"]

MOST_ROUNDS = 40
_MOST_STEPS = 3_000
_BETWEEN_S = 3600
# So many requests of one laptop in one idle round: one pull.
_IDLE_REQUESTS = 1


def settle(world: World, checks: Checks) -> int:
    """Let all sync in peace until nothing moves, and return after how many rounds that was."""
    world.wire.is_faulty = False
    world.centre.fuse.disarm()
    for laptop in world.laptops:
        laptop.fuse.disarm()
    world.erp.refresh()  # as every night, by which it hears of a hub that was restored
    for count in range(MOST_ROUNDS):
        if not _sync_all(world, checks):
            return count
        world.clock.advance(_BETWEEN_S)
    waiting = {laptop.name: uuids_waiting(laptop) for laptop in world.laptops}
    require(False, "P9", "They never come to rest; waiting:", waiting, _last_rounds(world))
    return MOST_ROUNDS


def _sync_all(world: World, checks: Checks) -> bool:
    """Let everybody sync once; say whether anything moved or is left."""
    has_moved = not world.erp.is_done
    world.erp.sync(world.wire, world.erp_answered)
    for laptop in world.laptops:
        before = world.wire.requests
        last = laptop.finish_round(_MOST_STEPS)
        checks.after_step(laptop)
        require(last is not None, "P15", "A round does not end", laptop.name)
        asked = world.wire.requests - before
        require(asked <= _allowance(laptop), "P15", "Too many requests", laptop.name, asked)
        has_moved = has_moved or _is_restless(laptop)
    return has_moved


def _allowance(laptop: Laptop) -> int:
    """Return how often a round may ask: it sends and reads little at a time here."""
    last = laptop.rounds[-1]
    return 60 + 3 * (last.accepted + last.refused) + 2 * last.received


def _is_restless(laptop: Laptop) -> bool:
    last = laptop.rounds[-1]
    return bool(last.has_moved or not last.is_in_step or uuids_waiting(laptop))


def check_idle(world: World) -> None:
    """Hold everybody to P11: what is no change, and a round with nothing to do, moves nothing."""
    heads = "SELECT bucket, seq FROM bucket_head ORDER BY bucket"
    before = world.centre.read(heads)
    world.erp.refresh()
    world.erp.sync(world.wire, world.erp_answered)
    for laptop in world.laptops:
        written, asked = laptop.disk.connection.total_changes, world.wire.requests
        last = laptop.finish_round(_MOST_STEPS)
        moved = last is None or last.has_moved or not last.is_in_step
        require(not moved, "P11", "An idle round moved something", laptop.name, last)
        asked = world.wire.requests - asked
        require(asked <= _IDLE_REQUESTS, "P11", "An idle round asked too often", laptop.name, asked)
        written = laptop.disk.connection.total_changes - written
        require(written <= 6, "P11", "An idle round wrote", laptop.name, written)
    require(world.centre.read(heads) == before, "P11", "Idle rounds changed the hub")


def _last_rounds(world: World) -> list[object]:
    return [laptop.rounds[-1] for laptop in world.laptops if laptop.rounds]
