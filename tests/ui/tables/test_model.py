"""Does the model look rows up, and only ask for them when it is told what is wanted?"""

from array import array

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from loyaldesk.ui.tables.column import Cell, Column
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.pages import PAGE_ROWS
from loyaldesk.ui.widgets.chips import Chip

MILLION = 1_000_000
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def test_data_never_reads(model, source):
    model.set_ids(array("q", range(MILLION)))
    for row in (0, 500_000, MILLION - 1):
        for role in Qt.ItemDataRole:
            model.data(model.index(row, 0), int(role))
    assert source.asked == []


def test_rows_are_read_by_the_page(model, source):
    model.set_ids(range(1_000))
    model.pages.want(0, PAGE_ROWS)
    assert [len(ids) for ids in source.asked] == [PAGE_ROWS, PAGE_ROWS]


def test_a_page_is_asked_for_once(model, source):
    model.set_ids(range(1_000))
    model.pages.want(0, 5)
    model.pages.want(3, 9)
    assert len(source.asked) == 1


def test_rows_show_when_they_have_come(model, source):
    model.set_ids([7, 8, 9])
    model.pages.want(0, 2)
    assert model.data(model.index(1, 0)) is None
    source.answer()
    assert model.data(model.index(1, 0)) == "Customer 8"


def test_an_answer_about_an_older_list_is_dropped(model, source):
    model.set_ids([1, 2, 3])
    model.pages.want(0, 2)
    model.set_ids([4, 5, 6])
    source.answer()
    assert model.row_at(0) is None


def test_rows_of_a_page_that_stays_the_same_stay_in_sight(model, source):
    last = PAGE_ROWS + 9
    model.set_ids(range(last + 1))
    model.pages.want(0, last)
    source.answer()
    model.set_ids([*range(last), 500])
    assert model.data(model.index(0, 0)) == "Customer 0"
    assert model.row_at(PAGE_ROWS) is None
    model.pages.want(0, last)
    assert len(source.asked[-1]) == 10


def test_changed_rows_show_the_old_until_the_new_have_come(model, source):
    model.set_ids([1, 2, 3])
    model.pages.want(0, 2)
    source.answer()
    source.town = "Cowes"
    model.invalidate([2])
    assert model.data(model.index(1, 1)) == "Bristol"
    model.pages.want(0, 2)
    source.answer()
    assert model.data(model.index(1, 1)) == "Cowes"


def test_a_change_elsewhere_reads_nothing_again(model, source):
    model.set_ids([1, 2, 3])
    model.pages.want(0, 2)
    source.answer()
    model.invalidate([99])
    model.pages.want(0, 2)
    assert len(source.asked) == 1


def test_a_change_while_the_rows_are_on_their_way_reads_them_again(model, source):
    model.set_ids([1, 2, 3])
    model.pages.want(0, 2)
    model.invalidate()
    model.pages.want(0, 2)
    source.answer()
    model.pages.want(0, 2)
    assert len(source.asked) == 2


def test_a_read_that_failed_is_asked_for_again(model, source):
    model.set_ids([1, 2, 3])
    model.pages.want(0, 2)
    model.pages.ask_again()
    model.pages.want(0, 2)
    assert len(source.asked) == 2


def test_sixty_four_pages_are_kept(model, source):
    model.set_ids(range(100 * PAGE_ROWS))
    for page in range(100):
        model.pages.want(page * PAGE_ROWS, page * PAGE_ROWS)
        source.answer()
    kept = sum(model.pages.is_loaded(page * PAGE_ROWS) for page in range(100))
    assert kept == 64
    assert model.pages.is_loaded(99 * PAGE_ROWS)


def test_a_row_deleted_meanwhile_says_so(model, source):
    source.gone = {2}
    model.set_ids([1, 2])
    model.pages.want(0, 1)
    source.answer()
    assert model.data(model.index(1, 0)) == "No longer there"


def test_a_row_is_read_out_as_a_sentence(model, source):
    model.set_ids([4])
    model.pages.want(0, 0)
    source.answer()
    sentence = "Customer 4, Town Bristol, Overdue €100.00, Standing Late"
    assert model.data(model.index(0, 0), int(SPOKEN)) == sentence
    assert model.data(model.index(0, 2), int(SPOKEN)) == "Overdue €100.00"


def test_amounts_stand_right(model):
    model.set_ids([1])
    alignment = model.data(model.index(0, 2), int(Qt.ItemDataRole.TextAlignmentRole))
    assert alignment & int(Qt.AlignmentFlag.AlignRight)


@pytest.mark.filterwarnings("ignore")
def test_qt_finds_no_fault_with_the_model(source):
    model = PagedTableModel((Column("name", "Name"), Column("town", "Town")), source.fetch)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_ids(range(300))
    model.pages.want(0, 299)
    source.answer()
    assert model.rowCount(QModelIndex()) == 300


@pytest.mark.parametrize(
    ("shown", "words"), [("Acme", "Acme"), (None, "–"), ("", "–"), (0, "0"), (Chip("Late"), "Late")]
)
def test_a_column_shows_words_chips_or_a_dash(shown, words):
    assert Column("key", "Key", show=lambda _row: shown).cell(object()).words == words


def test_a_cell_reads_with_its_tail():
    assert Cell("19 Nov → ", tail="24 Nov").words == "19 Nov → 24 Nov"
