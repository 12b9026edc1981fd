"""Is the company kept as typed in, and only with what letters can print?"""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.operations.settings import (
    change_company,
    change_letter_text,
    change_setting,
    keep_sound_company,
)
from loyaldesk.queries.company import (
    own_texts,
    read_company,
    read_letter_texts,
    read_setting,
)
from tests.support.factories import do
from tests.support.refusals import refused

NORDLICHT = Sender(
    name="Nordlicht GmbH",
    address=("Kai 1", "20457 Hamburg"),
    tax_ids=("DE 123",),
    bank=BankAccount(name="Hansebank", iban="DE89370400440532013000", bic="COBADEFFXXX"),
    logo=Path("/tmp/logo.png"),  # noqa: S108 a name, never opened
    country="DE",
)


def test_the_company_comes_back_as_it_was_typed_in(store, reader):
    do(store, change_company, sender=NORDLICHT)
    assert read_company(reader) == NORDLICHT


def test_before_anybody_typed_it_in_there_is_no_company(reader):
    assert read_company(reader) is None


@pytest.mark.parametrize(
    ("sender", "field"),
    [
        (Sender(name="  "), "name"),
        (Sender(name="X", accent="blue"), "accent"),
        (Sender(name="X", accent="17506B0"), "accent"),
        (Sender(name="X", accent="FFEE99"), "accent"),
        (Sender(name="X", accent=""), "accent"),
        (Sender(name="X", country="Germany"), "country"),
        (Sender(name="X", country="XX"), "country"),
        (Sender(name="X", country="UK"), "country"),
        (Sender(name="X", email="nobody"), "email"),
        (Sender(name="X", bank=BankAccount(bic="HANSE")), "bic"),
        (Sender(name="X", bank=BankAccount(iban="DE89370400440532013001")), "iban"),
        (Sender(name="X", bank=BankAccount(iban="nonsense")), "iban"),
    ],
)
def test_what_letters_cannot_print_is_refused(store, sender, field):
    assert refused(store, change_company, sender=sender).field == field


def test_sound_fields_are_kept_whatever_else_is_wrong(store, reader):
    do(store, change_company, sender=NORDLICHT)
    wrong_bank = replace(NORDLICHT.bank, iban="DE89370400440532013001", name="Neue Bank")
    typed = replace(NORDLICHT, phone="1", email="oops", country="XX", bank=wrong_bank)
    kept, wrong = do(store, keep_sound_company, sender=typed)
    assert set(wrong) == {"email", "country", "iban"}
    assert kept == read_company(reader)
    assert kept == replace(NORDLICHT, phone="1", bank=replace(NORDLICHT.bank, name="Neue Bank"))


def test_without_a_name_no_company_begins(store, reader):
    _, wrong = do(store, keep_sound_company, sender=Sender(name="", phone="1"))
    assert list(wrong) == ["name"]
    assert read_company(reader) is None


def test_a_setting_of_a_newer_version_does_not_break_the_letterhead(store, reader):
    do(store, change_setting, key="company", value={"name": "X", "slogan": "new"})
    found = read_company(reader)
    assert found is not None
    assert found.name == "X"


@pytest.mark.parametrize("value", [None, 0, "é", [1, {"a": None}], {"b": True}])
def test_a_setting_is_anything_that_json_can_say(store, reader, value):
    do(store, change_setting, key="k", value=1)
    do(store, change_setting, key="k", value=value)
    assert read_setting(reader, key="k") == value


class TestLetterTexts:
    CLOSE: ClassVar = {"language": "de", "key": "close", "ours": "Mit freundlichen Grüßen"}

    def test_own_words_are_kept_by_language(self, store, reader):
        do(store, change_letter_text, **self.CLOSE, text="Mit besten Grüßen aus Kiel")
        assert own_texts(reader, locale="de-CH") == (("close", "Mit besten Grüßen aus Kiel"),)
        assert own_texts(reader, locale="en-GB") == ()

    @pytest.mark.parametrize("text", ["", "  ", "Mit freundlichen Grüßen"])
    def test_emptied_words_are_ours_again(self, store, reader, text):
        do(store, change_letter_text, **self.CLOSE, text="Gruß")
        do(store, change_letter_text, **self.CLOSE, text=text)
        assert read_letter_texts(reader) == {"de": {}}

    def test_words_with_a_field_that_nothing_fills_are_refused(self, store):
        refusal = refused(store, change_letter_text, **self.CLOSE, text="Gruß, {name}")
        assert "There is no field {name} in this text" in str(refusal)
        assert refusal.field == "text"
