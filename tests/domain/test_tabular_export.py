"""Can a spreadsheet take an exported text for a formula?"""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loyaldesk.domain.money import Money
from loyaldesk.domain.tabular_export import BEFORE_A_TRIGGER, TRIGGERS, csv_text, safe_text


def parsed(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@given(st.text())
@example("=1+1")
@example(' "=HYPERLINK("x")')
@example("\t@SUM(A1)")
@example("-2+3+cmd|' /C calc'!A0")
def test_no_text_starts_like_a_formula(text):
    ((cell,),) = parsed(csv_text([[text]])) if text else (("",),)
    assert cell[:1] not in TRIGGERS
    assert cell.startswith("'") or cell.lstrip(BEFORE_A_TRIGGER)[:1] not in TRIGGERS


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_an_ordinary_text_stays_as_it_is(text):
    assert safe_text(text) == text


@given(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_negative_numbers_stay_numbers(whole, part):
    ((first, second),) = parsed(csv_text([[whole, part]]))
    assert int(first) == whole
    assert Decimal(second) == part


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Money.of("-1234.50", "EUR"), "-1234.50"),
        (Money.of("1500", "JPY"), "1500"),
        (date(2024, 2, 29), "2024-02-29"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
    ],
)
def test_values_are_written_so_that_any_country_reads_them(value, written):
    assert csv_text([[value, "x"]]) == f"{written},x\r\n"


def test_separators_quotes_and_line_breaks_stay_inside_their_cell():
    row = ['a,"b"', "line\nbreak", "Müller; Söhne"]
    assert parsed(csv_text([row])) == [row]
