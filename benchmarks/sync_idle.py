"""What does it cost the hub to tell a desk with many buckets that there is nothing new?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.clock import quiet
from benchmarks.rows import Row
from benchmarks.sync_data import bring_in_step, desk_at, make_hub, new_hub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.store.store import Store

__all__ = ["measure_idle"]

BUCKETS, LIMIT_MS = 200, 3.0
ROUNDS = 60


def measure_idle(company: Store) -> Iterator[Row]:
    """Yield the hub's CPU time for a round of a desk that is in step; raise if a row moves."""
    with tempfile.TemporaryDirectory(prefix="benchmark-idle-") as name:
        hub = make_hub(new_hub(f"sqlite:///{name}/hub.db"), company, territories=BUCKETS)
        desk = desk_at(Path(name) / "desk", "idle")
        try:
            bring_in_step(desk, hub)
            spent = []
            with quiet():
                for _ in range(ROUNDS):
                    before = hub.spent_ms
                    found = bring_in_step(desk, hub)
                    spent.append(hub.spent_ms - before)
                    if found.has_moved or found.requests != 1:
                        raise RuntimeError(f"an idle round moved something: {found}")
            (buckets,) = desk.connection.execute("SELECT count(*) FROM bucket").fetchone()
        finally:
            desk.close()
            hub.store.close()
    if buckets < BUCKETS:
        raise RuntimeError(f"the desk has {buckets} buckets")
    yield Row(name=f"idle round, {buckets} buckets, hub", unit="ms CPU", ours=median(spent),
              raw=LIMIT_MS, target=1.0)  # fmt: skip
