"""Do the sums of an order round once, and where an invoice does?"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.order_totals import line_net, minor_of_micro, order_totals, tax_of

PRICES = st.integers(-(10**12), 10**12)
QUANTITIES = st.integers(-(10**9), 10**9)
RATES = st.integers(0, 1_000_000)


def test_half_a_cent_rounds_away_from_zero_on_both_sides():
    assert line_net(5_000, 1_000) == 1
    assert line_net(5_000, -1_000) == -1
    assert minor_of_micro(-4_999) == 0


def test_discount_is_taken_before_rounding():
    # 9.80 × 3 × 0.85 = 24.99
    assert line_net(9_800_000, 3_000, 150_000) == 2_499


def test_yen_have_no_decimals_and_dinars_three():
    assert line_net(1_500_000, 1_000, exponent=0) == 2
    assert line_net(1_500_000, 1_000, exponent=3) == 1_500


@given(PRICES, QUANTITIES, RATES, st.sampled_from([0, 2, 3, 4]))
def test_line_net_is_the_exact_product_rounded_half_up(price, quantity, discount, exponent):
    exact = (
        Decimal(price) * Decimal(quantity) * Decimal(1_000_000 - discount)
    ).scaleb(exponent - 15)  # fmt: skip
    assert line_net(price, quantity, discount, exponent=exponent) == int(
        exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    )


def test_tax_is_rounded_once_for_all_lines_of_a_rate():
    totals = order_totals([(10, 190_000)] * 3)
    assert tax_of(10, 190_000) * 3 == 6
    assert (totals.net_minor, totals.tax_minor, totals.total_minor) == (30, 6, 36)
    assert order_totals([(13, 190_000)] * 3).tax_minor == 7


def test_freight_is_taxed_at_its_own_rate_and_stays_out_of_net():
    totals = order_totals([(1_000, 70_000)], freight_minor=500, freight_tax_ppm=190_000)
    assert totals.net_minor == 1_000
    assert totals.tax_by_ppm == {70_000: 70, 190_000: 95}
    assert totals.total_minor == 1_665


def test_an_order_without_lines_comes_to_its_freight():
    assert order_totals([], freight_minor=700).total_minor == 700
