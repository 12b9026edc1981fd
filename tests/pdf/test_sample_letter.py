"""Does the letter beside the settings show what is being edited?"""

from datetime import UTC, datetime

import pytest

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.domain.letter_texts import EDITABLE_TEXTS, fields_of
from loyaldesk.pdf.sample_letter import draw_sample_letter
from loyaldesk.pdf.texts import texts_for
from tests.pdf.reading import text_of

NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
SENDER = Sender(
    name="Nordlicht GmbH",
    address=("Kai 1", "20457 Hamburg"),
    phone="+49 40 1",
    email="a@nordlicht.example",
    signature_name="Petra Lindemann",
    country="DE",
    bank=BankAccount(name="Hansebank", iban="DE89370400440532013000"),
)
NAMES = [name for key, group in EDITABLE_TEXTS if key != "mail" for name in group]


def drawn(**wishes):
    pdf = draw_sample_letter(sender=SENDER, locale="en-GB", printed_at=NOW, **wishes)
    return " ".join(text_of(pdf).split())


@pytest.mark.parametrize("name", NAMES)
def test_own_words_appear_in_the_letter_that_is_chosen_for_them(name):
    fields = " ".join(f"{{{field}}}" for field in fields_of(texts_for("en-GB")[name]))
    text = drawn(shows=name, own_texts=((name, f"Zebra **crossing** {fields}"),))
    assert "Zebra crossing" in text
    assert "{" not in text


def test_it_is_a_draft_and_says_so():
    assert "DRAFT" in drawn()


def test_without_a_wish_it_is_an_acknowledgement_with_the_letterhead():
    text = drawn()
    assert "Order acknowledgement A-0000-00000" in text
    assert "Nordlicht GmbH" in text
