"""How fast do desk and hub get in step? All rows of the area, over one company and its hub."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sync_data import bring_in_step, desk_at, make_company, make_hub
from benchmarks.sync_delta import measure_delta
from benchmarks.sync_desks import measure_desks
from benchmarks.sync_first import measure_first
from benchmarks.sync_idle import measure_idle
from benchmarks.sync_pull import measure_pull
from benchmarks.sync_writes import measure_writes
from loyaldesk.hub.opening import hub_place, start_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.data import Data
    from benchmarks.rows import Row

__all__ = ["measure"]


@dataclass(frozen=True, slots=True)
class _Sizes:
    customers: int
    # A customer of a sized company has 15 to 18 records that travel.
    first_customers: int
    changed: int
    desks: int
    seconds: float
    rounds: int


FULL = _Sizes(3_000, 65_000, 20_000, 500, 20, 5)
QUICK = _Sizes(1_000, 1_700, 4_000, 50, 3, 2)


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield what coming into step costs, at the desk and at the hub."""
    sizes = QUICK if is_quick else FULL
    with tempfile.TemporaryDirectory(prefix="benchmark-sync-") as name:
        folder = Path(name)
        company = make_company(folder / "company", min(sizes.customers, data.customers))
        opened = start_store(hub_place(str(folder / "hub")), "Benchmark")
        hub = make_hub(opened.store, company)
        yield from measure_pull(hub, company, rounds=sizes.rounds)
        yield from measure_idle(company)
        company.close()
        desk = desk_at(folder / "desk", "desk")
        bring_in_step(desk, hub)
        yield from measure_delta(desk, hub, count=sizes.changed, rounds=sizes.rounds)
        yield measure_writes(desk, hub, count=sizes.changed)
        desk.close()
        yield from measure_desks(hub, opened, folder / "hub", sizes.desks, sizes.seconds)
        yield from measure_first(folder, min(sizes.first_customers, data.customers))
