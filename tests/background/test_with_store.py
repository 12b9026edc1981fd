"""Do the lanes and the real store keep each other's contract?"""

from __future__ import annotations

import threading
from time import perf_counter

import pytest

from loyaldesk.models import Customer
from loyaldesk.operations import operation
from loyaldesk.store.store import Store

KEY = b"k" * 32
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@operation("Create customer")
def create_customer(tx, *, name):
    return tx.insert(Customer, number="1", name=name)


@pytest.fixture
def jobs(make_jobs, tmp_path):
    return make_jobs(lambda: Store.open(tmp_path, KEY, actor="Ana"))


def test_what_a_write_kept_a_read_finds(jobs, until):
    found: list[object] = []

    def read_it(_):
        jobs.read(lambda reader: reader.rows("SELECT name FROM customer"), then=found.extend)

    jobs.write(create_customer, name="Müller & Söhne", then=read_it)
    until(lambda: found)
    assert found == [("Müller & Söhne",)]


def test_undo_runs_on_the_write_lane(jobs, until):
    labels: list[object] = []
    jobs.write(create_customer, name="Müller & Söhne")
    jobs.run(Store.undo, then=labels.append)
    until(lambda: labels)
    assert labels == ["Create customer"]


def test_a_superseded_statement_without_end_is_stopped_at_once(jobs, until):
    started = threading.Event()
    answers: list[object] = []

    def endless(reader):
        started.set()
        return reader.value(ENDLESS)

    jobs.read(endless, replaces="found", then=answers.append)
    started.wait(20)
    threading.Event().wait(0.05)
    jobs.read(lambda reader: reader.value("SELECT 1"), replaces="found", then=answers.append)
    begun_s = perf_counter()
    until(jobs.is_idle)
    assert answers == [1]
    assert perf_counter() - begun_s < 2


def test_closing_stops_a_statement_without_end(jobs):
    jobs.read(lambda reader: reader.value(ENDLESS))
    jobs.close()
    assert jobs.is_idle()
