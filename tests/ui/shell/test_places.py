"""Does Back go where the person was, as in a browser?"""

from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.ui.shell.places import LONGEST, Place, Trail

HOME, ANA, BEN = Place("customers"), Place(customer_id=1), Place(customer_id=2)


def test_a_new_trail_leads_nowhere():
    trail = Trail()
    assert (trail.back(), trail.forward()) == (None, None)


def test_back_and_forward_walk_the_same_way():
    trail = Trail()
    for place in (HOME, ANA, BEN):
        trail.visit(place)
    assert [trail.back(), trail.back(), trail.back()] == [ANA, HOME, None]
    assert [trail.forward(), trail.forward(), trail.forward()] == [ANA, BEN, None]


def test_a_visit_after_going_back_forgets_what_lay_ahead():
    trail = Trail()
    for place in (HOME, ANA):
        trail.visit(place)
    trail.back()
    trail.visit(BEN)
    assert not trail.can_step(1)
    assert trail.back() == HOME


def test_staying_is_no_visit():
    trail = Trail()
    trail.visit(HOME)
    trail.visit(HOME)
    assert not trail.can_step(-1)


@given(st.lists(st.integers(1, 5), min_size=1, max_size=300))
def test_the_trail_is_never_longer_than_a_hundred_places(ids):
    trail = Trail()
    for customer_id in ids:
        trail.visit(Place(customer_id=customer_id))
    steps = 0
    while trail.back() is not None:
        steps += 1
    assert steps < LONGEST
