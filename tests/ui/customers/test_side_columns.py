"""Do the sections fold and remember, and does each list do what its rows promise?"""

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.documents import pin_document
from loyaldesk.sync.state import Phase, SyncState
from loyaldesk.ui.customers.contact_dialog import ContactDialog
from loyaldesk.ui.customers.customer_dialog import CustomerDialog
from loyaldesk.ui.customers.sections import SideSection
from loyaldesk.ui.papers.drop import DropTarget
from loyaldesk.ui.widgets.choices import Segment
from tests.support.desks import TODAY
from tests.support.factories import (
    do,
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
    make_payment,
)


def section(page, key: str) -> SideSection:
    return next(s for c in (page.left, page.right) for s in c.sections if s.key == key)


def spoken(rows) -> list[str]:
    return [entry.spoken for entry in rows.entries]


def test_a_folded_section_is_remembered(page, mueller, open_page):
    section(page, "people").head.fold(True)
    assert section(open_page(mueller.id), "people").head.folded


def test_a_low_window_folds_from_the_bottom_up_and_keeps_answers(open_page, mueller):
    page = open_page(mueller.id, (1182, 560))
    folded = [s.head.folded for s in page.left.sections if s.isVisible()]
    assert folded[-1]
    assert folded == sorted(folded)
    assert not any(s.wish for s in page.left.sections)


def test_what_was_opened_by_hand_stays_open_in_a_low_window(page, mueller, open_page):
    section(page, "addresses").head.fold(True)
    section(page, "addresses").head.fold(False)
    assert not section(open_page(mueller.id, (1182, 560)), "addresses").head.folded


def test_a_higher_window_opens_them_again(open_page, mueller):
    page = open_page(mueller.id, (1182, 560))
    page.resize(1256, 1000)
    QApplication.processEvents()
    assert not section(page, "value").head.folded


def test_widths_of_the_columns_are_kept(page, desk, mueller, open_page):
    page.body.splitter.setSizes([360, 500, 390])
    page.body.splitter.splitterMoved.emit(360, 1)
    assert desk.state.get("customer.columns") == {"left": 360, "right": 390}
    assert abs(open_page(mueller.id).left.width() - 360) <= 8


def test_a_connected_desk_clips_nothing_in_a_narrow_column(open_page, desk, mueller):
    desk.news.tell_sync(SyncState(Phase.IN_STEP, hub="https://hub.example"))
    # What is left of 1366 x 768 beside the navigation.
    page = open_page(mueller.id, (1182, 700))
    assert page.right.paper_marks.keep.isVisible()
    for column in (page.left, page.right):
        assert column.widget().minimumSizeHint().width() <= column.viewport().width()


def test_a_person_is_called_written_to_and_edited_by_key(page, mueller, opened, qtbot):
    people = page.left.people
    people.setFocus()
    people.choose(mueller.heike)
    qtbot.keyClick(people, Qt.Key.Key_C)
    qtbot.keyClick(people, Qt.Key.Key_E)
    assert opened == ["tel:+49407344121", "mailto:heike@mueller.example"]
    qtbot.keyClick(people, Qt.Key.Key_Return)
    assert page.findChild(ContactDialog) is not None


def test_a_person_is_deleted_with_undo(page, mueller, store, heard, qtbot):
    page.left.people.choose(mueller.heike)
    qtbot.keyClick(page.left.people, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.left.people.entries == [])
    assert heard.said == [("Heike Müller deleted", True)]
    store.undo()
    qtbot.waitUntil(lambda: len(page.left.people.entries) == 1)


def test_the_menu_of_a_person_offers_what_the_keys_do(page, mueller):
    page.left.people.row_context.emit(mueller.heike, QPoint(5, 5))
    words = [action.text() for action in page.findChildren(QMenu)[-1].actions()]
    assert words == [
        "Call +49 40 7344 121", "Write to heike@mueller.example", "Copy", "Edit contact…",
        "Delete contact",
    ]  # fmt: skip


def test_a_link_that_is_not_safe_is_not_opened(store, open_page, opened, heard):
    customer_id = make_customer(store, "Trap Ltd")
    trap = make_contact(store, customer_id, "Trap", email="a@b.example")
    page = open_page(customer_id)
    page.actions_of_records.write_mail("x@y.example\nbcc:all@example.com")
    assert opened == []
    assert "not opened" in heard.said[0][0]
    assert trap is not None


def test_an_address_is_deleted_with_undo(page, heard, store, qtbot):
    places = page.left.places
    before = len(places.entries)
    places.choose(places.entries[0].key)
    qtbot.keyClick(places, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(places.entries) == before - 1)
    assert heard.said == [("Address deleted", True)]


def test_a_row_is_copied_as_text(page, mueller, qtbot):
    page.left.people.choose(mueller.heike)
    qtbot.keyClick(page.left.people, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Frau Heike Müller" in QApplication.clipboard().text()


def test_what_we_know_is_edited_where_it_stands(page):
    page.left.wanted.emit("edit_notes")
    form = page.findChild(CustomerDialog)
    form.show()
    QApplication.processEvents()
    assert form.grid.fields["notes"].editor.hasFocus()


def test_pinned_documents_come_first(page, store, mueller, qtbot):
    for number in range(9):
        make_document(store, mueller.id, f"Paper {number}.pdf", filed_on=TODAY)
    do(store, pin_document, document_id=mueller.document, pinned=True)
    qtbot.waitUntil(lambda: len(page.right.documents.entries) == 8)
    qtbot.waitUntil(lambda: page.right.documents.entries[0].key == mueller.document)


def test_sales_are_read_only_when_they_are_unfolded(desk, page, qtbot):
    assert "read_product_sales" not in desk.jobs.ran
    section(page, "sales").head.fold(False)
    assert "read_product_sales" in desk.jobs.ran
    products, months = page.right.sales.shown
    assert products == ["Tea, 30 pcs · today, €150.00"]
    assert months[0].startswith("Nov 2026")


def test_the_period_of_the_sales_is_chosen(page, store, mueller, qtbot):
    make_order(store, mueller.id, ordered_on=TODAY - timedelta(days=700))
    section(page, "sales").head.fold(False)
    page.right.sales.findChild(Segment).choose("all")
    assert page.right.sales.shown[0][0].startswith("Tea, 40 pcs")


def test_many_open_items_are_shown_on_demand(store, open_page, heard):
    customer_id = make_customer(store, "Slow Payer Ltd")
    for _ in range(20):
        make_invoice(store, customer_id, "10.00")
    items = open_page(customer_id).right.items
    assert len(items.entries) == 13
    items.row_activated.emit(("more", 0))
    assert len(items.entries) == 20
    assert heard.wished == []


def test_an_unapplied_payment_lowers_what_is_open(store, open_page, heard):
    customer_id = make_customer(store, "Early Payer Ltd")
    payment = make_payment(store, customer_id, "30.00")
    page = open_page(customer_id)
    assert "−€30.00" in spoken(page.right.items)[0]
    page.right.items.row_activated.emit(("payment", payment))
    assert heard.wished == [("payment", payment)]


@pytest.fixture
def family(store, mueller):
    parent = make_customer(store, "Holding AG")
    other = make_customer(store, "Dollar Inc.", currency="USD", parent_id=parent)
    do(store, edit_customer, customer_id=mueller.id, parent_id=parent)
    make_invoice(
        store, other, "70.00", currency="USD", invoiced_on=TODAY - timedelta(days=60), terms_days=0
    )
    return parent


def test_a_parent_rolls_up_its_members_by_currency(family, open_page):
    together = open_page(family).left.family.together.text
    assert "Together open €2,150.50, overdue €2,100, this year €150" in together
    assert "Together open US$70, overdue US$70" in together


def test_members_lead_to_each_other(family, mueller, open_page, heard):
    page = open_page(family)
    assert any(
        "Müller" in line and "€2,100 overdue" in line for line in spoken(page.left.family.members)
    )
    page.left.family.members.row_activated.emit(mueller.id)
    assert heard.wished == [("customer", mueller.id)]
    member = open_page(mueller.id)
    assert "Holding AG" in spoken(member.left.family.members)[0]


def test_dropped_files_are_filed_with_the_customer(page, tmp_path, heard, qtbot):
    paper = tmp_path / "Offer.pdf"
    paper.write_bytes(b"%PDF-1.4\n%%EOF\n")
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(paper))])
    drop = QDropEvent(
        QPointF(50, 50),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    # Qt hands drops only to where a drag went before; the target sees them first.
    assert page.findChild(DropTarget).eventFilter(page, drop)
    assert heard.said == [("Offer.pdf filed", True)]
    qtbot.waitUntil(lambda: any("Offer.pdf" in row for row in spoken(page.right.documents)))


def test_attaching_asks_for_files_without_waiting(page, qtbot):
    page.attach()
    dialog = page.findChild(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.close()
