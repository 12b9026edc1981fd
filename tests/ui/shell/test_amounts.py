"""Can amounts be hidden from whoever else looks at the screen, everywhere and at once?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from loyaldesk.ui.screen_formats import HIDDEN
from tests.support.factories import make_order

OWED = "2,100"


@pytest.fixture
def order_id(store, customers) -> int:
    return make_order(store, customers[0], number="4711")


@pytest.fixture
def seen(window):
    """Return everything that the window says, to the eye and to a screen reader."""

    def seen() -> str:
        for _ in range(5):
            QApplication.processEvents()
        said: list[str] = []
        for widget in window.frame.findChildren(QWidget):
            if not widget.isVisible():
                continue
            text = getattr(widget, "text", "")
            said.append(str(text() if callable(text) else text))
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is not None:
                said.append(interface.text(QAccessible.Text.Name))
                said.append(interface.text(QAccessible.Text.Description))
            if isinstance(widget, QAbstractItemView):
                said += _rows_of(widget)
        return "\n".join(said)

    return seen


def _rows_of(view: QAbstractItemView) -> list[str]:
    model, top = view.model(), QModelIndex()
    # Lists have one column and do not say so.
    columns = model.columnCount(top) if isinstance(model, QAbstractTableModel) else 1
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return [
        str(model.index(row, column).data(role))
        for row in range(model.rowCount(top))
        for column in range(columns)
        for role in roles
    ]


@pytest.fixture
def places(window, desk, customers, order_id, store):
    invoice_id = store.reader().value("SELECT min(id) FROM invoice")
    guide = window.guide
    return {
        "list": lambda: guide.go_to_section("customers"),
        "customer": lambda: guide.go_to_customer(customers[0]),
        "order": lambda: desk.ways.order_wanted.emit(order_id),
        "invoice": lambda: desk.ways.invoice_wanted.emit(invoice_id),
    }


@pytest.mark.parametrize("place", ["list", "customer", "order", "invoice"])
def test_no_amount_is_left_on_the_page_and_all_come_back(window, places, seen, place, qtbot):
    places[place]()
    before = seen().count("€")
    assert before > 0
    window.top_row.hide_amounts.click()
    qtbot.waitUntil(lambda: "€" not in seen())
    assert OWED not in seen()
    assert HIDDEN in seen()
    window.commands.commands["hide_amounts"].trigger()
    qtbot.waitUntil(lambda: seen().count("€") == before)


def test_a_page_that_was_open_elsewhere_hides_them_too(window, places, seen):
    places["customer"]()
    assert OWED in seen()
    places["list"]()
    window.top_row.hide_amounts.click()
    places["customer"]()
    assert OWED not in seen()


def test_it_is_told_kept_and_named_after_what_comes_next(window, desk, heard):
    action = window.commands.commands["hide_amounts"]
    assert action.text() == "&Hide amounts"
    action.trigger()
    assert heard.said == [("Amounts are hidden. Ctrl+Shift+H shows them again.", False)]
    assert action.text() == "S&how amounts"
    assert window.top_row.hide_amounts.accessibleName() == "Show amounts"
    assert desk.state.get("hides_amounts", False) is True


def test_hiding_is_no_change_of_a_record(window, store, desk):
    before = window.status.kept_words, store.undo_label
    window.commands.commands["hide_amounts"].trigger()
    assert (window.status.kept_words, store.undo_label) == before
