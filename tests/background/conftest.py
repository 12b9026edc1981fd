"""What do the tests of the lanes work on: a store that needs no database."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import pytest

from loyaldesk.background.jobs import Jobs
from loyaldesk.errors import Cancelled

PATIENCE_MS = 20_000


class FakeReader:
    """A reader whose statement waits until it is let go or interrupted."""

    def __init__(self):
        self.thread = threading.get_ident()
        self.interrupts = 0
        self._wake = threading.Event()
        self.is_closed = False

    def wait_for(self, event):
        self._wake.clear()
        while not event.wait(0.005):
            if self._wake.is_set():
                raise Cancelled

    def interrupt(self):
        self.interrupts += 1
        self._wake.set()

    def close(self):
        self.is_closed = True


class FakeStore:
    """A store that writes down what happened to it."""

    def __init__(self):
        self.readers = []
        self.events = []
        self.is_closed = False

    def reader(self):
        self.readers.append(FakeReader())
        return self.readers[-1]

    @contextmanager
    def transaction(self, label, *, undoable=True):
        self.events.append(f"begin {label}" if undoable else f"begin {label} for good")
        try:
            yield self
        except BaseException:
            self.events.append("rollback")
            raise
        self.events.append("commit")

    def close(self):
        self.is_closed = True


class Complaints:
    """Who was told of what went wrong."""

    def __init__(self):
        self.failures = []
        self.crashes = []


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def complaints():
    return Complaints()


@pytest.fixture
def make_jobs(qapp, complaints):
    made = []

    def make(open_store, **options):
        jobs = Jobs(
            open_store,
            failed=complaints.failures.append,
            crashed=complaints.crashes.append,
            **options,
        )
        made.append(jobs)
        return jobs

    yield make
    for jobs in made:
        jobs.close()


@pytest.fixture
def jobs(make_jobs, store):
    return make_jobs(lambda: store)


@pytest.fixture
def until(qtbot):
    """Turn the event loop until the claim holds."""
    return lambda claim: qtbot.waitUntil(lambda: bool(claim()), timeout=PATIENCE_MS)
