"""Do the sums and hashes that two sides compare tell what they should?"""

from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.models.orders import OrderStatus
from loyaldesk.protocol.buckets import buckets_of
from loyaldesk.protocol.digest import EMPTY, add, chain, digest_of, remove
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.steps import CANCELLED, STEPS, further_step
from tests.support.hub_desks import customer_row

VERSIONS = st.tuples(
    st.sampled_from(["customer", "contact"]), st.text("ab", max_size=2), st.integers(1, 9)
)


@given(st.lists(VERSIONS), st.randoms(use_true_random=False))
def test_a_digest_does_not_depend_on_the_order(rows, chance):
    assert digest_of(rows) == digest_of(chance.sample(rows, len(rows)))


@given(st.lists(VERSIONS), VERSIONS)
def test_what_was_added_can_be_taken_away(rows, row):
    assert remove(add(digest_of(rows), *row), *row) == digest_of(rows)
    assert add(digest_of(rows), *row) == digest_of([*rows, row]) != digest_of(rows)


@given(st.lists(VERSIONS))
def test_a_digest_is_sixteen_digits(rows):
    assert len(digest_of(rows)) == 16
    assert int(digest_of(rows), 16) < 2**64


def test_another_version_is_another_digest():
    assert digest_of([("customer", "a", 1)]) != digest_of([("customer", "a", 2)])
    assert digest_of([]) == EMPTY


def test_a_chain_tells_which_edits_were_answered_and_in_which_order():
    assert chain(chain(EMPTY, "a"), "b") != chain(chain(EMPTY, "b"), "a")
    assert len(chain(EMPTY, "a")) == 64


def test_a_record_lies_with_its_customers_territory_and_account_manager():
    contact = KINDS["contact"]

    assert buckets_of(contact, customer_row()) == ("acct:North",)
    managed = customer_row(account_manager="Ann")
    assert buckets_of(contact, managed) == ("acct:North", "own:Ann")


def test_what_has_no_customer_is_shared_or_lies_nowhere():
    assert buckets_of(KINDS["product"], None) == ("all",)
    assert buckets_of(KINDS["edit_conflict"], None) == ("all",)
    assert buckets_of(KINDS["contact"], None) == ()
    assert buckets_of(KINDS["customer"], None) == ()


def test_papers_that_were_used_lie_nowhere():
    assert buckets_of(KINDS["paper_use"], customer_row()) == ()


@given(st.sampled_from(STEPS), st.sampled_from(STEPS))
def test_of_two_steps_the_further_one_stands_whoever_says_it(one, other):
    assert further_step(one, other) == further_step(other, one) in {one, other}
    assert STEPS.index(further_step(one, other)) == max(map(STEPS.index, (one, other)))


@given(st.sampled_from(STEPS))
def test_whether_an_order_is_cancelled_somebody_has_to_decide(step):
    assert further_step(step, CANCELLED) is None
    assert further_step(CANCELLED, CANCELLED) == CANCELLED


def test_steps_are_those_of_an_order():
    assert [*STEPS, CANCELLED] == [each.value for each in OrderStatus]
