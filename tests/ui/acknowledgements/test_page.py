"""Does the queue list, mark, check, print, mail, confirm and reprint, by key, button and menu?"""

from datetime import timedelta

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.models import Address, Mail, MailState, SalesOrder
from loyaldesk.operations.orders import hold_order
from loyaldesk.store.changes import Changes
from loyaldesk.ui.acknowledgements import deeds
from loyaldesk.ui.acknowledgements.target_dialog import TargetDialog
from loyaldesk.ui.papers.paper_printer import PaperPrinter
from tests.pdf.reading import text_of
from tests.support.desks import TODAY
from tests.support.factories import do
from tests.support.qt import nameless, too_small
from tests.support.queue_page import numbers, press, settle, shown, state_of


class TestList:
    def test_it_says_who_waits_how_long_and_what_the_letter_will_be(self, queue):
        assert shown(queue)[0] == {
            "mark": "Not marked", "age": "26 h", "customer": "Customer 4768", "order": "4768",
            "po": "PO 4768", "value": "€50.00", "letter": "German · DIN B", "by": "Print",
            "state": "Ready",
        }  # fmt: skip
        assert shown(queue)[2]["by"] == "E-mail"
        assert queue.head.counts.text == "3 open, oldest 26 h"

    def test_over_the_target_an_icon_stands_beside_the_age(self, queue):
        late, on_time = (queue.table.rows.cells(at)[1] for at in (0, 1))
        assert (late.lead, on_time.lead) == ("clock-alert", "")
        assert "over the target" in late.tip

    def test_an_order_that_cannot_go_says_why(self, queue, enter, store):
        do(store, hold_order, order_id=enter("4771"), reason="Waits for a deposit")
        queue.refresh()
        assert shown(queue)[3]["state"] == "Needs a look: Waits for a deposit"

    def test_filters_narrow_the_list_and_count(self, queue, enter, store):
        do(store, hold_order, order_id=enter("4771"), reason="Waits")
        queue.refresh()
        queue.head.states.choose("needs_look")
        assert numbers(queue) == ["4771"]
        queue.head.clear()
        queue.head.way.setCurrentIndex(queue.head.way.findData("email"))
        assert numbers(queue) == ["4790"]
        queue.head.language.setCurrentIndex(queue.head.language.findData("de"))
        assert numbers(queue) == ["4790"]
        queue.head.states.choose("sent")
        assert numbers(queue) == []
        assert queue.empty.words[0] == "Nothing of this sort"
        queue.empty.action_chosen.emit()
        assert len(numbers(queue)) == 4

    def test_with_nothing_left_it_says_that_all_is_done(self, open_queue):
        page = open_queue()
        assert page.empty.isVisible()
        assert page.empty.words[0] == "Every order is acknowledged"
        assert not page.foot.checks.isVisible()

    def test_a_new_order_comes_up_by_itself(self, queue, enter, qtbot):
        enter("4799")
        qtbot.waitUntil(lambda: "4799" in numbers(queue))

    def test_enter_opens_the_order(self, queue, heard):
        press(queue, Qt.Key.Key_Return)
        assert heard.wished == [("order", queue.table.current_id())]

    def test_every_control_has_a_name_and_can_be_hit(self, queue):
        queue.mark_ready()
        assert nameless(queue) == []
        assert too_small(queue) == []

    def test_the_target_is_changed_from_the_page_and_undone(self, queue, keep, desk, store):
        dialog = keep(TargetDialog(desk))
        assert dialog.days.text() == "1"
        dialog.days.setText("99")
        dialog.accept()
        assert "0 to 30" in dialog.field.error
        dialog.days.setText("2")
        dialog.accept()
        queue.refresh()
        assert queue.head.target.text() == "Target 2 working days"
        assert not queue.queue.rows[0].is_late
        store.undo()
        queue.refresh()
        assert queue.head.target.text() == "Target 1 working day"


class TestPreview:
    def test_the_letter_under_the_cursor_is_shown_as_it_would_be(self, queue, qtbot, store):
        qtbot.waitUntil(lambda: queue.pane.reader.source is not None)
        assert "PO 4768" in text_of(queue.pane.reader.source)
        press(queue, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: "PO 4779" in text_of(queue.pane.reader.source))
        assert queue.pane.title.toolTip() or "4779" in queue.pane.title.text()
        with store.reader() as reader:
            assert reader.value("SELECT count(*) FROM letter") == 0

    def test_a_letter_that_cannot_be_made_needs_a_look(self, queue, enter, store, qtbot):
        order_id = enter("4795", hours_ago=90)
        with store.transaction("Break") as tx:
            tx.update(SalesOrder, order_id, total_minor=1)
        queue.refresh()
        queue.table.choose_id(order_id)
        qtbot.waitUntil(lambda: order_id in queue.table.refusals)
        row = next(row for row in shown(queue) if row["order"] == "4795")
        assert row["state"].startswith("Needs a look: Order 4795 is stored with a total")
        assert not queue.pane.print.isEnabled()

    def test_while_amounts_are_hidden_no_letter_is_shown(self, queue, qtbot, desk):
        qtbot.waitUntil(lambda: queue.pane.reader.source is not None)
        desk.formats.hides_amounts = True
        desk.news.changed.emit(Changes("", is_everything=True))
        qtbot.waitUntil(lambda: queue.pane.reader.source is None)
        assert "Amounts are hidden" in queue.pane.facts.text
        queue.refresh()
        assert shown(queue)[0]["value"] == "•••"
        desk.formats.hides_amounts = False
        desk.news.changed.emit(Changes("", is_everything=True))
        qtbot.waitUntil(lambda: queue.pane.reader.source is not None)

    def test_edit_opens_the_order(self, queue, heard):
        queue.pane.edit.click()
        assert heard.wished == [("order", queue.table.current_id())]


class TestMarks:
    def test_space_marks_and_unmarks_and_the_panel_counts(self, queue):
        press(queue, Qt.Key.Key_Space)
        assert shown(queue)[0]["mark"] == "Marked"
        assert queue.foot.checks.isVisible()
        assert queue.foot.checks.head.text.startswith("1 marked")
        press(queue, Qt.Key.Key_Space)
        assert shown(queue)[0]["mark"] == "Not marked"
        assert not queue.foot.checks.isVisible()

    def test_a_click_on_the_box_marks(self, queue):
        at = queue.table.visualRect(queue.table.rows.index(1, 0)).center()
        QTest.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at))
        assert [row["mark"] for row in shown(queue)] == ["Not marked", "Marked", "Not marked"]

    def test_all_that_is_ready_is_marked_at_once_and_told_before_it_goes(
        self, queue, enter, store, qtbot
    ):
        held = enter("4771")
        do(store, hold_order, order_id=held, reason="Waits")
        queue.refresh()
        queue.head.all_ready.click()
        queue.table.mark_only({*queue.table.marked, held})
        assert [label.text for label in queue.foot.checks.facts] == [
            "2 print · asks for the printer", "1 e-mail · undo for 8 s",
            "1 need a look · left out, stay in the queue",
        ]  # fmt: skip
        assert queue.foot.checks.send.text() == "Send 3 letters"
        assert not queue.foot.checks.send.isEnabled()
        qtbot.waitUntil(queue.foot.checks.send.isEnabled)
        assert queue.foot.checks.verdict.text() == "Totals recomputed and equal on all 3"

    def test_a_letter_that_fails_the_check_loses_its_mark_and_says_why(self, queue, store, qtbot):
        order_id = queue.queue.rows[1].order_id
        with store.transaction("Break") as tx:
            tx.update(SalesOrder, order_id, total_minor=1)
        queue.refresh()
        queue.mark_ready()
        qtbot.waitUntil(queue.foot.checks.send.isEnabled)
        assert order_id not in queue.table.marked
        assert queue.foot.checks.send.text() == "Send 2 letters"

    def test_marks_stay_when_the_list_is_read_again(self, queue):
        queue.mark_ready()
        queue.refresh()
        assert len(queue.table.marked) == 3


class TestRun:
    def test_each_letter_goes_its_customers_way(self, queue, qtbot, on_record, printed_to, heard):
        queue.mark_ready()
        qtbot.waitUntil(queue.foot.checks.send.isEnabled)
        queue.foot.checks.send.click()
        settle(queue, qtbot)
        assert on_record() == [
            ("A-2026-00001", 0, "print", "handed", 0),
            ("A-2026-00002", 0, "print", "handed", 0),
            ("A-2026-00003", 0, "email", "handed", 0),
        ]
        papers = sorted(printed_to.iterdir())
        assert [path.name for path in papers] == ["letters-001.pdf", "letters-002.pdf"]
        assert {row.state for row in queue.queue.rows} == {
            QueueState.CONFIRM, QueueState.WAITING
        }  # fmt: skip
        assert queue.table.marked == set()

    def test_what_is_printed_is_what_was_shown(self, queue, qtbot, store, desk, printed_to):
        qtbot.waitUntil(lambda: queue.pane.reader.source is not None)
        previewed = queue.pane.reader.source
        queue.pane.print.click()
        settle(queue, qtbot)
        with store.reader() as reader:
            sha256 = reader.value(
                "SELECT f.sha256 FROM letter l JOIN document d ON d.id = l.document_id"
                " JOIN stored_file f ON f.id = d.file_id"
            )
        assert text_of(desk.files().read(sha256)) == text_of(previewed)

    def test_p_prints_every_marked_letter_and_e_mails_it(self, queue, qtbot, on_record):
        queue.table.mark_only({queue.queue.rows[2].order_id})
        press(queue, Qt.Key.Key_P)
        settle(queue, qtbot)
        assert [entry[2] for entry in on_record()] == ["print"]
        queue.table.choose_id(queue.queue.rows[0].order_id)
        press(queue, Qt.Key.Key_E)
        settle(queue, qtbot)
        assert [entry[2] for entry in on_record()] == ["print", "email"]

    def test_only_the_papers_go_or_only_the_mails(self, queue, qtbot, on_record):
        queue.mark_ready()
        qtbot.waitUntil(queue.foot.checks.send.isEnabled)
        assert queue.foot.checks.mail.text() == "E-mail 1 only"
        queue.foot.checks.mail.click()
        settle(queue, qtbot)
        assert [entry[2] for entry in on_record()] == ["email"]

    def test_what_needs_a_look_is_not_sent_by_a_key_either(self, queue, store, heard, on_record):
        order_id = queue.queue.rows[0].order_id
        do(store, hold_order, order_id=order_id, reason="Waits")
        queue.refresh()
        queue.table.choose_id(order_id)
        press(queue, Qt.Key.Key_P)
        assert "Nothing here is ready" in heard.said[-1][0]
        assert on_record() == []

    def test_a_letter_that_is_refused_stays_with_its_reason_and_the_others_go(
        self, queue, store, qtbot, on_record
    ):
        customer_id = queue.queue.rows[0].customer_id
        ids = [row.order_id for row in queue.queue.rows[:2]]
        queue.table.mark_only(ids)
        with store.transaction("Move away") as tx:
            for (address_id,) in tx.rows(
                "SELECT id FROM address WHERE customer_id = ?", [customer_id]
            ):
                tx.delete(Address, address_id)
        press(queue, Qt.Key.Key_P)
        settle(queue, qtbot)
        assert len(on_record()) == 1
        assert "no address" in shown(queue)[0]["state"]

    def test_a_printer_that_does_not_answer_is_told_and_nothing_is_issued_twice(
        self, queue, qtbot, on_record, monkeypatch, heard
    ):
        with monkeypatch.context() as silent:
            silent.setattr(PaperPrinter, "_turn_to", lambda *_: False)
            queue.table.mark_only({row.order_id for row in queue.queue.rows[:2]})
            press(queue, Qt.Key.Key_P)
            settle(queue, qtbot)
        assert on_record() == [("A-2026-00001", 0, "print", "failed", 0)]
        assert "printer did not answer" in heard.said[-1][0]
        assert state_of(queue, "4768") is QueueState.FAILED
        queue.table.mark_only({queue.queue.rows[-1].order_id})
        press(queue, Qt.Key.Key_P)
        settle(queue, qtbot)
        assert [entry[:1] for entry in on_record()] == [("A-2026-00001",)] * 2

    def test_stopped_in_between_the_rest_stays(self, queue, qtbot, on_record, desk):
        stops = []
        desk.news.work_began.connect(lambda _words, cancel: stops.append(cancel))
        desk.news.work_went.connect(lambda done, _total: stops[0]() if done == 1 else None)
        queue.table.mark_only({row.order_id for row in queue.queue.rows[:2]})
        press(queue, Qt.Key.Key_P)
        settle(queue, qtbot)
        assert len(on_record()) == 1
        assert state_of(queue, "4779") is QueueState.READY

    def test_no_printer_no_letter(self, queue, monkeypatch, on_record):
        monkeypatch.setattr(deeds, "kept_printer", lambda *_: None)
        monkeypatch.setattr(deeds, "ask_printer", lambda *_, **__: None)
        press(queue, Qt.Key.Key_P)
        assert on_record() == []
        assert queue.deeds.run is None

    def test_mails_are_taken_back_while_they_wait(self, queue, qtbot, desk, store, heard):
        offered = []
        desk.news.offered.connect(lambda *parts: offered.append(parts))
        queue.table.mark_only({queue.queue.rows[2].order_id})
        press(queue, Qt.Key.Key_E)
        settle(queue, qtbot)
        words, action, undo = offered[0]
        assert (words, action) == ("1 in the outbox", "Take mails back")
        undo()
        queue.refresh()
        assert "1 mails taken back" in heard.said[-1][0]
        row = next(row for row in shown(queue) if row["order"] == "4790")
        assert row["state"] == "Ready: taken back"

    def test_a_failed_mail_shows_the_servers_answer_and_can_be_printed(
        self, queue, qtbot, store, on_record
    ):
        queue.table.mark_only({queue.queue.rows[2].order_id})
        press(queue, Qt.Key.Key_E)
        settle(queue, qtbot)
        with store.transaction("Fail") as tx:
            mail_id = tx.value("SELECT id FROM mail")
            tx.update(Mail, mail_id, state=MailState.FAILED, answer="550 mailbox full")
        queue.refresh()
        row = next(row for row in shown(queue) if row["order"] == "4790")
        assert row["state"] == "Failed: 550 mailbox full"
        queue.table.choose_id(queue.queue.rows[-1].order_id)
        press(queue, Qt.Key.Key_P)
        settle(queue, qtbot)
        assert [entry[0] for entry in on_record()] == ["A-2026-00001"] * 2


def test_an_age_is_said_in_minutes_hours_or_days(enter, open_queue, store):
    enter("4701", hours_ago=1)
    enter("4702", hours_ago=99)
    enter("4703", hours_ago=400)
    only_day = enter("4704")
    with store.transaction("Forget the hour") as tx:
        tx.update(SalesOrder, only_day, received_at=None, ordered_on=TODAY - timedelta(days=3))
    page = open_queue()
    ages = {row["order"]: row["age"] for row in shown(page)}
    assert ages == {"4701": "60 min", "4702": "99 h", "4703": "17 d", "4704": "3 d"}
