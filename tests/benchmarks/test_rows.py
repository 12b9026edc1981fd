"""Does a row of the benchmark say truly whether its target is met?"""

from __future__ import annotations

import json
import re
from typing import Any

import pypdfium2
import pytest

from benchmarks.clock import compare, cpu_ms, percentile
from benchmarks.hand_written import HandWritten
from benchmarks.letter_samples import sample_acknowledgement, sample_statement
from benchmarks.rows import Row, as_json, as_table
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.statement import draw_statement

A4 = (595.2755905511812, 841.8897637795277)


def make_row(**changes):
    known: dict[str, Any] = {"name": "a row", "unit": "ms", "ours": 3.0, "raw": 2.0, "target": 2.0}
    return Row(**(known | changes))


def test_a_cost_is_ours_over_raw():
    assert make_row().ratio == 1.5


def test_a_speed_is_raw_over_ours():
    assert make_row(is_speed=True, ours=4.0, raw=1.0).ratio == 0.25


@pytest.mark.parametrize(
    ("ours", "is_speed", "target", "is_met"),
    [(4.0, False, 2.0, True), (4.1, False, 2.0, False), (2.0, True, 1.0, True),
     (2.1, True, 1.0, False)],
)  # fmt: skip
def test_a_target_is_met_up_to_its_very_value(ours, is_speed, target, is_met):
    assert make_row(ours=ours, is_speed=is_speed, target=target).is_met is is_met


def test_a_row_without_a_target_only_tells():
    row = make_row(raw=None, target=None)
    assert (row.ratio, row.is_met) == (None, None)
    assert "3.00 ms" in as_table([row])
    assert row.as_data()["target"] is None


def test_the_document_names_the_machine_and_every_row():
    document = json.loads(as_json([make_row(), make_row(is_speed=True)], {"cores": 2}))
    assert document["machine"] == {"cores": 2}
    assert [row["comparison"] for row in document["rows"]] == ["at most", "at least"]
    assert (
        document["rows"][0] | {"name": "a row", "ratio": 1.5, "target": 2.0, "met": True}
        == (document["rows"][0])
    )


def test_the_table_lines_up():
    lines = as_table([make_row(name="a much longer name"), make_row(ours=1234.5)]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert "NO" in lines[2]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (1.0, 100)])
def test_a_percentile_is_a_value_that_was_measured(share, expected):
    assert percentile(list(range(1, 101)), share) == expected


def test_work_costs_time():
    assert cpu_ms(lambda: sum(range(200_000))) > cpu_ms(lambda: None)


def test_the_slower_side_is_told_from_the_faster():
    slow, fast = compare(lambda: sum(range(100_000)), lambda: None, rounds=3)
    assert slow > fast


@pytest.mark.parametrize(
    ("draw", "pages"),
    [
        (lambda: draw_acknowledgement(sample_acknowledgement()), 1),
        (lambda: draw_statement(sample_statement()), 2),
    ],
)
def test_the_letter_by_hand_says_what_ours_says(draw, pages):
    texts = [_texts(content) for content in (draw(), HandWritten(draw, size=A4).draw())]
    assert len(texts[0]) == pages
    # Ours says in its tags that the dash before a number is a minus.
    assert texts[0] == [re.sub(r"(?<!\d)–(?=\d)", "-", text) for text in texts[1]]


def _texts(content):
    document = pypdfium2.PdfDocument(content)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found
