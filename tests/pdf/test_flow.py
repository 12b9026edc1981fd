"""Do tables break where they may, and is what is carried forward brought forward to the cent?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.flow import CARRY_HEIGHT, break_rows
from tests.pdf.ack_letters import kuestenkontor, make_letter, make_line
from tests.pdf.reading import find, lines_of, page_count, text_of

ROW = 8.467


def plan(rows, first=100.0, later=220.0, tail=35.0):
    return break_rows([ROW] * rows, first, later, tail=tail, carry=CARRY_HEIGHT)


def test_a_table_that_fits_with_its_totals_stays_on_one_page():
    assert plan(7) == [7]


def test_three_rows_stay_with_the_totals():
    assert plan(9) == [6, 3]


def test_a_table_that_would_leave_fewer_than_three_rows_begins_on_the_next_page():
    assert plan(4, first=20) == [0, 4]


def test_a_long_table_fills_its_pages():
    assert plan(80) == [11, 24, 24, 21]


def test_a_row_taller_than_the_page_does_not_stop_the_letter():
    assert break_rows([300.0] * 4, 100, 220, tail=10, carry=5) == [0, 1, 1, 1, 1, 0]


@given(
    heights=st.lists(st.sampled_from([5.292, 8.467, 12.167, 15.867]), min_size=1, max_size=120),
    first=st.floats(0, 160),
    tail=st.floats(5, 80),
)
def test_breaks_keep_every_row_in_its_room_and_three_on_each_side(heights, first, tail):
    counts = break_rows(heights, first, 220.0, tail=tail, carry=CARRY_HEIGHT)
    assert sum(counts) == len(heights)
    done = 0
    for i, count in enumerate(counts):
        room = 220.0 if i else first
        used = sum(heights[done : done + count]) + (CARRY_HEIGHT if done else 0)
        is_last = i + 1 == len(counts)
        if count:
            assert used + (tail if is_last else CARRY_HEIGHT) <= room + 1e-9
            assert count >= min(3, len(heights))
        done += count


@pytest.mark.parametrize(("rows", "pages"), [(1, 1), (25, 2), (145, 7)])
def test_pages_are_numbered_x_of_y(rows, pages):
    pdf = draw_acknowledgement(make_letter([make_line(i) for i in range(1, rows + 1)]))
    assert page_count(pdf) == pages
    for i in range(pages):
        assert find(lines_of(pdf, i), "Page ").text == f"Page {i + 1} of {pages}"


def test_what_is_carried_forward_is_brought_forward():
    lines = [make_line(i, f"{i}.37", i) for i in range(1, 121)]
    pdf = draw_acknowledgement(make_letter(lines))
    total_pages = page_count(pdf)
    carried = [amount_of(pdf, i, "Carried forward") for i in range(total_pages - 1)]
    brought = [amount_of(pdf, i, "Brought forward") for i in range(1, total_pages - 1)]
    assert len(carried) >= 4
    assert brought == carried[: len(brought)]


def amount_of(pdf, page, label):
    (amount,) = re.findall(rf"{label} \w+ page \d+ ([\d,.]+)", text_of(pdf, page))
    return amount


def test_the_german_specimen_carries_the_sum_of_twelve_lines():
    pdf = draw_acknowledgement(kuestenkontor())
    assert page_count(pdf) == 2
    assert "Übertrag auf Seite 2 8.160,60" in text_of(pdf, 0)
    assert "Übertrag von Seite 1 8.160,60" in text_of(pdf, 1)


def test_column_heads_repeat_on_every_page_of_the_table():
    pdf = draw_acknowledgement(kuestenkontor())
    for page in (0, 1):
        assert find(lines_of(pdf, page), "Bezeichnung")
