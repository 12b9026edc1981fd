"""What is nearer to what was typed comes first; then what is recent and mine."""

import pytest

from loyaldesk.domain.search_ranking import Tier, begins_word, hit_importance, word_tier


def test_a_name_that_begins_with_the_word_comes_before_one_that_holds_it():
    assert word_tier(0, begins=True) < word_tier(0, begins=False)
    assert word_tier(1, begins=True) < word_tier(1, begins=False)


def test_whole_words_come_before_beginnings_and_names_before_their_surroundings():
    tiers = [word_tier(step, begins=False) for step in range(3)]
    assert tiers == [Tier.WORD_WHOLE, Tier.WORD, Tier.AROUND] == sorted(tiers)


def test_what_was_forgiven_comes_after_everything():
    assert min(Tier) + Tier.FORGIVEN > Tier.AROUND


def test_a_key_account_counts_as_contacted_a_year_later():
    plain = hit_importance("2024-05-01")
    assert hit_importance("2023-05-02", is_key_account=True) == plain
    assert hit_importance("2024-04-30", is_mine=True) > plain
    assert hit_importance(None) == 0


@pytest.mark.parametrize(
    ("text", "word", "begins"),
    [("o'neill", "neill", True), ("neubau", "bau", False), ("neubau bau", "bau", True),
     ("muller", "mullerei", False), ("", "a", False)],
)  # fmt: skip
def test_a_word_begins_after_what_is_no_letter(text, word, begins):
    assert begins_word(text, [word]) is begins
