"""Does a sized demo have the size asked for, and do its books balance?"""

from __future__ import annotations

from datetime import date

import pytest

from loyaldesk.errors import Refused
from loyaldesk.operations.demo import Paper, create_sized
from loyaldesk.operations.demo.scale import Scale, sums_of
from loyaldesk.operations.demo.vocabulary import DISTINCT_WORDS, Vocabulary
from loyaldesk.store.store import Store

TODAY = date(2026, 11, 19)
KEY = bytes(32)
PAPER = Paper(sha256=bytes(32), size=1, mime="application/pdf")


@pytest.fixture(scope="module")
def sized(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("sized"), KEY)
    create_sized(store, customers=300, orders=900, seed=3, today=TODAY, paper=PAPER)
    reader = store.reader()
    yield reader
    reader.close()
    store.close()


@pytest.mark.parametrize(
    ("table", "count"),
    [("customer", 300), ("contact", 300), ("address", 300), ("sales_order", 900)],
)
def test_as_many_records_as_asked_for(sized, table, count):
    assert sized.value(f"SELECT count(*) FROM {table}") == count


def test_every_reference_leads_somewhere(sized):
    assert sized.rows("PRAGMA foreign_key_check") == []


def test_every_order_comes_to_what_its_lines_come_to(sized):
    wrong = sized.rows(
        "SELECT number FROM sales_order AS o WHERE total_minor <> net_minor + tax_minor OR"
        " net_minor <> (SELECT sum(net_minor) FROM order_line WHERE order_id = o.id)"
    )
    assert wrong == []


def test_every_invoice_is_its_order(sized):
    wrong = sized.rows(
        "SELECT i.number FROM invoice AS i JOIN sales_order AS o ON o.id = i.order_id"
        " WHERE i.total_minor <> o.total_minor OR i.customer_id <> o.customer_id OR"
        " i.invoiced_on <> o.invoiced_on OR (SELECT sum(net_minor) FROM invoice_line WHERE"
        " invoice_id = i.id) <> o.net_minor"
    )
    assert wrong == []


def test_every_invoice_line_stands_beside_its_order_line(sized):
    wrong = sized.rows(
        "SELECT n.id FROM invoice_line AS n JOIN order_line AS l ON l.id = n.order_line_id"
        " JOIN invoice AS i ON i.id = n.invoice_id"
        " WHERE i.order_id <> l.order_id OR n.net_minor <> l.net_minor"
    )
    assert wrong == []


def test_what_is_open_is_what_was_not_settled(sized):
    wrong = sized.rows(
        "SELECT number FROM invoice AS i WHERE total_minor - open_minor <> (SELECT"
        " coalesce(sum(amount_minor), 0) FROM allocation WHERE invoice_id = i.id)"
    )
    assert wrong == []


def test_a_payment_is_dated_between_its_invoice_and_today(sized):
    wrong = sized.rows(
        "SELECT p.number FROM payment AS p JOIN allocation AS a ON a.payment_id = p.id"
        " JOIN invoice AS i ON i.id = a.invoice_id"
        " WHERE p.received_on < i.invoiced_on OR p.received_on > ?"
        " OR a.applied_on <> p.received_on OR p.customer_id <> i.customer_id",
        [TODAY],
    )
    assert wrong == []


def test_the_first_customer_has_half_of_the_orders_and_many_papers(sized):
    counts = sized.row(
        "SELECT (SELECT count(*) FROM sales_order WHERE customer_id = c.id),"
        " (SELECT count(*) FROM document WHERE customer_id = c.id),"
        " (SELECT count(*) FROM activity WHERE customer_id = c.id)"
        " FROM customer AS c WHERE number = '100000'"
    )
    assert counts == (450, 225, 900)


def test_last_contact_is_the_newest_talk(sized):
    wrong = sized.rows(
        "SELECT number FROM customer WHERE coalesce(last_contact_on, '') <> coalesce((SELECT"
        " max(date(happened_at)) FROM activity WHERE customer_id = customer.id), '')"
    )
    assert wrong == []


def test_progress_reaches_the_end_of_every_stage(tmp_path):
    told = []
    store = Store.open(tmp_path, KEY)
    create_sized(
        store, customers=20, seed=1, today=TODAY,
        progress=lambda stage, done, total: told.append((stage, done, total)),
    )  # fmt: skip
    store.close()
    ended = {stage for stage, done, total in told if done == total}
    assert ended >= {"customer", "order_line", "invoice", "allocation", "activity"}


def test_the_same_seed_makes_the_same_company(tmp_path):
    sums = []
    for name in ("one", "two"):
        store = Store.open(tmp_path / name, KEY)
        create_sized(store, customers=50, seed=9, today=TODAY)
        reader = store.reader()
        sums.append(reader.rows("SELECT number, name, phone FROM customer ORDER BY id"))
        sums[-1] += reader.rows("SELECT number, total_minor FROM invoice ORDER BY id")
        reader.close()
        store.close()
    assert sums[0] == sums[1]


@pytest.mark.parametrize(("customers", "orders"), [(0, None), (10_000_001, None), (5, -1)])
def test_impossible_sizes_are_refused(tmp_path, customers, orders):
    store = Store.open(tmp_path, KEY)
    with pytest.raises(Refused, match=r"1 to 10,000,000"):
        create_sized(store, customers=customers, orders=orders, seed=1, today=TODAY)
    store.close()


@pytest.mark.parametrize(("customers", "orders"), [(1, 0), (1, 7), (3, 1)])
def test_the_smallest_sizes_work(tmp_path, customers, orders):
    store = Store.open(tmp_path, KEY)
    counts = create_sized(store, customers=customers, orders=orders, seed=1, today=TODAY)
    problems = store.check()
    store.close()
    assert (counts.customers, counts.orders, problems) == (customers, orders, [])


def test_names_are_drawn_from_more_than_twenty_thousand_words():
    words = Vocabulary(1).words
    assert len(set(words)) == DISTINCT_WORDS > 20_000


def test_common_words_are_common_and_rare_ones_occur():
    vocabulary = Vocabulary(1)
    drawn = [vocabulary.word() for _ in range(50_000)]
    common, rare = set(vocabulary.words[:260]), set(vocabulary.words[13_000:])
    share = sum(word in common for word in drawn) / len(drawn)
    assert 0.1 < share < 0.25
    assert len(rare & set(drawn)) > 5_000


def test_tax_is_worked_out_once_per_rate():
    scale = Scale(customers=30, orders=200, seed=1, today=TODAY)
    for order in range(200):
        lines = scale.lines(order)
        rates = {line.tax_ppm for line in lines}
        nets = [sum(n.net_minor for n in lines if n.tax_ppm == rate) for rate in rates]
        exact = sum(net * rate / 1e6 for net, rate in zip(nets, rates, strict=True))
        assert abs(sums_of(lines).tax_minor - exact) <= 0.5 * len(rates) + 1e-6
