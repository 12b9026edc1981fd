"""Do the levels of reminders act as they are typed, and are wrong ones told and not kept?"""

import pytest

from loyaldesk.domain.dunning_policy import DunningPolicy, ReminderTone
from loyaldesk.domain.money import Money
from loyaldesk.queries.dunning_policy import read_policy
from loyaldesk.ui.settings.reminders_form import RemindersForm
from tests.support.qt import nameless, too_small


@pytest.fixture
def form(desk, keep):
    return keep(RemindersForm(desk), (640, 900))


@pytest.fixture
def policy(store):
    """Return what reads the levels as they are kept."""

    def read():
        with store.reader() as reader:
            return read_policy(reader)

    return read


def type_into(editor, text):
    editor.setText(text)
    editor.editingFinished.emit()


def test_usual_levels_are_shown_and_looking_changes_nothing(form, policy, store):
    assert [level.days["days_late"].text() for level in form.levels] == ["7", "21", "35"]
    form.save()
    assert policy() == DunningPolicy()
    assert store.undo_label in {None, ""}


def test_what_is_typed_acts_when_the_field_is_left_and_can_be_undone(form, policy, store, heard):
    type_into(form.levels[1].days["days_after"], "20")
    assert policy().levels[1].days_after == 20
    assert heard.said[-1] == ("Reminder levels changed", True)
    store.undo()
    assert form.levels[1].days["days_after"].text() == "14"


def test_fee_is_typed_with_its_currency_in_one_or_several(form, policy):
    type_into(form.levels[1].fees, "40 eur; 35.50 GBP")
    assert policy().levels[1].fees == (Money(40_00, "EUR"), Money(35_50, "GBP"))
    assert form.levels[1].fees.text() == "40 eur; 35.50 GBP"


@pytest.mark.parametrize("typed", ["forty EUR", "40", "40 EURO", "EUR"])
def test_fee_that_is_not_understood_is_told_and_not_kept(form, policy, typed):
    type_into(form.levels[1].fees, typed)
    assert "Type amounts with their currency" in form.levels[1].fields["fees"].error
    assert policy() == DunningPolicy()


def test_level_before_the_one_below_it_is_told_and_not_kept(form, policy):
    type_into(form.levels[2].days["days_late"], "10")
    assert "later than the one before" in form.levels[2].fields["days_late"].error
    assert "not saved" in form.levels[2].fields["days_late"].error
    assert policy() == DunningPolicy()
    type_into(form.levels[2].days["days_late"], "40")
    assert form.levels[2].fields["days_late"].error == ""
    assert policy().levels[2].days_late == 40


def test_ticks_and_tone_act_at_once(form, policy):
    form.levels[2].next_step.click()
    form.law.click()
    form.levels[1].tone.setCurrentIndex(2)
    form.levels[1].tone.activated.emit(2)
    found = policy()
    assert found.levels[2].names_next_step
    assert not found.names_law
    assert found.levels[1].tone is ReminderTone.FINAL


def test_levels_are_added_and_removed_at_the_end(form, policy):
    form.add.click()
    assert [level.days_late for level in policy().levels] == [7, 21, 35, 49]
    form.add.click()
    assert not form.add.isEnabled()
    for _ in range(4):
        form.remove.click()
    assert len(policy().levels) == len(form.levels) == 1
    assert not form.remove.isEnabled()


def test_first_level_offers_no_fee(form):
    assert form.levels[0].fields["fees"].isHidden()
    assert not form.levels[1].fields["fees"].isHidden()


def test_least_amount_is_kept(form, policy):
    type_into(form.minimums, "5 EUR")
    assert policy().minimums == (Money(5_00, "EUR"),)


def test_everything_has_a_name_and_is_large_enough_to_hit(form):
    assert nameless(form) == []
    assert too_small(form) == []
