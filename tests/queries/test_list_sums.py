"""Do the sums below a list add up what its rows show, per currency?"""

from datetime import date

from loyaldesk.domain.money import Money
from loyaldesk.operations.orders import cancel_order
from loyaldesk.queries.list_sums import sum_orders, sum_overdue
from tests.support.factories import (
    do,
    make_credit_note,
    make_customer,
    make_invoice,
    make_order,
)

TODAY = date(2024, 11, 12)
SEPTEMBER = date(2024, 9, 1)


def test_overdue_money_is_added_up_by_currency_the_largest_first(store, reader):
    one, other = make_customer(store, "One"), make_customer(store, "Other")
    make_invoice(store, one, "100.00", invoiced_on=SEPTEMBER, terms_days=10)
    make_invoice(store, other, "20.50", invoiced_on=SEPTEMBER, terms_days=10)
    make_invoice(store, other, "500.00", currency="GBP", invoiced_on=SEPTEMBER, terms_days=10)
    make_invoice(store, one, "70.00", invoiced_on=TODAY, terms_days=10)
    make_credit_note(store, one, "5.00", invoiced_on=SEPTEMBER)
    assert sum_overdue(reader, ids=None, today=TODAY) == [
        Money.of("500.00", "GBP"), Money.of("120.50", "EUR"),
    ]  # fmt: skip
    assert sum_overdue(reader, ids=[one], today=TODAY) == [Money.of("100.00", "EUR")]
    assert sum_overdue(reader, ids=[], today=TODAY) == []


def test_an_invoice_due_today_is_not_overdue(store, reader):
    customer = make_customer(store)
    make_invoice(store, customer, "100.00", invoiced_on=date(2024, 11, 2), terms_days=10)
    assert sum_overdue(reader, ids=None, today=TODAY) == []


def test_orders_are_added_up_without_the_cancelled_ones(store, reader):
    customer = make_customer(store)
    first, second = make_order(store, customer), make_order(store, customer)
    do(store, cancel_order, order_id=second)
    assert sum_orders(reader, ids=[first, second], today=TODAY) == [Money.of("50.00", "EUR")]


def test_all_orders_are_not_added_up(store, reader):
    make_order(store, make_customer(store))
    assert sum_orders(reader, ids=None, today=TODAY) == []


def test_the_overdue_sum_reads_the_open_invoices_alone(store, reader):
    plan = " ".join(
        text
        for *_, text in reader.rows(
            "EXPLAIN QUERY PLAN SELECT currency, sum(open_minor) FROM invoice"
            " WHERE open_minor <> 0 AND kind = 'invoice' GROUP BY currency"
        )
    )
    assert "ix_invoice_open" in plan
