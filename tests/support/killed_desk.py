"""A desk that works until it is killed: `python -m tests.support.killed_desk FOLDER NAME MOMENT`.

It says each edit once it is kept, syncs, and is ended by the system at the named transaction.
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

from loyaldesk.sync.engine.desk import Limits
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.memory_desk import open_database
from tests.support.sync_desks import Laptop, Office

__all__ = ["office_in", "work"]

SECOND = 2
# On Windows the other signal ends a process at once as well.
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def office_in(folder: Path, *, first_id: int) -> Office:
    """Return an office whose hub is a file in the folder."""
    numbers = itertools.count(first_id)
    return Office(url=f"sqlite:///{folder / 'hub.db'}", numbers=numbers)


def work(folder: Path, name: str, moment: str) -> None:
    """Make edits and sync, and be killed when the transaction comes for the second time."""
    times = itertools.count(1)

    def kill(at: str, when: str) -> None:
        if (at, when) == (name, moment) and next(times) == SECOND:
            os.kill(os.getpid(), _KILL)

    office = office_in(folder, first_id=1)
    other = Laptop(office, principal("Bob"))
    for number in range(6):
        other.create("customer", customer_row(f"B-{number}"))
    other.sync(checked=False)
    desk = Laptop(
        office, principal("Ann"), database=open_database(folder / "desk.db"), crash=kill,
        limits=Limits(push_edits=2, page_rows=2, chunk_rows=2),
    )  # fmt: skip
    for number in range(4):
        uid = desk.create("customer", customer_row(f"A-{number}"))
        sys.stdout.write(f"{uid}\n")
        sys.stdout.flush()
        desk.create("contact", wire_row("contact", customer_id=uid))
    desk.sync(checked=False)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
