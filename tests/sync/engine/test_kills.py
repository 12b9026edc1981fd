"""A process that is killed, and a disk that lost its newest bytes: the desk goes on."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from loyaldesk.sync.engine.desk import MOMENTS, TRANSACTIONS, Limits
from loyaldesk.sync.engine.invariants import check_invariants
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.killed_desk import office_in
from tests.support.memory_desk import open_database
from tests.support.sync_desks import Laptop, Office

ROOT = Path(__file__).parents[3]
# Where a process can be killed that others can see, one for each table that is written.
POINTS = [
    ("edit", "inside"), ("edit", "after"), ("send", "inside"), ("send", "after"),
    ("acknowledge", "inside"), ("acknowledge", "after"), ("stage", "inside"),
    ("apply", "inside"), ("apply", "after"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "moment"), POINTS)
def test_killed_process_goes_on_where_it_was(tmp_path, name, moment):
    killed = subprocess.run(
        [sys.executable, "-m", "tests.support.killed_desk", str(tmp_path), name, moment],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert killed.returncode not in {0, 1}, killed.stderr
    promised = killed.stdout.split()
    office = office_in(tmp_path, first_id=1_000_000)
    desk = Laptop(office, principal("Ann"), database=open_database(tmp_path / "desk.db"))
    check_invariants(desk.desk)
    assert set(promised) <= desk.rows("customer").keys()
    assert desk.sync().is_in_step
    bob = Laptop(office, principal("Bob"))
    bob.sync()
    assert bob.rows("customer") == desk.rows("customer")
    assert bob.rows("contact") == desk.rows("contact")
    assert len(bob.rows("contact")) in {len(promised), len(promised) - 1}
    office.hub.close()


def test_every_point_is_a_transaction_of_the_engine():
    assert {name for name, _ in POINTS} <= set(TRANSACTIONS)
    assert {moment for _, moment in POINTS} <= set(MOMENTS)


@pytest.mark.parametrize("seed", range(8))
def test_disk_that_lost_its_newest_bytes_is_a_desk_of_some_moment_before(tmp_path, seed):
    chance, office = random.Random(seed), Office()
    other = Laptop(office, principal("Bob"))
    for number in range(6):
        other.create("customer", customer_row(f"B-{number}"))
    other.sync()
    database = open_database(tmp_path / "desk.db")
    moments = []

    def photograph(_name, _moment):
        files = [tmp_path / "desk.db", tmp_path / "desk.db-wal"]
        moments.append([each.read_bytes() for each in files])

    desk = Laptop(
        office, principal("Ann"), database=database, crash=photograph,
        limits=Limits(push_edits=2, page_rows=2, chunk_rows=2),
    )  # fmt: skip
    for number in range(3):
        uid = desk.create("customer", customer_row(f"A-{number}"))
        desk.create("contact", wire_row("contact", customer_id=uid))
        desk.sync(checked=False)
    main, log = chance.choice(moments)
    (tmp_path / "lost.db").write_bytes(main)
    (tmp_path / "lost.db-wal").write_bytes(log[: chance.randint(len(log) // 2, len(log))])
    survivor = Laptop(office, principal("Ann"), database=open_database(tmp_path / "lost.db"))
    check_invariants(survivor.desk)
    survivor.create("customer", customer_row("A-9"))
    assert survivor.sync().is_in_step
    other.sync()
    desk.sync()
    for kind in ("customer", "contact"):
        assert survivor.rows(kind) == other.rows(kind) == desk.rows(kind)
