"""Does the register show every letter, its hash and its ways, and print a copy?"""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loyaldesk.models import DispatchChannel, LetterKind
from loyaldesk.operations.dispatches import record_dispatch
from tests.support.desks import TODAY
from tests.support.factories import do
from tests.support.letters import make_letter
from tests.support.qt import nameless, too_small


@pytest.fixture
def letters(enter, store, open_queue, qtbot, printed_to):
    """Return the ids of an acknowledgement that was printed and of a statement."""
    order_id = enter("4779")
    queue = open_queue()
    queue.print_marked()
    qtbot.waitUntil(lambda: queue.deeds.run is None)
    with store.reader() as reader:
        first, customer_id = reader.row("SELECT id, customer_id FROM letter")
        assert reader.value("SELECT order_id FROM letter") == order_id
    statement = make_letter(store, customer_id, kind=LetterKind.STATEMENT, as_of=TODAY)
    do(
        store, record_dispatch, letter_id=statement, channel=DispatchChannel.FILE,
        recipient="s.pdf",
    )  # fmt: skip
    return first, statement


def cells(page, at):
    return [cell.words for cell in page.list.model.cells(at)]


def choose(page, letter_id):
    page.list.view.choose_id(letter_id)


def test_each_letter_stands_with_how_it_left(letters, open_register):
    page = open_register()
    number, revision, kind, customer, _at, by, how, to, copies, digest = cells(page, 1)
    assert (number, revision, kind) == ("A-2026-00001", "1", "Acknowledgement")
    assert (customer, by, how) == ("Customer 4779", "Ana", "printed, not confirmed")
    assert (to, copies, len(digest)) == ("letters.pdf", "0", 9)
    assert cells(page, 0)[6] == "file, written"


def test_it_is_narrowed_by_kind_and_by_what_is_typed(letters, open_register):
    page = open_register()
    page.filters.chips["kind_statement"].click()
    assert list(page.list.ids) == [letters[1]]
    page.filters.chips["kind_statement"].click()
    page.filters.box.setText("A-2026-00001")
    assert list(page.list.ids) == [letters[0]]
    page.filters.box.setText(TODAY.isoformat())
    assert len(page.list.ids) == 2


def test_the_letter_is_shown_with_its_whole_hash_and_every_way(letters, open_register, qtbot):
    page = open_register()
    choose(page, letters[0])
    qtbot.waitUntil(lambda: page.details.reader.source is not None)
    row = page.details.letter
    assert row.sha256.hex() == page.details.hash.text().replace("SHA-256", "").replace("\n", "")
    assert [entry.second for entry in page.details.ways.entries] == ["letters.pdf · Ana"]


def test_a_copy_is_printed_counted_and_put_on_record(
    letters, open_register, qtbot, on_record, desk
):
    page = open_register()
    choose(page, letters[0])
    qtbot.waitUntil(lambda: page.details is not None and page.details.letter is not None)
    page.details.copy.click()
    qtbot.waitUntil(lambda: page.deeds.run is None)
    assert on_record()[-1] == ("A-2026-00001", 1, "print", "handed", 1)


def test_enter_opens_the_letter_and_the_menu_leads_to_customer_and_order(
    letters, open_register, heard, store
):
    page = open_register()
    choose(page, letters[0])
    QTest.keyClick(page.list.view, Qt.Key.Key_Return)
    with store.reader() as reader:
        document_id = reader.value("SELECT document_id FROM letter WHERE id = ?", [letters[0]])
    assert heard.wished == [("document", document_id)]
    for words, command in page.choices(letters[0]):
        if words in {"Show in customer", "Open order"}:
            command()
    assert [kind for kind, _ in heard.wished[1:]] == ["customer", "order"]


def test_the_register_is_exported(letters, open_register, tmp_path, qtbot):
    page = open_register()
    target = tmp_path / "register.csv"
    page.export_to(target)
    qtbot.waitUntil(target.exists)
    rows = list(csv.reader(target.read_text("utf-8-sig").splitlines()))
    assert rows[0][:2] == ["Letter", "Rev"]
    assert len(rows) == 3
    assert len(rows[1][11]) == 64


def test_without_letters_it_leads_to_the_queue(open_register, desk):
    wished: list[str] = []
    desk.ways.section_wanted.connect(wished.append)
    page = open_register()
    page.counts.empty.action_chosen.emit()
    assert wished == ["acknowledgements"]


def test_every_control_has_a_name_and_can_be_hit(letters, open_register):
    page = open_register()
    assert nameless(page) == []
    assert too_small(page) == []
