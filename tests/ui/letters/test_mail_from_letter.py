"""Does a letter on screen go into a mail, on record first, and once?"""

import pytest

from loyaldesk.ui.letters.envelope_dialog import EnvelopeDialog
from loyaldesk.ui.letters.statement_dialog import StatementDialog


@pytest.fixture
def dialog(desk, case, keep):
    return keep(StatementDialog(desk, case.customer_id))


@pytest.fixture
def other(desk, case, keep):
    return keep(StatementDialog(desk, case.customer_id))


@pytest.fixture
def wished(desk):
    found: list[int] = []
    desk.ways.letter_mail_wanted.connect(found.append)
    return found


def test_a_statement_is_put_on_record_and_its_mail_is_asked_for(dialog, letters, wished, store):
    dialog.mail_button.click()
    assert [number for number, *_ in letters()] == ["S-2026-00001"]
    assert wished == [1]
    assert not dialog.isVisible()
    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM dispatch") == 0


def test_a_letter_whose_number_was_taken_is_drawn_anew_and_not_mailed(
    other, dialog, letters, wished
):
    other.mail_button.click()
    dialog.mail_button.click()
    assert wished == [1]
    assert len(letters()) == 1
    assert dialog.isVisible()
    dialog.mail_button.click()
    assert wished == [1, 2]


def test_the_test_page_is_no_letter(desk, keep):
    dialog = keep(EnvelopeDialog(desk))
    assert not dialog.mail_button.isVisible()
