"""How much faster is a first sync from segments than by pages?

Both are everything that happens on the way from the hub's store to a desk that is in step, but for
the network: the hub's answers, their JSON, staging and applying for pages; checking, unpacking and
copying for segments. The segments are cut from the desk that read pages.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from benchmarks.clock import cpu_ms, quiet
from benchmarks.rows import Row
from benchmarks.sync_data import bring_in_step, desk_at, make_company, make_hub, new_hub
from loyaldesk.protocol.segments import SegmentOffer
from loyaldesk.sync.first.cutting import cut_segments
from loyaldesk.sync.first.first_sync import FirstSync
from loyaldesk.sync.reach.transport import HubAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.sync_data import CompanyHub
    from loyaldesk.protocol.segments import SegmentSet
    from loyaldesk.store.store import Store
    from loyaldesk.sync.reach.transport import HubRequest

__all__ = ["measure_first"]


def measure_first(folder: Path, customers: int) -> Iterator[Row]:
    """Yield the ratio, what cutting costs, and after how long the first customers are there."""
    company = make_company(folder / "whole", customers)
    hub = make_hub(new_hub(f"sqlite:///{folder / 'whole.db'}"), company)
    company.close()
    paged = desk_at(folder / "paged", "paged")
    with quiet():
        by_pages = cpu_ms(lambda: bring_in_step(paged, hub)) / 1_000
    started = time.perf_counter()
    made = cut_segments(paged, folder / "cut", epoch=hub.epoch)
    cut_s = time.perf_counter() - started
    copied = desk_at(folder / "copied", "copied")
    shelf = _Shelf(made, folder / "cut")
    first = FirstSync(copied, shelf, folder / "incoming")
    with quiet():
        by_segments = cpu_ms(lambda: first.run(lambda *_: None)) / 1_000
    each_took = shelf.each_took(time.perf_counter())
    _check(copied, paged, hub)
    packed = sum(each.size for each in made.segments)
    name = f"first sync of {hub.rows:,} rows"
    yield Row(name=f"{name}, segments against pages", unit="s CPU", ours=by_segments,
              raw=by_pages, target=10.0, is_speed=True)  # fmt: skip
    yield Row(name=f"{name}, first segment usable", unit="s", ours=each_took[0])
    yield Row(name=f"{name}, longest segment", unit="s", ours=max(each_took))
    yield Row(name=f"{name}, segments cut", unit="s", ours=cut_s)
    yield Row(name=f"{name}, segments", unit="bytes a row", ours=packed / hub.rows)
    for store in (paged, copied):
        store.close()
    hub.store.close()


@dataclass
class _Shelf:
    """A hub that has nothing but segments; it notes when the next is asked for."""

    made: SegmentSet
    folder: Path

    def __post_init__(self) -> None:
        self._asked: dict[str, float] = {}

    def ask(self, request: HubRequest) -> HubAnswer:
        """Return the offer, or a span of a segment."""
        name = request.path.rpartition("/")[2]
        self._asked.setdefault(name, time.perf_counter())
        if "?" in name:
            return HubAnswer(200, {}, msgspec.json.encode(SegmentOffer(self.made)))
        start, _, last = request.headers["Range"].removeprefix("bytes=").partition("-")
        with (self.folder / name).open("rb") as file:
            file.seek(int(start))
            return HubAnswer(206, {}, file.read(int(last) + 1 - int(start)))

    def each_took(self, ended: float) -> list[float]:
        """Return the seconds from each segment to the next."""
        _, *asked = self._asked.values()
        return [later - one for one, later in pairwise([*asked, ended])]


def _check(copied: Store, paged: Store, hub: CompanyHub) -> None:
    """Raise unless the desk is in step, with as many rows as the one that read pages."""
    sums = "SELECT sum(live), count(*) FROM bucket"
    for store in (copied, paged):
        if bring_in_step(store, hub).received:
            raise RuntimeError("a desk that loaded everything was not in step")
    with copied.reader() as one, paged.reader() as other:
        if one.rows(sums) != other.rows(sums):
            raise RuntimeError("the two desks do not hold the same")
