"""Does a line with Arabic or Hebrew stand in the order that Unicode gives it (UAX #9)?

In the examples capitals stand for Hebrew letters, as in the standard, and digits after `#` for
Arabic ones.
"""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.pdf.bidi import MIRRORED, base_level, is_turned, stretches_of

HEBREW = {chr(ord("A") + i): chr(0x05D0 + i) for i in range(26)}
LATIN = {hebrew: capital for capital, hebrew in HEBREW.items()}
LEFT, RIGHT = 0, 1


def seen(text, base=LEFT):
    """Return a line as it is read from the left, its Hebrew as capitals again."""
    logical = "".join(HEBREW.get(letter, letter) for letter in text)
    shown = ""
    for start, end, level in stretches_of(logical, base):
        part = logical[start:end]
        turned = "".join(MIRRORED.get(c, c) for c in reversed(part))
        shown += turned if level % 2 else part
    return "".join(LATIN.get(letter, letter) for letter in shown)


@pytest.mark.parametrize(
    ("written", "base", "shown"),
    [
        ("car is THE CAR in english", LEFT, "car is RAC EHT in english"),
        ("THE CAR is car IN HEBREW", RIGHT, "WERBEH NI is car RAC EHT"),
        ("he said THE VALUES ARE 123, 456, 789, OK.", LEFT,
         "he said KO ,789 ,456 ,123 ERA SEULAV EHT."),
        ("IT IS A bmw 500, OK.", RIGHT, ".KO ,bmw 500 A SI TI"),
        ("ABC 12.50 EUR", RIGHT, "RUE 12.50 CBA"),
        ("ABC 5% DE", RIGHT, "ED 5% CBA"),
        ("ABC (DEF) GHI", RIGHT, "IHG (FED) CBA"),
        ("ABC (def) GHI", RIGHT, "IHG (def) CBA"),
        ("ab(CD)EF", LEFT, "ab(DC)FE"),
        ("ab (CD ef) gh", LEFT, "ab (DC ef) gh"),
        ("1/2 AB", RIGHT, "BA 1/2"),
        ("AB 10:30", RIGHT, "10:30 BA"),
        ("AB-12-34", RIGHT, "12-34-BA"),
        ("«AB» cd", RIGHT, "cd «BA»"),
        ("AB   ", LEFT, "BA   "),
        ("plain text, 12.", LEFT, "plain text, 12."),
        ("", LEFT, ""),
    ],
)  # fmt: skip
def test_lines_stand_in_the_order_of_the_standard(written, base, shown):
    assert seen(written, base) == shown


def test_a_number_after_arabic_keeps_its_place_among_arabic():
    shown = stretches_of("\u0634\u0631 12", LEFT)
    assert [(start, end) for start, end, _ in shown] == [(3, 5), (0, 3)]


def test_a_mark_turns_with_its_letter():
    assert [s.level for s in stretches_of("a\u05d0\u05b0b", LEFT)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("text", "level"),
    [("12 \u05d0b", 1), ("12 b\u05d0", 0), ("12", 0), ("\u200f12 b", 1), ("\u200e\u0634", 0)],
)
def test_the_first_strong_letter_tells_where_a_line_begins(text, level):
    assert base_level(text) == level


def test_only_letters_that_run_from_the_right_turn_a_line():
    assert is_turned("\u05d0")
    assert is_turned("\u0634")
    assert not is_turned("Ωμέγα Жук 東京 12")


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 1))
def test_every_letter_stands_in_a_line_once(text, base):
    places = [i for s in stretches_of(text, base) for i in range(s.start, s.end)]
    assert sorted(places) == list(range(len(text)))


def test_every_letter_that_turns_a_line_is_known_to_do_so():
    for code in range(sys.maxunicode + 1):
        if unicodedata.bidirectional(chr(code)) in {"R", "AL"} and chr(code) != "\u061c":
            assert is_turned(chr(code)), f"U+{code:04X}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_line_without_such_letters_stays_as_it_is(text):
    if not {unicodedata.bidirectional(letter) for letter in text} & {"R", "AL", "AN"}:
        assert all(level == LEFT for _, _, level in stretches_of(text, LEFT))
