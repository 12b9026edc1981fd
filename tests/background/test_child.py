"""Is the child process kept warm, killed when it must be, and never believed too much?"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from loyaldesk.background.child_process import ChildError, ChildProcess
from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.documents.shapes import ViewKind
from loyaldesk.domain.money import Money
from loyaldesk.errors import Cancelled, Refused, Unavailable
from tests.support.stall_meter import StallMeter

WORK = "tests.background.child_work"
MEMORY_BYTES = 1 << 30


@pytest.fixture(scope="module")
def child():
    """One warm child for the tests that leave it alive or may find it dead."""
    process = ChildProcess(memory_bytes=MEMORY_BYTES)
    yield process
    process.close()


def call(child, name, *, limit_s=20.0, progress=None, **arguments):
    return child.call(f"{WORK}:{name}", arguments, limit_s=limit_s, progress=progress)


class TestCalls:
    def test_work_runs_in_one_other_process_that_stays_warm(self, child):
        first = call(child, "process_id")
        assert (first != os.getpid(), call(child, "process_id")) == (True, first)

    def test_plain_values_and_our_own_rows_come_back_equal(self, child):
        answer = call(child, "many_kinds", text="Müller", content=b"\x00\xff")
        assert answer == (
            "Müller", b"\x00\xff", Money(1234, "EUR"), date(2026, 3, 1),
            datetime(2026, 3, 1, tzinfo=UTC), Decimal("1.5"), {"a": [1, None]},
        )  # fmt: skip

    def test_a_refusal_in_the_child_is_a_refusal_here(self, child):
        with pytest.raises(Refused, match="can't be shown") as refusal:
            call(child, "refuse")
        assert refusal.value.field == "page"

    def test_a_bug_in_the_child_brings_its_traceback(self, child):
        with pytest.raises(ChildError, match=r"child_work.py(?s:.*)canary"):
            call(child, "crash")

    def test_the_child_imports_no_qt(self, child):
        assert call_modules(child).isdisjoint({"PySide6.QtCore", "sqlcipher3", "keyring"})

    def test_the_child_keeps_no_key(self, monkeypatch):
        monkeypatch.setenv(KEY_VARIABLE, "ab" * 32)
        process = ChildProcess(memory_bytes=MEMORY_BYTES)
        assert KEY_VARIABLE not in call(process, "environment")
        process.close()

    def test_progress_is_reported_while_it_works(self, child):
        seen = []
        call(child, "count", up_to=3, pause_s=0, progress=lambda done, total: seen.append(done))
        assert seen == [1, 2, 3]


def call_modules(child):
    return set(call(child, "imported"))


class TestEndings:
    def test_a_hanging_child_is_killed_and_the_next_call_has_a_new_one(self, child):
        before = call(child, "process_id")
        with pytest.raises(Unavailable, match=r"took too long.*Nothing was changed"):
            call(child, "hang", limit_s=0.3)
        assert call(child, "process_id") != before

    def test_work_that_reports_may_take_longer_than_the_limit(self, child):
        call(child, "process_id")
        done = call(child, "count", up_to=6, pause_s=0.5, limit_s=2.0, progress=lambda *_: None)
        assert done == 6

    def test_a_child_that_dies_is_a_failure_and_not_a_crash(self, child):
        with pytest.raises(Unavailable, match="ended unexpectedly"):
            call(child, "die")
        assert call(child, "process_id") != os.getpid()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps this limit")
    def test_work_beyond_the_memory_limit_is_stopped(self, child):
        with pytest.raises(Unavailable, match="more memory"):
            call(child, "use_memory", size=2 * MEMORY_BYTES)
        assert call(child, "use_memory", size=1_000) == 1_000

    def test_a_member_of_an_enum_comes_back_from_every_python(self, child):
        assert call(child, "old_member", member="PAGES") is ViewKind.PAGES

    @pytest.mark.parametrize("attribute", ["__init__", "__class__"])
    def test_no_attribute_of_another_class_is_looked_up(self, child, attribute):
        with pytest.raises(Unavailable, match="ended unexpectedly"):
            call(child, "attribute_of_a_row", attribute=attribute)

    def test_an_answer_that_would_run_code_here_is_not_opened(self, child, tmp_path):
        marker = tmp_path / "hijacked"
        with pytest.raises(Unavailable, match="ended unexpectedly"):
            call(child, "hijack", marker=str(marker))
        assert not marker.exists()

    def test_a_failing_progress_slot_leaves_no_stale_answer_behind(self, child):
        def fail(*_):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            call(child, "count", up_to=2, pause_s=0, progress=fail)
        assert call(child, "use_memory", size=5) == 5

    def test_a_job_that_was_cancelled_while_the_child_started_does_not_run(self, child):
        with pytest.raises(Cancelled):
            child.call(f"{WORK}:hang", {}, limit_s=600, is_wanted=lambda: False)
        assert call(child, "use_memory", size=5) == 5

    def test_a_closed_child_is_gone(self):
        process = ChildProcess(memory_bytes=MEMORY_BYTES)
        number = call(process, "process_id")
        process.close()
        assert not Path(f"/proc/{number}").exists()


class TestLane:
    def test_a_cancelled_job_kills_the_child_and_is_silent(self, jobs, complaints, until):
        numbers: list[object] = []
        said: list[object] = []
        jobs.child(f"{WORK}:process_id", then=numbers.append)
        until(lambda: numbers)
        job = jobs.child(f"{WORK}:hang", then=said.append, cancelled=lambda: said.append("stopped"))
        jobs.child(f"{WORK}:process_id", then=numbers.append)
        job.cancel()
        until(lambda: len(numbers) == 2)
        assert (said, complaints.failures) == (["stopped"], [])

    def test_progress_comes_home(self, jobs, until):
        shown = []
        answers: list[object] = []
        jobs.child(
            f"{WORK}:count",
            up_to=3,
            pause_s=0.06,
            progress=lambda done, total: shown.append((done, total)),
            then=answers.append,
        )
        until(lambda: answers)
        assert (answers, shown[-1]) == ([3], (3, 3))

    def test_a_hang_fails_without_stalling_the_main_thread(self, jobs, until):
        failures: list[object] = []
        with StallMeter() as meter:
            jobs.child(f"{WORK}:hang", limit_s=1.0, failed=failures.append)
            until(lambda: failures)
        assert isinstance(failures[0], Unavailable)
        assert meter.worst_s < 0.7

    def test_what_is_looked_at_goes_ahead_of_a_batch(self, jobs, until):
        order = []
        jobs.child(f"{WORK}:count", up_to=1, pause_s=0.3, progress=lambda *_: None)
        for _ in range(3):
            jobs.child(f"{WORK}:process_id", then=lambda _: order.append("letter"))
        jobs.child(f"{WORK}:process_id", replaces="page", then=lambda _: order.append("page"))
        until(jobs.is_idle)
        assert order == ["page", "letter", "letter", "letter"]

    def test_closing_ends_a_hanging_child_at_once(self, jobs, until):
        jobs.child(f"{WORK}:hang", limit_s=600)
        jobs.close()
        assert jobs.is_idle()
