"""Does the form of an order enter what it shows, with the differences the letter will name?"""

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from loyaldesk.domain.next_steps import GroupFrame, proposed_day
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.models import Product
from loyaldesk.operations.time_frames import keep_time_frame
from loyaldesk.queries.order_page import read_order_page
from loyaldesk.ui.forms.draft_keeper import KEEP_MS
from loyaldesk.ui.orders.order_dialog import OrderDialog
from tests.support.desks import TODAY
from tests.support.factories import do, make_address, make_contact, make_customer
from tests.support.qt import nameless


@pytest.fixture
def customer(store):
    customer = make_customer(store, "Łódź & Söhne")
    make_address(store, customer, street="Rynek 1", town="Łódź", country="PL")
    return customer


@pytest.fixture
def open_form(desk, customer):
    forms = []

    def show():
        forms.append(OrderDialog(desk, customer))
        forms[-1].show()
        QApplication.processEvents()
        return forms[-1]

    yield show
    for form in forms:
        if isValid(form):
            delete(form)


def fill(qtbot, form, **more):
    row = form.lines.rows[0]
    typed = {"description": "Aniseed syrup", "quantity": "20", "price": "38.50", "tax": "7", **more}
    for name, text in typed.items():
        qtbot.keyClicks(getattr(row, name), text)


def entered(store, heard):
    _, order_id = heard.wished[-1]
    with store.reader() as reader:
        return read_order_page(reader, order_id=order_id)


def test_order_has_the_sums_and_the_place_of_its_customer(qtbot, open_form, store, heard):
    form = open_form()
    qtbot.keyClicks(form.order.customer_po, "PO 8812")
    qtbot.keyClicks(form.order.freight, "10")
    fill(qtbot, form)

    form.accept()

    head = entered(store, heard).head
    assert (head.customer_po, head.net.minor, head.freight.minor) == ("PO 8812", 77_000, 1_000)
    assert (head.tax.minor, head.total.minor) == (5_390, 83_390)
    assert head.ship_town == "Łódź"


def test_what_the_customer_asked_for_is_kept_beside_the_line(qtbot, open_form, store, heard):
    form = open_form()
    fill(
        qtbot,
        form,
        asked_item="31-2025",
        asked_quantity="24",
        asked_price="37",
        reason="price list of October",
    )

    form.accept()

    line = entered(store, heard).lines[0]
    assert (line.asked_quantity_milli, line.asked_price_micro) == (24_000, 37_000_000)
    assert (line.asked_item, line.difference_reason) == ("31-2025", "price list of October")


def test_line_that_was_not_asked_differently_has_no_difference(qtbot, open_form, store, heard):
    form = open_form()
    fill(qtbot, form)

    form.accept()

    line = entered(store, heard).lines[0]
    assert (line.asked_quantity_milli, line.asked_price_micro) == (None, None)
    assert line.asked_item is None


def test_order_is_undone_by_its_name(qtbot, open_form, store):
    form = open_form()
    fill(qtbot, form)
    form.accept()

    assert store.undo().startswith("Enter order")
    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM sales_order") == 0


def test_form_closed_in_the_middle_comes_back_with_its_lines(qtbot, open_form):
    form = open_form()
    fill(qtbot, form)
    qtbot.keyClicks(form.order.customer_po, "PO 1")
    qtbot.wait(KEEP_MS + 100)
    form.reject()

    again = open_form()

    assert again.order.customer_po.text() == "PO 1"
    assert [line.description for line in again.lines.lines()] == ["Aniseed syrup"]


def test_removed_line_does_not_count(qtbot, open_form, store, heard):
    form = open_form()
    fill(qtbot, form)
    second = form.lines.add_row()
    qtbot.keyClicks(second.description, "Mistake")
    qtbot.keyClicks(second.quantity, "1")
    second.remove.click()

    form.accept()

    assert len(entered(store, heard).lines) == 1


def test_every_field_has_a_name(open_form):
    assert list(nameless(open_form())) == []


def test_order_names_the_person_who_ordered(qtbot, open_form, store, customer, heard):
    make_contact(store, customer, "Kovač", given_name="Ana")
    form = open_form()
    form.order.contact.setCurrentText("Ana Kovač")
    fill(qtbot, form)

    form.accept()

    assert entered(store, heard).head.contact_name == "Ana Kovač"


def test_product_fills_its_line(qtbot, open_form, store, heard):
    with store.transaction("Product") as tx:
        product = tx.insert(
            Product, number="20-118", name="Assam tea", unit="tin", currency="EUR",
            unit_price_micro=8_200_000, tax_ppm=70_000,
        )  # fmt: skip
    form = open_form()
    row = form.lines.rows[0]
    qtbot.keyClicks(row.item, "20-1")
    (finder, _) = row.finders
    assert [found.name for found in finder.found] == ["Assam tea"]
    finder.offer.activated[QModelIndex].emit(finder.offer.completionModel().index(0, 0))
    qtbot.keyClicks(row.quantity, "2")

    form.accept()

    line = entered(store, heard).lines[0]
    assert (line.product_id, line.description, line.unit) == (product, "Assam tea", "tin")
    assert (line.net.minor, line.tax_ppm) == (1_640, 70_000)


def test_line_typed_over_a_product_is_no_longer_of_it(qtbot, open_form, store):
    with store.transaction("Product") as tx:
        tx.insert(Product, number="20-118", name="Assam tea", currency="USD", unit_price_micro=1)
    row = open_form().lines.rows[0]
    qtbot.keyClicks(row.description, "assam")
    row.finders[1].chosen.emit(row.finders[1].found[0])
    assert row.typed().product_id is not None
    assert row.price.text() == ""  # its price is in another currency
    qtbot.keyClicks(row.item, "x")
    assert row.typed().product_id is None


def test_lines_that_came_back_say_so_and_can_be_thrown_away(qtbot, open_form):
    form = open_form()
    fill(qtbot, form)
    form.reject()
    again = open_form()
    assert "not saved yet" in again.note.text
    again.note.discard.click()
    assert again.lines.lines() == []
    again.reject()
    assert open_form().note.text == ""


def test_a_line_without_words_or_quantity_is_not_kept(qtbot, open_form):
    form = open_form()
    form.lines.add_row()
    form.reject()
    assert open_form().note.text == ""


def test_the_sums_below_the_lines_name_freight_and_add_up(qtbot, open_form):
    form = open_form()
    fill(qtbot, form)
    assert "freight" not in form.lines.sums
    qtbot.keyClicks(form.order.freight, "10")
    assert form.lines.sums == "Net €770.00 · freight €10.00 · tax €53.90 · total €833.90"


@pytest.mark.parametrize("quantity", ["-3", "0"])
def test_a_quantity_that_is_not_above_zero_says_so(qtbot, open_form, heard, quantity):
    form = open_form()
    fill(qtbot, form, quantity=quantity)
    form.accept()
    assert form.fields["lines"].error == "Line 1: the quantity must be above zero."
    assert heard.wished == []


def test_other_terms_than_were_asked_for_are_kept_with_the_reason(qtbot, open_form, store, heard):
    form = open_form()
    assert form.order.terms.text() == "30"
    qtbot.keyClicks(form.order.asked_terms, "60")
    qtbot.keyClicks(form.order.asked_delivery, "DAP Bremen")
    qtbot.keyClicks(form.order.terms_reason, "first order")
    fill(qtbot, form)
    form.accept()
    head = entered(store, heard).head
    assert (head.terms_days, head.asked_terms_days) == (30, 60)
    assert (head.asked_delivery_terms, head.terms_reason) == ("DAP Bremen", "first order")
    assert head.received_at is not None


def test_a_day_is_proposed_where_it_is_seen_and_never_written_over(qtbot, open_form, store, heard):
    form = open_form()
    fill(qtbot, form)
    form.propose.click()
    assert form.lines.rows[0].promised.value() is None
    assert "No time frame is known" in heard.said[-1][0]
    do(store, keep_time_frame, group="", frame=GroupFrame(3, 1, 2, 2))
    form.propose.click()
    proposed = form.lines.rows[0].promised.value()
    assert proposed == proposed_day(TODAY, GroupFrame(3, 1, 2, 2), WorkingDays())
    assert heard.said[-1][0].startswith("Days proposed: 1.")
    form.lines.rows[0].promised.set_value(TODAY)
    form.propose.click()
    assert form.lines.rows[0].promised.value() == TODAY
