"""Do the lanes start beside the window and end with everything kept?"""

from __future__ import annotations

import threading

import pytest

from loyaldesk.errors import Unavailable
from tests.background.operations import AddNote, crash


class TestOpening:
    def test_the_store_opens_on_the_write_lane_while_the_main_thread_goes_on(
        self, make_jobs, store, until
    ):
        gate, threads, opened = threading.Event(), [], []

        def open_store():
            gate.wait(20)
            threads.append(threading.current_thread().name)
            return store

        jobs = make_jobs(open_store, opened=lambda: opened.append(True))
        answers: list[object] = []
        jobs.read(lambda _: "rows", then=answers.append)
        assert threads == []
        gate.set()
        until(lambda: answers and opened)
        assert threads == ["write"]

    def test_a_reader_of_its_own_answers_before_the_store_is_open(self, make_jobs, store, until):
        gate = threading.Event()
        answers: list[object] = []

        def open_store():
            gate.wait(20)
            return store

        jobs = make_jobs(open_store, open_reader=store.reader)
        jobs.read(lambda _: "rows", then=answers.append)
        until(lambda: answers)
        gate.set()
        assert answers == ["rows"]

    def test_a_file_that_cannot_be_read_as_it_is_waits_for_the_store(self, make_jobs, store, until):
        gate = threading.Event()
        asked: list[bool] = []
        answers: list[object] = []

        def open_store():
            gate.wait(20)
            return store

        jobs = make_jobs(open_store, open_reader=lambda: None, outdated=lambda: asked.append(True))
        jobs.read(lambda _: "rows", then=answers.append)
        until(lambda: asked)
        assert answers == []
        gate.set()
        until(lambda: answers)
        assert answers == ["rows"]

    def test_a_store_that_does_not_open_complains_once(self, make_jobs, complaints, until):
        def open_store():
            raise Unavailable("The disk is full.")

        jobs = make_jobs(open_store)
        answers: list[object] = []
        jobs.read(lambda _: 1, then=answers.append, failed=answers.append)
        jobs.write(AddNote(), then=answers.append, failed=answers.append)
        until(lambda: jobs.is_idle() and complaints.failures)
        assert (answers, [str(error) for error in complaints.failures]) == (
            [], ["The disk is full."],
        )  # fmt: skip

    def test_a_bug_while_opening_goes_to_the_crash_handler(self, make_jobs, complaints, until):
        make_jobs(crash)
        until(lambda: complaints.crashes)
        assert isinstance(complaints.crashes[0], ZeroDivisionError)


class TestClose:
    def test_it_finishes_every_queued_write_and_tells_what_they_say(self, jobs, store):
        answers = []
        for number in range(20):
            jobs.write(AddNote(), number=number, then=lambda kept: answers.append(kept["number"]))
        jobs.close()
        assert answers == list(range(20))

    def test_it_stops_a_running_read(self, jobs, store):
        started = threading.Event()

        def endless(reader):
            started.set()
            reader.wait_for(threading.Event())

        jobs.read(endless)
        started.wait(20)
        jobs.close()
        assert all(reader.is_closed for reader in store.readers)

    def test_a_read_that_still_waits_never_starts(self, jobs):
        ran: list[object] = []
        both = threading.Barrier(3)

        def endless(reader):
            both.wait(20)
            reader.wait_for(threading.Event())

        for _ in range(2):
            jobs.read(endless)
        both.wait(20)
        jobs.read(lambda _: ran.append("late"))
        jobs.close()
        assert ran == []

    def test_it_closes_the_store_and_every_reader(self, jobs, store, until):
        jobs.read(lambda _: None)
        until(jobs.is_idle)
        jobs.close()
        assert (store.is_closed, {reader.is_closed for reader in store.readers}) == (True, {True})

    def test_closing_twice_is_harmless(self, jobs):
        jobs.close()
        jobs.close()
        assert jobs.is_idle()

    @pytest.mark.parametrize("verb", ["read", "write", "run"])
    def test_later_use_raises(self, jobs, verb):
        jobs.close()
        with pytest.raises(RuntimeError, match="closed"):
            getattr(jobs, verb)(AddNote())

    def test_a_child_job_after_closing_raises(self, jobs):
        jobs.close()
        with pytest.raises(RuntimeError, match="closed"):
            jobs.child("tests.background.child_work:process_id")
