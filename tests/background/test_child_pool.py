"""Do several child processes work at once, and does one that fails leave the others alone?"""

import os
import time

import pytest

from loyaldesk.background.child_pool import ChildPool
from loyaldesk.errors import Refused, Unavailable

WORK = "tests.background.child_work"


@pytest.fixture(scope="module")
def pool():
    with ChildPool(2, memory_bytes=1 << 30) as opened:
        yield opened


def submit(pool, name, **arguments):
    return pool.submit(f"{WORK}:{name}", **arguments)


def test_work_is_spread_over_as_many_processes_as_were_asked_for(pool):
    answers = [submit(pool, "slow_process_id", pause_s=0.2) for _ in range(4)]
    seen = {answer.result(60) for answer in answers}
    assert len(seen) == 2
    assert os.getpid() not in seen


def test_a_refusal_is_that_of_its_own_call_alone(pool):
    refused, answered = submit(pool, "refuse"), submit(pool, "process_id")
    with pytest.raises(Refused, match="can't be shown"):
        refused.result(60)
    assert answered.result(60)


def test_a_process_that_dies_is_started_again(pool):
    with pytest.raises(Unavailable, match="ended unexpectedly"):
        submit(pool, "die").result(60)
    assert all(submit(pool, "process_id").result(60) for _ in range(4))


def test_a_warm_process_no_longer_looks_for_garbage_in_what_it_imported():
    with ChildPool(1, memory_bytes=1 << 30) as pool:
        counts = [submit(pool, "frozen_objects").result(60) for _ in range(5)]
    assert counts[0] == 0
    assert counts[-1] > 10_000


def test_closing_drops_what_is_under_way_and_what_waits():
    pool = ChildPool(1, memory_bytes=1 << 30)
    submit(pool, "process_id").result(60)
    under_way, waiting = submit(pool, "hang"), submit(pool, "process_id")
    with pytest.raises(TimeoutError):
        under_way.result(0.3)
    started = time.monotonic()
    pool.close()
    assert time.monotonic() - started < 20
    assert isinstance(under_way.exception(1), Unavailable)
    assert waiting.cancelled()
