"""Can every letter be printed, and is one that cannot be named before anything is drawn?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.errors import Refused
from loyaldesk.pdf.faces import faces
from loyaldesk.pdf.fonts import measure, printable


def test_the_signs_of_european_letters_are_there():
    text = "Łódź ß ø Ő ğ Ω Ж € £ ‰ – … „“ ’ × · § 12.345,67"
    assert printable(text) == text


def test_a_minus_is_drawn_as_an_en_dash():
    assert printable("\u22125,00") == "\u20135,00"


def test_narrow_spaces_become_spaces_that_do_not_break():
    assert printable("1\u202f234") == "1\u00a0234"


def test_line_ends_and_tabs_become_spaces():
    assert printable("a\tb\nc\r\nd") == "a b c  d"


def test_control_and_direction_marks_are_left_out():
    assert printable("in\x00vo\u202eice\u200b\u2066\ufeff") == "invoice"


def test_letters_the_font_lacks_are_refused_by_name():
    with pytest.raises(Refused) as caught:
        printable("東京 Trading")
    assert "東 (cjk unified ideograph-6771)" in caught.value.message
    assert "Nothing was printed" in caught.value.message


def test_a_long_list_of_missing_letters_is_counted():
    with pytest.raises(Refused, match="and 16 more"):
        printable("".join(map(chr, range(0x0905, 0x0905 + 26))))


def test_digits_are_all_equally_wide_in_both_weights():
    for bold in (False, True):
        assert len({measure(digit, bold) for digit in "0123456789"}) == 1


@given(st.text())
def test_what_is_printable_has_a_glyph_for_every_letter(text):
    try:
        shown = printable(text)
    except Refused:
        return
    glyphs = faces().regular.face.charToGlyph
    assert all(ord(letter) in glyphs for letter in shown)
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown)
