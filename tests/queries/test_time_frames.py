"""Is the time frame of a line its group's, or that of all others, and of an order the slowest?"""

from datetime import date

import pytest

from loyaldesk.domain.next_steps import GroupFrame, proposed_day, slowest
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.models import Product
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.time_frames import forget_time_frame, keep_time_frame
from loyaldesk.queries.time_frames import (
    frames_of_order,
    frames_of_products,
    read_groups,
    read_time_frames,
)
from tests.support.factories import do, make_customer, make_order
from tests.support.refusals import refused

OTHERS, TEA, SYRUP = GroupFrame(3, 1, 2, 2), GroupFrame(1, 0, 2, 5), GroupFrame(10, 2, 1, 3)


@pytest.fixture
def products(store):
    """Return a tea, a syrup and a thing of a group without a frame."""
    for group, frame in (("", OTHERS), ("Tea", TEA), ("Syrup", SYRUP)):
        do(store, keep_time_frame, group=group, frame=frame)
    with store.transaction("Products") as tx:
        return [
            tx.insert(Product, number=group, name=group, product_group=group)
            for group in ("Tea", "Syrup", "Cups")
        ]


def order(store, *products, **fields):
    lines = [NewOrderLine("Thing", 1_000, 1, product_id=product) for product in products]
    return make_order(store, make_customer(store), lines=lines, **fields)


def test_each_product_has_its_groups_frame_or_that_of_all_others(reader, products):
    tea, syrup, cup = products
    found = frames_of_products(reader, product_ids=products)
    assert found == {tea: TEA, syrup: SYRUP, cup: OTHERS, None: OTHERS}


def test_an_order_takes_as_long_as_its_slowest_line_in_every_step(store, reader, products):
    frames = frames_of_order(reader, order_id=order(store, *products[:2]))
    assert set(frames) == {TEA, SYRUP}
    assert slowest(frames) == GroupFrame(10, 2, 2, 5)


def test_what_has_shipped_delays_nothing(store, reader, products):
    tea, syrup, _ = products
    order_id = order(store, syrup, tea, shipped=1)
    assert frames_of_order(reader, order_id=order_id) == (TEA,)


def test_a_line_without_a_product_takes_what_all_others_take(store, reader, products):
    assert frames_of_order(reader, order_id=order(store, None)) == (OTHERS,)


def test_without_frames_nothing_is_known(store, reader):
    assert frames_of_order(reader, order_id=order(store, None)) == ()
    assert slowest(()) is None
    assert frames_of_products(reader, product_ids=[1]) == {}


def test_a_frame_is_changed_in_its_place_and_forgotten(store, reader, products):
    del products
    do(store, keep_time_frame, group=" Tea ", frame=SYRUP)
    assert [(row.group, row.frame) for row in read_time_frames(reader)] == [
        ("", OTHERS), ("Syrup", SYRUP), ("Tea", SYRUP),
    ]  # fmt: skip
    do(store, forget_time_frame, group="Tea")
    assert [row.group for row in read_time_frames(reader)] == ["", "Syrup"]
    store.undo()
    assert len(read_time_frames(reader)) == 3
    assert read_groups(reader) == ("Cups", "Syrup", "Tea")


@pytest.mark.parametrize("days", [-1, 1_000])
def test_a_frame_that_cannot_be_is_refused(store, days):
    frame = GroupFrame(1, days, 1, 1)
    refusal = refused(store, keep_time_frame, group="Tea", frame=frame)
    assert refusal.field == "picking_days"
    assert "Nothing was changed" in refused(store, forget_time_frame, group="Tea").message


def test_the_proposed_day_counts_working_days_only():
    friday = date(2026, 11, 20)
    assert proposed_day(friday, OTHERS, WorkingDays()) == date(2026, 11, 27)
    assert proposed_day(friday, GroupFrame(0, 0, 0, 0), WorkingDays()) == friday
    saturday = date(2026, 11, 21)
    assert proposed_day(saturday, GroupFrame(0, 0, 1, 0), WorkingDays()) == date(2026, 11, 24)
