"""Is everything written as Babel itself would write it, from the table and without it?"""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.money import Money, exponent_of
from loyaldesk.formats import MINUS, NBSP, Formats
from loyaldesk.formats.cldr import FORMS, LOCALES, TABLE, day_pattern, table

# Eras, words for the time of day, stand-alone months, other groups: nobody's shop window, but
# whoever has such a system reads the same.
RARE = ["ar-EG", "bg-BG", "en-IN", "fa-IR", "hi-IN", "ja-JP", "ko-KR", "th-TH", "yo-NG", "zh-TW"]
DAY = date(2026, 3, 9)

locales = st.sampled_from([*LOCALES, *RARE])
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def babel(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def unbreakable(text: str) -> str:
    return text.replace(" ", NBSP).replace("\u202f", NBSP)


def typographic(number: str) -> str:
    return unbreakable(number).replace("-", MINUS)


def test_the_table_holds_what_babel_says():
    assert json.loads(TABLE.read_text(encoding="utf-8")) == table()


@given(tag=locales, day=days)
def test_days(tag, day):
    formats, locale = Formats(tag), babel(tag)
    written = {
        "medium": formats.date(day),
        "long": formats.date_long(day),
        "full": formats.date_weekday(day),
        "weekday_day": formats.date_weekday_day(day),
        "step": formats.date_step(day),
        "day": formats.date_day(day),
    }
    said = {
        form: unbreakable(format_date(day, day_pattern(locale, form), locale=locale))
        for form in FORMS
    }
    if locale.language == "fr" and day.day == 1:
        # French writes 1er where the month is written out; CLDR does not.
        spelled = {"long", "full", "weekday_day"}
        said |= {form: re.sub(r"\b1\b", "1er", said[form], count=1) for form in spelled}
    assert written == said


@pytest.mark.parametrize("tag", [*LOCALES, *RARE])
def test_every_minute(tag):
    formats, locale = Formats(tag), babel(tag)
    for minute in range(1, 24 * 60):
        instant = datetime(2026, 3, 9, *divmod(minute, 60), tzinfo=UTC)
        written = unbreakable(format_time(instant, "short", tzinfo=UTC, locale=locale))
        assert formats.time(instant, UTC) == written


@pytest.mark.parametrize("tag", [*LOCALES, *RARE])
def test_near_days(tag):
    formats, locale = Formats(tag), babel(tag)
    for distance in (*range(-31, -1), *range(2, 32)):
        apart = timedelta(days=distance)
        assert formats.relative_day(DAY + apart, DAY) == format_timedelta(
            apart, granularity="day", threshold=99, add_direction=True, locale=locale
        )


def test_today_has_a_name_where_no_word_is_known_for_it():
    assert Formats("it-IT").relative_day(DAY, DAY) == "tra 0 giorni"
    assert Formats("it-IT").relative_day(DAY - timedelta(days=1), DAY) == "1 giorno fa"


@given(tag=locales, minor=st.integers(-(10**15), 10**15))
def test_numbers(tag, minor):
    value = Decimal(minor).scaleb(-2)
    pattern = babel(tag).decimal_formats[None].pattern.partition(".")[0] + ".00"
    written = format_decimal(value, pattern, locale=babel(tag))
    assert Formats(tag).number(value, 2) == typographic(written)


@given(tag=locales, ppm=st.integers(0, 10**9))
def test_rates(tag, ppm):
    pattern = babel(tag).percent_formats[None].pattern
    whole, _, behind = pattern.rpartition("0")
    written = format_percent(Decimal(ppm).scaleb(-6), f"{whole}0.####{behind}", locale=babel(tag))
    assert Formats(tag).percent(ppm) == unbreakable(written)


@given(
    tag=locales,
    minor=st.integers(-(10**15), 10**15),
    currency=st.sampled_from("EUR USD GBP CHF JPY KWD SEK PLN CZK XOF CAD".split()),
)
def test_money(tag, minor, currency):
    money = Money(minor, currency)
    places = exponent_of(currency)
    pattern = babel(tag).currency_formats["standard"].pattern
    exact = pattern.replace("0.00", "0." + "0" * places if places else "0")
    written = format_currency(
        money.amount, currency, exact, locale=babel(tag), currency_digits=False
    )
    # CLDR's rule for the space between letters and digits is ours to follow: Babel leaves it out.
    assert Formats(tag).money(money).replace(NBSP, "") == typographic(written).replace(NBSP, "")


def test_a_locale_of_the_table_needs_no_babel():
    code = (
        "import sys, datetime as dt; from loyaldesk.formats import Formats, Money;"
        "f = Formats('en-US'); now = dt.datetime.now(dt.UTC);"
        "f.money(Money(1, 'EUR')), f.percent(1), f.datetime_local(now), f.date_step(now.date());"
        "f.relative_day(now.date(), now.date() - dt.timedelta(3));"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
