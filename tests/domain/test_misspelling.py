"""One slip is forgiven, two are not, and the keys never miss one."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loyaldesk.domain.misspelling import (
    LONGEST_PREFIX,
    can_be_misspelt,
    deletion_keys,
    prefixes,
    slip,
)

WORDS = st.text(alphabet="abcde", min_size=4, max_size=12)


def distance(one, other):
    """Optimal string alignment, by the book."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            table[i, j] = min(
                table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b)
            )
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one), len(other)]


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("mulelr", "muller", 0),
        ("muler", "muller", 1),
        ("mulller", "muller", 1),
        ("mudler", "muller", 1),
        ("mulle", "mulled", None),
        ("mullex", "muller", 2),
        ("umller", "muller", 0),
        ("mlulre", "muller", None),
        ("muller", "muller", None),
        ("schnedi", "schneiderei", 0),
    ],
)
def test_a_slip_is_one_edit_at_the_beginning_of_a_word(typed, meant, cost):
    assert slip(typed, meant) == cost


@given(WORDS, WORDS)
def test_a_slip_is_found_where_the_book_says_one_edit(typed, word):
    beginnings = {word[:length] for length in range(len(typed) - 1, len(typed) + 2)}
    is_near = 1 in {distance(typed, beginning) for beginning in beginnings}
    assert (slip(typed, word) is not None) == (is_near and not word.startswith(typed))


@given(st.data(), st.text(alphabet="abcdefgh", min_size=5, max_size=12))
def test_every_word_with_one_slip_shares_a_key(data, word):
    place = data.draw(st.integers(0, len(word) - 2))
    letter = data.draw(st.sampled_from("abcdefgh"))
    typed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + letter + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    assume(can_be_misspelt(typed))
    filed = {key for prefix in prefixes(word) for key in deletion_keys(prefix)}
    assert filed & deletion_keys(typed[:LONGEST_PREFIX])


def test_numbers_and_short_words_are_taken_as_typed():
    assert not can_be_misspelt("10042")
    assert not can_be_misspelt("ann")
    assert can_be_misspelt("anna")


def test_a_word_is_filed_under_its_first_letters_only():
    assert list(prefixes("schneiderei")) == ["schn", "schne", "schnei", "schneid"]
