"""Do fields for days, numbers and money read, tidy and complain as people expect?"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest

from loyaldesk.domain.money import Money
from loyaldesk.ui.widgets.typed_edits import DateEdit, MoneyEdit, NumberEdit, parse_number

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
SWISS = QLocale(QLocale.Language.German, QLocale.Country.Switzerland)
FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)


@pytest.mark.parametrize(
    ("typed", "locale", "number"),
    [
        ("1,234.50", BRITISH, "1234.50"),
        ("1234.5", BRITISH, "1234.5"),
        ("-3", BRITISH, "-3"),
        ("1.234,50", GERMAN, "1234.50"),
        ("1234,5", GERMAN, "1234.5"),
        ("1234.5", GERMAN, "1234.5"),
        ("1.234", GERMAN, "1234"),
        ("1’234.50", SWISS, "1234.50"),
        ("1 234,50", FRENCH, "1234.50"),
        ("1\u202f234,50", FRENCH, "1234.50"),
    ],
)
def test_numbers_are_read_as_the_country_writes_them(typed, locale, number):
    assert parse_number(typed, locale) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "ten", "1.2.3,4,5", "--1", "€5", "NaN", "Infinity", "1e999999"]
)
def test_what_is_no_number_is_none(typed):
    assert parse_number(typed, GERMAN) is None


@given(st.text(max_size=12), st.sampled_from([BRITISH, GERMAN, SWISS, FRENCH]))
def test_no_text_breaks_the_reading_of_numbers(typed, locale):
    assert isinstance(parse_number(typed, locale), Decimal | None)


def test_an_amount_is_tidied_when_the_field_is_left(theme, qtbot):
    field = MoneyEdit(theme, currency="EUR", locale=GERMAN)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "1.234,5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "1234,50"
    assert field.money() == Money(123_450, "EUR")


def test_an_amount_has_the_decimals_of_its_currency(theme, qtbot):
    field = MoneyEdit(theme, currency="JPY", locale=BRITISH)
    qtbot.addWidget(field)
    field.setText("12.5")
    assert field.money() is None
    assert "12.5" in field.problem()
    field.set_money(Money(1_234, "KWD"))
    assert field.text() == "1.234"


def test_an_empty_field_has_no_value_and_no_problem(theme, qtbot):
    field = NumberEdit(theme, locale=BRITISH)
    qtbot.addWidget(field)
    assert field.value() is None
    assert field.problem() == ""


def test_typing_tells_that_the_value_changed(theme, qtbot):
    field = NumberEdit(theme, locale=BRITISH)
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.value_changed):
        QTest.keyClicks(field, "7")


def test_a_day_is_shown_in_full_when_the_field_is_left(theme, qtbot, today):
    field = DateEdit(theme, today=lambda: today, locale=BRITISH)
    qtbot.addWidget(field)
    QTest.keyClicks(field, "2 wk")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "04/12/2026"
    assert field.value() == date(2026, 12, 4)


def test_a_day_that_is_none_says_what_can_be_typed(theme, qtbot, today):
    field = DateEdit(theme, today=lambda: today, locale=BRITISH)
    qtbot.addWidget(field)
    field.setText("someday")
    assert field.problem() == "“someday” is not a day. Type 20/11/2026, tue, +3 or 2 wk."


@pytest.mark.parametrize(
    ("places", "typed", "shown"),
    [((3, 0), "3", "3"), ((3, 0), "30", "30"), ((3, 0), "0.250", "0.25"),
     ((4, 2), "33.335", "33.335"), ((4, 2), "38.5", "38.50"), ((2, None), "7", "7.00")],
)  # fmt: skip
def test_zeros_at_the_end_are_left_out_down_to_the_least(theme, qtbot, places, typed, shown):
    decimals, least = places
    field = NumberEdit(theme, decimals=decimals, least=least, locale=BRITISH)
    qtbot.addWidget(field)
    field.set_value(Decimal(typed))
    assert field.text() == shown


@pytest.mark.parametrize(("locale", "hint"), [(BRITISH, "dd/mm/yyyy"), (GERMAN, "dd.mm.yyyy")])
def test_an_empty_day_shows_its_form_and_no_day(theme, qtbot, locale, hint):
    field = DateEdit(theme, today=lambda: date(2026, 11, 20), locale=locale)
    qtbot.addWidget(field)
    assert (field.placeholderText(), field.text()) == (hint, "")
