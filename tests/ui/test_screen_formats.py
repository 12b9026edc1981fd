"""Are amounts hidden on the screen when asked, and nothing else?"""

from __future__ import annotations

from datetime import date

import pytest

from loyaldesk.domain.money import Money
from loyaldesk.formats import Formats
from loyaldesk.ui.screen_formats import HIDDEN, ScreenFormats

MONEY = Money.of("-2100.50", "EUR")


@pytest.fixture
def formats() -> ScreenFormats:
    return ScreenFormats("en-GB", hides_amounts=True)


def test_every_way_to_write_an_amount_is_hidden(formats):
    written = [
        formats.money(MONEY), formats.money(MONEY, code=True), formats.amount(MONEY),
        formats.short_money(MONEY), formats.short_amount(MONEY), formats.unit_price(1, "EUR"),
        formats.unit_price(1, "EUR", code=True),
    ]  # fmt: skip
    assert set(written) == {HIDDEN}


def test_counts_quantities_and_days_stay(formats):
    assert formats.number(2_100) == "2,100"
    assert formats.quantity(2_500) == "2.5"
    assert formats.date(date(2026, 11, 20)) == Formats("en-GB").date(date(2026, 11, 20))


def test_shown_again_they_are_written_as_everywhere(formats):
    formats.hides_amounts = False
    assert formats.money(MONEY) == Formats("en-GB").money(MONEY)
