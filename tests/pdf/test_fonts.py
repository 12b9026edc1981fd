"""Can every letter be printed, and is one that cannot be named before anything is drawn?"""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.errors import Refused
from loyaldesk.pdf.bidi import MIRRORED
from loyaldesk.pdf.faces import faces
from loyaldesk.pdf.fonts import measure, printable
from loyaldesk.pdf.lines import lay_out, missing_in


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


def test_letters_no_font_has_are_refused_by_name():
    with pytest.raises(Refused) as caught:
        printable("Ꭰ Trading 🚢")
    assert "Ꭰ (cherokee letter a), 🚢 (ship)" in caught.value.message
    assert "Nothing was printed" in caught.value.message
    assert "Arabic, Hebrew, Chinese" in caught.value.message


def test_a_rare_sign_is_refused_and_not_left_blank():
    with pytest.raises(Refused, match=r"cjk unified ideograph-20bb7"):
        printable("\U00020bb7野家")


def test_what_can_be_printed_can_be_printed_beside_anything_that_can():
    assert printable("\u0e40") + "," == printable("\u0e40,")
    assert printable("a\u064e") == "a\u064e"


def test_a_long_list_of_missing_letters_is_counted():
    with pytest.raises(Refused, match="and 16 more"):
        printable("".join(map(chr, range(0x13A0, 0x13A0 + 26))))


@pytest.mark.parametrize(
    "text",
    [
        "Zażółć gęślą jaźń",
        "Đặng Thị Hường, Đường Nguyễn Huệ",
        "Ελληνική Εταιρεία «Ωμέγα»",
        "ООО «Щёлково» Київ Њ",
        "株式会社東京商事",
        "上海贸易有限公司 臺灣",
        "주식회사 한국무역 뷁",
        "שלום בע״מ",
        "شركة النور للتجارة ٣٤",
        "บริษัท ไทยการค้า จำกัด",
        "भारतीय व्यापार",
        "Հայաստան",
        "საქართველო",
        "① ● → № ™ ㈱ ￥",
    ],
)
def test_the_scripts_of_customers_are_there(text):
    assert printable(text) == text


def test_a_joiner_stays_where_it_is_spelling_and_only_there():
    assert printable("\u0645\u06cc\u200c\u062e") == "\u0645\u06cc\u200c\u062e"
    assert printable("in\u200cvoice") == "invoice"


def test_a_mark_at_the_start_tells_where_the_line_begins():
    assert printable("\u200f12 a") == "\u200f12 a"
    assert printable("a\u200f12") == "a12"


def test_the_wave_dash_of_japanese_is_drawn():
    assert printable("3\u301c4") == "3\uff5e4"


def test_digits_are_all_equally_wide_in_both_weights():
    for bold in (False, True):
        assert len({measure(digit, bold) for digit in "0123456789"}) == 1


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text("aé1 .(אבּשׁشلاکےพูहिक्ष東ー한글①\u200c\u200d\u030c"))
def test_any_text_is_drawn_whole_or_refused_by_name(text):
    if refusal := refusal_of(text):
        first = refusal.removeprefix("The letter font has no ")[0]
        assert first in unicodedata.normalize("NFC", text)
        assert missing_in(first) == [first]
        return
    shown = printable(text)
    pieces = lay_out(((shown, False),))
    drawn = Counter(unturned(c) for piece in pieces for c in piece.text)
    assert drawn == Counter(unturned(c) for c in shown if c not in "\u200e\u200f")
    letters = faces().regular.face.charToGlyph
    for piece in pieces:
        assert piece.face or all(ord(letter) in letters for letter in piece.text)
        assert all(glyph.number for glyph in piece.glyphs)
    assert not any(unicodedata.category(letter) == "Cc" for letter in shown)


def refusal_of(text):
    """Return the sentence with which a text is refused, nothing if it can be printed."""
    try:
        printable(text)
    except Refused as refusal:
        return refusal.message
    return ""


def unturned(letter):
    """Return the same letter for a bracket and the one it looks like from the other side."""
    return min(letter, MIRRORED.get(letter, letter))


@given(st.text())
def test_what_was_made_printable_stays_as_it_is(text):
    try:
        shown = printable(text)
    except Refused:
        return
    assert printable(shown) == shown
