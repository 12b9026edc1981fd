"""Are the company's words kept as typed, checked as typed, and shown in the letter?"""

from __future__ import annotations

import pytest

from loyaldesk.domain.letter import Sender
from loyaldesk.domain.letter_texts import EDITABLE_TEXTS
from loyaldesk.operations.settings import change_company
from loyaldesk.queries.company import own_texts, read_letter_texts
from loyaldesk.ui.settings.letter_text_rows import group_title, text_title
from loyaldesk.ui.settings.letter_texts_dialog import LANGUAGES, LetterTextsDialog
from tests.pdf.reading import text_of
from tests.support.factories import do


@pytest.fixture
def dialog(desk, store, keep):
    do(store, change_company, sender=Sender(name="Nordlicht GmbH", country="DE"))
    return keep(LetterTextsDialog(desk))


def kept(store, locale="en-GB"):
    return dict(own_texts(store.reader(), locale=locale))


def letter(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog.reader.source is not None)
    return " ".join(text_of(dialog.reader.source).split())


def test_every_text_and_group_has_a_title():
    for group, names in EDITABLE_TEXTS:
        assert group_title(group)
        assert all(text_title(name) for name in names)


def test_it_opens_on_our_words_for_an_accepted_order(dialog, qtbot):
    assert dialog.text.toPlainText().startswith("Thank you for your order.")
    assert "We accept it as you ordered." in letter(dialog, qtbot)


def test_what_is_typed_appears_in_the_letter_before_it_is_kept(dialog, store, qtbot):
    dialog.text.setPlainText("Ahoy and thank you.")
    qtbot.waitUntil(lambda: "Ahoy and thank you." in letter(dialog, qtbot))
    assert kept(store) == {}


def test_saving_keeps_the_words_and_can_be_undone(dialog, store, heard):
    dialog.text.setPlainText("Ahoy.")
    dialog.accept()
    assert kept(store) == {"ack.accepted": "Ahoy."}
    assert heard.said == [("Letter text changed", True)]
    store.undo()
    assert kept(store) == {}


def test_choosing_another_text_keeps_the_first_and_shows_its_own_letter(dialog, store, qtbot):
    dialog.text.setPlainText("Ahoy.")
    dialog.list.row_chosen.emit("statement.tone_firm")
    assert kept(store) == {"ack.accepted": "Ahoy."}
    assert "{day}" in dialog.text.toPlainText()
    qtbot.waitUntil(lambda: "Statement of account" in letter(dialog, qtbot))


def test_the_words_of_a_mail_are_shown_as_a_mail(dialog, qtbot):
    dialog.list.row_chosen.emit("mail.statement")
    dialog.text.setPlainText("Here it is: {number}.")
    qtbot.waitUntil(lambda: b"Here it is: A-0000-00000." in (dialog.reader.source or b""))


def test_a_field_that_nothing_fills_is_said_and_not_kept(dialog, store):
    dialog.text.setPlainText("Dear {person}")
    assert "no field {person}" in dialog.field.error
    assert not dialog.verb_button.isEnabled()
    dialog.list.row_chosen.emit("close")
    assert kept(store) == {}


def test_our_text_comes_back_at_a_click(dialog, store):
    dialog.text.setPlainText("Ahoy.")
    dialog.accept()
    dialog.reset.click()
    assert kept(store) == {}
    assert dialog.text.toPlainText().startswith("Thank you")
    assert not dialog.reset.isEnabled()


def test_each_language_has_its_own_words(dialog, store):
    dialog.list.row_chosen.emit("close")
    dialog.language.choose("de")
    assert dialog.text.toPlainText() == "Mit freundlichen Grüßen"
    dialog.text.setPlainText("Gute Fahrt")
    dialog.reject()
    assert read_letter_texts(store.reader()) == {"de": {"close": "Gute Fahrt"}}


def test_closing_unchanged_writes_nothing(dialog, store):
    before = store.undo_label
    dialog.reject()
    assert store.undo_label == before


def test_every_language_of_letters_is_offered():
    assert [key for key, _ in LANGUAGES] == ["en", "de", "fr", "es"]
