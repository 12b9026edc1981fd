"""What if the hub dies in the middle of a push? All of it happened, or nothing did."""

import pytest

from tests.hub.conftest import new_hub
from tests.support.hub_desks import HubDesk, customer_row
from tests.support.hub_reading import everything, row_of


class DiedError(Exception):
    """The hub's process is gone."""


class Fuse:
    """Lets the hub die at one moment of one transaction."""

    def __init__(self):
        self.at = None

    def __call__(self, name, moment):
        if (name, moment) == self.at:
            raise DiedError


@pytest.fixture
def fuse():
    return Fuse()


@pytest.fixture
def mortal(tmp_path, fuse):
    hub = new_hub(f"sqlite:///{tmp_path / 'hub.db'}", fuse)
    yield hub
    hub.close()


@pytest.mark.parametrize(
    ("moment", "is_made"), [("before", False), ("inside", False), ("after", True)]
)
def test_a_push_is_made_whole_or_not_at_all(mortal, fuse, moment, is_made):
    ann = HubDesk(mortal)
    edit = ann.mutation("create", "customer", "c", row=customer_row())
    before = everything(mortal)
    fuse.at = ("push", moment)
    with pytest.raises(DiedError):
        ann.push(edit)
    fuse.at = None

    assert (row_of(mortal, "customer", "c") is not None) == is_made
    assert (everything(mortal) != before) == is_made


@pytest.mark.parametrize("moment", ["before", "inside", "after"])
def test_a_desk_that_asks_again_hears_what_it_would_have_heard(mortal, fuse, moment):
    ann = HubDesk(mortal)
    edit = ann.mutation("create", "customer", "c", row=customer_row())
    fuse.at = ("push", moment)
    with pytest.raises(DiedError):
        ann.push(edit)
    fuse.at = None
    (outcome,) = ann.push(edit)

    assert (outcome.st, outcome.rv, outcome.row) == ("applied", 1, customer_row())


def test_a_hub_that_is_opened_again_is_the_same_hub(tmp_path):
    url = f"sqlite:///{tmp_path / 'hub.db'}"
    first = new_hub(url)
    epoch = HubDesk(first).epoch
    first.close()
    again = new_hub(url)

    assert HubDesk(again).epoch == epoch
    again.close()
