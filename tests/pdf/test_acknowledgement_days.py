"""Does an acknowledgement promise only what was promised, and say what has shipped?"""

import re
from dataclasses import replace
from datetime import date

import pytest

from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import width_of
from tests.pdf.ack_letters import make_frame, make_letter, make_line, steps_for
from tests.pdf.reading import lines_of
from tests.pdf.test_acknowledgement import printed

LATER = date(2026, 3, 31)


def test_a_line_without_a_date_says_when_the_customer_will_hear():
    text = printed(
        make_letter([replace(make_line(), promised_on=None)], answer_by=date(2026, 3, 20))
    )
    assert "24 Mar 2026 to be advised by 20 Mar" in text
    assert text.count("to be advised by 20 Mar") == 2


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en-GB", ["to be advised", "by 20 Mar"]), ("de-DE", ["Nachricht", "bis 20.03."])],
)
def test_a_day_still_to_come_is_not_set_like_a_promise(locale, words):
    lines = [replace(make_line(), promised_on=None), make_line(2)]
    letter = make_letter(lines, answer_by=date(2026, 3, 20), frame=make_frame(locale=locale))
    cells = [line for line in lines_of(draw_acknowledgement(letter)) if line.text in words]
    assert [cell.text for cell in cells] == words
    for cell in cells:
        assert cell.right - cell.left <= width_of(cell.text, Type.CELL)


@pytest.mark.parametrize(
    ("undated", "locale", "note"),
    [
        ((1, 2, 3), "en-GB", "The day of delivery is not yet known; we will tell you by Friday"),
        ((2,), "en-GB", "The day of line 2 is not yet known; we will tell you by Friday 20 March."),
        ((2, 3), "en-GB", "The days of lines 2, 3 are not yet known; we will tell you by Friday"),
        ((2,), "de-DE", "Der Termin von Pos. 2 steht noch nicht fest; wir nennen ihn Ihnen bis"),
    ],
)
def test_steps_without_a_day_say_once_when_the_customer_will_hear(undated, locale, note):
    lines = [make_line(i, promised_on=None if i in undated else LATER) for i in (1, 2, 3)]
    letter = make_letter(
        lines,
        answer_by=date(2026, 3, 20),
        frame=make_frame(locale=locale),
        next_steps=steps_for(lines, date(2026, 3, 12)),
    )
    text = printed(letter)
    assert text.count(note) == 1
    steps = text[text.index(note) :]
    assert len(re.findall(r"(?:Mon|Tue|Wed|Thu|Fri|Mo|Di|Mi|Do|Fr) \d", steps)) == 1


def test_more_undated_lines_than_can_be_named_are_counted():
    lines = [make_line(i, promised_on=None if i < 8 else LATER) for i in range(1, 9)]
    steps = steps_for(lines, date(2026, 3, 12))
    letter = make_letter(lines, answer_by=date(2026, 3, 20), next_steps=steps)
    assert "The days of 7 lines are not yet known" in printed(letter)


@pytest.mark.parametrize(
    ("locale", "cell", "opening", "to_come"),
    [
        ("en-GB", "shipped 16 Mar 2026", "all of it has shipped.", ("we tell you", "Promised 24")),
        ("de-DE", "geliefert 16.03.2026", "vollständig geliefert.", ("Ankündigung", "Termine")),
    ],
)
def test_an_order_shipped_in_full_says_when_and_announces_nothing(locale, cell, opening, to_come):
    shipped = {"promised_on": None, "shipped_on": date(2026, 3, 16), "shipped_milli": 1_000}
    letter = make_letter([make_line(**shipped)], frame=make_frame(locale=locale))
    text = printed(letter)
    assert cell in text
    assert opening in text
    for words in to_come:
        assert words not in text


def test_another_day_of_shipment_is_another_letter():
    shipped = {"promised_on": None, "shipped_milli": 1_000}
    letters = [
        printed(make_letter([make_line(shipped_on=day, **shipped)]))
        for day in (date(2026, 3, 16), date(2026, 3, 17))
    ]
    first, second = (re.findall(r"content (\S+)", letter) for letter in letters)
    assert first != second
    assert len(first) == len(second) == 1
