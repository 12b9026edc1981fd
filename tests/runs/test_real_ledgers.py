"""Do the statements of real companies prove out: every customer, month end and type?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from loyaldesk.connectors import run_import
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.domain.statement_proof import statement_figures
from loyaldesk.domain.statement_run import Selection, Who
from loyaldesk.models import Allocation, Invoice, Payment
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.queries.receivables import read_ledger
from loyaldesk.queries.statement_check import check_run
from loyaldesk.queries.statement_runs import list_run_items
from tests.support.factories import do
from tests.support.importing import unpacked
from tests.support.stores import Clock, fresh_store

SOURCES = {
    "northwind": "northwind/northwind_small.db.gz",
    "chinook": "chinook/Chinook_Sqlite.sqlite.gz",
}
# Neither sample tells of payments, so most invoices get some: paid late, in parts, too much.
PAID_AFTER = (None, 12, 33, 61, 95, 130)
EXTRA_MINOR = (0, 0, 7, 0, 2_500)


def _pay(tx):
    """Record payments for five of six invoices; every fifth pays more than it settles."""
    found = tx.rows(
        "SELECT id, customer_id, invoiced_on, total_minor, currency FROM invoice"
        " WHERE kind = 'invoice' AND total_minor > 0 ORDER BY id"
    )
    for invoice_id, customer_id, dated, total, currency in found:
        after = PAID_AFTER[invoice_id % len(PAID_AFTER)]
        if after is None:
            continue
        day = date.fromisoformat(dated) + timedelta(days=after)
        part = total if invoice_id % 4 else total * 2 // 3
        extra = EXTRA_MINOR[invoice_id % len(EXTRA_MINOR)]
        payment_id = tx.insert(
            Payment, number=f"P-{invoice_id}", customer_id=customer_id, received_on=day,
            currency=currency, amount_minor=part + extra, unallocated_minor=extra,
            recorded_at=tx.now,
        )  # fmt: skip
        tx.insert(
            Allocation, customer_id=customer_id, payment_id=payment_id, invoice_id=invoice_id,
            amount_minor=part, applied_on=day + timedelta(days=invoice_id % 3), recorded_at=tx.now,
        )  # fmt: skip
        tx.update(Invoice, invoice_id, open_minor=total - part)


@pytest.fixture(scope="module", params=SOURCES)
def company(request, tmp_path_factory):
    """Return a store with the invoices of a real company's records, most of them paid."""
    folder = tmp_path_factory.mktemp(request.param)
    source = unpacked(SOURCES[request.param], folder)
    store = fresh_store(folder / "profile", clock=Clock(datetime(2030, 1, 1, tzinfo=UTC)))
    run_import(store, source, request.param)
    with store.transaction("Pay") as tx:
        _pay(tx)
    yield store
    store.close()


@pytest.fixture(scope="module")
def month_ends(company):
    """Return the last day of every month with invoices, and of four months after."""
    with company.reader() as reader:
        first, last = (
            date.fromisoformat(day)
            for day in reader.row("SELECT min(invoiced_on), max(invoiced_on) FROM invoice")
        )
    ends, day = [], first.replace(day=1)
    while day <= last + timedelta(days=150):
        day = (day + timedelta(days=32)).replace(day=1)
        ends.append(day - timedelta(days=1))
    return ends


@pytest.fixture(scope="module")
def books(company):
    """Return the ledger of every customer by its id."""
    with company.reader() as reader:
        ids = [key for (key,) in reader.rows("SELECT id FROM customer ORDER BY id")]
        return {key: read_ledger(reader, customer_id=key) for key in ids}


def statement(ledger, kind, as_of):
    request = StatementRequest(kind=kind, as_of=as_of, start=as_of.replace(day=1))
    return make_statement(ledger, request, home_currency="EUR")


def test_every_type_of_every_customer_proves_out_at_every_month_end(books, month_ends):
    """Making a statement proves it; the four types must come to the same figures."""
    made = 0
    for ledger in books.values():
        for as_of in month_ends:
            figures = [statement_figures(statement(ledger, kind, as_of).sections)
                       for kind in StatementKind]  # fmt: skip
            assert figures == [figures[0]] * len(figures)
            made += len(figures)
    assert made == len(books) * len(month_ends) * 4 > 1_000


def test_each_month_opens_with_what_the_one_before_closed_with(books, month_ends):
    for ledger in books.values():
        closing: dict[str, int] = {}
        for as_of in month_ends:
            sections = statement(ledger, StatementKind.ACTIVITY, as_of).sections
            opening = {s.currency: s.opening.minor for s in sections if s.opening}
            assert opening == closing
            closing = {s.currency: s.closing.minor for s in sections if s.closing}


def test_every_month_end_statements_and_skipped_come_to_the_ledger(company, books, month_ends):
    for as_of in month_ends:
        run_id = do(company, prepare_run, selection=Selection(as_of=as_of, who=Who.ALL,
                                                              with_credits=False))  # fmt: skip
        with company.reader() as reader:
            assert check_run(reader, run_id=run_id).agrees
            items = list_run_items(reader, run_id=run_id)
        told = {item.customer_id: {b.currency: b.minor for b in item.balances} for item in items}
        assert told == {
            key: {
                section.currency: section.closing.minor
                for section in statement(ledger, StatementKind.OPEN_ITEM, as_of).sections
                if section.closing
            }
            for key, ledger in books.items()
        }
