"""Does the statement follow the type and the days that are chosen, and prove itself?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from loyaldesk.ui.letters.statement_dialog import StatementDialog
from loyaldesk.ui.widgets.banner import Banner
from loyaldesk.ui.widgets.fields import LabelledField
from tests.pdf.reading import text_of
from tests.support.qt import nameless, too_small


@pytest.fixture
def dialog(desk, case, qtbot) -> StatementDialog:
    made = StatementDialog(desk, case.customer_id)
    qtbot.addWidget(made)
    made.show()
    return made


def choose(dialog, kind: str) -> str:
    dialog.type.setCurrentIndex(dialog.type.findData(kind))
    return text_of(dialog.reader.source)


def type_day(field, day) -> None:
    field.selectAll()
    QTest.keyClicks(field, day if isinstance(day, str) else day.isoformat())


def test_the_balance_stands_beside_the_letter_and_in_it(dialog):
    assert "€2,100.00" in dialog.facts.text()
    assert "Proved" in dialog.facts.text()
    assert "2,100.00" in text_of(dialog.reader.source)


def test_every_type_is_a_letter_of_its_own(dialog, today):
    type_day(dialog.start, today - timedelta(days=30))
    kinds = ("open-item", "balance-forward", "activity", "detailed")
    assert len({choose(dialog, kind) for kind in kinds}) == len(kinds)


def test_a_past_day_shows_what_was_owed_then(dialog, today):
    type_day(dialog.as_of, today - timedelta(days=1))
    assert "2,100.00" not in text_of(dialog.reader.source)


def test_a_start_after_the_end_is_refused_and_nothing_can_be_printed(dialog, today):
    dialog.type.setCurrentIndex(dialog.type.findData("activity"))
    type_day(dialog.start, today + timedelta(days=1))
    assert dialog.findChildren(Banner)
    assert not dialog.verb_button.isEnabled()
    type_day(dialog.start, today - timedelta(days=1))
    assert dialog.verb_button.isEnabled()


def test_a_day_that_is_none_is_refused_where_it_stands(dialog):
    type_day(dialog.as_of, "30.02.2026")
    assert [field.error for field in dialog.findChildren(LabelledField) if field.error]
    assert not dialog.verb_button.isEnabled()
    type_day(dialog.as_of, "2026-11-20")
    assert dialog.verb_button.isEnabled()


def test_saved_is_what_was_shown(dialog, save_to, letters):
    preview = dialog.reader.source
    dialog.save_button.click()
    assert save_to.read_bytes() == preview
    assert [entry[0] for entry in letters()] == ["S-2026-00001"]


def test_everything_in_it_has_a_name_and_room(dialog):
    assert nameless(dialog) == []
    assert too_small(dialog) == []
