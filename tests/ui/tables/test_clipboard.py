"""Is a copied table safe to paste into a spreadsheet?"""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.ui.tables.clipboard import rows_as_text
from loyaldesk.ui.tables.column import Column


@dataclass(frozen=True)
class Row:
    name: str
    town: str = "Bristol"


COLUMNS = (Column("name", "Name"), Column("town", "Town"))


def copied(name: str) -> str:
    return rows_as_text(COLUMNS, [Row(name)]).splitlines()[1].split("\t")[0]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|x"])
def test_what_a_spreadsheet_would_run_is_made_text(name):
    assert copied(name).startswith("'")


@pytest.mark.parametrize("name", ["+49 40 7344 120", "-12.50", "−1.234,50", "Müller & Söhne"])
def test_numbers_and_phones_stay_as_they_are(name):
    assert copied(name) == name


@given(st.text())
def test_a_row_stays_one_line_of_two_cells(name):
    lines = rows_as_text(COLUMNS, [Row(name)]).removesuffix("\n").split("\n")
    assert len(lines) == 2
    assert lines[1].count("\t") == 1
