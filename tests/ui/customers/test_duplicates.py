"""Is a customer who is here already pointed out, and can two be made one from the window?"""

import pytest

from loyaldesk.operations.merging import merge_customers
from loyaldesk.queries.record_fields import ParentName
from loyaldesk.ui.customers.customer_dialog import CustomerDialog
from loyaldesk.ui.customers.duplicate_note import PAUSE_MS
from loyaldesk.ui.customers.duplicates_dialog import DuplicatesDialog
from loyaldesk.ui.customers.merge_dialog import MergeDialog
from tests.support.factories import do, make_contact, make_customer
from tests.support.qt import nameless


@pytest.fixture
def here(store):
    return make_customer(store, "Müller & Söhne GmbH", number="10042", phone="040 1234567")


@pytest.fixture
def two(store, here):
    """Return the one that stays, and another with one contact."""
    customer_id = make_customer(store, "Mueller und Soehne", number="10077")
    make_contact(store, customer_id, "Meier")
    return here, customer_id


def test_who_is_here_already_is_said_while_a_new_one_is_typed(desk, keep, here, heard, qtbot):
    form = keep(CustomerDialog(desk))
    assert not form.duplicates.isVisible()
    form.grid.show_values({"name": "Mueller Soehne"})
    qtbot.waitUntil(form.duplicates.isVisible, timeout=20 * PAUSE_MS)

    (item,) = form.duplicates.list.entries
    assert item.spoken == "Müller & Söhne GmbH, 10042, Same name"
    form.duplicates.list.row_activated.emit(item.key)
    assert heard.wished == [("customer", here)]
    assert not form.isVisible()


def test_nothing_is_said_of_somebody_new_or_in_the_form_of_who_is_here(desk, keep, here, qtbot):
    form = keep(CustomerDialog(desk))
    form.grid.show_values({"name": "Fördekontor"})
    qtbot.wait(2 * PAUSE_MS)
    assert not form.duplicates.isVisible()
    assert not hasattr(keep(CustomerDialog(desk, here)), "duplicates")


def test_two_are_made_one_by_two_fields_and_a_verb(desk, keep, store, two, heard):
    dialog = keep(MergeDialog(desk, two[0]))
    assert dialog.kept.text() == "10042"
    dialog.gone.setText("10077")
    dialog.gone.textEdited.emit("10077")
    dialog.gone._look()  # noqa: SLF001 - without its pause
    dialog.accept()

    assert heard.wished == [("customer", two[0])]
    assert store.undo_label == "Merge Mueller und Soehne into Müller & Söhne GmbH"
    with store.reader() as reader:
        assert reader.value("SELECT customer_id FROM contact") == two[0]


def test_a_missing_or_the_same_customer_is_said_at_its_field(desk, keep, store, here):
    dialog = keep(MergeDialog(desk, here))
    dialog.accept()
    assert "number or the name" in dialog.fields["gone_id"].error

    dialog.gone.show_parent(ParentName(here, "10042", "Müller & Söhne GmbH"))
    dialog.accept()
    assert "same customer" in dialog.fields["gone_id"].error
    assert store.undo_label != "Merge customers"


def test_pairs_lead_to_the_question_which_one_stays(desk, keep, two):
    dialog = keep(DuplicatesDialog(desk))

    (item,) = dialog.pairs.entries
    assert item.spoken.startswith("Müller & Söhne GmbH and Mueller und Soehne")
    assert dialog.focusWidget() is dialog.pairs
    assert dialog.pairs.chosen_key == item.key
    dialog.pairs.row_activated.emit(item.key)
    (question,) = dialog.findChildren(MergeDialog)
    assert (question.kept.parent_id, question.gone.parent_id) == two
    question.close()


def test_what_was_merged_can_be_parted_from_the_list(desk, keep, store, two, heard):
    do(store, merge_customers, kept_id=two[0], gone_id=two[1])
    dialog = keep(DuplicatesDialog(desk))
    assert dialog.pairs.entries == []
    (item,) = dialog.merged.entries
    assert item.spoken.startswith("Mueller und Soehne, 10077 went into 10042")

    dialog.merged.item_action.emit(item.key, "part")

    assert heard.said == [("Two customers again", True)]
    assert not dialog.merged.isVisible()
    assert len(dialog.pairs.entries) == 1


def test_everything_has_a_name(desk, keep, two):
    for dialog in (keep(DuplicatesDialog(desk)), keep(MergeDialog(desk, two[0]))):
        assert list(nameless(dialog)) == []
