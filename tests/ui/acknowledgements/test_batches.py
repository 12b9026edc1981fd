"""Is every batch answered for once, and is what did not come out printed again as it was?"""

import pytest
from PySide6.QtCore import Qt

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.ui.acknowledgements.letter_run import LetterRun
from tests.support.queue_page import numbers, press, settle, shown, state_of


@pytest.fixture
def printed(queue, qtbot):
    """Return the page after two letters were handed to the printer in one batch."""
    queue.table.mark_only({row.order_id for row in queue.queue.rows[:2]})
    press(queue, Qt.Key.Key_P)
    settle(queue, qtbot)
    return queue


class TestConfirm:
    def test_a_batch_is_asked_about_until_somebody_answers(self, printed, heard):
        assert printed.foot.banner.isVisible()
        assert "did all 2 come out?" in printed.foot.banner.words.text
        printed.foot.banner.all.click()
        printed.refresh()
        assert not printed.foot.banner.isVisible()
        assert "2 letters came out" in heard.said[-1][0]
        printed.head.states.choose("sent")
        assert sorted(numbers(printed)) == ["4768", "4779"]
        assert printed.head.met.text == "met for 50% this month"

    def test_a_killed_window_asks_about_what_it_left(self, printed, open_queue):
        again = open_queue()
        assert again.foot.banner.isVisible()
        assert shown(again)[-1]["state"] == "Printed – confirm"

    def test_from_a_number_on_the_same_letters_are_printed_again(
        self, printed, qtbot, on_record, printed_to
    ):
        printed.foot.banner.number.setText("2")
        printed.foot.banner.again.click()
        settle(printed, qtbot)
        assert on_record() == [
            ("A-2026-00001", 0, "print", "confirmed", 0),
            ("A-2026-00002", 0, "print", "failed", 0),
            ("A-2026-00002", 0, "print", "handed", 0),
        ]
        assert "did it come out?" in printed.foot.banner.words.text

    def test_without_a_number_it_asks_for_one(self, printed, heard):
        printed.foot.banner.again.click()
        assert "Type the number" in heard.said[-1][0]

    def test_a_number_beyond_the_batch_is_refused(self, printed, heard):
        printed.foot.banner.number.setText("9")
        printed.foot.banner.again.click()
        assert "numbers 1 to 2" in heard.said[-1][0]

    def test_r_prints_what_nobody_holds_as_it_was_issued(self, printed, qtbot, on_record):
        order_id = next(r.order_id for r in printed.queue.rows if r.order_number == "4768")
        printed.table.choose_id(order_id)
        press(printed, Qt.Key.Key_R)
        settle(printed, qtbot)
        assert on_record()[-1] == ("A-2026-00001", 0, "print", "handed", 0)

    def test_r_prints_what_left_as_a_copy(self, printed, qtbot, on_record, printed_to):
        printed.foot.banner.all.click()
        printed.refresh()
        printed.head.states.choose("sent")
        printed.table.choose_id(printed.queue.rows[-1].order_id)
        press(printed, Qt.Key.Key_R)
        settle(printed, qtbot)
        assert on_record()[-1][1:] == (1, "print", "handed", 1)
        assert not printed.foot.banner.isVisible()

    def test_r_on_what_was_never_printed_says_so(self, queue, heard):
        press(queue, Qt.Key.Key_R)
        assert "Nothing of these was printed yet" in heard.said[-1][0]

    def test_one_letter_is_confirmed_by_itself(self, printed):
        printed.deeds.confirm([row for row in printed.queue.rows if row.order_number == "4768"])
        printed.refresh()
        assert state_of(printed, "4768") is QueueState.SENT
        assert state_of(printed, "4779") is QueueState.CONFIRM


def test_what_left_last_today_stands_under_the_queue_where_there_is_room(printed, desk):
    page = printed
    page.foot.banner.all.click()
    page.resize(1256, 900)
    page.refresh()
    assert page.foot.recent.isVisible()
    (first, second) = (entry.spoken for entry in page.foot.recent.list.entries)
    assert "A-2026-00002" in first
    assert "printed, confirmed · rev 1" in second
    wished: list[str] = []
    desk.ways.section_wanted.connect(wished.append)
    page.foot.recent.all.click()
    assert wished == ["register"]
    page.resize(1256, 700)
    assert not page.foot.recent.isVisible()


def test_on_a_narrow_page_the_letter_is_shown_when_asked_for(queue):
    queue.resize(900, 700)
    assert not queue.pane.isVisible()
    queue.head.letter.click()
    assert queue.pane.isVisible()
    assert queue.head.letter.text() == "Hide letter"
    queue.resize(1400, 700)
    assert not queue.head.letter.isVisible()
    assert queue.pane.isVisible()


def test_killed_between_record_and_printer_the_same_letter_goes_once_more(
    queue, qtbot, on_record, monkeypatch, open_queue
):
    with monkeypatch.context() as killed:
        killed.setattr(LetterRun, "_print", lambda *_: None)
        queue.table.mark_only({queue.queue.rows[0].order_id})
        press(queue, Qt.Key.Key_P)
        qtbot.waitUntil(lambda: len(on_record()) == 1)
    again = open_queue()
    assert "did it come out?" in again.foot.banner.words.text
    again.foot.banner.again.click()
    settle(again, qtbot)
    assert on_record() == [
        ("A-2026-00001", 0, "print", "failed", 0),
        ("A-2026-00001", 0, "print", "handed", 0),
    ]
