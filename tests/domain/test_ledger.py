"""Whether a ledger knows what was open on any day."""

from datetime import date

import pytest

from loyaldesk.domain.ledger import Ledger
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from tests.support.ledgers import credit_note, invoice, payment, set_off

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in range(1, 5))


def open_of(ledger, entry, day):
    return str(ledger.open_amounts(day)[entry.key])


def test_allocation_lowers_what_is_open_at_both_ends():
    bill, money = invoice(1, "100", JAN), payment(1, "80", FEB)
    ledger = Ledger.of([bill, money], [set_off(money, bill, "60")])
    assert (open_of(ledger, bill, MAR), open_of(ledger, money, MAR)) == ("40.00", "-20.00")


def test_allocation_does_not_count_before_its_day():
    bill, money = invoice(1, "100", JAN), payment(1, "80", JAN)
    ledger = Ledger.of([bill, money], [set_off(money, bill, "60", MAR)])
    assert open_of(ledger, bill, FEB) == "100.00"


def test_allocation_made_before_the_money_arrived_counts_from_its_arrival():
    bill, money = invoice(1, "100", JAN), payment(1, "80", MAR)
    ledger = Ledger.of([bill, money], [set_off(money, bill, "60", FEB)])
    assert (open_of(ledger, bill, FEB), open_of(ledger, bill, MAR)) == ("100.00", "40.00")


def test_reversal_opens_the_invoice_again_from_its_own_day():
    bill, money = invoice(1, "100", JAN), payment(1, "100", JAN)
    pair = [set_off(money, bill, "100", FEB), set_off(money, bill, "-100", APR)]
    ledger = Ledger.of([bill, money], pair)
    assert (open_of(ledger, bill, MAR), open_of(ledger, bill, APR)) == ("0.00", "100.00")


def test_entry_dated_later_is_not_there_yet():
    bill = invoice(1, "100", MAR)
    assert Ledger.of([bill]).open_amounts(FEB) == {}


def test_invoice_and_payment_of_the_same_id_are_two_entries():
    bill, money = invoice(1, "100", JAN), payment(1, "80", JAN)
    assert len(Ledger.of([bill, money]).entries) == 2


def test_two_entries_of_the_same_kind_and_id_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="same kind and id"):
        Ledger.of([invoice(1, "1", JAN), invoice(1, "2", JAN)])


def test_currencies_are_named_in_alphabetical_order():
    ledger = Ledger.of([invoice(1, "1", JAN, currency="USD"), invoice(2, "1", JAN)])
    assert ledger.currencies == ("EUR", "USD")


def test_negative_amount_is_refused_and_says_what_to_record_instead():
    with pytest.raises(Refused, match="credit note"):
        invoice(1, "-5", JAN)


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        (payment(1, "9", JAN), credit_note(2, "9", JAN), "against an invoice"),
        (invoice(1, "9", JAN), invoice(2, "9", JAN), "against an invoice"),
        (payment(1, "9", JAN, currency="USD"), invoice(2, "9", JAN), "currencies differ"),
        (payment(1, "9", JAN, customer_id=7), invoice(2, "9", JAN), "different customers"),
    ],
)
def test_allocation_between_ends_that_do_not_fit_is_refused(source, target, reason):
    with pytest.raises(Refused, match=reason):
        Ledger.of([source, target], [set_off(source, target, "5")])


def test_allocation_naming_a_document_outside_the_account_is_refused():
    bill, money = invoice(1, "9", JAN), payment(1, "9", JAN)
    with pytest.raises(Refused, match="not in this customer's account"):
        Ledger.of([bill], [set_off(money, bill, "5")])


def test_amount_of_an_allocation_in_another_currency_is_refused():
    bill, money = invoice(1, "9", JAN), payment(1, "9", JAN)
    ledger = Ledger.of([bill, money])
    wrong = set_off(money, bill, "5")
    with pytest.raises(Refused, match="currencies differ"):
        ledger.check_ends(type(wrong)(**{**_fields(wrong), "amount": Money(500, "USD")}))


def _fields(allocation):
    names = ("source", "target", "amount", "applied_on")
    return {name: getattr(allocation, name) for name in names}
