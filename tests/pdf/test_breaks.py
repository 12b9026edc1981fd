"""May a line end where it does in Chinese, Japanese, Thai or Devanagari?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.pdf.breaks import clusters_of, units_of


def test_a_line_may_end_between_any_two_signs():
    assert units_of("東京都") == ["東", "京", "都"]
    assert units_of("さくら") == ["さ", "く", "ら"]


@pytest.mark.parametrize("word", ["京、", "京。", "ラー", "きっ", "」", "人々", "キャ"])
def test_no_line_begins_with_a_stop_a_small_kana_or_a_closing_bracket(word):
    assert units_of(word) == [word]


@pytest.mark.parametrize("word", ["「東", "（株", "￥千"])
def test_no_line_ends_with_an_opening_bracket(word):
    assert units_of(word) == [word]


def test_a_number_keeps_what_it_counts():
    assert units_of("令和8年3月12日") == ["令", "和", "8年", "3月", "12日"]


def test_latin_greek_korean_and_arabic_words_stay_whole():
    for word in ("INV-2026-1", "Ωμέγα", "주식회사", "\u0634\u0631\u0643\u0629"):
        assert units_of(word) == [word]


def test_a_latin_word_among_signs_stays_whole():
    assert units_of("東京LAN線") == ["東", "京", "LAN", "線"]


def test_a_letter_keeps_its_marks_and_joins():
    assert clusters_of("x\u030cy") == ["x\u030c", "y"]
    assert clusters_of("\u05e9\u05c1\u05b8\u05dc") == ["\u05e9\u05c1\u05b8", "\u05dc"]
    assert clusters_of("\u0915\u094d\u0937\u0924") == ["\u0915\u094d\u0937", "\u0924"]
    assert clusters_of("\u0e40\u0e01\u0e47\u0e1a") == ["\u0e40\u0e01\u0e47", "\u0e1a"]
    assert clusters_of("\u0645\u06cc\u200c\u062e") == ["\u0645", "\u06cc\u200c", "\u062e"]


@given(st.text())
def test_nothing_is_lost_between_the_pieces(word):
    assert "".join(units_of(word)) == word
    assert "".join(clusters_of(word)) == word
