"""Does the page of an order know its neighbours and what was said about it?"""

from datetime import date

from loyaldesk.models import ActivityKind
from loyaldesk.operations.orders import cancel_order
from loyaldesk.queries.order_view import read_order_view
from tests.support.factories import do, make_activity, make_contact, make_customer, make_order


def orders_of(store, count):
    customer = make_customer(store)
    days = [date(2024, 10, day) for day in range(1, count + 1)]
    return customer, [make_order(store, customer, ordered_on=day) for day in days]


def test_an_open_order_stands_among_the_open_ones_newest_first(store, reader):
    _, (first, second, third) = orders_of(store, 3)
    make_order(store, make_customer(store, "Somebody else"))
    found = read_order_view(reader, order_id=second).neighbours
    assert (found.before, found.after, found.place, found.count) == (third, first, 2, 3)
    assert found.are_open


def test_a_finished_order_stands_among_all(store, reader):
    _, (first, second) = orders_of(store, 2)
    do(store, cancel_order, order_id=first)
    found = read_order_view(reader, order_id=first).neighbours
    assert (found.before, found.after, found.are_open) == (second, None, False)
    assert read_order_view(reader, order_id=second).neighbours.count == 1


def test_what_was_said_about_this_order_is_read_with_the_person(store, reader):
    customer, (order, other) = orders_of(store, 2)
    person = make_contact(store, customer, "Müller", given_name="Heike")
    make_activity(store, customer, "Where is it?", order_id=order, contact_id=person)
    make_activity(store, customer, "Of another order", order_id=other)
    make_activity(store, customer, "Sent the date", ActivityKind.EMAIL, order_id=order)
    (newest, oldest) = read_order_view(reader, order_id=order).activities
    assert (newest.kind, newest.subject, newest.person) == ("email", "Sent the date", "")
    assert (oldest.subject, oldest.person, oldest.author) == ("Where is it?", "Heike Müller", "Ana")


def test_an_order_without_a_letter_has_no_paper(store, reader):
    _, (order,) = orders_of(store, 1)
    view = read_order_view(reader, order_id=order)
    assert view.paper is None
    assert view.credit_status == "good"
