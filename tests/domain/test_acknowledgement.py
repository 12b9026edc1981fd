"""Does an acknowledgement add up, name every difference and open with a true sentence?"""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.acknowledgement import Credit, Stance, checked_totals
from loyaldesk.domain.differences import DifferenceKind, Wording, differences, wording_of
from loyaldesk.errors import Refused
from tests.pdf.ack_letters import kestrel, kuestenkontor, make_frame, make_letter, make_line


def test_totals_are_those_of_the_specimen():
    totals = checked_totals(kestrel())
    assert str(totals.net) == "6294.70"
    assert [(line.rate_ppm, str(line.base), str(line.tax)) for line in totals.taxes] == [
        (190_000, "5993.70", "1138.80"),
        (70_000, "349.00", "24.43"),
    ]
    assert (str(totals.total), str(totals.to_pay)) == ("7505.93", "6505.93")


def test_a_stored_total_that_is_one_cent_off_is_refused():
    letter = make_letter()
    with pytest.raises(Refused, match=r"total of EUR 11\.91, .* come to EUR 11\.90") as caught:
        checked_totals(replace(letter, total_minor=letter.total_minor + 1))
    assert caught.value.field == "total"


def test_a_line_whose_amount_is_not_quantity_times_price_is_refused():
    line = replace(make_line(3), net_minor=1001)
    with pytest.raises(Refused, match=r"Line 3 is stored with EUR 10\.01"):
        checked_totals(make_letter([line]))


def test_an_order_without_lines_is_refused():
    with pytest.raises(Refused, match="no lines"):
        checked_totals(make_letter([]))


def test_a_line_without_promise_needs_the_day_of_our_answer():
    lines = [replace(make_line(), promised_on=None)]
    with pytest.raises(Refused, match="Line 1 has no promised date"):
        checked_totals(make_letter(lines))
    checked_totals(make_letter(lines, answer_by=date(2026, 3, 20)))


def test_a_held_order_needs_the_day_of_our_answer():
    with pytest.raises(Refused, match="The order is on hold"):
        checked_totals(make_letter(stance=Stance.ON_HOLD))


def test_a_revision_needs_the_day_of_the_one_it_replaces():
    with pytest.raises(Refused, match="replaces"):
        checked_totals(make_letter(frame=make_frame(revision=2)))


def test_more_deposits_than_the_total_leave_a_credit():
    letter = make_letter(credits=(Credit(date(2026, 3, 1), 2000),))
    assert checked_totals(letter).to_pay.minor == 1190 - 2000


def test_every_kind_of_difference_is_found():
    found = differences(kestrel())
    assert [(d.kind, d.positions, d.asked, d.confirmed) for d in found] == [
        (DifferenceKind.DATE, (2,), date(2026, 3, 24), date(2026, 3, 31)),
        (DifferenceKind.QUANTITY, (3,), 32_000, 30_000),
        (DifferenceKind.ITEM, (4,), "31-2025", "31-2026"),
        (DifferenceKind.PRICE, (5,), 18_250_000, 18_750_000),
    ]


def test_terms_that_differ_are_named_for_the_whole_order():
    letter = make_letter(asked_payment="60 days net", terms_reason="our standard terms")
    (found,) = differences(letter)
    assert (found.kind, found.positions) == (DifferenceKind.TERMS, ())
    assert (found.asked, found.confirmed) == ("60 days net", "30 days net from invoice date")


def test_the_same_difference_of_several_lines_is_one():
    assert [d.positions for d in differences(kuestenkontor())] == [(7,), (16, 17)]


def test_a_line_without_requested_date_has_no_difference_in_its_date():
    assert differences(make_letter([replace(make_line(), requested_on=None)])) == ()


def test_a_date_still_to_come_is_a_difference_from_the_one_requested():
    (found,) = differences(make_letter([replace(make_line(), promised_on=None)]))
    assert (found.asked, found.confirmed) == (date(2026, 3, 24), None)


def shipped_line(**facts):
    known = {"promised_on": None, "shipped_on": date(2026, 3, 16), "shipped_milli": 1_000}
    return make_line(**(known | facts))


def test_a_line_that_shipped_without_a_promise_leaves_nothing_open():
    letter = make_letter([shipped_line()])
    assert differences(letter) == ()
    assert letter.shipping_days == (date(2026, 3, 16),)
    checked_totals(letter)


def test_a_kept_or_broken_promise_stays_what_was_promised_after_shipping():
    line = shipped_line(promised_on=date(2026, 3, 31))
    assert [found.confirmed for found in differences(make_letter([line]))] == [date(2026, 3, 31)]
    assert line.shipped_unpromised_on is None


def test_the_rest_of_a_part_shipped_line_is_still_without_a_date():
    line = shipped_line(quantity=3)
    assert (line.has_shipped, line.is_undated) == (False, True)
    with pytest.raises(Refused, match="Line 1 has no promised date"):
        checked_totals(make_letter([line]))


@pytest.mark.parametrize(
    ("stance", "price", "wording"),
    [
        (Stance.ACCEPTANCE, None, Wording.SHIPPED),
        (Stance.ACCEPTANCE, 9_000_000, Wording.SHIPPED_WITH_DIFFERENCES),
        (Stance.RECEIPT, None, Wording.SHIPPED),
        (Stance.ON_HOLD, None, Wording.ON_HOLD),
    ],
)
def test_an_order_shipped_in_full_is_not_spoken_of_as_still_to_come(stance, price, wording):
    line = shipped_line(asked_price_micro=price)
    assert wording_of(make_letter([line], stance=stance)) is wording


def test_an_order_of_which_a_line_is_still_to_come_is_accepted():
    assert wording_of(make_letter([shipped_line(), make_line(2)])) is Wording.ACCEPTED


@pytest.mark.parametrize(
    ("stance", "differs", "wording"),
    [
        (Stance.RECEIPT, True, Wording.RECEIPT),
        (Stance.ACCEPTANCE, False, Wording.ACCEPTED),
        (Stance.ACCEPTANCE, True, Wording.WITH_DIFFERENCES),
        (Stance.ON_HOLD, False, Wording.ON_HOLD),
        (Stance.ON_HOLD, True, Wording.ON_HOLD),
    ],
)
def test_the_opening_says_what_is_true(stance, differs, wording):
    line = make_line(asked_price_micro=9_000_000 if differs else None)
    assert wording_of(make_letter([line], stance=stance)) is wording


LINES = st.lists(
    st.tuples(
        st.integers(0, 10**9),
        st.integers(0, 10**7),
        st.sampled_from([0, 50_000, 333_333, 1_000_000]),
        st.sampled_from([0, 70_000, 190_000, 62_500]),
    ),
    min_size=1,
    max_size=30,
)


@given(
    rows=LINES,
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    freight=st.integers(0, 10**6),
    held=st.integers(0, 10**6),
)
def test_the_sums_of_any_letter_add_up_to_the_minor_unit(rows, currency, freight, held):
    lines = [
        make_line(i, str(price / 1000), quantity / 1000, currency, discount_ppm=off, tax_ppm=tax)
        for i, (price, quantity, off, tax) in enumerate(rows, start=1)
    ]
    letter = make_letter(
        lines,
        currency=currency,
        freight_minor=freight,
        freight_tax_ppm=190_000,
        credits=(Credit(date(2026, 3, 1), held),),
    )
    totals = checked_totals(letter)
    assert sum(line.net_minor for line in lines) == totals.net.minor
    assert sum(line.base.minor for line in totals.taxes) == totals.net.minor + freight
    taxes = sum(line.tax.minor for line in totals.taxes)
    assert totals.net.minor + freight + taxes == totals.total.minor == letter.total_minor
    assert totals.to_pay.minor + held == totals.total.minor
    with pytest.raises(Refused):
        checked_totals(replace(letter, total_minor=letter.total_minor - 1))
