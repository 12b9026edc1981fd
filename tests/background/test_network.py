"""Does work that waits for a server hold up nobody, and end when the window closes?"""

import threading

from tests.background.operations import AddNote


def test_it_runs_on_a_thread_of_its_own_with_the_store(jobs, store, until):
    answers: list[object] = []
    jobs.network(
        lambda opened, wire, word: (opened is store, word, threading.current_thread().name),
        word="hello",
        then=answers.append,
    )
    until(lambda: answers)
    assert answers == [(True, "hello", "network")]


def test_writes_and_reads_go_on_while_it_waits(jobs, until):
    gate = threading.Event()
    answers: list[object] = []
    jobs.network(lambda _store, wire: gate.wait(20), then=answers.append)
    jobs.write(AddNote(), text="call back", then=lambda _: answers.append("written"))
    jobs.read(lambda _: "read", then=answers.append)
    until(lambda: len(answers) == 2)
    assert set(answers) == {"written", "read"}
    gate.set()
    until(lambda: True in answers)


def test_closing_ends_the_waiting_before_the_store_is_closed(jobs, store):
    gate, began, closed_first = threading.Event(), threading.Event(), []

    def wait(_store, wire):
        wire.end_with(gate.set)
        began.set()
        gate.wait(20)
        closed_first.append(store.is_closed)

    jobs.network(wait)
    assert began.wait(20)
    jobs.close()
    assert gate.is_set()
    assert closed_first == [False]


def test_what_had_not_begun_at_the_close_never_begins(jobs):
    gate, ran = threading.Event(), []

    def wait(_store, wire):
        wire.end_with(gate.set)
        gate.wait(20)

    jobs.network(wait)
    jobs.network(lambda _store, wire: ran.append(1))
    jobs.close()
    assert ran == []


def test_each_server_is_waited_for_on_a_lane_of_its_own(jobs, until):
    gate = threading.Event()
    answers: list[object] = []
    jobs.network(lambda _store, wire: gate.wait(20), then=answers.append)
    jobs.network(
        lambda _store, wire: threading.current_thread().name, lane="sync", then=answers.append
    )
    until(lambda: answers)
    assert answers == ["sync"]
    gate.set()
    until(lambda: len(answers) == 2)
