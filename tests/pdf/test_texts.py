"""Do all languages say the same things, with places for the same values?"""

import re
import string

import pytest

from loyaldesk.domain.letter_texts import EDITABLE_TEXTS, text_problem
from loyaldesk.errors import Refused
from loyaldesk.pdf.texts import texts_for
from loyaldesk.pdf.wrapping import Run


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def said_by(texts):
    """Return the names of all texts but the units, which are words of other languages."""
    return {name for name in texts.names() if not name.startswith("unit.")}


@pytest.mark.parametrize("tag", ["de-DE", "de-CH", "en-US", "fr-FR", "es-ES"])
def test_every_text_is_there_with_the_same_places(tag):
    english, other = texts_for("en-GB"), texts_for(tag)
    assert said_by(other) == said_by(english)
    optional = {"count", "day"} | ({"family_name", "name"} if tag == "fr-FR" else set())
    for key in said_by(english):
        assert places(other[key]) ^ places(english[key]) <= optional, key


def test_american_letters_spell_and_close_the_american_way():
    texts = texts_for("en-US")
    assert texts["title.acknowledgement"] == "Order acknowledgment"
    assert texts["close"] == "Sincerely,"
    assert "acknowledgement" not in " ".join(texts[key] for key in texts.names())


@pytest.mark.parametrize("tag", ["de-CH", "de-LI"])
def test_swiss_letters_know_no_sharp_s(tag):
    texts = texts_for(tag)
    assert [key for key in texts.names() if "ß" in texts[key]] == []


def test_german_letters_never_say_du():
    texts = texts_for("de-DE")
    words = " ".join(texts[key] for key in texts.names()).lower().split()
    assert not {"du", "dein", "deine", "dich", "dir"} & set(words)


def test_french_letters_keep_a_space_that_does_not_break_before_tall_signs():
    texts = texts_for("fr-FR")
    for key in texts.names() - {"alt.short"}:  # that one is a list for machines
        assert not re.search(r"[^\u00a0\s](?:[;?!]| [:;?!»%])", texts[key]), key


@pytest.mark.parametrize(
    ("tag", "intimate"),
    [
        ("fr-FR", {"tu", "te", "toi", "ton", "tes"}),
        ("es-ES", {"tú", "tu", "tus", "te", "vosotros"}),
    ],
)
def test_french_and_spanish_letters_are_formal(tag, intimate):
    texts = texts_for(tag)
    words = " ".join(texts[key] for key in texts.names()).lower().split()
    assert not intimate & set(words)


@pytest.mark.parametrize(
    ("tag", "area", "word", "said"),
    [
        ("de-DE", "channel", "phone", "telefonisch"),
        ("de-DE", "channel", "E-mail", "per E-Mail"),
        ("de-DE", "channel", "on the fair", "on the fair"),
        ("en-GB", "channel", "letter", "by letter"),
        ("en-US", "channel", "web", "online"),
        ("de-DE", "unit", "pcs", "Stk."),
        ("de-DE", "unit", "boxes", "Kartons"),
        ("de-DE", "unit", "48 x 6 oz", "48 x 6 oz"),
        ("en-GB", "unit", "Stk", "pcs"),
        ("en-GB", "unit", "pcs", "pcs"),
        ("fr-CH", "channel", "phone", "par téléphone"),
        ("fr-FR", "unit", "Stück", "pces"),
        ("es-MX", "unit", "boxes", "cajas"),
    ],
)
def test_words_of_our_records_are_said_in_the_language_of_the_letter(tag, area, word, said):
    assert texts_for(tag).known(area, word) == said


def test_a_language_that_is_not_there_yet_falls_back_to_english():
    assert texts_for("sv-SE")["close"] == "Yours sincerely,"


@pytest.mark.parametrize("tag", ["../secrets", "en/../de", "../envelopes/us-10", "", "xx"])
def test_a_tag_never_leaves_the_folder_of_texts(tag):
    assert texts_for(tag)["close"] == "Yours sincerely,"


def test_bold_comes_from_the_template_and_never_from_a_value():
    runs = texts_for("en-GB").runs("ack.call_me", phone="**1** {day}")
    assert runs == (
        Run("Questions or changes? Call me on "),
        Run("**1** {day}", bold=True),
        Run("."),
    )


def test_small_numbers_are_words_and_large_ones_digits():
    texts = texts_for("en-GB")
    assert (texts.counted(4), texts.counted(12), texts.counted(13)) == ("four", "twelve", "13")


LANGUAGES = ("en-GB", "en-US", "de-DE", "fr-FR", "es-ES")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_a_company_may_edit_is_a_text_in_every_language(tag):
    names = {name for _, group in EDITABLE_TEXTS for name in group}
    assert names <= texts_for(tag).names()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_our_own_texts_pass_the_rule_for_own_words(tag):
    texts = texts_for(tag)
    names = [name for _, group in EDITABLE_TEXTS for name in group]
    assert [name for name in names if text_problem(texts[name], texts[name])] == []


def test_own_words_stand_in_place_of_ours_and_leave_the_others():
    texts = texts_for("en-GB", (("close", "Fair winds,"),))
    assert (texts["close"], texts["dear_unknown"]) == ("Fair winds,", "Dear customer,")
    assert texts_for("en-GB")["close"] == "Yours sincerely,"


def test_a_field_that_nothing_fills_stops_the_letter():
    with pytest.raises(Refused, match=r"no field \{order\}.*Nothing was made; correct it under"):
        texts_for("en-GB", (("ack.accepted", "Thank you for {order}."),))


def test_own_words_for_a_text_that_is_no_longer_there_may_have_no_field():
    with pytest.raises(Refused, match="it has none"):
        texts_for("en-GB", (("ack.gone", "By {day}"),))


@pytest.mark.parametrize("tag", ["en-GB", "de-DE", "fr-FR", "es-ES"])
def test_what_is_read_out_in_full_is_an_abbreviation_that_letters_print(tag):
    texts = texts_for(tag)
    printed = {texts[name] for name in texts.names()} | {"pcs"}
    for short, long in texts.long_forms.items():
        assert len(long) > len(short)
        assert short in printed, short
