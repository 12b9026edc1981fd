"""Are a customer's figures what their definitions say, per currency and to the minor unit?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.ageing import Bucket
from loyaldesk.domain.customer_figures import (
    CustomerFacts,
    OpenAmount,
    YearSum,
    age_open_amounts,
    customer_tiles,
    exposure,
    orders_a_year,
)
from loyaldesk.domain.money import Money

TODAY = date(2024, 11, 12)


def facts(*open_amounts, **known):
    """Return facts about a customer in euros; what is not given is nothing."""
    nothing = {
        "overdue_settled": (),
        "unbilled": (),
        "credit_limit": None,
        "years": (),
        "days_to_pay": None,
        "days_late": None,
    }
    return CustomerFacts(
        **{"today": TODAY, "currency": "EUR", "open_amounts": open_amounts, **nothing, **known}
    )


def owed(amount, *, due_in=0, dated=date(2024, 1, 1), currency="EUR"):
    return OpenAmount(Money.of(amount, currency), dated, TODAY + timedelta(days=due_in))


def year(number, net, to_date, *, orders=1, currency="EUR", first=(1, 1), last=(12, 31)):
    return YearSum(
        number,
        orders,
        Money.of(net, currency),
        Money.of(to_date, currency),
        date(number, *first),
        date(number, *last),
    )


def amounts(parts):
    return [f"{part.currency} {part}" for part in parts]


def test_a_customer_without_anything_has_zeros_in_its_own_currency():
    tiles = customer_tiles(facts())
    assert amounts(tiles.open_balance) == ["EUR 0.00"]
    assert amounts(tiles.overdue_change_30_days) == ["EUR 0.00"]
    assert (tiles.first_order_on, tiles.last_order_on, tiles.orders_a_year) == (None, None, 0.0)
    assert tiles.exposure.free is None


def test_currencies_stand_side_by_side_the_customers_own_first():
    tiles = customer_tiles(facts(owed("5", currency="USD"), owed("7", currency="CHF"), owed("1")))
    assert amounts(tiles.open_balance) == ["EUR 1.00", "CHF 7.00", "USD 5.00"]


def test_what_is_due_today_is_not_overdue():
    assert amounts(customer_tiles(facts(owed("9", due_in=0))).overdue) == ["EUR 0.00"]
    assert amounts(customer_tiles(facts(owed("9", due_in=-1))).overdue) == ["EUR 9.00"]


def test_an_unapplied_credit_lowers_the_balance_but_not_what_is_overdue():
    tiles = customer_tiles(facts(owed("9", due_in=-5), owed("-4", due_in=-5)))
    assert amounts(tiles.open_balance) == ["EUR 5.00"]
    assert amounts(tiles.overdue) == ["EUR 9.00"]


def test_overdue_changes_by_what_became_late_less_what_was_settled():
    late_for_long, newly_late = owed("100", due_in=-40), owed("30", due_in=-10)
    known = facts(late_for_long, newly_late, overdue_settled=(Money.of("250", "EUR"),))
    # Thirty days ago 350 were overdue; today 130 are.
    assert amounts(customer_tiles(known).overdue_change_30_days) == ["EUR -220.00"]


def test_an_invoice_younger_than_thirty_days_was_not_overdue_before():
    dated_back = owed("10", due_in=-45, dated=TODAY - timedelta(days=3))
    assert amounts(customer_tiles(facts(dated_back)).overdue_change_30_days) == ["EUR 10.00"]


def test_this_year_is_compared_with_the_same_days_of_last_year():
    known = facts(years=(year(2023, "900", "600"), year(2024, "700", "700")))
    tiles = customer_tiles(known)
    assert amounts(tiles.this_year) == ["EUR 700.00"]
    assert amounts(tiles.last_year_to_date) == ["EUR 600.00"]
    assert amounts(tiles.last_year) == ["EUR 900.00"]


def test_orders_a_year_counts_from_the_first_order():
    known = facts(
        years=(
            year(2022, "1", "1", orders=3, first=(11, 12)),
            year(2024, "1", "1", orders=5, last=(11, 1)),
        )
    )
    assert orders_a_year(known) == pytest.approx(4.0, abs=0.02)


def test_a_new_customer_is_not_multiplied_up_to_a_year():
    known = facts(years=(year(2024, "1", "1", orders=2, first=(11, 1), last=(11, 5)),))
    assert orders_a_year(known) == 2


def test_exposure_is_open_items_plus_unbilled_orders_less_unapplied():
    known = facts(
        owed("100"),
        owed("-30"),
        owed("5000", currency="USD"),
        unbilled=(Money.of("45.50", "EUR"), Money.of("9", "USD")),
        credit_limit=Money.of("100", "EUR"),
    )
    found = exposure(known)
    assert [str(found.open_items), str(found.unbilled_orders), str(found.unapplied)] == [
        "100.00",
        "45.50",
        "30.00",
    ]
    assert [str(found.total), str(found.free)] == ["115.50", "-15.50"]


@st.composite
def some_amounts(draw):
    minor = draw(st.integers(-(10**9), 10**9).filter(bool))
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD"]))
    due_in = draw(st.integers(-200, 60))
    return OpenAmount(
        Money(minor, currency), TODAY - timedelta(days=300), TODAY + timedelta(days=due_in)
    )


@given(st.lists(some_amounts()))
def test_buckets_and_unapplied_come_to_the_open_balance_of_every_currency(found):
    balance = {money.currency: money for money in customer_tiles(facts(*found)).open_balance}
    for row in age_open_amounts(found, TODAY):
        assert Money.total(row.buckets.values(), row.currency) + row.unapplied == row.total
        assert row.total == balance[row.currency]
        assert row.unapplied.minor <= 0


@given(st.lists(some_amounts()))
def test_every_bucket_but_the_first_is_overdue(found):
    overdue = {money.currency: money for money in customer_tiles(facts(*found)).overdue}
    for row in age_open_amounts(found, TODAY):
        late = (money for bucket, money in row.buckets.items() if bucket is not Bucket.NOT_DUE)
        assert Money.total(late, row.currency) == overdue.get(row.currency, Money(0, row.currency))


@given(st.lists(some_amounts()))
def test_exposure_without_orders_is_the_open_balance(found):
    tiles = customer_tiles(facts(*found))
    assert tiles.exposure.total == tiles.open_balance[0]
