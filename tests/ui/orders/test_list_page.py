"""Does the list of orders show state, hold and lateness, and lead on?"""

from datetime import timedelta

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from loyaldesk.operations.orders import cancel_order, hold_order
from loyaldesk.ui.orders.list_page import OrdersPage
from loyaldesk.ui.orders.order_words import status_chip
from loyaldesk.ui.tables.row_layout import PAD
from loyaldesk.ui.widgets.metrics import TextStyle
from tests.support.desks import NOW
from tests.support.factories import do, make_customer, make_order
from tests.support.spaces import plain

TODAY = NOW.date()


@pytest.fixture
def orders(store):
    """Return four orders by number: late, held, cancelled, plain."""
    customer = make_customer(store, "Müller & Söhne")
    made = {
        number: make_order(
            store, customer, number=number, ordered_on=TODAY - timedelta(days=days), changes=changes
        )
        for number, days, changes in (
            ("1", 4, {"promised_on": TODAY - timedelta(days=2)}),
            ("2", 3, None),
            ("3", 2, {"promised_on": TODAY - timedelta(days=9)}),
            ("4", 1, {"promised_on": TODAY + timedelta(days=9)}),
        )
    }
    do(store, hold_order, order_id=made["2"], reason="credit check")
    do(store, cancel_order, order_id=made["3"])
    return made


@pytest.fixture
def page(desk, orders):
    made = OrdersPage(desk)
    made.resize(1256, 700)
    made.show()
    for _ in range(3):
        QApplication.processEvents()
    yield made
    made.hide()
    delete(made)


def cells(page, key):
    QApplication.processEvents()
    model = page.list.model
    column = [column.key for column in model.columns].index(key)
    return [model.cells(row)[column] for row in range(model.rowCount())]


def numbers(page):
    return [cell.words for cell in cells(page, "number")]


def test_the_newest_order_stands_first(page):
    assert numbers(page) == ["4", "3", "2", "1"]


@pytest.mark.parametrize(
    ("chip", "left"),
    [
        ("open", ["4", "2", "1"]),
        ("to_acknowledge", ["4", "2", "1"]),
        ("late", ["1"]),
        ("on_hold", ["2"]),
    ],
)
def test_filters_leave_what_they_say(page, chip, left):
    page.filters.chips[chip].click()
    assert numbers(page) == left


def test_only_what_is_still_owed_can_be_late(page):
    assert [plain(cell.words) for cell in cells(page, "promised_on")] == [
        "29 Nov", "11 Nov", "–", "18 Nov · 2 d late",
    ]  # fmt: skip


def test_a_hold_is_a_chip_that_tells_its_reason(page):
    held = cells(page, "hold_reason")[2]
    assert (held.chip.text, held.tip) == ("On hold", "credit check")


@pytest.mark.parametrize(
    "status",
    ["draft", "submitted", "acknowledged", "part_delivered", "delivered", "invoiced", "closed",
     "cancelled"],
)  # fmt: skip
def test_every_status_has_a_word_and_an_icon(status):
    chip = status_chip(status)
    assert chip.text
    assert chip.icon


def test_an_order_opens_and_its_menu_leads_on(page, orders, heard, store):
    page.list.view.row_activated.emit(orders["4"])
    for _, command in page.choices(orders["4"]):
        command()
    customer = store.reader().value("SELECT customer_id FROM sales_order")
    assert heard.wished == [
        ("order", orders["4"]), ("acknowledgement", orders["4"]), ("customer", customer),
    ]  # fmt: skip


def test_the_export_holds_plain_values(page, tmp_path):
    page.export_to(tmp_path / "orders.csv")
    lines = (tmp_path / "orders.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Order,Customer,Their order,Ordered,Promised,Status,Hold,Total,Currency"
    assert lines[3] == "2,Müller & Söhne,,2026-11-17,,submitted,credit check,50.00,EUR"


def test_our_own_numbers_and_the_total_are_in_sight_in_a_window_of_1280(page, theme):
    head, keys = page.list.view.head, [column.key for column in page.list.model.columns]
    room = head.sectionSize(keys.index("number")) - 2 * PAD
    words = QFontMetrics(theme.font(TextStyle.NAME))
    assert words.horizontalAdvance("O-2026-00001") <= room
    assert page.list.view.horizontalScrollBar().maximum() == 0
