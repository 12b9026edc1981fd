"""Is a sentence for one customer drawn once it is typed, and never longer than a letter bears?"""

from __future__ import annotations

import pytest

from loyaldesk.ui.letters.personal_field import LONGEST, PersonalField


@pytest.fixture
def field(desk, keep):
    return keep(PersonalField(desk))


def test_it_settles_once_after_the_last_letter(field, qtbot):
    settled = []
    field.settled.connect(lambda: settled.append(field.value()))
    for words in ("T", "Th", "Thank  you\nso much "):
        field.text.setPlainText(words)
    qtbot.waitUntil(lambda: bool(settled))
    assert settled == ["Thank you so much"]


def test_what_is_on_screen_is_withheld_while_it_is_typed(field, qtbot):
    with qtbot.waitSignal(field.typing):
        field.text.setPlainText("T")


def test_too_long_a_sentence_says_so_and_is_not_drawn(field, qtbot):
    settled = []
    field.settled.connect(lambda: settled.append(1))
    field.text.setPlainText("x" * (LONGEST + 1))
    qtbot.wait(600)
    assert str(LONGEST) in field.error
    assert settled == []
