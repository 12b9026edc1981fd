"""Are the figures of a long history read from indexes alone?"""

from datetime import date

import pytest

from loyaldesk.queries.book import sql_of
from loyaldesk.queries.customer_money import read_figures
from tests.support.factories import make_customer, make_invoice, make_payment

TODAY = date(2024, 11, 12)
PARTS = sql_of("customer.money").split(" UNION ALL ")
VALUES = {"customer_id": 1, "day": "2024-10-13", "since": "2023-11-13"}


@pytest.mark.parametrize("part", PARTS[::2], ids=["settled", "paid"])
def test_what_was_paid_and_settled_is_read_without_the_rows_of_any_paper(reader, part):
    steps = [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {part}", VALUES)]
    read = [step.split("USING ")[1].split(" (")[0] for step in steps if step.startswith("SEARCH")]
    assert read == [
        "COVERING INDEX ix_allocation_customer",
        "COVERING INDEX ix_invoice_days",
    ]


def test_papers_of_others_between_those_of_a_customer_do_not_count(store, reader):
    mine, other = make_customer(store, "Mine"), make_customer(store, "Other")
    for customer_id, amount in ((mine, "10.00"), (other, "500.00"), (mine, "20.00")):
        make_invoice(store, customer_id, amount, invoiced_on=date(2024, 10, 1))
    for customer_id in (mine, other):
        make_payment(store, customer_id, "25.00", allocate_oldest_first=True)
    figures = read_figures(reader, customer_id=mine, currency="EUR", today=TODAY)
    assert figures.days_to_pay == (TODAY - date(2024, 10, 1)).days
    assert figures.last_paid_on == TODAY
