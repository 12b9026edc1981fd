"""Does the list of reminders name everybody who owes late, once, with the reason why one waits?"""

from datetime import date, timedelta

import pytest

from loyaldesk.domain.dunning import Hold
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.models import Invoice
from loyaldesk.operations.dunning import pause_customer
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.queries.dunning import list_candidates, read_reminder
from tests.support.factories import (
    do,
    make_credit_note,
    make_customer,
    make_invoice,
    make_payment,
)

TODAY = date(2024, 11, 12)


class Counting:
    """A source that counts how often it is asked."""

    def __init__(self, source):
        self.source, self.asked = source, 0

    def rows(self, sql, parameters=(), /):
        self.asked += 1
        return self.source.rows(sql, parameters)

    def value(self, sql, parameters=(), /):
        self.asked += 1
        return self.source.value(sql, parameters)


def late(store, customer_id, amount="100.00", days=10, **fields):
    return make_invoice(
        store, customer_id, amount, invoiced_on=TODAY - timedelta(days=days + 14),
        due_on=TODAY - timedelta(days=days), **fields,
    )  # fmt: skip


def listed(reader, on=TODAY):
    return list_candidates(reader, on=on, today=TODAY)


def test_each_customer_and_currency_is_one_letter_oldest_debt_first(store, reader):
    young, old = make_customer(store, "Young"), make_customer(store, "Old")
    late(store, young, days=8)
    late(store, old, "50.00", days=90)
    late(store, old, "20.00", days=30)
    late(store, old, "7.00", days=12, currency="GBP")
    found = [(c.customer_name, c.currency, c.invoices, str(c.to_pay)) for c in listed(reader)]
    assert found == [
        ("Old", "EUR", 2, "70.00"), ("Old", "GBP", 1, "7.00"), ("Young", "EUR", 1, "100.00"),
    ]  # fmt: skip


def test_invoice_that_is_not_late_enough_is_not_listed(store, reader):
    customer_id = make_customer(store)
    late(store, customer_id, days=6)
    assert listed(reader) == []
    assert len(listed(reader, on=TODAY + timedelta(days=1))) == 1


def test_day_past_is_refused_since_only_what_is_open_now_is_known(store, reader):
    with pytest.raises(Refused, match="not by a day past"):
        listed(reader, on=TODAY - timedelta(days=1))


def test_held_customers_come_last_with_their_reason(store, reader):
    disputed, paused, due = (make_customer(store, name) for name in ("A", "B", "C"))
    do(store, dispute_invoice, invoice_id=late(store, disputed), reason="Wet")
    late(store, paused)
    until = TODAY + timedelta(days=20)
    do(store, pause_customer, customer_id=paused, until=until, reason="Merger")
    late(store, due)
    found = [(c.customer_name, c.hold, c.held_until) for c in listed(reader)]
    assert found[0] == ("C", None, None)
    assert sorted(found[1:]) == [
        ("A", Hold.DISPUTED, None),
        ("B", Hold.CUSTOMER_PAUSED, until + timedelta(days=1)),
    ]


def test_payments_and_credit_notes_not_yet_applied_lower_what_is_asked(store, reader):
    customer_id = make_customer(store)
    late(store, customer_id)
    make_payment(store, customer_id, "30.00")
    make_credit_note(store, customer_id, "20.00")
    make_payment(store, customer_id, "500.00", currency="USD")
    (candidate,) = listed(reader)
    assert (candidate.overdue, candidate.to_pay) == (Money(100_00, "EUR"), Money(50_00, "EUR"))


def test_list_asks_as_often_for_many_customers_as_for_one(store, reader):
    asked = []
    for _ in range(2):
        for _ in range(15):
            late(store, make_customer(store))
        counting = Counting(reader)
        assert listed(counting)
        asked.append(counting.asked)
    assert asked == [3, 3]


def test_missing_due_date_counts_from_date_and_terms(store, reader):
    customer_id = make_customer(store)
    invoice_id = make_invoice(
        store, customer_id, invoiced_on=TODAY - timedelta(days=40), terms_days=30
    )
    with store.transaction("Import") as tx:
        tx.update(Invoice, invoice_id, due_on=None)
    reminder = read_reminder(reader, customer_id=customer_id, currency="EUR", on=TODAY)
    assert reminder is not None
    assert [s.item.due for s in reminder.due] == [TODAY - timedelta(days=10)]
    assert reminder.due[0].item.invoice_id == invoice_id


def test_customer_without_late_invoices_in_a_currency_has_no_reminder(store, reader):
    customer_id = make_customer(store)
    late(store, customer_id)
    assert read_reminder(reader, customer_id=customer_id, currency="GBP", on=TODAY) is None
    other = make_customer(store, "Other")
    assert read_reminder(reader, customer_id=other, currency="EUR", on=TODAY) is None
