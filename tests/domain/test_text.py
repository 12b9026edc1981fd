"""Words, numbers and phones are folded as people type them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loyaldesk.domain.text import (
    fold,
    indexed_words,
    number_key,
    phone_digits,
    phone_suffixes,
    spellings,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller & Söhne", "muller & sohne"),
        ("Straße", "strasse"),
        ("GROẞ", "gross"),
        ("Łódź", "lodz"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul  Ltd", "istanbul ltd"),
        ("Ελλάς", "ελλασ"),
        ("Ёлка", "елка"),
        ("ﬁnance", "finance"),
        ("ＡＢＣ", "abc"),
    ],
)
def test_accents_strokes_and_case_are_folded(text, folded):
    assert fold(text) == folded


@given(st.text())
@example("ẞ ŉ ǰ İ ΐ")
def test_folding_twice_changes_nothing_for_what_is_sought(text):
    assert words(fold(text)) == words(text)


@given(st.text())
@example("a\u0308\u0301 Å \u212b")
def test_every_word_has_its_own_folding_among_its_spellings(text):
    assert [group[0] for group in spellings(text)] == words(text)


@given(st.text())
def test_whatever_is_typed_as_the_name_is_among_the_words_it_is_indexed_under(text):
    assert set(words(text)) <= set(indexed_words(text))


@given(st.text())
def test_words_never_hold_what_the_index_keeps_for_itself(text):
    assert not any(set(word) & set(' "=+*') for word in indexed_words(text))


def test_letters_and_digits_in_one_word_are_found_apart_too():
    assert indexed_words("PO8812") == ["po8812", "po", "8812"]


def test_umlauts_are_spelt_both_ways():
    assert spellings("Müller Bau") == [("muller", "mueller"), ("bau",)]


def test_a_name_is_indexed_without_its_apostrophe_hyphen_and_points_too():
    assert indexed_words("O’Neill") == ["o", "neill", "oneill"]
    assert "cocacola" in indexed_words("Coca-Cola")
    assert "abc" in indexed_words("A.B.C. GmbH")
    assert indexed_words("Vertrag.pdf") == ["vertrag", "pdf"]


def test_chinese_and_japanese_signs_are_words_of_their_own():
    assert words("株式会社ABC") == ["株", "式", "会", "社", "abc"]


def test_a_number_is_its_letters_and_digits():
    assert number_key("PO 88-12/A") == "po8812a"


@pytest.mark.parametrize(
    "written", ["+49 (0)40 1234-567", "0049 40 1234567", "+49401234567", "49 40/12 34 56 7"]
)
def test_a_phone_is_the_same_in_any_format(written):
    assert phone_digits(written) == "49401234567"


@pytest.mark.parametrize("written", ["+49 (0)40 1234-567", "+49401234567", "040 1234567"])
@pytest.mark.parametrize("typed", ["040 12", "40123", "1234 56", "040/1234567"])
def test_a_phone_is_found_while_it_is_typed_without_its_country(written, typed):
    sought = phone_digits(typed)
    assert any(run.startswith(sought) for run in phone_suffixes(written))


def test_what_is_no_phone_has_no_digit_runs():
    assert phone_suffixes("ask Ana") == []
    assert phone_suffixes("12") == []


@given(st.text(alphabet="+0123456789 ()/-", max_size=30))
def test_the_first_run_is_the_whole_number(text):
    runs = phone_suffixes(text)
    assert runs[:1] in ([], [phone_digits(text)])
