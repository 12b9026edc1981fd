"""Does the page of an order tell where it stands, lead to its papers, and let it be moved on?"""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from loyaldesk.domain.differences import differences
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.fulfilment import ship_line
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import cancel_order
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.ui.orders.change_lines_dialog import ChangeLinesDialog
from loyaldesk.ui.orders.line_dialogs import PromiseDialog, ShipDialog
from loyaldesk.ui.orders.talk_dialogs import HoldDialog, OrderNoteDialog
from tests.support.desks import NOW
from tests.support.factories import do, make_address, make_order
from tests.support.qt import accessible_name, deliver_deletions, nameless, too_small
from tests.support.spaces import plain

TODAY = NOW.date()


def dialog_of(page, kind):
    (dialog,) = page.findChildren(kind)
    return dialog


def lines(page, key):
    model = page.body.lines.model
    column = [column.key for column in model.columns].index(key)
    return [plain(model.cells(row)[column].words) for row in range(model.rowCount())]


class TestWhatItSays:
    def test_the_head_names_order_state_and_who_ordered(self, page):
        assert page.page_title() == "Order 4711"
        assert page.head.chips.words == ["Part shipped", "1 line late", "Credit: on watch"]
        assert page.head.fact_words[0] == "Heike Müller, their order 8812 by phone"
        assert page.head.value.text == "€1,867.40 net"

    def test_every_line_tells_what_was_wanted_promised_and_kept(self, page):
        assert lines(page, "promised_on") == ["19 Nov → 20 Nov", "21 Nov → 26 Nov", "15 Nov"]
        assert lines(page, "shipped_on") == ["20 Nov", "–", "–"]
        assert lines(page, "promise") == ["Kept", "On time", "Late 5 d"]
        assert lines(page, "open") == ["0", "20", "60"]

    def test_the_sums_stand_below_the_lines_with_the_tax_by_rate(self, page):
        assert page.body.lines.counts == "3 lines · 1 shipped"
        assert page.body.lines.sums == (
            "Net €1,867.40 · VAT 7% €76.82 · VAT 19% €146.30 · total €2,090.52"
        )

    def test_differences_from_what_was_asked_are_counted_and_explained(self, page):
        assert plain(page.body.pane.differences.text).splitlines() == [
            "3 differences from their order 8812",
            "Line 1 date: wanted 19 Nov, now 20 Nov",
            "Line 2 date: wanted 21 Nov, now 26 Nov — the maker ships on Friday",
            "Line 2 quantity: wanted 24, now 20 — the maker ships on Friday",
        ]

    @pytest.mark.parametrize(
        ("shipped", "said"),
        [
            (0, ["1 difference from what was asked",
                 "Lines 1, 2 date: wanted 23 Nov, now to be advised"]),
            (1, ["1 difference from what was asked",
                 "Line 2 date: wanted 23 Nov, now to be advised"]),
            (2, ["Nothing differs from what was asked"]),
        ],
    )  # fmt: skip
    def test_the_page_names_the_differences_that_the_letter_names(
        self, open_order, store, way, shipped, said
    ):
        line = NewOrderLine("Tea", 10_000, 5_000_000, requested_on=TODAY + timedelta(days=3))
        order = make_order(store, way.customer, lines=[line, line])
        first = store.reader().rows("SELECT id FROM order_line WHERE order_id = ?", [order])
        for (line_id,) in first[:shipped]:
            do(store, ship_line, line_id=line_id, quantity_milli=10_000)
        page = open_order(order)
        assert plain(page.body.pane.differences.text).splitlines() == said
        make_address(store, way.customer)
        letter = compose_acknowledgement(store.reader(), order_id=order, now=NOW).letter
        assert len(differences(letter)) == len(said) - 1

    def test_an_order_as_asked_says_so(self, open_order, store, way):
        plain = open_order(make_order(store, way.customer))
        assert plain.body.pane.differences.text == "Nothing differs from what was asked"

    def test_money_and_papers_hang_on_the_order(self, page, way):
        assert [item.key for item in page.body.money.entries] == [
            ("invoice", way.invoice), ("payment", way.payment),
        ]  # fmt: skip
        assert "€321.15 open" in page.body.money.entries[0].spoken
        assert [item.key for item in page.body.papers.entries] == [way.purchase_order]

    def test_the_timeline_holds_everything_newest_first(self, page):
        rows = [entry for entry in page.body.timeline.entries if hasattr(entry, "subject")]
        said = [entry.spoken for entry in rows]
        assert "When is the syrup coming?" in said[0]
        assert "Order received by phone · 3 lines" in said[-1]
        assert any("Shipped 48 pcs 20-118" in line for line in said)

    def test_within_a_day_the_last_step_is_on_top(self, page):
        rows = [entry for entry in page.body.timeline.entries if hasattr(entry, "subject")]
        kinds = [row.key[0] for row in rows]
        assert kinds == ["activity", "payment", "invoice", "shipment", "document", "order"]

    def test_one_event_is_one(self, open_order, store, way):
        body = open_order(make_order(store, way.customer)).body
        names = [accessible_name(button) for button in body.findChildren(QAbstractButton)]
        assert "Timeline of this order, 1 event" in names

    def test_an_order_without_papers_says_what_to_do(self, open_order, store, way):
        body = open_order(make_order(store, way.customer)).body
        assert not body.money.isVisible()
        assert not body.papers.isVisible()

    def test_an_order_that_is_gone_is_explained(self, open_order):
        gone = open_order(999)
        assert gone.page_title() == "Order"
        assert not gone.head.isVisible()

    def test_every_control_can_be_reached_named_and_hit(self, page):
        assert nameless(page) == []
        assert too_small(page) == []


class TestItsPlace:
    def test_the_breadcrumb_leads_to_the_customer_and_the_orders(self, page, way, heard, desk):
        sections: list[str] = []
        desk.ways.section_wanted.connect(sections.append)
        page.head.customer.click()
        page.head.orders.click()
        assert heard.wished == [("customer", way.customer)]
        assert sections == ["orders"]

    def test_ctrl_with_arrows_goes_to_the_next_open_order(
        self, open_order, store, way, heard, qtbot
    ):
        newer = make_order(store, way.customer, ordered_on=TODAY)
        page = open_order(way.order)
        assert page.head.after.isEnabled() is False
        page.focus_first()
        qtbot.keyClick(page.body.lines.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        assert heard.wished == [("order", newer)]

    def test_the_last_open_order_has_no_next_one(self, page, heard):
        page.head.step_wanted.emit(1)
        assert heard.wished == []


class TestSteps:
    def test_what_is_done_late_and_to_come(self, page):
        said = plain(page.steps.accessibleName())
        assert "Received 6 Nov" in said
        assert "Shipped 1 of 3 · rest 26 Nov" in said
        assert "Paid due 20 Dec" in said

    @pytest.mark.parametrize(
        ("number", "paper"),
        [
            (0, ("document", "purchase_order")),
            (1, ("acknowledgement", "order")),
            (4, ("invoice", "invoice")),
            (5, ("payment", "payment")),
        ],
    )
    def test_each_step_opens_its_paper(self, page, way, heard, number, paper):
        name, which = paper
        page.steps.step_opened.emit(number)
        assert heard.wished == [(name, getattr(way, which))]

    def test_a_step_without_a_paper_opens_what_makes_it(self, open_order, store, way, heard):
        page = open_order(make_order(store, way.customer))
        page.steps.step_opened.emit(5)
        assert heard.wished == [("new_payment", way.customer)]
        page.steps.step_opened.emit(6)
        assert dialog_of(page, OrderNoteDialog).isVisible()

    def test_a_promise_that_has_passed_is_late(self, open_order, store, way):
        promised = {"promised_on": TODAY - timedelta(days=5)}
        page = open_order(make_order(store, way.customer, changes=promised))
        assert "Shipped 5 d late due 15 Nov" in plain(page.steps.accessibleName())


class TestWishes:
    def wished(self, store, way, days, **fields):
        wanted = TODAY + timedelta(days=days)
        line = NewOrderLine("Tea", 10_000, 5_000_000, requested_on=wanted)
        return make_order(store, way.customer, lines=[line], **fields)

    def test_where_nothing_is_promised_the_wish_stands(self, open_order, store, way):
        page = open_order(self.wished(store, way, 3))
        assert lines(page, "promised_on") == ["wanted 23 Nov"]
        assert lines(page, "promise") == ["–"]
        assert "Shipped wanted 23 Nov" in plain(page.steps.accessibleName())
        assert page.head.chips.words == ["To acknowledge", "Credit: on watch"]

    def test_a_wish_that_has_passed_is_marked(self, open_order, store, way):
        page = open_order(self.wished(store, way, -3))
        assert lines(page, "promise") == ["Passed"]
        assert "Shipped wish passed wanted 17 Nov" in plain(page.steps.accessibleName())
        assert "1 line past its wanted day" in page.head.chips.words

    def test_what_has_shipped_keeps_no_one_waiting(self, open_order, store, way):
        page = open_order(self.wished(store, way, -3, shipped=1))
        assert lines(page, "promise") == ["–"]
        assert "wish passed" not in page.steps.accessibleName()
        assert page.head.chips.words == ["To acknowledge", "Credit: on watch"]

    def test_nor_does_a_cancelled_order(self, open_order, store, way):
        order = self.wished(store, way, -3)
        do(store, cancel_order, order_id=order)
        page = open_order(order)
        assert "wish passed" not in page.steps.accessibleName()
        assert page.head.chips.words[0] == "Cancelled"
        assert "1 line past its wanted day" not in page.head.chips.words


class TestMovingOn:
    def test_f2_asks_for_a_promised_day_and_undo_takes_it_back(
        self, page, way, store, heard, qtbot
    ):
        page.body.lines.view.choose_id(way.lines[1])
        qtbot.keyClick(page.body.lines.view, Qt.Key.Key_F2)
        dialog = dialog_of(page, PromiseDialog)
        dialog.day.setText("2026-12-01")
        dialog.accept()
        assert [(plain(said), undo) for said, undo in heard.said] == [
            ("Line 2 promised for 1 Dec 2026", True)
        ]
        qtbot.waitUntil(lambda: lines(page, "promised_on")[1] == "21 Nov → 1 Dec")
        store.undo()
        qtbot.waitUntil(lambda: lines(page, "promised_on")[1] == "21 Nov → 26 Nov")

    def test_a_day_that_is_none_is_explained_where_it_stands(self, page, way, heard):
        page.do.promise(way.lines[1])
        dialog = dialog_of(page, PromiseDialog)
        dialog.day.setText("someday")
        dialog.accept()
        assert "is not a day" in dialog.fields["promised_on"].error
        assert heard.said == []

    def test_a_shipment_proposes_all_that_is_owed(self, page, way, qtbot):
        page.do.ship(way.lines[2])
        dialog = dialog_of(page, ShipDialog)
        assert dialog.quantity.text() == "60"
        dialog.accept()
        qtbot.waitUntil(lambda: lines(page, "open") == ["0", "20", "0"])

    def test_more_than_is_owed_is_refused_below_the_field(self, page, way):
        page.do.ship(way.lines[2])
        dialog = dialog_of(page, ShipDialog)
        dialog.quantity.setText("61")
        dialog.accept()
        assert dialog.fields["quantity"].error.startswith("More would ship than is still owed")
        assert dialog.isVisible()

    def test_nothing_more_ships_of_a_line_that_is_complete(self, page, way):
        page.do.ship(way.lines[0])
        assert page.findChildren(ShipDialog) == []

    def test_a_hold_needs_its_reason_and_a_release_lifts_it(self, page, heard, qtbot):
        page.do.ask_hold()
        dialog = dialog_of(page, HoldDialog)
        dialog.accept()
        assert dialog.fields["reason"].error.startswith("A hold needs a reason")
        dialog.reason.setText("credit check")
        dialog.accept()
        qtbot.waitUntil(lambda: "On hold: credit check" in page.head.chips.words)
        assert page.head.hold.text() == "Release"
        page.head.hold.click()
        qtbot.waitUntil(lambda: page.head.hold.text() == "Hold…")
        assert heard.said[-1] == ("Order 4711 released", True)

    def test_what_has_shipped_is_invoiced_once(self, page, way, store, heard, qtbot):
        page.do.invoice()
        assert heard.said[-1][0].startswith("Nothing of order 4711 waits to be invoiced")
        page.do.ship(way.lines[2])
        dialog_of(page, ShipDialog).accept()
        page.head.invoice.click()
        assert heard.said[-1] == ("Order 4711 invoiced", True)
        qtbot.waitUntil(lambda: len(page.view.page.invoices) == 2)

    def test_a_follow_up_is_the_last_step(self, page, heard, qtbot):
        page.do.follow_up()
        assert heard.said == [("Order 4711 followed up", True)]
        qtbot.waitUntil(lambda: plain(page.steps.accessibleName()).endswith("Followed up 20 Nov"))

    def test_nobody_asks_after_what_has_not_shipped(self, open_order, store, way, heard):
        page = open_order(make_order(store, way.customer, number="5000"))
        page.do.follow_up()
        assert heard.said[-1][0].startswith("Nothing of order 5000 has shipped yet")

    def test_an_order_that_has_shipped_is_not_cancelled(self, page, heard):
        page.do.cancel()
        assert heard.said[-1][0] == "Order 4711 has already shipped. Nothing was changed."

    def test_an_order_that_has_not_is(self, open_order, store, way, heard, qtbot):
        page = open_order(make_order(store, way.customer, number="5000"))
        page.do.cancel()
        qtbot.waitUntil(lambda: page.head.chips.words[0] == "Cancelled")
        assert heard.said == [("Order 5000 cancelled", True)]
        assert not page.head.acknowledge.isVisible()

    def test_a_call_about_the_order_is_written_down(self, page, store, qtbot):
        page.write_note()
        dialog = dialog_of(page, OrderNoteDialog)
        dialog.text.setPlainText("Will be Friday")
        dialog.accept()
        qtbot.waitUntil(lambda: len(page.view.activities) == 2)
        newest = page.view.activities[0]
        assert (newest.kind, newest.subject, newest.person) == (
            "call", "Will be Friday", "Heike Müller",
        )  # fmt: skip

    def test_buttons_lead_to_the_acknowledgement(self, page, way, heard):
        page.head.acknowledge.click()
        page.body.pane.write.click()
        page.print()
        assert heard.wished == [("acknowledgement", way.order)] * 3


class TestNews:
    def test_it_reads_itself_again_when_something_changed(self, page, store, way, qtbot):
        do(store, edit_customer, customer_id=way.customer, name="Müller GmbH")
        qtbot.waitUntil(lambda: page.head.customer.text() == "Müller GmbH")

    def test_out_of_sight_it_waits_until_it_is_seen(self, page, store, way, desk):
        page.hide()
        before = len(desk.jobs.ran)
        other = make_order(store, way.customer)
        do(store, cancel_order, order_id=other)
        QApplication.processEvents()
        assert "read_order_view" not in desk.jobs.ran[before:]
        page.show()
        assert "read_order_view" in desk.jobs.ran[before:]


@pytest.mark.parametrize("width", [1256, 800])
def test_the_letters_box_stands_at_the_right_or_below_the_lines(open_order, way, width):
    body = open_order(way.order, (width, 793)).body
    is_right = body.pane.mapTo(body, body.pane.rect().topLeft()).x() > width // 2
    assert is_right is (width > 1000)


@pytest.mark.parametrize("width", [1256, 1000, 800])
def test_every_line_is_in_sight_also_where_they_are_moved_sideways(open_order, way, width):
    view = open_order(way.order, (width, 600)).body.lines.view
    assert (view.horizontalScrollBar().maximum() > 0) is (width < 1256)
    assert view.viewport().height() >= 3 * view.row_height()


class TestChangingLines:
    def test_lines_are_typed_over_and_keep_what_was_wanted(self, open_order, store, way, qtbot):
        wanted = TODAY + timedelta(days=3)
        line = NewOrderLine("Tea", 10_000, 5_000_000, item_number="20-118", requested_on=wanted)
        page = open_order(make_order(store, way.customer, lines=[line, line]))
        page.do.change_lines()
        dialog = dialog_of(page, ChangeLinesDialog)
        first, second = dialog.lines.rows
        second.remove.click()
        first.quantity.setText("12")
        dialog.accept()
        qtbot.waitUntil(lambda: lines(page, "quantity") == ["12"])
        assert page.view.page.lines[0].requested_on == wanted
        assert page.view.page.head.net.minor == 6_000

    def test_an_order_on_its_way_is_not_changed(self, page):
        page.do.change_lines()
        dialog = dialog_of(page, ChangeLinesDialog)
        dialog.accept()
        assert dialog.isVisible()
        assert len(page.view.page.lines) == 3

    def test_a_note_that_was_not_saved_comes_back(self, page, qtbot):
        page.write_note()
        dialog = dialog_of(page, OrderNoteDialog)
        dialog.text.setPlainText("Will be Fri")
        dialog.reject()
        deliver_deletions()
        page.write_note()
        assert dialog_of(page, OrderNoteDialog).text.toPlainText() == "Will be Fri"
