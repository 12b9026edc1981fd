"""Does a content of this disk reach the hub through every accident, and nothing wrong ever?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from loyaldesk.hub.contents.engine import BlobHub
from loyaldesk.protocol.blobs import BlobPlace
from loyaldesk.protocol.messages import Problem
from loyaldesk.store.sync_state import StateKey
from tests.hub.conftest import new_hub
from tests.support.blob_desk import MemoryFiles, blob_desk, file_paper, hub_line
from tests.support.blob_line import (
    BlobLine,
    HandClock,
    killed,
    known_blobs,
    offline,
    present_blobs,
    run_blobs,
)
from tests.support.blobs import MemoryBlobs, make_bytes, name_blob, principal

SMALL = make_bytes(2000)
LARGE = make_bytes((11 << 20) + 7)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def hub():
    store = new_hub("sqlite://")
    yield store
    store.close()


@pytest.fixture
def files():
    return MemoryFiles()


def ended_by(done):
    """Return what ended a round early, in a word."""
    return done.problem and done.problem.err


@pytest.fixture
def desk(clock):
    return blob_desk(clock)


@pytest.fixture
def line(hub, clock):
    return BlobLine(hub_line(BlobHub(hub, MemoryBlobs()), principal(), clock))


class TestSending:
    def test_a_small_content_goes_in_one_request(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, SMALL)
        done = run_blobs(desk, files, line)
        assert (done.sent, line.calls) == (1, [f"PUT {sha256.hex()}"])
        assert known_blobs(desk)[sha256][0] == "present"
        assert present_blobs(hub) == [sha256.hex()]

    def test_a_large_content_goes_in_parts(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, LARGE)
        assert run_blobs(desk, files, line).sent == 1
        assert line.calls == ["POST uploads", "PUT 1", "PUT 2", "PUT 3", "POST complete"]
        assert present_blobs(hub) == [sha256.hex()]

    def test_an_idle_round_asks_nothing(self, desk, files, line):
        file_paper(desk, files, SMALL)
        run_blobs(desk, files, line)
        line.calls.clear()
        assert run_blobs(desk, files, line).sent == 0
        assert line.calls == []

    def test_what_the_hub_has_is_not_sent(self, desk, files, line, hub):
        name_blob(hub, LARGE)
        other_desk, other_files = blob_desk(), MemoryFiles()
        file_paper(other_desk, other_files, LARGE)
        run_blobs(other_desk, other_files, line)
        line.calls.clear()
        file_paper(desk, files, LARGE)
        assert run_blobs(desk, files, line).sent == 1
        assert line.calls == ["POST uploads"]

    @pytest.mark.parametrize("kind", ["", "accepted"])
    def test_a_content_waits_until_its_row_went_out(self, desk, files, line, kind):
        file_paper(desk, files, SMALL, waits=True, kind=kind)
        assert run_blobs(desk, files, line).sent == 0
        with desk.transaction("test") as tx:
            tx.connection.execute("DELETE FROM outbox")
        assert run_blobs(desk, files, line).sent == 1

    def test_a_content_that_no_row_names_any_more_stays_here(self, desk, files, line):
        file_paper(desk, files, SMALL)
        with desk.transaction("test") as tx:
            tx.connection.execute("DELETE FROM document")
        assert run_blobs(desk, files, line).sent == 0
        assert line.calls == []

    def test_a_row_without_its_content_sends_nothing(self, desk, files, line):
        file_paper(desk, None, SMALL)
        assert run_blobs(desk, files, line).sent == 0
        assert (line.calls, known_blobs(desk)) == ([], {})


class TestAccidents:
    def test_after_a_kill_only_the_missing_parts_go(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, LARGE)
        line.accidents[3] = killed
        with pytest.raises(KeyboardInterrupt):
            run_blobs(desk, files, line)
        assert known_blobs(desk)[sha256] == ("", "[1]")
        line.calls.clear()
        assert run_blobs(desk, files, line).sent == 1
        assert line.calls == ["POST uploads", "PUT 2", "PUT 3", "POST complete"]
        assert present_blobs(hub) == [sha256.hex()]

    def test_a_lost_answer_is_asked_for_again(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, LARGE)

        def answer_lost(call):
            line.answer(call)
            return Problem(err="offline")

        line.accidents[5] = answer_lost
        assert ended_by(run_blobs(desk, files, line)) == "offline"
        name_blob(hub, LARGE)
        assert run_blobs(desk, files, line).sent == 1
        assert present_blobs(hub) == [sha256.hex()]

    def test_offline_ends_the_round_and_counts_against_no_content(self, desk, files, line):
        for seed in (1, 2):
            file_paper(desk, files, make_bytes(100, seed))
        line.accidents[1] = offline
        assert ended_by(run_blobs(desk, files, line)) == "offline"
        assert len(line.calls) == 1
        assert run_blobs(desk, files, line).sent == 2

    def test_a_part_that_was_spoilt_on_the_way_is_sent_later(self, desk, files, line, clock):
        file_paper(desk, files, LARGE)
        answer = line.answer

        def spoil(call):
            changed = type(call)(call.method, call.path, b"?" + call.body[1:], call.digest)
            return answer(changed)

        line.accidents[3] = spoil
        assert run_blobs(desk, files, line).sent == 0
        assert run_blobs(desk, files, line).sent == 0
        clock.now += timedelta(minutes=1)
        assert run_blobs(desk, files, line).sent == 1

    def test_an_upload_that_the_hub_forgot_begins_anew(self, desk, files, line, hub):
        file_paper(desk, files, LARGE)
        answer = line.answer

        def forget_then_answer(call):
            with hub.transaction("test") as tx:
                tx.run("DELETE FROM blob_part")
                tx.run("DELETE FROM blob_upload")
            return answer(call)

        line.accidents[4] = forget_then_answer
        assert run_blobs(desk, files, line).sent == 1

    def test_a_refused_content_is_tried_again_later_and_later(self, desk, files, line, clock):
        file_paper(desk, files, SMALL)
        line.answer = lambda _call: Problem(err="unknown")
        for minutes, calls in ((0, 1), (0, 1), (1, 2), (1, 3), (1, 3), (1, 4)):
            clock.now += timedelta(minutes=minutes)
            run_blobs(desk, files, line)
            assert len(line.calls) == calls


class TestDamage:
    def change(self, files, sha256, content):
        files.contents[sha256] = content

    def test_an_empty_file_never_goes_out(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, SMALL)
        run_blobs(desk, files, BlobLine(offline))
        self.change(files, sha256, b"")
        assert run_blobs(desk, files, line).sent == 0
        assert (line.calls, present_blobs(hub), known_blobs(desk)[sha256][0]) == ([], [], "damaged")

    def test_a_file_that_is_gone_never_goes_out(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, SMALL)
        run_blobs(desk, files, BlobLine(offline))
        files.remove(sha256)
        assert run_blobs(desk, files, line).sent == 0
        assert (line.calls, present_blobs(hub), known_blobs(desk)) == ([], [], {})

    def test_a_small_file_that_was_changed_is_not_sent(self, desk, files, line):
        sha256 = file_paper(desk, files, SMALL)
        self.change(files, sha256, SMALL[::-1])
        assert run_blobs(desk, files, line).sent == 0
        assert (line.calls, known_blobs(desk)[sha256][0]) == ([], "damaged")

    def test_a_file_that_changes_during_its_upload_is_never_there(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, LARGE)
        answer = line.answer

        def change_then_answer(call):
            self.change(files, sha256, LARGE[::-1])
            return answer(call)

        line.accidents[3] = change_then_answer
        assert run_blobs(desk, files, line).sent == 0
        assert (present_blobs(hub), known_blobs(desk)[sha256][0]) == ([], "damaged")

    def test_a_file_that_is_cut_during_its_upload_is_never_there(self, desk, files, line, hub):
        sha256 = file_paper(desk, files, LARGE)
        answer = line.answer

        def cut_then_answer(call):
            self.change(files, sha256, LARGE[: 6 << 20])
            return answer(call)

        line.accidents[2] = cut_then_answer
        assert run_blobs(desk, files, line).sent == 0
        assert (present_blobs(hub), known_blobs(desk)[sha256][0]) == ([], "damaged")

    def test_a_healed_file_goes_out_after_a_day(self, desk, files, line, clock):
        sha256 = file_paper(desk, files, SMALL)
        self.change(files, sha256, b"")
        run_blobs(desk, files, BlobLine(offline))
        self.change(files, sha256, SMALL)
        clock.now += timedelta(days=1)
        assert run_blobs(desk, files, line).sent == 1


class TestRestoredHub:
    def test_what_a_restored_hub_lost_is_sent_again(self, desk, files, line, hub):
        kept, lost = file_paper(desk, files, SMALL), file_paper(desk, files, LARGE)
        name_blob(hub, SMALL)
        run_blobs(desk, files, line)
        with hub.transaction("test") as tx:
            tx.run("DELETE FROM blob WHERE sha256 = ?", (lost.hex(),))
        with desk.transaction("test") as tx:
            tx.remember(StateKey.EPOCH, "another")
        line.calls.clear()
        assert run_blobs(desk, files, line).sent == 2
        assert sorted(line.calls) == [
            "POST complete", "POST uploads", "POST uploads", "PUT 1", "PUT 2", "PUT 3",
        ]  # fmt: skip
        assert sorted(present_blobs(hub)) == sorted([kept.hex(), lost.hex()])

    def test_what_is_not_here_is_not_asked_about(self, desk, files, line):
        sha256 = file_paper(desk, files, SMALL)
        run_blobs(desk, files, line)
        files.remove(sha256)
        with desk.transaction("test") as tx:
            tx.remember(StateKey.EPOCH, "another")
        line.calls.clear()
        run_blobs(desk, files, line)
        assert (line.calls, known_blobs(desk)) == ([], {})


def test_a_hub_that_lies_about_the_end_is_asked_no_more_than_three_times(desk, files):
    file_paper(desk, files, LARGE)
    line = BlobLine(
        lambda _call: BlobPlace(present=False, upload="u", part_size=5 << 20, have=[1, 2])
    )
    assert run_blobs(desk, files, line).sent == 0
    assert len(line.calls) == 9
