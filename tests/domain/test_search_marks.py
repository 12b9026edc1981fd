"""The part that was sought is marked in the text as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.search_marks import holds_word, mark_number, mark_phone, mark_words
from loyaldesk.domain.text import spellings


def marked(text, marks):
    return [text[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("text", "typed", "parts"),
    [
        ("Müller & Söhne GmbH", "mull soh", ["Müll", "Söh"]),
        ("Müller & Söhne GmbH", "Mueller", ["Müller"]),
        ("Mueller AG", "müller", ["Mueller"]),
        ("Straßenbau", "strass", ["Straß"]),
        ("Straßenbau", "stras", ["Straß"]),
        ("Łódź", "lodz", ["Łódź"]),
        ("O’Neill", "oneill", ["O’Neill"]),
        ("D'Arcy & Co", "arcy", ["Arcy"]),
        ("Coca-Cola", "cocacola", ["Coca-Cola"]),
        ("Bauer Bau", "bau", ["Bau", "Bau"]),
        ("Neubau", "bau", []),
        ("東京商事株式会社", "商事", ["商事"]),
        ("Mu\u0308ller", "muller", ["Mu\u0308ller"]),
    ],
)
def test_words_are_marked_where_they_begin(text, typed, parts):
    assert marked(text, mark_words(text, spellings(typed))) == parts


@given(st.text(), st.text())
def test_marks_lie_in_the_text_and_apart(text, typed):
    marks = mark_words(text, spellings(typed))
    edges = [edge for mark in marks for edge in mark]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)


def test_a_number_is_marked_however_it_is_written():
    assert marked("PO 88/12-A", mark_number("PO 88/12-A", "po8812")) == ["PO 88/12"]
    assert marked("Order 4711", mark_number("Order 4711", "4711")) == ["4711"]
    assert mark_number("Order 4711", "4712") == ()


@pytest.mark.parametrize(
    ("text", "digits", "parts"),
    [
        ("+49 (0)40 1234-567", "494012", ["49 (0)40 12"]),
        ("+49 (0)40 1234-567", "1234567", ["1234-567"]),
        ("040/1234567", "4012", ["40/12"]),
        ("040/1234567", "999", []),
    ],
)
def test_phone_digits_are_marked_in_any_grouping(text, digits, parts):
    assert marked(text, mark_phone(text, digits)) == parts


LETTERS = st.text("abeES sß'’.-_01x@ä²", max_size=12)


@given(text=LETTERS, sought=LETTERS)
def test_a_word_is_told_to_be_held_exactly_where_there_is_something_to_mark(text, sought):
    for group in spellings(sought):
        assert holds_word(text, group) == bool(mark_words(text, [group]))
