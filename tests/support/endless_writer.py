"""A program that commits a few customers and then stands still in the middle of one more."""

import sys
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).parents[2]))

from loyaldesk.models import Customer
from loyaldesk.store.store import Store

COMMITTED = 5


def main(profile: str, key: str) -> None:
    store = Store.open(Path(profile), bytes.fromhex(key))
    for number in range(COMMITTED):
        with store.transaction("Create customer") as tx:
            tx.insert(Customer, number=str(number), name=f"Kunde {number}")
    sys.stdout.write(f"{COMMITTED}\n")
    with store.transaction("Import") as tx:
        # More than the cache holds, so that pages of the unfinished action reach the disk.
        tx.rows("PRAGMA cache_size = 10")
        rows = ((str(100 + i), f"Kunde {i} " + "x" * 200) for i in range(5000))
        tx.insert_many(Customer, ["number", "name"], rows)
        sys.stdout.write("half way\n")
        sys.stdout.flush()
        Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
