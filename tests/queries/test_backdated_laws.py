"""Whatever is recorded after a statement, does it say the same later, or that it does not?"""

import hashlib
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.errors import Refused
from loyaldesk.models import Customer, Document, Letter, LetterKind, StoredFile
from loyaldesk.queries.backdated import find_backdated
from loyaldesk.queries.receivables import read_ledger
from tests.support.kept_ledgers import keep_allocations, keep_entries
from tests.support.ledgers import FIRST_DAY, days, ledgers
from tests.support.stores import Clock, fresh_store

HOUR = timedelta(hours=1)


class EnoughError(Exception):
    """Ends a transaction so that nothing of it is kept."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = fresh_store(
        tmp_path_factory.mktemp("laws"), clock=Clock(datetime(2030, 1, 1, tzinfo=UTC))
    )
    yield opened
    opened.close()


def said(tx, customer_id, as_of, kind):
    """Return the hash of what a statement says."""
    request = StatementRequest(kind=kind, as_of=as_of, start=FIRST_DAY)
    ledger = read_ledger(tx, customer_id=customer_id)
    statement = make_statement(ledger, request, home_currency="EUR")
    return hashlib.sha256(repr(statement).encode()).digest()


def issue(tx, customer_id, as_of, data):
    """Put a statement on record as issued now."""
    file_id = tx.insert(StoredFile, sha256=data, size=1, mime="application/pdf", stored_at=tx.now)
    document_id = tx.insert(
        Document, customer_id=customer_id, file_id=file_id, name="s.pdf", filed_on=tx.today
    )
    tx.insert(
        Letter, kind=LetterKind.STATEMENT, number="S-1", customer_id=customer_id,
        document_id=document_id, issued_at=tx.now, issued_by="Ana", language="en", as_of=as_of,
        data_sha256=data,
    )  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledgers(), days(), st.sampled_from(StatementKind), st.data())
def test_it_says_the_same_or_says_that_it_does_not(store, ledger, as_of, kind, data):
    late = set(data.draw(st.lists(st.sampled_from([*ledger.entries]), unique=True))
               if ledger.entries else [])  # fmt: skip
    known = [each for each in ledger.allocations if not {each.source, each.target} & late]
    cut = data.draw(st.integers(0, len(known)))
    with suppress(EnoughError), store.transaction("Try") as tx:
        customer_id = tx.insert(Customer, number="1", name="Kraft AG")
        before, after = tx.now - HOUR, tx.now + HOUR
        keep = {"customer_id": customer_id}
        ids = keep_entries(tx, ledger, set(ledger.entries) - late, **keep, at=before)
        keep_allocations(tx, known[:cut], ids, **keep, at=before)
        try:
            first = said(tx, customer_id, as_of, kind)
        except Refused:
            # A reversal without what it reverses: no ledger anybody could have had.
            assume(condition=False)
        issue(tx, customer_id, as_of, first)
        ids |= keep_entries(tx, ledger, late, **keep, at=after)
        rest = [each for each in ledger.allocations if each not in known[:cut]]
        keep_allocations(tx, rest, ids, **keep, at=after)
        later = said(tx, customer_id, as_of, kind)
        found = find_backdated(tx, customer_ids=[customer_id], as_of=as_of, data_sha256=later)
        assert (found is None) == (later == first)
        raise EnoughError
