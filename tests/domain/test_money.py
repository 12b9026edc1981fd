"""Whether amounts keep every minor unit, and two currencies never meet."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.money import Money, exponent_of, parse_decimal, round_half_up
from loyaldesk.errors import Refused

minors = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(("code", "decimals"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4)])
def test_currency_has_the_decimals_of_iso_4217(code, decimals):
    assert exponent_of(code) == decimals


@pytest.mark.parametrize("code", ["", "eur", "EURO", "E R", "€"])
def test_what_is_no_currency_code_is_refused(code):
    with pytest.raises(Refused, match="is not a currency code"):
        exponent_of(code)


@pytest.mark.parametrize(
    ("currency", "written"), [("EUR", "12.30"), ("JPY", "12"), ("KWD", "12.300"), ("EUR", "-0.05")]
)
def test_amount_is_written_with_the_decimals_of_its_currency(currency, written):
    assert str(Money.of(written, currency)) == written


@given(minors, st.sampled_from(["EUR", "JPY", "KWD"]))
def test_writing_and_reading_an_amount_gives_it_back(minor, currency):
    money = Money(minor, currency)
    assert Money.of(str(money), currency) == money


@pytest.mark.parametrize(("value", "rounded"), [("0.5", 1), ("-0.5", -1), ("1.49", 1), ("2.5", 3)])
def test_halves_are_rounded_away_from_zero(value, rounded):
    assert round_half_up(Decimal(value)) == rounded


@pytest.mark.parametrize("text", ["", "1,5", "NaN", "Infinity", "1e9999", "0x10", "1 2"])
def test_what_is_no_plain_number_is_refused(text):
    with pytest.raises(Refused, match="is not a number"):
        parse_decimal(text)


@given(minors, minors)
def test_sum_and_difference_undo_each_other(one, other):
    a, b = Money(one, "EUR"), Money(other, "EUR")
    assert (a + b) - b == a


def test_two_currencies_are_never_added_or_compared():
    euro, dollar = Money(1, "EUR"), Money(1, "USD")
    for act in (lambda: euro + dollar, lambda: euro - dollar, lambda: euro < dollar):
        with pytest.raises(ValueError, match="never added"):
            act()


def test_no_parts_add_up_to_nothing_of_the_currency():
    assert Money.total([], "KWD") == Money(0, "KWD")


@given(minors, st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_parts_of_a_split_add_up_to_the_whole(minor, weights):
    parts = Money(minor, "EUR").split(weights)
    assert sum(part.minor for part in parts) == minor
    assert all(not part for part, weight in zip(parts, weights, strict=True) if not weight)


@given(minors, st.integers(1, 12))
def test_equal_parts_differ_by_one_minor_unit_at_most(minor, count):
    parts = [part.minor for part in Money(minor, "EUR").split([1] * count)]
    assert max(parts) - min(parts) <= 1


@pytest.mark.parametrize("weights", [[0, 0], [1, -1], [2, -1]])
def test_split_by_nothing_or_by_less_is_a_mistake_of_the_caller(weights):
    with pytest.raises(ValueError, match="weights"):
        Money(10, "EUR").split(weights)
