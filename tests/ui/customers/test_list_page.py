"""Does the list of customers show what matters of each, and the preview what comes next?"""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from loyaldesk.domain.money import Money
from loyaldesk.models import CreditStatus
from loyaldesk.queries.lists import CustomerRow
from loyaldesk.ui.customers.list_columns import customer_columns, export_headings, export_values
from loyaldesk.ui.customers.list_page import CustomersPage
from loyaldesk.ui.tables.row_layout import PAD
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from tests.support.desks import NOW
from tests.support.factories import make_activity, make_customer

TODAY = NOW.date()
SIZE = (1256, 700)


def row(**changes):
    plain = {
        "id": 1, "number": "10042", "name": "Müller & Söhne", "town": "Hamburg", "country": "DE",
        "contact": "Heike Müller", "last_contact_on": None, "open_orders": 0,
        "overdue": Money(0, "EUR"), "account_manager": "Ana", "segment": "Retail",
        "credit_status": "good", "status": "active", "is_key_account": False, "phone": "040 1",
    }  # fmt: skip
    return CustomerRow(**{**plain, **changes})


@pytest.fixture
def cell(desk):
    """Return what tells a cell of a customer by its column's key."""
    columns = {column.key: column for column in customer_columns(desk)}
    return lambda key, **changes: columns[key].cell(row(**changes))


@pytest.fixture
def open_list(desk, keep):
    return lambda: keep(CustomersPage(desk), SIZE)


class TestColumns:
    @pytest.mark.parametrize(
        ("days", "words", "tone"),
        [(0, "today", None), (1, "yesterday", None), (60, "60 d", None), (61, "61 d", Tone.WARN)],
    )
    def test_the_last_contact_is_told_by_how_long_ago_it_was(self, cell, days, words, tone):
        found = cell("last_contact", last_contact_on=TODAY - timedelta(days=days))
        assert (found.words, found.tone) == (words, tone)

    def test_what_is_missing_is_a_dash(self, cell):
        for key in ("last_contact", "open_orders", "overdue", "credit_status"):
            assert cell(key).words == "–"

    def test_money_overdue_stands_with_its_currency(self, cell):
        found = cell("overdue", overdue=Money.of("1125.00", "EUR"))
        assert (found.words, found.tone) == ("€1,125.00", Tone.BAD)

    @pytest.mark.parametrize(("status", "words"), [("hold", "On hold"), ("watch", "On watch")])
    def test_credit_trouble_is_a_chip_with_icon_and_word(self, cell, status, words):
        chip = cell("credit_status", credit_status=status).chip
        assert chip.text == words
        assert chip.icon

    def test_a_key_account_carries_a_star(self, cell):
        assert cell("name", is_key_account=True).icon == "star"
        assert cell("name").icon == ""

    @pytest.mark.parametrize(
        ("name", "words"), [("Ana Kovač", "Ana K."), ("Ben", "Ben"), ("", "–")]
    )
    def test_the_manager_is_told_in_short(self, cell, name, words):
        assert cell("account_manager", account_manager=name).words == words

    def test_every_export_heading_has_its_value(self):
        values = dict(zip(export_headings(), export_values(row()), strict=True))
        assert values["Name"] == "Müller & Söhne"
        assert values["Overdue"] == Money(0, "EUR")


class TestPreview:
    def test_the_first_customer_is_shown_after_the_first_paint(self, open_list, mueller):
        page = open_list()
        assert page.preview.customer_id == mueller.id
        assert page.preview.chips.words == ["Active"]
        assert page.preview.brief.lines.entries[0].spoken.startswith("€2,100 overdue")

    def test_it_follows_the_cursor(self, open_list, store, mueller, qtbot):
        acme = make_customer(store, "Acme", credit_status=CreditStatus.HOLD)
        page = open_list()
        assert page.preview.customer_id == acme
        assert "Credit: on hold" in page.preview.chips.words
        qtbot.keyClick(page.list.view, Qt.Key.Key_J)
        assert page.preview.customer_id == mueller.id

    def test_it_shows_the_first_person_and_the_last_three_events(self, open_list, mueller):
        preview = open_list().preview
        (person,) = preview.contact.entries
        assert person.spoken.startswith("Frau Heike Müller")
        assert len(preview.lately.entries) == 3

    def test_a_record_of_lately_opens(self, open_list, mueller, heard):
        preview = open_list().preview
        preview.lately.row_activated.emit(("order", mueller.waiting_order))
        preview.lately.row_activated.emit(("call", 1))
        assert heard.wished == [("order", mueller.waiting_order), ("customer", mueller.id)]

    def test_its_buttons_open_the_customer_and_make_papers(self, open_list, mueller, heard):
        preview = open_list().preview
        for button in (preview.open, preview.statement, preview.order):
            button.click()
        names = ["customer", "statement", "new_order"]
        assert heard.wished == [(name, mueller.id) for name in names]

    def test_a_new_call_shows_at_once(self, open_list, store, mueller):
        page = open_list()
        make_activity(store, mueller.id, "Where is it?")
        assert any("Where is it?" in entry.spoken for entry in page.preview.lately.entries)

    def test_what_happened_out_of_its_sight_shows_when_it_is_seen_again(
        self, open_list, store, mueller
    ):
        page = open_list()
        page.hide()
        make_activity(store, mueller.id, "Where is it?")
        page.show()
        assert any("Where is it?" in entry.spoken for entry in page.preview.lately.entries)


def test_reading_the_first_rows_composes_no_statement(open_list, desk, mueller, monkeypatch):
    def refuse(*_):
        raise AssertionError("SQLAlchemy was asked before the first rows were there")

    monkeypatch.setattr("loyaldesk.queries.lists.composed", refuse)
    page = open_list()
    assert page.list.model.row_at(0).name == "Müller & Söhne GmbH"


def test_our_own_numbers_are_in_sight_whole(open_list, theme):
    view = open_list().list.view
    place = [column.key for column in view.model().columns].index("number")
    words = QFontMetrics(theme.font(TextStyle.BODY))
    assert words.horizontalAdvance("C-2026-00001") <= view.head.sectionSize(place) - 2 * PAD
    assert view.horizontalScrollBar().maximum() == 0
