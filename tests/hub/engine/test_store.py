"""Is work in the hub's database done again where another was in its way, and only there?"""

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from loyaldesk.errors import Unavailable
from loyaldesk.hub.store import Raced
from loyaldesk.hub.transaction import marks
from loyaldesk.protocol.messages import Problem, Push
from tests.support.hub_desks import HubDesk, customer_row


@pytest.mark.parametrize(
    "error", [Raced(), OperationalError("", {}, Exception()), IntegrityError("", {}, Exception())]
)
def test_work_that_another_was_in_the_way_of_is_done_again(hub, error):
    tries = []

    def work(tx):
        tries.append(tx)
        if len(tries) < 3:
            raise error
        return "done"

    assert hub.repeat("work", work) == "done"


def test_work_that_is_always_in_the_way_is_given_up(hub):
    def work(_tx):
        raise Raced

    with pytest.raises(Unavailable):
        hub.repeat("work", work)


def test_a_lost_connection_is_not_tried_at_once(hub):
    tries = []

    def work(tx):
        tries.append(tx)
        raise OperationalError("", {}, Exception(), connection_invalidated=True)

    with pytest.raises(Unavailable):
        hub.repeat("work", work)
    assert len(tries) == 1


def test_an_error_of_the_program_is_not_hidden(hub):
    def work(_tx):
        raise KeyError("x")

    with pytest.raises(KeyError):
        hub.repeat("work", work)


def test_a_desk_hears_that_the_hub_is_busy_and_when_to_come_again(hub, monkeypatch):
    ann = HubDesk(hub)

    def busy(*_args):
        raise Unavailable("The hub is busy; try again in a moment.")

    monkeypatch.setattr(hub, "repeat", busy)
    problem = ann.ask(
        "sync/push", Push([ann.mutation("create", "customer", "c", row=customer_row())])
    )

    assert isinstance(problem, Problem)
    assert (problem.err, problem.retry_after_s > 0) == ("busy", True)


def test_what_a_transaction_wrote_is_gone_when_it_raises(hub):
    def fail():
        with hub.transaction("work") as tx:
            tx.run("INSERT INTO hub_state (key, value) VALUES (?, ?)", ("a", "b"))
            raise KeyError("x")

    with pytest.raises(KeyError):
        fail()
    with hub.snapshot("look") as tx:
        assert tx.row("SELECT value FROM hub_state WHERE key = 'a'") is None


def test_many_keys_are_looked_up_in_parts(hub):
    with hub.transaction("work") as tx:
        rows = [(f"k{number:04}", str(number)) for number in range(1200)]
        tx.run_many("INSERT INTO hub_state (key, value) VALUES (?, ?)", rows)
        found = list(tx.rows_of("SELECT key FROM hub_state WHERE key IN {}", dict(rows)))

    assert len(found) == 1200


def test_a_list_of_values_has_a_mark_for_each():
    assert marks(3) == "(?, ?, ?)"
