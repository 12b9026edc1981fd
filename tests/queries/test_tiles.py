"""Are the tiles right to the cent, compared with a slow count over every paper and its days?"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.domain.ageing import bucket_of
from loyaldesk.domain.customer_figures import customer_tiles
from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.errors import Refused
from loyaldesk.models import InvoiceKind
from loyaldesk.operations.payments import allocate_amount, reverse_allocation
from loyaldesk.queries.customer_page import read_customer_page
from loyaldesk.queries.receivables import read_ledger
from tests.support.factories import do, make_customer, make_invoice, make_payment
from tests.support.stores import fresh_store

TODAY = date(2024, 11, 12)
THEN = TODAY - timedelta(days=30)
CURRENCIES = ("EUR", "JPY", "KWD")


class Paper(NamedTuple):
    """A row of the store, as the slow count wants it: what it adds to the balance, and when."""

    key: tuple[str, int]
    signed: int
    currency: str
    day: date
    due: date | None


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = fresh_store(tmp_path_factory.mktemp("tiles"))
    yield opened
    opened.close()


@st.composite
def actions(draw):
    """Return what a clerk does to one customer: post, receive, set against, take back."""
    # Mostly lately, some about as long ago as the days to pay look back.
    back = st.integers(0, 150) | st.integers(0, 150) | st.integers(355, 375)
    days = back.map(lambda back: TODAY - timedelta(days=back))
    papers = st.tuples(
        st.sampled_from(["invoice", "invoice", "credit_note", "payment"]),
        st.integers(1, 10**7),
        st.sampled_from(["EUR", "EUR", *CURRENCIES]),
        days,
        st.none() | days,
    )
    share = st.integers(1, 4)
    allocations = st.tuples(st.just("allocate"), st.integers(0, 9), st.integers(0, 9), share, days)
    reversals = st.tuples(st.just("reverse"), st.integers(0, 9))
    first = draw(st.lists(papers, min_size=1, max_size=8))
    return first + draw(st.lists(st.one_of(allocations, allocations, papers, reversals)))


class Clerk:
    """Does the actions through the operations; what a rule refuses is left out."""

    def __init__(self, store, customer_id):
        self.store, self.customer_id = store, customer_id
        self.credits, self.invoices, self.allocations = [], [], []

    def perform(self, done):
        for verb, *rest in done:
            with suppress(Refused):
                getattr(self, verb)(*rest)

    def invoice(self, minor, currency, day, due):
        self.invoices.append((self._post(minor, currency, day, due), minor, currency))

    def credit_note(self, minor, currency, day, due):
        posted = self._post(minor, currency, day, due, kind=InvoiceKind.CREDIT_NOTE)
        self.credits.append(((EntryKind.CREDIT_NOTE, posted), minor, currency))

    def payment(self, minor, currency, day, _):
        amount = str(Money(minor, currency))
        paid = make_payment(
            self.store, self.customer_id, amount, currency=currency, received_on=day
        )
        self.credits.append(((EntryKind.PAYMENT, paid), minor, currency))

    def allocate(self, which, target, share, day):
        if not self.credits:
            return
        source, given, currency = self.credits[which % len(self.credits)]
        fitting = [invoice for invoice in self.invoices if invoice[2] == currency]
        if not fitting:
            return
        invoice, taken, _ = fitting[target % len(fitting)]
        self.allocations.append(
            do(
                self.store,
                allocate_amount,
                customer_id=self.customer_id,
                source=source,
                invoice_id=invoice,
                amount=Money(max(min(given, taken) // share, 1), currency),
                applied_on=day,
            )
        )

    def reverse(self, which):
        if self.allocations:
            chosen = self.allocations[which % len(self.allocations)]
            do(self.store, reverse_allocation, allocation_id=chosen)

    def _post(self, minor, currency, day, due, **known):
        amount = str(Money(minor, currency))
        return make_invoice(
            self.store,
            self.customer_id,
            amount,
            currency=currency,
            invoiced_on=day,
            due_on=due,
            **known,
        )


def perform(store, customer_id, done):
    Clerk(store, customer_id).perform(done)


def papers_of(reader, customer_id):
    """Return every invoice, credit note and payment of the customer."""
    papers = [
        Paper(
            ("invoice", key),
            total if kind == "invoice" else -total,
            currency,
            date.fromisoformat(day),
            date.fromisoformat(due) if due else None,
        )
        for key, kind, total, currency, day, due in reader.rows(
            "SELECT id, kind, total_minor, currency, invoiced_on, due_on FROM invoice"
            " WHERE customer_id = ?",
            [customer_id],
        )
    ]
    return papers + [
        Paper(("payment", key), -amount, currency, date.fromisoformat(day), None)
        for key, amount, currency, day in reader.rows(
            "SELECT id, amount_minor, currency, received_on FROM payment WHERE customer_id = ?",
            [customer_id],
        )
    ]


def open_on(reader, customer_id, day):
    """Return what is open of every paper there was on a day, counted allocation by allocation."""
    left = {paper: paper.signed for paper in papers_of(reader, customer_id) if paper.day <= day}
    by_key = {paper.key: paper for paper in left}
    rows = reader.rows(
        "SELECT payment_id, credit_note_id, invoice_id, amount_minor FROM allocation"
        " WHERE customer_id = ? AND applied_on <= ?",
        [customer_id, day],
    )
    for payment_id, note_id, invoice_id, minor in rows:
        source = ("payment", payment_id) if payment_id else ("invoice", note_id)
        left[by_key[source]] += minor
        left[by_key["invoice", invoice_id]] -= minor
    return {paper: minor for paper, minor in left.items() if minor}


def sums(pairs):
    """Return sums per currency without the zeros."""
    found: dict[str, int] = {}
    for currency, minor in pairs:
        found[currency] = found.get(currency, 0) + minor
    return {currency: minor for currency, minor in found.items() if minor}


def late_on(reader, customer_id, day):
    return sums(
        (paper.currency, minor)
        for paper, minor in open_on(reader, customer_id, day).items()
        if minor > 0 and paper.due and paper.due < day
    )


def paid_lately(reader, customer_id, currency):
    """Return what payments of the last year settled, with the days since invoice and since due."""
    rows = reader.rows(
        "SELECT payment_id, invoice_id, amount_minor, applied_on FROM allocation"
        " WHERE customer_id = ?",
        [customer_id],
    )
    papers = {paper.key: paper for paper in papers_of(reader, customer_id)}
    for payment_id, invoice_id, minor, applied in rows:
        paper, day = papers["invoice", invoice_id], date.fromisoformat(applied)
        if payment_id and paper.currency == currency and (TODAY - day).days < 365:
            yield minor, (day - paper.day).days, (day - paper.due).days


def weighted(pairs):
    """Return the mean of the days, weighted by the amounts; None where those come to nothing."""
    listed = list(pairs)
    whole = sum(minor for minor, _ in listed)
    return pytest.approx(sum(minor * days for minor, days in listed) / whole) if whole else None


def as_sums(parts):
    return {money.currency: money.minor for money in parts if money}


@settings(max_examples=60)
@given(done=actions())
def test_tiles_equal_a_slow_count(store, done):
    customer_id = make_customer(store)
    perform(store, customer_id, done)
    with store.reader() as reader:
        page = read_customer_page(reader, customer_id=customer_id, today=TODAY)
        now = open_on(reader, customer_id, TODAY)
        late, was_late = late_on(reader, customer_id, TODAY), late_on(reader, customer_id, THEN)
    tiles = customer_tiles(page.tile_facts)
    assert as_sums(tiles.open_balance) == sums(
        (paper.currency, left) for paper, left in now.items()
    )
    assert as_sums(tiles.overdue) == late
    change = sums([*late.items(), *((code, -minor) for code, minor in was_late.items())])
    assert as_sums(tiles.overdue_change_30_days) == change
    mine = [left for paper, left in now.items() if paper.currency == "EUR"]
    assert tiles.exposure.open_items.minor == sum(left for left in mine if left > 0)
    assert tiles.exposure.unapplied.minor == -sum(left for left in mine if left < 0)
    assert tiles.exposure.total == tiles.open_balance[0]
    for row in page.ageing:
        for bucket, money in row.buckets.items():
            assert money.minor == sum(
                left
                for paper, left in now.items()
                if paper.currency == row.currency
                and left > 0
                and paper.due
                and bucket_of((TODAY - paper.due).days) is bucket
            )
        assert Money.total(row.buckets.values(), row.currency) + row.unapplied == row.total
    assert {row.currency: row.total.minor for row in page.ageing if row.total} == as_sums(
        tiles.open_balance
    )


@settings(max_examples=60)
@given(done=actions())
def test_days_to_pay_equal_a_slow_count(store, done):
    customer_id = make_customer(store)
    perform(store, customer_id, done)
    with store.reader() as reader:
        figures = read_customer_page(reader, customer_id=customer_id, today=TODAY).figures
        paid = list(paid_lately(reader, customer_id, "EUR"))
    assert figures.days_to_pay == weighted((minor, after) for minor, after, _ in paid)
    assert figures.days_late == weighted((minor, late) for minor, _, late in paid)


@settings(max_examples=40)
@given(done=actions(), back=st.integers(0, 160))
def test_the_statement_of_any_day_equals_a_slow_count(store, done, back):
    customer_id = make_customer(store)
    perform(store, customer_id, done)
    day = TODAY - timedelta(days=back)
    request = StatementRequest(kind=StatementKind.OPEN_ITEM, as_of=day)
    with store.reader() as reader:
        ledger = read_ledger(reader, customer_id=customer_id)
        left = open_on(reader, customer_id, day)
    sections = make_statement(ledger, request, home_currency="EUR").sections
    assert {s.currency: s.closing.minor for s in sections if s.closing} == sums(
        (paper.currency, minor) for paper, minor in left.items()
    )
    listed = {
        (item.entry.kind == "payment", item.entry.id): item.open.minor
        for section in sections
        for item in (*section.items, *section.unapplied)
    }
    assert listed == {
        (paper.key[0] == "payment", paper.key[1]): minor for paper, minor in left.items()
    }


@settings(max_examples=40)
@given(done=actions())
def test_what_is_kept_as_open_is_what_the_allocations_leave(store, done):
    customer_id = make_customer(store)
    perform(store, customer_id, done)
    with store.reader() as reader:
        left = open_on(reader, customer_id, TODAY)
        kept = reader.rows(
            "SELECT 'invoice', id, open_minor FROM invoice WHERE customer_id = :c AND open_minor"
            " UNION ALL SELECT 'payment', id, unallocated_minor FROM payment"
            " WHERE customer_id = :c AND unallocated_minor",
            {"c": customer_id},
        )
    assert {(sort, key): minor for sort, key, minor in kept} == {
        paper.key: abs(minor) for paper, minor in left.items()
    }
