"""Are the figures of a family rolled up rightly, each currency by itself?"""

from datetime import date, timedelta

from loyaldesk.queries.parents import read_family_figures
from tests.support.factories import make_customer, make_invoice, make_order, make_payment
from tests.support.stores import MORNING, fresh_store

TODAY = MORNING.date()


def figures(store, customer_id: int):
    with store.reader() as reader:
        return read_family_figures(reader, customer_id=customer_id, today=TODAY)


def test_the_parent_counts_itself_and_its_members(tmp_path):
    store = fresh_store(tmp_path)
    parent = make_customer(store, "Holding AG")
    member = make_customer(store, "Shop GmbH", parent_id=parent)
    stranger = make_customer(store, "Somebody else")
    old = {"invoiced_on": TODAY - timedelta(days=60), "terms_days": 30}
    make_invoice(store, parent, "100.00", **old)
    make_invoice(store, member, "20.00")
    make_invoice(store, stranger, "7.00", **old)
    make_payment(store, member, "5.00")
    make_order(store, member, ordered_on=TODAY)
    make_order(store, member, ordered_on=date(TODAY.year - 1, 12, 31))
    found = figures(store, parent)
    (together,) = found.together
    assert (together.balance.minor, together.overdue.minor) == (11_500, 10_000)
    assert together.this_year.minor == 5_000
    assert found.each[member][0].balance.minor == 1_500
    assert stranger not in found.each
    store.close()


def test_currencies_are_never_added(tmp_path):
    store = fresh_store(tmp_path)
    parent = make_customer(store, "Holding AG")
    for currency in ("USD", "EUR"):
        member = make_customer(store, currency, currency=currency, parent_id=parent)
        make_invoice(store, member, "10.00", currency=currency)
    assert [row.balance.currency for row in figures(store, parent).together] == ["EUR", "USD"]
    assert [row.balance.minor for row in figures(store, parent).together] == [1_000, 1_000]
    store.close()
