"""Whether payments settle invoices only as far as both ends go."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from loyaldesk.domain.allocation import (
    allocate,
    propose_allocations,
    reverse_allocation,
    unallocated_amount,
)
from loyaldesk.domain.ledger import Dispute, Ledger
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from tests.support.ledgers import FIRST_DAY, credit_note, invoice, ledgers, payment, set_off

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in range(1, 5))
BILL, MONEY = invoice(1, "100", JAN), payment(1, "250", JAN)


def euros(text):
    return Money.of(text, "EUR")


def try_to_set(ledger, amount, applied_on=APR, source=MONEY, target=BILL):
    return allocate(
        ledger, source=source.key, target=target.key, amount=euros(amount), applied_on=applied_on
    )


def test_payment_settles_an_invoice_to_the_last_cent():
    allocation = try_to_set(Ledger.of([BILL, MONEY]), "100.00")
    assert allocation.amount == euros("100.00")


def test_more_than_the_invoice_has_open_is_refused_and_names_what_is_left():
    with pytest.raises(Refused, match=r"Only EUR 100.00 of 26-00001 is still open, not 100.01"):
        try_to_set(Ledger.of([BILL, MONEY]), "100.01")


def test_more_than_the_payment_has_left_is_refused():
    other = invoice(2, "500", JAN)
    ledger = Ledger.of([BILL, MONEY, other], [set_off(MONEY, BILL, "100")])
    with pytest.raises(Refused, match=r"Only EUR 150.00 of RC-26-00001"):
        try_to_set(ledger, "150.01", target=other)


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_nothing_or_less_cannot_be_allocated(amount):
    with pytest.raises(Refused, match="above zero"):
        try_to_set(Ledger.of([BILL, MONEY]), amount)


def test_allocation_dated_back_must_not_take_what_a_later_one_used():
    ledger = Ledger.of([BILL, MONEY], [set_off(MONEY, BILL, "70", APR)])
    with pytest.raises(Refused, match=r"Only EUR 30.00"):
        try_to_set(ledger, "50", applied_on=FEB)


def test_amount_freed_by_a_reversal_can_be_used_only_from_that_day():
    pair = [set_off(MONEY, BILL, "100", FEB), set_off(MONEY, BILL, "-100", APR)]
    ledger = Ledger.of([BILL, MONEY], pair)
    assert unallocated_amount(ledger, BILL.key, applied_on=MAR) == euros("0")
    assert unallocated_amount(ledger, BILL.key, applied_on=APR) == euros("100")


def test_reversal_frees_the_amount_for_another_invoice():
    first = set_off(MONEY, BILL, "100", FEB)
    ledger = Ledger.of([BILL, MONEY], [first])
    back = reverse_allocation(ledger, first, applied_on=MAR)
    freed = Ledger.of([BILL, MONEY], [first, back])
    assert unallocated_amount(freed, MONEY.key, applied_on=MAR) == euros("250")


def test_reversal_before_the_allocation_is_refused():
    first = set_off(MONEY, BILL, "100", FEB)
    with pytest.raises(Refused, match="before the day it was made"):
        reverse_allocation(Ledger.of([BILL, MONEY], [first]), first, applied_on=JAN)


def test_second_reversal_is_refused():
    first = set_off(MONEY, BILL, "100", FEB)
    ledger = Ledger.of([BILL, MONEY], [first, set_off(MONEY, BILL, "-100", MAR)])
    with pytest.raises(Refused, match="already reversed"):
        reverse_allocation(ledger, first, applied_on=APR)


def test_proposal_settles_the_oldest_due_first_and_stops_when_the_money_is_gone():
    late = invoice(2, "100", JAN, due=FEB)
    early = invoice(3, "100", FEB, due=JAN)
    ledger = Ledger.of([late, early, MONEY, invoice(4, "100", FEB, due=MAR), invoice(5, "9", MAR)])
    proposed = propose_allocations(ledger, source=MONEY.key, applied_on=APR)
    assert [(a.target[1], str(a.amount)) for a in proposed] == [
        (3, "100.00"), (2, "100.00"), (4, "50.00"),
    ]  # fmt: skip


def test_proposal_leaves_disputed_invoices_to_the_last():
    disputed = invoice(2, "100", JAN, due=JAN, dispute=Dispute(since=JAN))
    ledger = Ledger.of([disputed, invoice(3, "100", MAR, due=APR), payment(1, "120", APR)])
    proposed = propose_allocations(ledger, source=payment(1, "120", APR).key, applied_on=APR)
    assert [(a.target[1], str(a.amount)) for a in proposed] == [(3, "100.00"), (2, "20.00")]


def test_proposal_for_a_credit_note_keeps_to_its_currency():
    note = credit_note(9, "10", JAN, currency="USD")
    ledger = Ledger.of([BILL, note])
    assert propose_allocations(ledger, source=note.key, applied_on=APR) == ()


@given(ledgers())
def test_a_proposal_can_be_booked_as_it_stands(ledger):
    day = FIRST_DAY + timedelta(days=900)
    for entry in [entry for entry in ledger.entries.values() if entry.kind.is_credit]:
        for each in propose_allocations(ledger, source=entry.key, applied_on=day):
            booked = allocate(
                ledger,
                source=each.source,
                target=each.target,
                amount=each.amount,
                applied_on=each.applied_on,
            )
            ledger = Ledger.of(ledger.entries.values(), [*ledger.allocations, booked])


@given(ledgers())
def test_allocations_that_keep_the_rules_never_overdraw_an_entry_on_any_day(ledger):
    changes = {ledger.effective_on(each) for each in ledger.allocations}
    for day in changes:
        for key, left in ledger.open_amounts(day).items():
            whole = ledger.entries[key].signed.minor
            assert min(0, whole) <= left.minor <= max(0, whole)
