"""Does the page of a customer show all there is, stay cheap, and lead on?"""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel

from loyaldesk.models import ActivityKind
from loyaldesk.operations.customers import edit_contact, edit_customer
from loyaldesk.ui.widgets.counters import CounterButton
from tests.support.desks import TODAY
from tests.support.factories import (
    do,
    make_activity,
    make_address,
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
)
from tests.support.qt import accessible_name, colours_in, nameless, too_small


def spoken(rows) -> list[str]:
    return [entry.spoken for entry in rows.entries]


def counter(page, key: str) -> CounterButton:
    return next(b for b in page.findChildren(CounterButton) if b.counter.key == key)


def test_the_page_says_who_the_customer_is(page):
    names = [accessible_name(child) for child in page.identity.findChildren(QLabel)]
    assert "Müller & Söhne GmbH" in names

    assert page.page_title() == "Müller & Söhne GmbH"
    assert accessible_name(page.identity.phone) == "Call +49 40 7344 120"


def test_the_page_tells_its_name_to_the_tab(desk, mueller, open_page, qtbot, store):
    page = open_page(mueller.id)
    with qtbot.waitSignal(page.title_changed) as told:
        do(store, edit_customer, customer_id=mueller.id, name="Müller & Töchter GmbH")
    assert told.args == ["Müller & Töchter GmbH"]


def test_open_orders_stand_with_their_promise(page):
    late, waiting = spoken(page.right.orders)
    assert "4711 PO 8812" in late
    assert "5 d late" in late
    assert "shipped 1" in late
    assert "Acknowledge" in waiting


def test_open_items_stand_with_their_days(page):
    overdue, fresh = spoken(page.right.items)
    assert "20877" in overdue
    assert "15 d late" in overdue
    assert "£" not in overdue
    assert "€2,100.00" in overdue
    assert "late" not in fresh


def test_opening_a_page_takes_few_statements_and_rows(desk, mueller, open_page):
    reader = desk.jobs.read(lambda source: source)  # opens the one reader of these tests
    assert reader is not None
    source = desk.jobs._reader  # noqa: SLF001 - counting is what this test is for
    before = source.statements_run, source.rows_read
    open_page(mueller.id)
    assert source.statements_run - before[0] <= 12
    assert source.rows_read - before[1] <= 400


def test_a_busy_customer_is_read_with_as_few_rows(desk, store, mueller, open_page):
    for number in range(120):
        make_activity(store, mueller.id, f"Note {number}", ActivityKind.NOTE)
        make_document(store, mueller.id, f"Paper {number}.pdf")
    make_order(store, mueller.id)
    page = open_page(mueller.id)
    source = desk.jobs._reader  # noqa: SLF001 - as above
    assert source.rows_read <= 400
    assert len(page.right.documents.entries) == 8


@pytest.mark.parametrize("size", [(1256, 793), (1182, 661), (1000, 640), (760, 500)])
def test_everything_that_takes_the_focus_has_a_name_and_a_size(open_page, mueller, size):
    page = open_page(mueller.id, size)
    assert nameless(page) == []
    assert too_small(page) == []


def test_the_page_reads_itself_again_when_a_person_changes(page, mueller, store, qtbot):
    do(store, edit_contact, contact_id=mueller.heike, role="Head of buying")
    qtbot.waitUntil(lambda: "Head of buying" in spoken(page.left.people)[0])


def test_changes_of_other_customers_are_not_read(desk, page, store, qtbot):
    other = make_customer(store, "Somebody else")
    qtbot.wait(100)
    desk.jobs.ran.clear()
    do(store, edit_customer, customer_id=other, name="Somebody new")
    qtbot.wait(100)
    assert "read_customer_page" not in desk.jobs.ran


def test_a_hidden_page_reads_only_when_it_is_shown_again(desk, page, mueller, store, qtbot):
    page.hide()
    desk.jobs.ran.clear()
    do(store, edit_customer, customer_id=mueller.id, notes="Hates part deliveries.")
    qtbot.wait(100)
    assert "read_customer_page" not in desk.jobs.ran
    page.show()
    assert "read_customer_page" in desk.jobs.ran


def test_a_customer_that_is_gone_is_explained(open_page):
    page = open_page(999_999)
    assert "no longer exists" in page.gone_words[1]


def test_one_hit_of_a_counter_opens_the_record(page, mueller, heard, qtbot):
    qtbot.mouseClick(counter(page, "overdue"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(counter(page, "acknowledge"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(counter(page, "documents"), Qt.MouseButton.LeftButton)
    assert heard.wished == [
        ("invoice", mueller.overdue_invoice),
        ("acknowledgement", mueller.waiting_order),
        ("document", mueller.document),
    ]


def test_more_hits_of_a_counter_go_to_their_list(page, heard, qtbot):
    qtbot.mouseClick(counter(page, "orders"), Qt.MouseButton.LeftButton)
    assert page.right.orders.hasFocus()
    assert heard.wished == []


def test_the_mail_of_the_customer_itself_stands_beside_the_phone_and_writes(
    page, store, mueller, opened, qtbot
):
    assert not page.identity.mail.isVisible()
    do(store, edit_customer, customer_id=mueller.id, email="office@mueller.example")
    qtbot.waitUntil(page.identity.mail.isVisible)
    assert accessible_name(page.identity.mail) == "Write to office@mueller.example"
    qtbot.mouseClick(page.identity.mail, Qt.MouseButton.LeftButton)
    assert opened == ["mailto:office@mueller.example"]


def test_zero_is_shown_and_muted(page):
    assert counter(page, "members").counter.value == "0"
    assert counter(page, "members").counter.is_zero


def test_the_phone_calls_through_the_one_way_out(page, opened, qtbot):
    qtbot.mouseClick(page.identity.phone, Qt.MouseButton.LeftButton)
    assert opened == ["tel:+49407344120"]


def test_buttons_wish_for_what_they_say(page, mueller, heard):
    for command in ("new_order", "statement", "new_invoice", "new_payment"):
        page.identity.wanted.emit(command)
    assert [kind for kind, _ in heard.wished] == [
        "new_order", "statement", "new_invoice", "new_payment",
    ]  # fmt: skip
    assert {record for _, record in heard.wished} == {mueller.id}


def test_documents_are_previewed_with_space(page, mueller, heard, qtbot):
    page.right.documents.setFocus()
    page.right.documents.choose(mueller.document)
    qtbot.keyClick(page.right.documents, Qt.Key.Key_Space)
    assert heard.wished == [("document", mueller.document)]


def test_a_narrow_window_keeps_the_right_column_in_a_drawer(open_page, mueller, qtbot):
    page = open_page(mueller.id, (1000, 700))
    assert not page.right.isVisible()
    qtbot.mouseClick(counter(page, "orders"), Qt.MouseButton.LeftButton)
    assert page.right.isVisible()
    qtbot.keyClick(page.right.orders, Qt.Key.Key_Escape)
    assert not page.right.isVisible()


def test_a_wider_window_takes_the_column_back(open_page, mueller):
    page = open_page(mueller.id, (1000, 700))
    page.resize(1256, 793)
    QApplication.processEvents()
    assert page.right.isVisible()
    assert page.right.width() > 250


def test_twice_as_large_text_fits_the_same_window(open_page, mueller, theme):
    from dataclasses import replace

    page = open_page(mueller.id)
    theme.wear(replace(theme.look, text_percent=200))
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= 1256
    assert page.minimumSizeHint().height() <= 793
    assert page.middle.timeline.view.isVisible()


def test_what_a_stranger_wrote_is_shown_letter_by_letter(store, open_page, tmp_path):
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    picture.save(str(tmp_path / "red.png"))
    bad = f'<img src="{(tmp_path / "red.png").as_uri()}"><b>x</b>'
    customer_id = make_customer(
        store, bad, trading_name=bad, territory=bad, account_manager=bad, phone=bad, notes=bad
    )
    make_contact(store, customer_id, bad, given_name=bad, role=bad, preferred_time=bad)
    make_address(store, customer_id, street=bad, town=bad)
    make_order(store, customer_id, customer_po=bad, changes={"hold_reason": bad})
    make_invoice(store, customer_id, customer_po=bad, invoiced_on=TODAY - timedelta(days=50))
    make_activity(store, customer_id, f"{bad}\n{bad}")
    make_document(store, customer_id, "<b>x</b>.pdf")
    page = open_page(customer_id)
    page.middle.timeline.view.open_keys.update(
        entry.key for entry in page.middle.timeline.view.entries
    )
    QApplication.processEvents()
    assert QColor("red").name() not in colours_in(page.grab().toImage())
    assert bad in spoken(page.left.people)[0]
