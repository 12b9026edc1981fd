"""Are policy and time frames kept as they are typed, and a frame forgotten when it is emptied?"""

from decimal import Decimal

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.next_steps import GroupFrame
from loyaldesk.models import Product
from loyaldesk.queries.time_frames import read_time_frames
from loyaldesk.queries.verification import read_policy
from loyaldesk.ui.settings.orders_form import OrdersForm
from tests.support.qt import nameless


@pytest.fixture
def form(desk, store, qtbot):
    with store.transaction("Product") as tx:
        tx.insert(Product, number="T", name="Tea", product_group="Tea")
    made = OrdersForm(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def frames(store):
    with store.reader() as reader:
        return {row.group: row.frame for row in read_time_frames(reader)}


def type_in(form, group, *days):
    for edit, count in zip(form.rows[group], days, strict=True):
        edit.set_value(None if count is None else Decimal(count))
        edit.editingFinished.emit()


def test_every_group_of_the_products_and_all_others_have_a_row(form):
    assert list(form.rows) == ["", "Tea"]
    assert nameless(form) == []


def test_a_frame_is_kept_once_it_is_whole_and_forgotten_when_it_is_empty(form, store):
    type_in(form, "Tea", 3, 1, None, None)
    assert frames(store) == {}
    type_in(form, "Tea", 3, 1, 2, 5)
    assert frames(store) == {"Tea": GroupFrame(3, 1, 2, 5)}
    for edit in form.rows["Tea"]:
        edit.set_value(None)
    form.save("Tea")
    assert frames(store) == {}


def test_what_is_undone_is_shown_as_it_was(form, store):
    type_in(form, "", 3, 1, 2, 5)
    store.undo()
    assert [edit.value() for edit in form.rows[""]] == [None] * 4


def test_the_policy_is_kept_when_it_is_chosen(form, store):
    form.policy.choose("receipt")
    with store.reader() as reader:
        assert read_policy(reader) is Stance.RECEIPT
    store.undo()
    assert form.policy.chosen == "acceptance"
