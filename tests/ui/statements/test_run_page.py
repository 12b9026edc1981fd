"""Does a clerk choose, check, look, make and hand over, and find the run again where it stood?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from loyaldesk.domain.mail_settings import MailMethod
from loyaldesk.domain.statement_run import Selection
from loyaldesk.models import Customer, Invoice, LetterWay
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.settings import change_company
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.queries.statement_runs import count_outcomes, list_run_items, newest_run
from loyaldesk.ui.papers.printing import PrintWish
from loyaldesk.ui.statements.choice_form import last_month_end
from loyaldesk.ui.statements.pile_banner import PileBanner
from loyaldesk.ui.statements.run_errand import StatementErrand
from loyaldesk.ui.statements.run_page import StatementRunPage
from loyaldesk.ui.widgets.banner import Banner
from tests.pdf.ack_letters import NORDLICHT
from tests.pdf.reading import text_of
from tests.support.factories import do, make_address, make_customer, make_invoice
from tests.support.mail import SMTP
from tests.support.qt import nameless, too_small

DAY = date(2026, 10, 31)
SIZE = (1400, 860)


def owing(store, number, **fields):
    """Make a customer who owes its own number, with an address."""
    customer_id = make_customer(store, f"Customer {number}", number=str(number), **fields)
    make_invoice(store, customer_id, f"{number}.50", invoiced_on=date(2026, 9, 1))
    make_address(store, customer_id)
    return customer_id


@pytest.fixture
def customers(store):
    do(store, change_company, sender=replace(NORDLICHT, country="DE"))
    return [owing(store, number) for number in (101, 102, 103, 104)]


@pytest.fixture
def page(desk, customers, keep):
    return keep(StatementRunPage(desk), SIZE)


@pytest.fixture
def checked(page):
    page.check_now()
    return page


@pytest.fixture
def paper(monkeypatch, tmp_path):
    """Print into a file in place of a printer."""
    wishes: list[tuple[str, int]] = []

    def ask(_state, *, kind, count, parent):
        del parent
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"paper-{len(wishes)}.pdf"))
        wishes.append((kind, count))
        return PrintWish(printer, tuple(range(count)))

    monkeypatch.setattr("loyaldesk.ui.statements.handing.ask_printer", ask)
    return wishes


def newest(store):
    """Return the newest run."""
    run = newest_run(store.reader())
    assert run is not None
    return run


def run_id(store):
    return newest(store).id


def counts(store):
    return count_outcomes(store.reader(), run_id=run_id(store))


def said(preview):
    """Return the words of the letter in the preview."""
    return text_of(preview.reader.source) if preview.reader.source else ""


def shown(button):
    return not button.isHidden()


class TestCheck:
    def test_the_day_is_the_end_of_the_month_before(self, page):
        assert last_month_end(date(2026, 3, 1)) == date(2026, 2, 28)
        assert page.choice.form.as_of.value() == DAY

    def test_checking_names_the_sums_and_that_they_are_the_ledger_s(self, checked):
        assert "Customers 4" in checked.choice.check.sentences
        assert "Statements EUR €412.00" in checked.choice.check.sentences
        assert "Receivables ledger EUR €412.00" in checked.choice.check.sentences
        assert "equal to the cent" in checked.choice.check.sentences
        assert "Paper 4" in checked.choice.check.sentences

    def test_everybody_chosen_stands_in_the_list(self, checked):
        assert checked.list.model.rowCount() == 4
        assert checked.pane.make.text() == "Make 4 statements"

    def test_a_smallest_balance_leaves_others_out_with_the_reason(self, page, store):
        page.choice.form.minimum.set_value(103)
        page.check_now()
        assert counts(store) == {"nothing_due": 2, "waiting": 2}
        reasons = [each.reason for each in list_run_items(store.reader(), run_id=run_id(store))]
        assert reasons[0] == "The balance is below the smallest one asked for."

    def test_a_day_to_come_is_refused_at_its_field(self, page, store):
        page.choice.form.as_of.set_value(date(2027, 1, 31))
        page.check_now()
        assert "choose an earlier day" in page.choice.form.problem("as_of")
        assert newest_run(store.reader()) is None

    def test_a_day_that_is_none_is_said_and_nothing_is_prepared(self, page, store):
        page.choice.form.as_of.setText("gestern abend")
        page.check_now()
        assert "is not a day" in page.choice.form.problem("as_of")
        assert newest_run(store.reader()) is None

    def test_another_choice_takes_the_sums_away(self, checked):
        checked.choice.form.with_zero.setChecked(True)
        assert checked.choice.check.sentences == []

    def test_a_customer_whose_papers_differ_is_named_and_held(self, page, store, customers, heard):
        with store.transaction("Break") as tx:
            tx.update(Invoice, 1, open_minor=1)
        page.check_now()
        banner = page.choice.check.findChild(Banner)
        assert "Customer 101" in banner.text
        banner.action_chosen.emit(0)
        assert heard.wished == [("customer", customers[0])]
        assert counts(store) == {"failed": 1, "waiting": 3}


class TestPreview:
    def test_the_statement_of_the_chosen_customer_is_shown_before_it_is_made(self, checked, qtbot):
        qtbot.waitUntil(lambda: "Customer 101" in said(checked.preview))
        checked.preview.following.click()
        qtbot.waitUntil(lambda: "Customer 102" in said(checked.preview))

    def test_looking_issues_nothing(self, checked, store):
        checked.list.step(1)
        assert counts(store) == {"waiting": 4}

    def test_who_gets_no_letter_shows_why(self, page, store, qtbot):
        nowhere = make_customer(store, "Nowhere", number="100")
        make_invoice(store, nowhere, "5.00", invoiced_on=DAY)
        page.check_now()
        qtbot.waitUntil(lambda: "no address" in page.preview.reader.why_not)

    def test_an_objection_leads_to_the_customer(self, checked, heard, customers, qtbot):
        qtbot.waitUntil(checked.preview.dispute.isEnabled)
        checked.preview.dispute.click()
        assert heard.wished == [("customer", customers[0])]


class TestMake:
    def test_every_letter_is_made_once_and_shown_as_kept(self, checked, store):
        checked.make()
        assert counts(store) == {"issued": 4}
        assert checked.pane.headline.text() == "4 of 4"
        assert not shown(checked.pane.make)
        assert newest(store).state == "finished"

    def test_one_that_fails_does_not_stop_the_others(self, page, store):
        owing(store, 105)
        with store.transaction("Rename") as tx:
            tx.update(Customer, 2, name="Name \U0001f9ff")
        page.check_now()
        page.make()
        assert counts(store) == {"failed": 1, "issued": 4}
        assert page.pane.retry.text() == "Re-run 1 failures"

    def test_failures_are_tried_again_and_nobody_else(self, page, store):
        with store.transaction("Rename") as tx:
            tx.update(Customer, 2, name="Name \U0001f9ff")
        page.check_now()
        page.make()
        with store.transaction("Rename") as tx:
            tx.update(Customer, 2, name="Name")
        page.pane.retry.click()
        assert counts(store) == {"waiting": 1, "issued": 3}
        page.make()
        assert counts(store) == {"issued": 4}
        with store.reader() as reader:
            assert reader.value("SELECT count(*) FROM letter") == 4

    def test_stopped_after_two_it_goes_on_with_the_third_in_another_window(
        self, checked, desk, store, keep, customers
    ):
        errand = StatementErrand(desk, run_id(store), waiting=4)
        done = []

        def stop_after_two(item):
            done.append(item.position)
            if len(done) == 2:
                errand.cancel()

        errand.item_done.connect(stop_after_two)
        errand.start()
        assert counts(store) == {"issued": 2, "waiting": 2}
        assert newest(store).state == "stopped"

        again = keep(StatementRunPage(desk), SIZE)
        assert again.pane.make.text() == "Go on with 2"
        again.make()

        assert counts(store) == {"issued": 4}
        with store.reader() as reader:
            found = reader.rows("SELECT number FROM letter ORDER BY number")
            assert [number[-5:] for (number,) in found] == ["00001", "00002", "00003", "00004"]
            assert reader.value("SELECT count(DISTINCT customer_id) FROM letter") == len(customers)

    def test_before_there_is_a_company_nothing_is_made(self, desk, store, keep):
        owing(store, 101)
        page = keep(StatementRunPage(desk), SIZE)
        page.check_now()
        page.make()
        (banner,) = page.findChildren(Banner)
        assert "Nobody typed in the company yet" in banner.text
        assert counts(store) == {"waiting": 1}


class TestHandOver:
    def test_printed_letters_count_when_somebody_says_they_came_out(
        self, checked, store, paper, qtbot
    ):
        checked.make()
        checked.pane.print.click()
        qtbot.waitUntil(lambda: checked.findChild(PileBanner) is not None)
        assert paper[0][0] == "statement"
        assert counts(store) == {"issued": 4}
        banner = checked.findChild(PileBanner)
        assert banner.question == "Did all 4 come out?"
        banner.all.click()
        assert counts(store) == {"printed": 4}
        with store.reader() as reader:
            assert reader.rows("SELECT DISTINCT state FROM dispatch") == [("confirmed",)]

    def test_what_did_not_come_out_is_printed_again_as_it_is(self, checked, store, paper, qtbot):
        checked.make()
        checked.pane.print.click()
        qtbot.waitUntil(lambda: checked.findChild(PileBanner) is not None)
        banner = checked.findChild(PileBanner)
        banner.number.setText("3")
        banner.number.value_changed.emit()
        banner.again.click()
        assert counts(store) == {"printed": 2, "issued": 2}
        qtbot.waitUntil(lambda: len(paper) == 2)
        with store.reader() as reader:
            assert reader.rows("SELECT DISTINCT is_copy FROM dispatch") == [(0,)]

    def test_a_number_beyond_the_pile_cannot_be_answered(self, desk, keep):
        banner = keep(PileBanner(desk, count=4))
        for text, able in (("", False), ("5", False), ("0", False), ("4", True)):
            banner.number.setText(text)
            banner.number.value_changed.emit()
            assert banner.again.isEnabled() is able

    def test_saving_writes_each_letter_into_the_folder(self, checked, store, tmp_path, monkeypatch):
        out = tmp_path / "out"
        out.mkdir()
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
        checked.make()
        checked.pane.save.click()
        assert counts(store) == {"saved": 4}
        assert len(list(out.glob("S-2026-*.pdf"))) == 4

    def test_mails_go_to_the_outbox_only_with_a_server(self, page, store, customers):
        with store.transaction("By mail") as tx:
            tx.update(
                Customer, customers[0], letters_by=LetterWay.EMAIL, letters_email="a@kraft.example"
            )
        page.check_now()
        page.make()
        assert page.pane.mail.text() == "E-mail 1"
        page.pane.mail.click()
        assert "no mail server" in page.findChildren(Banner)[-1].text
        assert counts(store) == {"issued": 4}
        do(store, change_mail_settings, settings=SMTP)
        page.pane.mail.click()
        assert counts(store) == {"issued": 3, "sent": 1}
        assert SMTP.method is MailMethod.SMTP


class TestRegister:
    def test_the_register_is_written_as_a_table(self, checked, store, tmp_path, monkeypatch, qtbot):
        checked.make()
        target = tmp_path / "register.csv"

        def ask(_parent, suggested, then):
            assert suggested == f"statement-run-{run_id(store)}.csv"
            then(target)

        monkeypatch.setattr("loyaldesk.ui.statements.run_export.ask_for_file", ask)
        checked.pane.export.click()
        qtbot.waitUntil(target.exists)
        lines = target.read_text(encoding="utf-8-sig").splitlines()
        assert lines[0] == "No.,Customer,Balance,By,Result,Why,Statement"
        assert lines[1] == "101,Customer 101,101.50 EUR,paper,Made,,S-2026-00001"
        assert len(lines) == 5


def test_the_newest_run_is_on_screen_with_its_choice(desk, store, customers, keep):
    do(store, prepare_run, selection=Selection(as_of=date(2026, 9, 30), with_zero=True))
    page = keep(StatementRunPage(desk), SIZE)
    assert page.choice.form.as_of.value() == date(2026, 9, 30)
    assert page.choice.form.with_zero.isChecked()
    assert page.list.model.rowCount() == len(customers)


def test_before_the_first_run_it_says_what_to_do(page):
    assert page.pane.headline.text() == "No run yet"
    assert not shown(page.pane.make)


def test_the_filter_shows_its_part_with_counts(checked):
    checked.make()
    checked.list.filter.choose("out")
    assert checked.list.model.rowCount() == 0
    checked.list.filter.choose("ready")
    assert checked.list.model.rowCount() == 4


def test_a_narrow_page_shows_the_list_without_the_letter(page):
    assert page.preview.isVisible()
    page.resize(900, 700)
    assert not page.preview.isVisible()


def test_everything_is_named_and_big_enough_to_hit(checked):
    assert nameless(checked) == []
    assert too_small(checked) == []
