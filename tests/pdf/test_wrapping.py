"""Does text break at words, keep what belongs together and lose nothing?"""

from hypothesis import given
from hypothesis import strategies as st

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
