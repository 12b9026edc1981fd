"""Does somebody who saves wait while what came in is put in place?"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from benchmarks.clock import percentile
from benchmarks.rows import Row
from benchmarks.sync_data import bring_in_step, update_rows
from loyaldesk.operations.customers import edit_customer

if TYPE_CHECKING:
    from benchmarks.sync_data import CompanyHub
    from loyaldesk.store.store import Store

__all__ = ["measure_writes"]

WRITES, LIMIT_MS = 200, 30.0
# Nobody saves without a pause; so the writes are spread over all that is put in place.
PAUSE_S = 0.01
_MOST_ROUNDS = 40


def measure_writes(store: Store, hub: CompanyHub, *, count: int) -> Row:
    """Return how long 1 in 100 of 200 saved edits waits while another thread takes pages in."""
    taken: list[float] = []
    with store.reader() as reader:
        ids = [row_id for (row_id,) in reader.rows("SELECT id FROM customer ORDER BY id LIMIT 50")]
    for number in range(_MOST_ROUNDS):
        update_rows(hub, count, f"While saving {number}")
        applying = threading.Thread(target=bring_in_step, args=(store, hub))
        applying.start()
        while applying.is_alive() and len(taken) < WRITES:
            applying.join(PAUSE_S)
            started = time.perf_counter()
            with store.transaction("Edit") as tx:
                edit_customer(tx, customer_id=ids[len(taken) % len(ids)], website=f"{len(taken)}.x")
            taken.append((time.perf_counter() - started) * 1_000)
        applying.join()
        if len(taken) == WRITES:
            return Row(name="an edit saved while pages are applied, p99", unit="ms",
                       ours=percentile(taken, 0.99), raw=LIMIT_MS, target=1.0)  # fmt: skip
    raise RuntimeError(f"only {len(taken)} edits were saved while pages were applied")
