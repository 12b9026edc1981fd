"""Are reference cycles collected on the main thread and nowhere else?"""

from __future__ import annotations

import gc
import threading

import pytest

from loyaldesk.background.garbage import GarbageTimer


class Knot:
    """A cycle that writes down where it was collected."""

    def __init__(self, died_on):
        self.itself = self
        self._died_on = died_on

    def __del__(self):
        self._died_on.append(threading.get_ident())


@pytest.fixture
def timer(qapp):
    timer = GarbageTimer(every_ms=10)
    yield timer
    timer.stop()


def make_knots(died_on):
    for _ in range(5_000):
        Knot(died_on)


def test_cycles_of_a_worker_are_collected_on_the_main_thread(timer, qtbot):
    died_on: list[int] = []
    worker = threading.Thread(target=make_knots, args=(died_on,))
    worker.start()
    worker.join()
    assert died_on == []
    qtbot.waitUntil(lambda: len(died_on) == 5_000, timeout=20_000)
    assert set(died_on) == {threading.main_thread().ident}


def test_nothing_is_collected_while_little_was_made(timer, monkeypatch):
    collected: list[int] = []
    gc.collect()
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc, "get_count", lambda: (1, 0, 0))
    timer.collect_if_due()
    assert collected == []


def test_a_stopped_timer_gives_collecting_back_to_python(qapp):
    timer = GarbageTimer()
    assert not gc.isenabled()
    timer.stop()
    assert gc.isenabled()
