"""Which own words may stand in place of ours?"""

import pytest

from loyaldesk.domain.letter_texts import EDITABLE_TEXTS, fields_of, text_problem

OURS = "Please pay **by {day}** or call {name} on {phone}."


def test_fields_are_named_in_the_order_of_the_text():
    assert fields_of(OURS) == ("day", "name", "phone")


@pytest.mark.parametrize(
    "own",
    [
        "Kindly pay by {day}.",
        "Call **{name}** on {phone} by {day}.",
        "Pay at once.",
        "Pay {{now}}.",
    ],
)
def test_words_with_the_fields_of_ours_or_fewer_are_sound(own):
    assert text_problem(own, OURS) == ""


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("Pay by {date}.", "There is no field {date} in this text; it has {day}, {name}, {phone}."),
        ("Pay by {day.", "A brace { or } is left open or holds no field."),
        ("Pay by day}.", "A brace { or } is left open or holds no field."),
        ("Pay by {}.", "A brace { or } is left open or holds no field."),
        ("Pay by {0}.", "A brace { or } is left open or holds no field."),
        ("Pay by {day.__class__}.", "A brace { or } is left open or holds no field."),
        ("Pay by {day!r}.", "A brace { or } is left open or holds no field."),
        ("Pay by {day:>99999}.", "A brace { or } is left open or holds no field."),
        ("Pay **by {day}.", "Two stars ** are opened and not closed."),
        ("   ", "The text is empty."),
        ("x" * 601, "The text is longer than 600 characters."),
    ],
)
def test_what_would_not_be_filled_is_named(own, said):
    assert text_problem(own, OURS) == said


def test_a_text_without_fields_offers_none():
    assert text_problem("Dear {name},", "Dear customer,").endswith("it has none.")


def test_no_text_is_offered_twice():
    names = [name for _, group in EDITABLE_TEXTS for name in group]
    assert len(names) == len(set(names))
