"""Is an import looked at before it is done, undone as one, and told with its bad rows?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from shiboken6 import isValid

from loyaldesk.ui.imports.import_dialog import ImportDialog
from loyaldesk.ui.imports.result_dialog import ResultDialog
from tests.support.factories import make_customer
from tests.support.qt import nameless, too_small

HEAD = "Number;Name;Street;Postcode;Town;Country;Contact;Terms (days)\n"
GOOD = "K1;Käsehaus Öst;Ringstr. 4;20095;Hamburg;DE;Anna Ost;30\n"
BAD = "K2;;Ringstr. 5;20095;Hamburg;DE;Bo West;14\n"
OWN_MAP = """
name = "mine"
title = "My customers"
source_system = "my list"

[customer]
table = "*"
key = "Nr"

[customer.fields]
number = "Nr"
name = "Firma"
currency = { value = "EUR" }
"""


@pytest.fixture
def window(qtbot):
    """Return the window that the dialogs lie over."""
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(desk, window):
    dialog = ImportDialog(desk, parent=window)
    dialog.show()
    return dialog


@pytest.fixture
def table(tmp_path):
    """Return what writes a CSV file of customers."""

    def table(*rows, name="customers.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes((HEAD + "".join(rows)).encode(encoding))
        return path

    return table


def customers(store):
    return store.reader().rows("SELECT number, name FROM customer ORDER BY number")


def results():
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, ResultDialog)]
    return [w for w in shown if isValid(w) and w.isVisible()]


class TestLooking:
    def test_nothing_can_be_imported_before_a_source_is_chosen(self, dialog):
        assert not dialog.verb_button.isEnabled()
        assert dialog.verb_button.text() == "Import"

    def test_the_shipped_maps_are_offered(self, dialog):
        offered = [dialog.form.map.itemText(n) for n in range(dialog.form.map.count())]
        assert "Northwind sample database" in offered

    def test_the_map_that_knows_the_file_is_chosen_and_tried(self, dialog, store, table):
        dialog.form.take_file(table(GOOD))
        assert dialog.form.map.currentText() == "List of customers (CSV or XLSX)"
        assert dialog.verb_button.text() == "Import 3 records"
        assert "Customers 1 0 0" in dialog.findings.counts.text
        assert customers(store) == []

    def test_new_records_can_be_looked_at(self, dialog, table):
        dialog.form.take_file(table(GOOD))
        first = dialog.findings.new.entries[0]
        assert first.spoken.startswith("K1 · Käsehaus Öst")

    def test_rows_that_are_left_out_say_where_and_why(self, dialog, table):
        dialog.form.take_file(table(GOOD, BAD))
        assert dialog.findings.tabs.tabText(3) == "Left out 1"
        assert dialog.findings.left_out.entries[0].spoken.startswith("customers, row 3, name is")

    def test_changes_show_the_old_and_the_new(self, dialog, store, table):
        dialog.form.take_file(table(GOOD))
        dialog.accept()
        dialog.form.take_file(table(GOOD.replace("Öst", "West"), name="later.csv"))
        (changed,) = dialog.findings.changed.entries
        assert "name: Käsehaus Öst → Käsehaus West" in changed.second

    def test_the_same_again_says_that_nothing_is_new(self, dialog, table):
        dialog.form.take_file(table(GOOD))
        dialog.accept()
        dialog.form.take_file(table(GOOD, name="again.csv"))
        assert "nothing new" in dialog.warning
        assert not dialog.verb_button.isEnabled()

    def test_a_file_that_no_map_knows_asks_for_one(self, dialog, tmp_path):
        path = tmp_path / "other.csv"
        path.write_text("a,b\n1,2\n")
        dialog.form.take_file(path)
        assert "No shipped map" in dialog.form.map_field.error
        assert not dialog.verb_button.isEnabled()

    def test_a_map_guessed_for_another_file_is_forgotten(self, dialog, table, tmp_path):
        dialog.form.take_file(table(GOOD))
        path = tmp_path / "other.csv"
        path.write_text("a,b\n1,2\n")
        dialog.form.take_file(path)
        assert dialog.form.wish().map_name == ""

    def test_a_map_of_one_s_own_is_used(self, dialog, store, tmp_path):
        path, own = tmp_path / "mine.csv", tmp_path / "mine.toml"
        path.write_text("Nr;Firma\n7;Seven Seas\n", encoding="utf-8")
        own.write_text(OWN_MAP, encoding="utf-8")
        dialog.form.take_file(path)
        dialog.form.take_map(own)
        assert dialog.verb_button.text() == "Import one record"
        dialog.accept()
        assert customers(store) == [("7", "Seven Seas")]

    def test_a_wrong_map_says_what_is_missing(self, dialog, table):
        dialog.form.take_file(table(GOOD))
        dialog.form.choose_map("northwind")
        dialog.form.map.activated.emit(dialog.form.map.currentIndex())
        assert "The map needs the table" in dialog.warning
        assert not dialog.verb_button.isEnabled()

    def test_a_missing_file_and_a_wrong_address_say_so(self, dialog):
        for location, sentence in (
            ("/no/such/file.csv", "There is no file"),
            ("nonsense://here", "not an address of a database"),
        ):
            dialog.form.location.setText(location)
            dialog.form.location.editingFinished.emit()
            assert sentence in dialog.warning

    def test_a_forced_encoding_is_obeyed(self, dialog, store, table):
        dialog.form.take_file(table(GOOD, encoding="cp1252"))
        box = dialog.form.encoding
        box.setCurrentIndex(box.findData("cp1252"))
        box.activated.emit(box.currentIndex())
        dialog.accept()
        assert customers(store) == [("K1", "Käsehaus Öst")]

    def test_a_dropped_file_is_looked_at(self, dialog, table):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(table(GOOD)))])
        held = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
        nothing = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(dialog, QDragEnterEvent(QPoint(5, 5), *held, nothing))
        QApplication.sendEvent(dialog, QDropEvent(QPointF(5, 5), *held, nothing))
        assert dialog.verb_button.text() == "Import 3 records"


class TestImporting:
    def test_everything_comes_as_one_action_that_undo_takes_back(self, dialog, heard, store, table):
        dialog.form.take_file(table(GOOD))
        dialog.accept()
        assert customers(store) == [("K1", "Käsehaus Öst")]
        assert heard.said == [("Import csv-customers: 1 customer", True)]
        assert not dialog.isVisible()
        store.undo()
        assert customers(store) == []

    def test_the_status_bar_shows_how_far_it_is(self, dialog, desk, table):
        told = []
        desk.news.work_began.connect(lambda words, cancel: told.append(words))
        desk.news.work_ended.connect(lambda: told.append("end"))
        dialog.form.take_file(table(GOOD))
        dialog.accept()
        assert told == ["Importing customers.csv", "end"]

    def test_bad_rows_are_told_at_the_end_and_can_be_saved(
        self, dialog, table, tmp_path, monkeypatch
    ):
        dialog.form.take_file(table(GOOD, BAD))
        dialog.accept()
        (result,) = results()
        assert result.windowTitle() == "One row was left out"
        target = tmp_path / "bad rows.csv"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        result.accept()
        assert "K2" in target.read_text("utf-8-sig")

    def test_who_may_be_here_twice_is_said_with_a_way_to_look(self, dialog, desk, store, table):
        make_customer(store, "Kaesehaus Oest GmbH")
        offered, wished = [], []
        desk.news.offered.connect(lambda *words: offered.append(words))
        desk.ways.duplicates_wanted.connect(lambda: wished.append("look"))
        dialog.form.take_file(table(GOOD))
        dialog.accept()
        ((words, action, then),) = offered
        assert (words, action) == ("A new customer may be here twice", "Look")
        then()
        assert wished == ["look"]

    def test_without_bad_rows_nothing_opens(self, dialog, table):
        dialog.form.take_file(table(GOOD))
        dialog.accept()
        assert results() == []


def test_everything_is_named_and_big_enough_to_hit(dialog, table):
    dialog.form.take_file(table(GOOD, BAD))
    for view in range(4):
        dialog.findings.show_view(view)
        assert nameless(dialog) == []
        assert too_small(dialog) == []


def test_enter_in_the_address_looks_at_the_source_and_closes_nothing(dialog, table, desk, qtbot):
    dialog.form.location.setFocus()
    dialog.form.location.setText(str(table(GOOD)))
    for _ in range(2):
        desk.jobs.ran.clear()
        qtbot.keyClick(dialog.form.location, Qt.Key.Key_Return)
        assert "guess" in desk.jobs.ran
        assert dialog.isVisible()
