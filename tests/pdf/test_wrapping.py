"""Does text break at words, keep what belongs together and lose nothing?"""

from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.errors import Refused
from loyaldesk.pdf.fonts import printable
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import Run, width_of, wrap, wrap_runs


def test_text_that_fits_is_one_line():
    assert wrap("Deck lantern", Type.CELL, 47) == ("Deck lantern",)


def test_text_breaks_at_words():
    assert wrap("Deck lantern LED, brass, 12 V", Type.CELL, 30) == (
        "Deck lantern LED,",
        "brass, 12 V",
    )


def test_a_space_that_must_not_break_does_not():
    lines = wrap("due on 12\u00a0March\u00a02026", Type.CELL, 22)
    assert lines == ("due on", "12\u00a0March\u00a02026")


def test_a_word_too_long_for_a_line_is_cut_and_kept_whole_in_sum():
    word = "Donaudampfschifffahrtsgesellschaft"
    lines = wrap(word, Type.CELL, 20)
    assert len(lines) > 1
    assert "".join(lines) == word


def test_a_number_too_long_for_a_line_breaks_after_a_hyphen():
    assert wrap("INV-2026-00001", Type.CELL, 20) == ("INV-2026-", "00001")


def test_a_paragraph_does_not_end_in_a_lonely_word():
    text = (Run("Dates are days of arrival at your address."),)
    lines = wrap_runs(text, Type.CELL, 47, no_orphan=True)
    assert [run.text for line in lines for run in line] == [
        "Dates are days of arrival at",
        "your address.",
    ]


def test_bold_parts_stay_bold_and_touch_what_they_touched():
    lines = wrap_runs((Run("We accept "), Run("two", bold=True), Run("; thanks")), Type.BODY, 90)
    assert lines == [(Run("We accept"), Run(" two", bold=True), Run("; thanks"))]


@given(
    st.lists(st.text("abcdefgh\u00e4", min_size=1, max_size=40), min_size=1, max_size=30),
    st.floats(12, 170),
)
def test_no_line_is_too_wide_and_no_letter_is_lost(words, width):
    text = " ".join(words)
    lines = wrap(text, Type.CELL, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line, Type.CELL) <= width + 0.001 for line in lines)


def test_japanese_breaks_between_signs_and_not_before_a_stop():
    lines = wrap("東京都千代田区丸の内、一丁目", Type.CELL, 31)
    assert "".join(lines) == "東京都千代田区丸の内、一丁目"
    assert len(lines) == 2
    assert lines[1].startswith("内、")


def test_signs_are_not_parted_by_spaces_nobody_typed():
    assert wrap("上海贸易 有限公司", Type.CELL, 60) == ("上海贸易 有限公司",)
    assert wrap("上海贸易 有限公司", Type.CELL, 16) == ("上海贸易 有", "限公司")


def test_arabic_breaks_in_the_order_it_is_read():
    text = "شركة النور للتجارة العامة والمقاولات"
    lines = wrap(text, Type.CELL, 25)
    assert len(lines) > 1
    assert " ".join(lines) == text


def test_a_line_that_begins_with_arabic_still_runs_as_its_paragraph_does():
    lines = wrap("We deliver to שדרות רוטשילד, Tel Aviv", Type.CELL, 25)
    assert lines == ("We deliver to", "\u200eשדרות רוטשילד,", "Tel Aviv")


def test_a_line_without_arabic_letters_runs_as_its_arabic_paragraph_does():
    runs = (Run("שדרות רוטשילד "), Run("12–14", bold=True), Run(" TLV"))
    lines = wrap_runs(runs, Type.CELL, 22)
    assert lines[1][0].text.startswith("\u200f")


def test_a_devanagari_word_too_long_is_cut_between_its_letters():
    word = "क्षत्रियक्षत्रियक्षत्रिय"
    lines = wrap(word, Type.CELL, 10)
    assert "".join(lines) == word
    assert not any(line.startswith(("\u094d", "\u093f")) for line in lines)


@settings(deadline=None)
@given(
    st.lists(st.text("abé東京、「」한글שלוםشركةราคาน้ำहिन्दी12,.()", min_size=1, max_size=12),
             min_size=1, max_size=12),
    st.floats(14, 170),
)  # fmt: skip
def test_no_line_of_any_script_is_too_wide_and_no_letter_is_lost(words, width):
    try:
        text = printable(" ".join(words))
    except Refused:
        return
    lines = wrap(text, Type.CELL, width)
    shown = "".join(lines).replace(" ", "").replace("\u200e", "").replace("\u200f", "")
    assert shown == text.replace(" ", "")
    assert all(width_of(line, Type.CELL) <= width + 0.001 for line in lines)
