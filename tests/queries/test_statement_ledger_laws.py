"""Does the one statement about everybody say of each what the ledger of each says?"""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.domain.statement_run import Selection, Who
from loyaldesk.models import Customer, StatementScope
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.queries.receivables import read_group_ledger, read_ledger
from loyaldesk.queries.statement_candidates import list_candidates
from loyaldesk.queries.statement_check import check_run
from loyaldesk.queries.statement_members import list_members
from tests.support.kept_ledgers import keep_ledger
from tests.support.ledgers import days, ledgers
from tests.support.stores import Clock, fresh_store

CUSTOMERS = 3


class EnoughError(Exception):
    """Ends a transaction so that nothing of it is kept."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = fresh_store(
        tmp_path_factory.mktemp("laws"), clock=Clock(datetime(2030, 1, 1, tzinfo=UTC))
    )
    yield opened
    opened.close()


def closings(ledger, as_of):
    """Return what a statement of the ledger comes to, by currency, zeros left out."""
    request = StatementRequest(kind=StatementKind.OPEN_ITEM, as_of=as_of)
    sections = make_statement(ledger, request, home_currency="EUR").sections
    return {section.currency: section.closing.minor for section in sections if section.closing}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ledgers(), min_size=CUSTOMERS, max_size=CUSTOMERS), days(),
       st.sets(st.integers(1, CUSTOMERS - 1)))  # fmt: skip
def test_balances_groups_and_sums_are_those_of_the_ledgers(store, books, as_of, members):
    with suppress(EnoughError), store.transaction("Try") as tx:
        customers = [tx.insert(Customer, number=str(n), name=f"Customer {n}", segment="Try")
                     for n in range(CUSTOMERS)]  # fmt: skip
        for member in members:
            tx.update(Customer, customers[member], parent_id=customers[0],
                      statement_scope=StatementScope.PARENT)  # fmt: skip
        for customer_id, ledger in zip(customers, books, strict=True):
            keep_ledger(tx, ledger, customer_id)
        check_candidates(tx, as_of)
        check_sums(tx, as_of)
        raise EnoughError


def check_candidates(tx, as_of):
    found = {c.id: c for c in list_candidates(tx, selection=Selection(as_of=as_of, who=Who.ALL))}
    listed = {c.id for c in list_candidates(tx, selection=Selection(as_of=as_of))}
    assert len(found) == CUSTOMERS
    for customer_id, candidate in found.items():
        assert dict(candidate.own) == closings(read_ledger(tx, customer_id=customer_id), as_of)
        root = candidate.parent_id or customer_id
        members = list_members(tx, customer_id=root)
        together = read_group_ledger(tx, customer_id=root, members=members)
        if root == customer_id:
            assert dict(candidate.whole) == closings(together, as_of)
        assert (customer_id in listed) == any(together.open_amounts(as_of).values())


def check_sums(tx, as_of):
    run_id = prepare_run(tx, selection=Selection(as_of=as_of, who=Who.ALL, with_credits=False))
    assert check_run(tx, run_id=run_id).agrees
