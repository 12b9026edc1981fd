"""Do answers come home, to the right place, on the right thread, or not at all?"""

from __future__ import annotations

import threading

import shiboken6
from PySide6.QtCore import QObject

from loyaldesk.errors import Cancelled, Refused
from tests.background.operations import AddNote, crash, refuse
from tests.support.stall_meter import StallMeter


class TestRead:
    def test_the_answer_comes_home_to_the_main_thread(self, jobs, until):
        answers = []
        jobs.read(
            lambda reader, number: (number, reader.thread == threading.get_ident()),
            number=7,
            then=lambda answer: answers.append((answer, threading.get_ident())),
        )
        until(lambda: answers)
        assert answers == [((7, True), threading.main_thread().ident)]

    def test_two_reads_run_side_by_side(self, jobs, until):
        both = threading.Barrier(2)
        answers: list[int] = []
        for _ in range(2):
            jobs.read(lambda _: both.wait(20), then=answers.append)
        until(lambda: len(answers) == 2)
        assert sorted(answers) == [0, 1]

    def test_the_newest_of_the_waiting_reads_goes_first(self, jobs, until):
        gate, order = threading.Event(), []
        busy = threading.Barrier(3)

        def block(reader):
            busy.wait(20)
            reader.wait_for(gate)

        for _ in range(2):
            jobs.read(block)
        busy.wait(20)
        lock = threading.Lock()

        def note(_, name):
            with lock:
                order.append(name)

        for name in ("old", "newer", "newest"):
            jobs.read(note, name=name)
        gate.set()
        until(jobs.is_idle)
        assert order[0] == "newest"

    def test_of_reads_with_one_key_only_the_latest_answers(self, jobs, until):
        answers: list[object] = []
        owner = QObject()
        for text in ("m", "mu", "mul", "mull"):
            jobs.read(
                lambda _, text: text, text=text, owner=owner, replaces="found", then=answers.append
            )
        until(jobs.is_idle)
        assert answers == ["mull"]

    def test_a_running_read_that_is_superseded_is_interrupted(self, jobs, store, until):
        never = threading.Event()
        started = threading.Event()
        answers: list[object] = []

        def slow(reader):
            started.set()
            reader.wait_for(never)

        jobs.read(slow, replaces="found", then=answers.append)
        started.wait(20)
        jobs.read(lambda _: "fresh", replaces="found", then=answers.append)
        until(jobs.is_idle)
        assert (answers, sum(reader.interrupts for reader in store.readers)) == (["fresh"], 1)

    def test_the_same_key_of_two_owners_does_not_collide(self, jobs, until):
        answers: list[object] = []
        owners = [QObject(), QObject()]
        for owner in owners:
            jobs.read(lambda _: 1, owner=owner, replaces="page", then=answers.append)
        until(jobs.is_idle)
        assert answers == [1, 1]

    def test_a_cancelled_read_says_nothing(self, jobs, complaints, until):
        started = threading.Event()
        answers: list[object] = []

        def slow(reader):
            started.set()
            reader.wait_for(threading.Event())

        job = jobs.read(slow, then=answers.append, failed=answers.append)
        started.wait(20)
        job.cancel()
        until(jobs.is_idle)
        assert (answers, complaints.failures, complaints.crashes) == ([], [], [])

    def test_a_destroyed_owner_gets_no_answer(self, jobs, until):
        gate = threading.Event()
        answers: list[object] = []
        owner = QObject()
        jobs.read(lambda _: gate.wait(20), owner=owner, then=answers.append)
        shiboken6.delete(owner)
        gate.set()
        until(jobs.is_idle)
        assert answers == []

    def test_an_owner_that_python_forgot_dies_on_the_main_thread(self, jobs, until):
        gate, died_on = threading.Event(), []

        class Page(QObject):
            def __del__(self):
                died_on.append(threading.get_ident())

            def show_rows(self, rows):
                pass

        page = Page()
        jobs.read(lambda _: gate.wait(20), owner=page, then=page.show_rows)
        del page
        gate.set()
        until(lambda: died_on)
        assert died_on == [threading.main_thread().ident]


class TestFailures:
    def test_a_refusal_goes_to_the_slot_given(self, jobs, complaints, until):
        failures: list[object] = []
        jobs.read(refuse, failed=failures.append)
        until(lambda: failures)
        assert (str(failures[0]), complaints.failures) == ("No such customer.", [])

    def test_a_refusal_without_a_slot_goes_to_the_default(self, jobs, complaints, until):
        jobs.read(refuse)
        until(lambda: complaints.failures)
        assert isinstance(complaints.failures[0], Refused)

    def test_a_bug_goes_to_the_crash_handler_with_its_traceback(self, jobs, complaints, until):
        failures: list[object] = []
        jobs.read(crash, failed=failures.append)
        until(lambda: complaints.crashes)
        assert complaints.crashes[0].__traceback__ is not None
        assert failures == []

    def test_a_refused_write_of_a_closed_page_is_told_all_the_same(self, jobs, complaints, until):
        gate = threading.Event()
        owner = QObject()
        slot: list[object] = []

        def wait_and_refuse(_):
            gate.wait(20)
            raise Refused("No.")

        jobs.write(AddNote(wait_and_refuse), owner=owner, failed=slot.append)
        shiboken6.delete(owner)
        gate.set()
        until(jobs.is_idle)
        assert (slot, len(complaints.failures)) == ([], 1)

    def test_a_refused_read_of_a_closed_page_is_not(self, jobs, complaints, until):
        gate, owner = threading.Event(), QObject()

        def wait_and_refuse(_):
            gate.wait(20)
            raise Refused("No.")

        jobs.read(wait_and_refuse, owner=owner)
        shiboken6.delete(owner)
        gate.set()
        until(jobs.is_idle)
        assert complaints.failures == []


class TestWrite:
    def test_an_operation_runs_in_a_transaction_named_after_it(self, jobs, store, until):
        answers: list[object] = []
        jobs.write(AddNote(), text="hello", then=answers.append)
        until(lambda: answers)
        assert (answers, store.events) == ([{"text": "hello"}], ["begin Add note", "commit"])

    def test_an_operation_that_cannot_be_undone_says_so_to_its_transaction(
        self, jobs, store, until
    ):
        jobs.write(AddNote(undoable=False))
        until(jobs.is_idle)
        assert store.events == ["begin Add note for good", "commit"]

    def test_a_refused_operation_is_rolled_back(self, jobs, store, complaints, until):
        jobs.write(AddNote(refuse))
        until(lambda: complaints.failures)
        assert store.events == ["begin Add note", "rollback"]

    def test_writes_keep_their_order(self, jobs, until):
        order = []
        for number in range(50):
            jobs.write(AddNote(lambda _, number: order.append(number)), number=number)
        until(jobs.is_idle)
        assert order == list(range(50))

    def test_a_write_that_was_kept_is_told_even_if_cancelled_too_late(self, jobs, until):
        gate = threading.Event()
        started = threading.Event()
        answers: list[object] = []

        def work(_):
            started.set()
            gate.wait(20)
            return "kept"

        job = jobs.write(AddNote(work), then=answers.append)
        started.wait(20)
        job.cancel()
        gate.set()
        until(jobs.is_idle)
        assert answers == ["kept"]

    def test_a_cancelled_write_that_still_waits_never_starts(self, jobs, store, until):
        gate = threading.Event()
        jobs.run(lambda _: gate.wait(20))
        jobs.write(AddNote()).cancel()
        gate.set()
        until(jobs.is_idle)
        assert store.events == []


class TestRun:
    def test_long_work_reports_and_its_end_is_always_shown(self, jobs, store, until):
        shown = []
        answers: list[object] = []

        def import_rows(given, *, rows, progress):
            for row in range(1, rows + 1):
                progress(row, rows)
            return given is store

        jobs.run(
            import_rows,
            rows=1_000,
            progress=lambda done, total: shown.append((done, total)),
            then=answers.append,
        )
        until(lambda: answers)
        assert (answers, shown[0], shown[-1]) == ([True], (1, 1_000), (1_000, 1_000))
        assert len(shown) < 100

    def test_cancelled_work_stops_at_its_next_report_and_says_so(self, jobs, until):
        started, said = threading.Event(), []

        def endless(_, *, progress):
            while True:
                progress(1)
                started.set()

        job = jobs.run(endless, progress=lambda *_: None, cancelled=lambda: said.append("stopped"))
        started.wait(20)
        job.cancel()
        until(lambda: said)
        assert said == ["stopped"]

    def test_a_destroyed_owner_does_not_hear_that_its_work_stopped(self, jobs, until):
        gate, owner = threading.Event(), QObject()
        said: list[object] = []

        def give_up(_):
            gate.wait(20)
            raise Cancelled

        jobs.run(give_up, owner=owner, cancelled=lambda: said.append("stopped"))
        shiboken6.delete(owner)
        gate.set()
        until(jobs.is_idle)
        assert said == []

    def test_work_that_gives_up_by_itself_counts_as_cancelled(self, jobs, complaints, until):
        said = []

        def give_up(_):
            raise Cancelled

        jobs.run(give_up, cancelled=lambda: said.append("stopped"))
        until(lambda: said)
        assert (complaints.failures, complaints.crashes) == ([], [])


def test_what_any_thread_announces_runs_on_the_main_thread_in_order(jobs, until):
    heard: list[tuple[int, int]] = []

    def talk():
        for number in range(100):
            jobs.announce(lambda number=number: heard.append((number, threading.get_ident())))

    thread = threading.Thread(target=talk)
    thread.start()
    thread.join()
    until(lambda: len(heard) == 100)
    main = threading.main_thread().ident
    assert heard == [(number, main) for number in range(100)]


def test_the_main_thread_goes_on_while_every_lane_waits(jobs, qtbot):
    gate = threading.Event()
    for _ in range(4):
        jobs.read(lambda _: gate.wait(20))
    jobs.write(AddNote(lambda _: gate.wait(20)))
    with StallMeter() as meter:
        qtbot.wait(1_000)
    gate.set()
    # Work on the main thread would stall it for the whole second; a busy machine does not.
    assert meter.worst_s < 0.7
