"""Does a cell become the value that was meant, or a reason?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.connectors.values import BadValueError, NumberStyle, as_text, converter

POINT, COMMA = NumberStyle("."), NumberStyle(",")


def convert(kind, value, *, style=POINT, **options):
    return converter(kind, style=style, **options)(value)


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1234.5", POINT, "1234.5"),
        ("1,234.50", POINT, "1234.50"),
        ("1.234,50", COMMA, "1234.50"),
        ("1 234,5", COMMA, "1234.5"),
        ("1\u202f234\u202f567,5", COMMA, "1234567.5"),
        ("1'234.50", POINT, "1234.50"),
        ("12,50-", COMMA, "-12.50"),
        ("(12.50)", POINT, "-12.50"),
        ("−3", POINT, "-3"),
        (".5", POINT, "0.5"),
        ("+7", POINT, "7"),
    ],
)
def test_numbers_are_read_as_they_are_written(text, style, value):
    assert style.parse(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("12.50", COMMA), ("12,50", POINT), ("1,23,456", POINT), ("1e5", POINT), ("", POINT),
        ("-", POINT), ("12.", POINT), ("٣", POINT), ("NaN", POINT), ("1.2.3", POINT),
        ("$5", POINT),
    ],
)  # fmt: skip
def test_numbers_that_could_mean_something_else_are_refused(text, style):
    with pytest.raises(BadValueError):
        style.parse(text)


@given(st.integers(-(10**15), 10**15))
def test_every_millionth_survives_the_float_of_a_database(micro):
    assert convert("decimal", micro / 1_000_000) in {micro, micro + 1, micro - 1}
    if abs(micro) < 10**12:
        assert convert("decimal", micro / 1_000_000) == micro


def test_float_noise_is_gone():
    assert convert("fraction", 0.15000000596046448) == 150_000
    assert convert("decimal", 0.1 + 0.2) == 300_000
    assert convert("money", 2.675) == 2_675_000


def test_rates_are_said_as_percent_or_fraction():
    assert convert("percent", "19 %") == 190_000
    assert convert("percent", 7.5) == 75_000
    assert convert("fraction", "0.05") == 50_000
    with pytest.raises(BadValueError, match="rate"):
        convert("fraction", 19)


def test_rounding_is_half_up():
    assert convert("money", "1.005", places=2) == 1_010_000
    assert convert("quantity", "0.0005") == 1


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-24", "2026-03-24 00:00:00.000", "2026-03-24T10:30:00Z", " 2026-03-24 ",
        date(2026, 3, 24), datetime(2026, 3, 24, 23, 59),  # noqa: DTZ001 as drivers give them
    ],
)  # fmt: skip
def test_days_come_from_dates_with_and_without_times(value):
    assert convert("date", value) == "2026-03-24"


@pytest.mark.parametrize(
    "text", ["24.03.2026", "2026-02-30", "2026-03-24 noon", "0001-01-01", "2026", "20260324x"]
)
def test_days_that_are_none_are_refused(text):
    with pytest.raises(BadValueError):
        convert("date", text)


def test_days_are_read_in_the_forms_that_the_map_names():
    assert convert("date", "24.03.2026", formats=["%Y-%m-%d", "%d.%m.%Y"]) == "2026-03-24"
    with pytest.raises(BadValueError, match="written as %d/%m/%Y"):
        convert("date", "24.03.2026", formats=["%d/%m/%Y"])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"), ("DEUTSCHLAND", "DE"), ("UK", "GB"), ("USA", "US"), ("Österreich", "AT"),
        ("Czech Republic", "CZ"), ("Česko", "CZ"), ("fr", "FR"), ("Côte d’Ivoire", "CI"),
        ("España", "ES"), ("Holland", "NL"),
    ],
)  # fmt: skip
def test_countries_are_known_by_their_names(name, code):
    assert convert("country", name) == code


@pytest.mark.parametrize("name", ["Atlantis", "EU", "XX", "Germony"])
def test_countries_nobody_knows_are_refused(name):
    with pytest.raises(BadValueError, match="values"):
        convert("country", name)


def test_yes_and_no_are_known_in_words_and_digits():
    assert [convert("boolean", word) for word in ("1", "Yes", "ja", True)] == [1, 1, 1, 1]
    assert [convert("boolean", word) for word in ("0", "nein", False)] == [0, 0, 0]
    with pytest.raises(BadValueError):
        convert("boolean", "perhaps")


def test_choices_whole_numbers_and_currencies_are_checked():
    assert convert("choice", "Lost", choices=["active", "lost"]) == "lost"
    assert convert("integer", "30") == 30
    assert convert("currency", "usd") == "USD"
    for kind, value in (("choice", "x"), ("integer", 2.5), ("days", 1000), ("currency", "EURO")):
        with pytest.raises(BadValueError):
            convert(kind, value)


@pytest.mark.parametrize("code", ["XXQ", "ZZZ", "XXX", "XTS", "EU", "EURO", "€"])
def test_currencies_that_are_none_are_refused(code):
    with pytest.raises(BadValueError, match="ISO 4217"):
        convert("currency", code)


@pytest.mark.parametrize("code", ["EUR", "usd", "JPY", "XAF", "DEM"])
def test_currencies_of_today_and_of_old_records_are_known(code):
    assert convert("currency", code) == code.upper()


def test_keys_are_the_same_however_they_come():
    assert {as_text(key) for key in (10248, 10248.0, "10248 ", "\t10248\x00")} == {"10248"}


def test_binary_and_endless_cells_are_refused():
    for value in (b"\x89PNG", "x" * 40_000):
        with pytest.raises(BadValueError):
            as_text(value)


@given(st.text())
def test_clean_text_has_no_control_characters_but_line_ends(text):
    cleaned = as_text(text)
    assert not any(ord(c) < 32 and c != "\n" for c in cleaned)
    assert as_text(cleaned) == cleaned
