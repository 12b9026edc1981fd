"""Whether a statement tells the truth for any day, and every figure of it agrees."""

from datetime import date, timedelta

import pytest

from loyaldesk.domain.ageing import AgeingBasis, Bucket
from loyaldesk.domain.ledger import Dispute, Ledger
from loyaldesk.domain.statement import (
    StatementKind,
    StatementRequest,
    make_statement,
    usual_start,
)
from loyaldesk.domain.statement_section import Position, Tone
from loyaldesk.errors import Refused
from tests.support.ledgers import AS_OF, credit_note, invoice, payment, set_off

JAN, FEB, MAR = (date(2026, month, 1) for month in range(1, 4))


def section_of(entries, allocations=(), *, as_of=AS_OF, start=None, kind="open-item", **more):
    """Return the only section of the statement of these entries."""
    request = StatementRequest(kind=StatementKind(kind), as_of=as_of, start=start, **more)
    ledger = Ledger.of(entries, allocations)
    (section,) = make_statement(ledger, request, home_currency="EUR").sections
    return section


def late(id_, amount, days, **more):
    """Return an invoice so many days late on the as-of day."""
    due = AS_OF - timedelta(days=days)
    return invoice(id_, amount, min(due, AS_OF) - timedelta(days=30), due=due, **more)


def test_opening_is_the_balance_of_the_evening_before_the_period():
    entries = [invoice(1, "100", JAN), payment(1, "30", FEB), invoice(2, "5", MAR)]
    section = section_of(entries, start=MAR)
    assert (str(section.opening), str(section.closing)) == ("70.00", "75.00")
    assert [m.entry.number for m in section.movements] == ["26-00002"]


def test_allocation_moves_no_balance():
    bill, money = invoice(1, "100", JAN), payment(1, "30", FEB)
    assert section_of([bill, money]).closing == section_of(
        [bill, money], [set_off(money, bill, "30")]
    ).closing  # fmt: skip


def test_running_balance_follows_every_movement():
    entries = [invoice(1, "100", JAN), payment(1, "30", FEB), credit_note(2, "5.50", MAR)]
    balances = [str(m.balance) for m in section_of(entries).movements]
    assert balances == ["100.00", "70.00", "64.50"]


def test_movements_of_one_day_list_invoices_before_credits():
    section = section_of([payment(1, "1", JAN), credit_note(3, "1", JAN), invoice(2, "9", JAN)])
    assert [m.entry.kind for m in section.movements] == ["invoice", "credit_note", "payment"]


def test_charges_and_credits_are_summed_apart():
    section = section_of([invoice(1, "100", JAN), payment(1, "30", FEB), credit_note(2, "5", MAR)])
    assert (str(section.charges), str(section.credits)) == ("100.00", "-35.00")


def test_open_item_shows_what_was_taken_off_the_original():
    bill, money = invoice(1, "100", JAN), payment(1, "30", FEB)
    (item,) = section_of([bill, money], [set_off(money, bill, "30")]).items
    assert (str(item.open), str(item.settled)) == ("70.00", "-30.00")


def test_settled_invoice_is_not_an_open_item():
    bill, money = invoice(1, "30", JAN), payment(1, "30", FEB)
    section = section_of([bill, money], [set_off(money, bill, "30")])
    assert (section.items, section.unapplied) == ((), ())


def test_rest_of_a_payment_and_of_a_credit_note_are_named_as_unapplied():
    bill, money, note = invoice(1, "30", JAN), payment(1, "50", FEB), credit_note(2, "7", MAR)
    section = section_of([bill, money, note], [set_off(money, bill, "30")])
    named = [(item.entry.number, str(item.open)) for item in section.unapplied]
    assert named == [("RC-26-00001", "-20.00"), ("CN-26-00002", "-7.00")]


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (0, "not_due"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"), (61, "61-90"),
        (90, "61-90"), (91, "91-120"), (120, "91-120"), (121, "over_120"), (10_001, "over_120"),
    ],
)  # fmt: skip
def test_an_item_so_many_days_late_is_aged_and_stays_in_the_total(days, bucket):
    section = section_of([late(1, "12.34", days)])
    assert str(section.buckets[Bucket(bucket)]) == "12.34" == str(section.closing)


def test_ageing_by_document_date_leaves_what_is_overdue_alone():
    bill = invoice(1, "10", AS_OF - timedelta(days=40), due=AS_OF - timedelta(days=10))
    section = section_of([bill], basis=AgeingBasis.DOCUMENT_DATE)
    assert str(section.buckets[Bucket.DAYS_31_60]) == "10.00"
    assert (section.items[0].days_late, str(section.overdue)) == (10, "10.00")


def test_item_without_a_due_date_is_aged_by_its_terms_and_marked():
    (item,) = section_of([invoice(1, "10", AS_OF - timedelta(days=45), terms_days=14)]).items
    assert (item.days_late, item.bucket, item.due.is_assumed) == (31, Bucket.DAYS_31_60, True)


def test_disputed_item_stays_in_the_ageing_and_is_subtotalled():
    disputed = late(2, "40", 10, dispute=Dispute(since=MAR, reason="two cartons damaged"))
    section = section_of([late(1, "60", 10), disputed])
    assert str(section.buckets[Bucket.DAYS_1_30]) == "100.00"
    assert str(section.disputed) == "40.00"


def test_dispute_raised_after_the_day_is_not_known_on_that_day():
    disputed = late(1, "40", 10, dispute=Dispute(since=AS_OF + timedelta(days=1)))
    assert not section_of([disputed]).disputed


def test_please_pay_now_is_overdue_less_dispute_less_unapplied():
    entries = [
        late(1, "7442.70", 34),
        late(2, "3940.20", 48, dispute=Dispute(since=MAR)),
        late(3, "4373", -8),
        payment(1, "684.20", MAR),
    ]
    assert str(section_of(entries).pay_now) == "6758.50"


def test_dispute_about_an_item_not_yet_due_takes_nothing_off():
    entries = [late(1, "10", 5), late(2, "99", -5, dispute=Dispute(since=MAR))]
    assert str(section_of(entries).pay_now) == "10.00"


def test_please_pay_now_is_never_below_zero():
    section = section_of([late(1, "10", 5), payment(1, "25", MAR)])
    assert (str(section.pay_now), section.position) == ("0.00", Position.CREDIT)


def test_with_nothing_overdue_the_rest_is_due_by_the_last_due_day():
    section = section_of([late(1, "10", -5), late(2, "20", -9), payment(1, "4", MAR)])
    assert (str(section.pay_now), str(section.due_later)) == ("0.00", "26.00")
    assert section.due_by == AS_OF + timedelta(days=9)


@pytest.mark.parametrize(
    ("days", "tone"),
    [
        (0, "none"), (1, "friendly"), (30, "friendly"), (31, "firm"), (90, "firm"), (91, "final"),
    ],
)  # fmt: skip
def test_tone_follows_the_worst_item(days, tone):
    assert section_of([late(1, "10", days), late(2, "99", -3)]).tone == tone


def test_tone_forgets_items_in_dispute():
    disputed = late(1, "10", 200, dispute=Dispute(since=MAR))
    assert section_of([disputed, late(2, "10", 5)]).tone is Tone.FRIENDLY


def test_tone_asks_for_nothing_when_credits_cover_what_is_overdue():
    section = section_of([late(1, "10", 200), late(2, "50", -5), payment(1, "10", MAR)])
    assert (section.tone, section.position) == (Tone.COVERED, Position.OWED)


def test_account_without_entries_is_one_section_of_zeros_in_the_home_currency():
    section = section_of([])
    assert (section.currency, str(section.closing), section.is_quiet) == ("EUR", "0.00", True)
    assert section.position is Position.CLEAR


def test_currencies_get_a_section_each_and_are_never_added():
    ledger = Ledger.of(
        [
            invoice(1, "1000", JAN, currency="JPY"),
            invoice(2, "1.234", JAN, currency="KWD"),
            invoice(3, "0.01", JAN),
        ]
    )
    request = StatementRequest(kind=StatementKind.OPEN_ITEM, as_of=AS_OF)
    sections = make_statement(ledger, request, home_currency="EUR").sections
    closings = [(section.currency, str(section.closing)) for section in sections]
    assert closings == [("EUR", "0.01"), ("JPY", "1000"), ("KWD", "1.234")]


def test_currency_settled_before_the_period_is_left_out():
    bill, money = invoice(1, "5", JAN, currency="GBP"), payment(1, "5", JAN, currency="GBP")
    entries = [bill, money, invoice(2, "7", MAR)]
    section = section_of(entries, [set_off(money, bill, "5")], start=MAR)
    assert section.currency == "EUR"


def test_later_entries_and_allocations_do_not_change_a_statement_of_the_past():
    bill, money = invoice(1, "100", JAN), payment(1, "60", FEB)
    then = section_of([bill, money])
    afterwards = [bill, money, invoice(2, "9", AS_OF + timedelta(days=1))]
    now = section_of(afterwards, [set_off(money, bill, "60", AS_OF + timedelta(days=1))])
    assert now == then


def test_payment_names_what_it_settles_with_reversals_taken_off():
    bills = [invoice(1, "100", JAN), invoice(2, "50", JAN)]
    money = payment(1, "150", FEB)
    allocations = [
        set_off(money, bills[0], "100"),
        set_off(money, bills[0], "-100", MAR),
        set_off(money, bills[1], "50"),
    ]
    *_, movement = section_of([*bills, money], allocations, kind="activity").movements
    assert [(s.target.number, str(s.amount)) for s in movement.settles] == [("26-00002", "50.00")]


def test_detailed_statement_lists_prior_items_and_settlements_of_the_period():
    bill, money = invoice(1, "100", JAN), payment(1, "60", MAR)
    section = section_of([bill, money], [set_off(money, bill, "60")], start=MAR, kind="detailed")
    assert [str(item.open) for item in section.prior_items] == ["100.00"]
    assert [(s.day, str(s.amount)) for s in section.settlements] == [(MAR, "60.00")]


def test_settlement_before_the_period_is_not_told_again():
    bill, money = invoice(1, "100", JAN), payment(1, "60", FEB)
    section = section_of([bill, money], [set_off(money, bill, "60")], start=MAR, kind="detailed")
    assert section.settlements == ()


def test_only_the_detailed_type_lists_prior_items():
    assert not section_of([invoice(1, "100", JAN)], start=MAR, kind="activity").prior_items


def test_period_that_begins_after_its_end_is_refused():
    with pytest.raises(Refused, match="begins after"):
        StatementRequest(kind=StatementKind.ACTIVITY, as_of=JAN, start=FEB)


def test_over_allocated_invoice_stops_the_statement_and_is_named():
    bill, money = invoice(1, "100", JAN), payment(1, "150", FEB)
    with pytest.raises(Refused, match="26-00001 has more allocated than its amount allows"):
        section_of([bill, money], [set_off(money, bill, "120")])


def test_overdrawn_payment_stops_the_statement_and_is_named():
    bill, money = invoice(1, "100", JAN), payment(1, "50", FEB)
    with pytest.raises(Refused, match="RC-26-00001 has more allocated"):
        section_of([bill, money], [set_off(money, bill, "60")])


def test_a_period_nobody_named_is_the_month_except_for_open_items():
    assert usual_start(StatementKind.BALANCE_FORWARD, AS_OF) == MAR
    assert usual_start(StatementKind.OPEN_ITEM, AS_OF) is None
