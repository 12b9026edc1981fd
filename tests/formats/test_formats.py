"""Do dates, numbers and money come out as each country writes them?"""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from loyaldesk.domain.money import Money
from loyaldesk.formats import Formats, currency_name

DAY = date(2026, 3, 9)
INSTANT = datetime(2026, 3, 18, 13, 15, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")


def plain(text: str) -> str:
    """Show every space that must not break as an underline."""
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("locale", "euro", "yen", "dinar"),
    [
        ("en-GB", "−€1,234,567.50", "JP¥1,235", "KWD_1.234"),
        ("en-US", "−€1,234,567.50", "¥1,235", "KWD_1.234"),
        ("de-DE", "−1.234.567,50_€", "1.235_¥", "1,234_KWD"),
        ("de-CH", "EUR−1’234’567.50", "¥_1’235", "KWD_1.234"),
        ("fr-FR", "−1_234_567,50_€", "1_235_JPY", "1,234_KWD"),
    ],
)
def test_money_is_written_with_its_symbol_and_its_own_decimals(locale, euro, yen, dinar):
    formats = Formats(locale)
    assert plain(formats.money(Money(-123456750, "EUR"))) == euro
    assert plain(formats.money(Money(1235, "JPY"))) == yen
    assert plain(formats.money(Money(1234, "KWD"))) == dinar


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-GB", "EUR_18.25"),
        ("en-US", "EUR_18.25"),
        ("de-DE", "18,25_EUR"),
        ("de-CH", "EUR_18.25"),
        ("fr-FR", "18,25_EUR"),
    ],
)
def test_money_can_be_written_with_its_iso_code(locale, expected):
    assert plain(Formats(locale).money(Money(1825, "EUR"), code=True)) == expected


@pytest.mark.parametrize(
    ("locale", "euro", "yen", "dinar"),
    [
        ("en-GB", "−1,926.60", "1,235", "1,234.500"),
        ("en-US", "−1,926.60", "1,235", "1,234.500"),
        ("de-DE", "−1.926,60", "1.235", "1.234,500"),
        ("de-CH", "−1’926.60", "1’235", "1’234.500"),
        ("fr-FR", "−1_926,60", "1_235", "1_234,500"),
    ],
)
def test_amounts_in_columns_have_no_currency_but_all_its_decimals(locale, euro, yen, dinar):
    formats = Formats(locale)
    assert plain(formats.amount(Money(-192660, "EUR"))) == euro
    assert plain(formats.amount(Money(1235, "JPY"))) == yen
    assert plain(formats.amount(Money(1234500, "KWD"))) == dinar


WRITTEN_DAYS = {
    "en-GB": "9_Mar_2026 9_March_2026 Monday_9_March_2026 Monday_9_March Mon_9_Mar 9_Mar",
    "en-US": "Mar_9,_2026 March_9,_2026 Monday,_March_9,_2026 Monday,_March_9 Mon,_Mar_9 Mar_9",
    "de-DE": "09.03.2026 9._März_2026 Montag,_9._März_2026 Montag,_9._März Mo_09.03. 09.03.",
    "de-CH": "09.03.2026 9._März_2026 Montag,_9._März_2026 Montag,_9._März Mo_09.03. 09.03.",
    "fr-FR": "9_mars_2026 9_mars_2026 lundi_9_mars_2026 lundi_9_mars lun._9_mars 9_mars",
}


@pytest.mark.parametrize("locale", WRITTEN_DAYS)
def test_days_are_written_as_the_country_does(locale):
    formats = Formats(locale)
    written = [
        formats.date(DAY),
        formats.date_long(DAY),
        formats.date_weekday(DAY),
        formats.date_weekday_day(DAY),
        formats.date_step(DAY),
        formats.date_day(DAY),
    ]
    assert plain(" ".join(written)) == WRITTEN_DAYS[locale]


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en-GB", "18_Mar_2026 09:15"),
        ("en-US", "Mar_18,_2026 9:15_AM"),
        ("de-DE", "18.03.2026 09:15"),
        ("fr-FR", "18_mars_2026 09:15"),
    ],
)
def test_instants_are_written_in_the_readers_zone(locale, expected):
    assert plain(Formats(locale).datetime_local(INSTANT, NEW_YORK)) == expected


@pytest.mark.parametrize(
    ("locale", "whole", "part"),
    [
        ("en-GB", "19%", "6.25%"),
        ("en-US", "19%", "6.25%"),
        ("de-DE", "19_%", "6,25_%"),
        ("de-CH", "19%", "6.25%"),
        ("fr-FR", "19_%", "6,25_%"),
    ],
)
def test_rates_are_written_as_percentages_without_needless_zeros(locale, whole, part):
    assert plain(Formats(locale).percent(190_000)) == whole
    assert plain(Formats(locale).percent(62_500)) == part
    assert plain(Formats(locale).percent(-62_500)) == "−" + part


def test_quantities_lose_needless_zeros_only():
    formats = Formats("de-DE")
    assert formats.quantity(12_000) == "12"
    assert formats.quantity(1_500) == "1,5"
    assert formats.quantity(-1_250_125) == "−1.250,125"
    assert formats.quantity(0) == "0"


def test_unit_prices_keep_the_currencys_decimals_and_show_more_when_they_have_more():
    formats = Formats("en-GB")
    assert formats.unit_price(18_500_000, "EUR") == "18.50"
    assert formats.unit_price(18_512_500, "EUR") == "18.5125"
    assert formats.unit_price(18_000_000, "JPY") == "18"
    assert formats.unit_price(18_000_000, "KWD") == "18.000"


def test_unit_prices_can_name_their_currency():
    assert plain(Formats("en-GB").unit_price(18_250_000, "EUR", code=True)) == "EUR_18.25"
    assert plain(Formats("de-DE").unit_price(18_250_000, "EUR", code=True)) == "18,25_EUR"


def test_currencies_are_named_as_after_an_amount():
    assert plain(currency_name("en-GB", "EUR")) == "euros"
    assert plain(currency_name("en-US", "USD")) == "US_dollars"
    assert plain(currency_name("de-DE", "EUR")) == "Euro"


def test_numbers_keep_their_own_decimals_unless_told():
    formats = Formats("en-GB")
    assert formats.number(Decimal("1234.50")) == "1,234.50"
    assert formats.number(1234567) == "1,234,567"
    assert formats.number(Decimal("-2.345"), 2) == "−2.34"


def test_indian_numbers_are_grouped_by_two_after_the_thousands():
    assert Formats("en-IN").number(123456789) == "12,34,56,789"


@pytest.mark.parametrize(
    ("locale", "yesterday", "tomorrow", "before", "ahead"),
    [
        ("en-GB", "yesterday", "tomorrow", "3 days ago", "in 3 days"),
        ("de-DE", "gestern", "morgen", "vor 3 Tagen", "in 3 Tagen"),
        ("fr-FR", "hier", "demain", "il y a 3 jours", "dans 3 jours"),
    ],
)
def test_near_days_are_named_by_their_distance(locale, yesterday, tomorrow, before, ahead):
    formats = Formats(locale)
    assert formats.relative_day(date(2026, 3, 8), DAY) == yesterday
    assert formats.relative_day(date(2026, 3, 10), DAY) == tomorrow
    assert formats.relative_day(date(2026, 3, 6), DAY) == before
    assert formats.relative_day(date(2026, 3, 12), DAY) == ahead


def test_far_days_are_named_by_their_date():
    assert plain(Formats("en-GB").relative_day(date(2025, 3, 9), DAY)) == "9_Mar_2025"
    assert Formats("en-GB").relative_day(DAY, DAY) == "today"
