"""Are both texts' lines kept, and only once, wherever they were written?"""

import pytest
from hypothesis import given

from loyaldesk.protocol.text_merge import merge_text
from tests.protocol.strategies import text_lines


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a\nb\nc", "x\na\nb\nc", "a\nb\nc\ny", "x\na\nb\nc\ny"),
        ("a\nb\nc", "a\nc", "a\nb\nd", "a\nd"),
        ("a\nb\nc", "a\nB\nc", "a\nb2\nc", "a\nb2\nB\nc"),
        ("", "mine", "theirs", "theirs\nmine"),
        ("a", "a\nsame", "a\nsame", "a\nsame"),
        ("a", "a\nsame\nmine", "a\nsame", "a\nsame\nmine"),
        (None, "a\nb\nmine", "a\nb\ntheirs", "a\nb\ntheirs\nmine"),
    ],
)
def test_lines_of_both_stand_where_they_were_written(base, mine, theirs, merged):
    assert merge_text(base, mine, theirs) == merged


@given(text_lines, text_lines)
def test_what_one_left_alone_is_the_others(base, other):
    assert merge_text(base, base, other) == other
    assert merge_text(base, other, base) == other


@given(text_lines, text_lines)
def test_two_who_wrote_the_same_wrote_it_once(base, text):
    assert merge_text(base, text, text) == text


@given(text_lines, text_lines, text_lines)
def test_every_line_that_anybody_added_is_there(base, mine, theirs):
    merged = set(merge_text(base, mine, theirs).split("\n"))

    for text in (mine, theirs):
        assert set(text.split("\n")) - set(base.split("\n")) - {""} <= merged
