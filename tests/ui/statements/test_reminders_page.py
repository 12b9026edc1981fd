"""Does the page list who is due, show each letter, and issue the marked ones once?"""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from loyaldesk.domain.letter import Sender
from loyaldesk.models import DispatchChannel
from loyaldesk.operations.dunning import pause_customer
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.operations.settings import change_company
from loyaldesk.runs.acknowledgement_run import HandingWay
from loyaldesk.ui.papers.printing import PrintWish
from loyaldesk.ui.statements import reminder_ways
from loyaldesk.ui.statements.reminder_errand import ReminderErrand
from loyaldesk.ui.statements.reminders_page import RemindersPage
from tests.pdf.reading import text_of
from tests.support.factories import do, make_address, make_customer, make_invoice
from tests.support.qt import nameless, too_small


@pytest.fixture
def owing(store, today):
    """Return what makes a customer with an address and an invoice so many days late."""

    def make(name, days, amount="100.00", **fields):
        customer_id = make_customer(store, name, language="en")
        make_address(store, customer_id)
        due = today - timedelta(days=days)
        make_invoice(store, customer_id, amount, invoiced_on=due, due_on=due, **fields)
        return customer_id

    return make


@pytest.fixture
def case(store, owing, today):
    """Return the ids of three customers: two due, one of them for longer, and one in dispute."""
    do(store, change_company, sender=Sender(name="Nordlicht GmbH", country="DE"))
    ids = owing("Old Ltd", 60), owing("Young Ltd", 10, "20.00"), owing("Angry Ltd", 30)
    with store.reader() as reader:
        invoice_id = reader.value("SELECT id FROM invoice WHERE customer_id = ?", [ids[2]])
    do(store, dispute_invoice, invoice_id=invoice_id, reason="Wet tea")
    return ids


@pytest.fixture
def page(desk, keep, case):
    return keep(RemindersPage(desk), (1280, 760))


@pytest.fixture
def letters(store):
    """Return what reads the register: number, level, and how each letter left."""

    def read():
        with store.reader() as reader:
            return reader.rows(
                "SELECT l.number, l.level, d.channel, d.recipient FROM letter l"
                " LEFT JOIN dispatch d ON d.letter_id = l.id ORDER BY l.id"
            )

    return read


@pytest.fixture
def paused_meanwhile(store, case, today):
    """Return what pauses the first customer, as another desk would."""
    until = today + timedelta(days=9)

    def pause():
        do(store, pause_customer, customer_id=case[0], until=until, reason="Merger")

    return pause


def names(page):
    """Return who is listed, once the rows that are on screen were asked for."""
    QApplication.processEvents()
    return [page.list.model.row_at(row).customer_name for row in range(page.list.model.rowCount())]


def test_due_letters_are_listed_and_held_ones_stand_apart_with_their_reason(page):
    assert names(page) == ["Old Ltd", "Young Ltd"]
    page.head.shown.choose("held")
    assert names(page) == ["Angry Ltd"]
    page.list.choose_first()
    title, sentence = page.preview.reason.words
    assert title == "In dispute"
    assert "not asked for" in sentence


def test_letter_under_the_cursor_is_shown_as_it_would_be(page, letters):
    page.focus_first()
    assert "Old Ltd" in text_of(page.preview.reader.source)
    assert letters() == []


def test_space_marks_and_unmarks_and_only_marked_letters_can_go(page):
    page.focus_first()
    assert not page.head.print.isEnabled()
    QTest.keyClick(page.list.view, Qt.Key.Key_Space)
    assert [each.customer_name for each in page.list.marked] == ["Old Ltd"]
    assert page.head.print.isEnabled()
    page.mark()
    assert page.list.marked == []


def test_mark_all_marks_every_due_letter_and_then_none(page):
    page.head.mark_all.click()
    assert len(page.list.marked) == 2
    assert page.foot.sums == "€120.00"
    page.head.mark_all.click()
    assert page.list.marked == []


def test_marked_letters_are_saved_into_a_folder_and_on_record(
    page, letters, tmp_path, monkeypatch, heard
):
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    page.head.mark_all.click()
    page.head.save.click()
    files = sorted(path.name for path in folder.iterdir())
    assert [(number, level, way) for number, level, way, _ in letters()] == [
        ("M-2026-00001", 1, "file"), ("M-2026-00002", 1, "file"),
    ]  # fmt: skip
    assert [name for *_, name in letters()] == files
    assert "2 reminders issued" in heard.said[-1][0]
    page.refresh()
    assert names(page) == []


def test_marked_letters_are_printed_as_one_batch_in_one_go(page, letters, monkeypatch):
    printed = []

    class Run:
        def __init__(self, _desk, wish, pdf, sizes):
            printed.append((wish.pages, text_of(pdf), len(sizes)))

        def start(self):
            pass

    monkeypatch.setattr(reminder_ways, "PrintRun", Run)
    wish = PrintWish(QPrinter(), (0,))
    monkeypatch.setattr(reminder_ways, "ask_printer", lambda *_, **__: wish)
    page.head.mark_all.click()
    page.print_marked()
    ((pages, text, count),) = printed
    assert (pages, count) == ((0, 1), 2)
    assert "Old Ltd" in text
    assert "Young Ltd" in text
    assert [way for _, _, way, _ in letters()] == ["print", "print"]


def test_customer_who_cannot_get_a_letter_is_named_and_stops_nobody(
    page, paused_meanwhile, letters, tmp_path, monkeypatch
):
    page.head.mark_all.click()
    marked = page.list.marked
    paused_meanwhile()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.ways.save_letters(marked)
    banner = page.notes.banner
    assert "Old Ltd" in banner.text
    assert "paused" in banner.text
    assert len(letters()) == 1


def test_without_a_mail_server_nothing_is_issued_by_mail(page, letters):
    page.head.mark_all.click()
    page.mail_marked()
    assert "no mail server" in page.notes.banner.text
    assert letters() == []


def test_list_reads_itself_again_when_an_account_changes(page, owing, qtbot):
    owing("New Ltd", 90)
    qtbot.waitUntil(lambda: len(page.list.rows) == 3)
    assert names(page) == ["New Ltd", "Old Ltd", "Young Ltd"]


def test_marks_stay_with_their_customers_when_the_list_changes(page, owing):
    page.list.mark([page.list.rows[1]], wanted=True)
    owing("New Ltd", 90)
    page.refresh()
    assert [each.customer_name for each in page.list.marked] == ["Young Ltd"]


def test_cancelled_errand_issues_no_further_letter(page, desk, letters):
    stops = []
    desk.news.work_began.connect(lambda _words, cancel: stops.append(cancel))
    desk.news.work_went.connect(lambda done, _total: stops[0]() if done == 1 else None)
    way = HandingWay(DispatchChannel.PRINT, "Office")
    ended = []
    errand = ReminderErrand(desk, page.list.rows, way=way)
    errand.ended.connect(lambda handed, problems: ended.append((len(handed), problems)))
    errand.start()
    assert ended == [(1, [])]
    assert len(letters()) == 1


def test_keys_of_the_list_print_and_mail_what_is_marked(page, monkeypatch):
    asked = []
    monkeypatch.setattr(page.ways, "print_letters", lambda rows: asked.append(("print", rows)))
    monkeypatch.setattr(page.ways, "mail_letters", lambda rows: asked.append(("mail", rows)))
    QTest.keyClick(page.list.view, Qt.Key.Key_P)
    assert asked == []
    page.head.mark_all.click()
    QTest.keyClick(page.list.view, Qt.Key.Key_P)
    QTest.keyClick(page.list.view, Qt.Key.Key_E)
    assert [(way, len(rows)) for way, rows in asked] == [("print", 2), ("mail", 2)]


def test_everything_has_a_name_and_is_large_enough_to_hit(page):
    assert nameless(page) == []
    assert too_small(page) == []
