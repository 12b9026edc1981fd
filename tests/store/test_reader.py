"""A reader only reads, one thread at a time, and stops when it is told to."""

import threading

import pytest

from loyaldesk.errors import Cancelled
from loyaldesk.models import Setting
from tests.support.records import make_customer

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_reader_cannot_write(reader):
    with pytest.raises(Exception, match=r"cannot be written to|readonly"):
        reader.rows("DELETE FROM customer")


def test_a_reader_sees_what_was_committed_and_nothing_else(store, reader):
    with store.transaction("Create customer") as tx:
        make_customer(tx)
        assert tx.value("SELECT count(*) FROM customer") == 1
        assert reader.value("SELECT count(*) FROM customer") == 0
    assert reader.value("SELECT count(*) FROM customer") == 1


def test_rows_come_whole_in_chunks_or_singly(store, reader):
    with store.transaction("Set") as tx:
        tx.insert_many(Setting, ["key", "value"], ((f"{i:05}", "1") for i in range(5000)))
    sql = "SELECT key FROM setting ORDER BY key"
    assert len(reader.rows(sql)) == 5000
    assert [len(chunk) for chunk in reader.chunks(sql)] == [2000, 2000, 1000]
    assert reader.row(sql) == ("00000",)
    assert reader.value("SELECT key FROM setting WHERE key = :key", {"key": "none"}) is None
    assert reader.row("SELECT key FROM setting WHERE key = ?", ["none"]) is None


def test_a_reader_counts_what_it_does(store, reader):
    reader.rows("SELECT 1 UNION SELECT 2")
    reader.value("SELECT 1")
    assert (reader.statements_run, reader.rows_read) == (2, 3)


def test_a_running_statement_can_be_stopped_from_another_thread(reader):
    timer = threading.Timer(0.1, reader.interrupt)
    timer.start()
    with pytest.raises(Cancelled):
        reader.rows(ENDLESS)
    timer.join()
