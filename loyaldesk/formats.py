"""How dates, numbers and money are written in one country, on the screen and on paper."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money, exponent_of

if TYPE_CHECKING:
    import datetime as dt

    from babel import Locale

__all__ = ["MINUS", "NBSP", "Formats"]

NBSP = "\u00a0"
MINUS = "\u2212"
_MICRO_DECIMALS = 6
_MILLI_DECIMALS = 3
_PPM_DECIMALS = 4

# What this country's business letters write where CLDR's own choice is longer or unusual.
_PATTERNS = {
    "full": {
        "de": "EEEE, d. MMMM y",
        "en-GB": "EEEE d MMMM y",
    },
    "weekday_day": {
        "de": "EEEE, d. MMMM",
        "en-GB": "EEEE d MMMM",
        "en-US": "EEEE, MMMM d",
        "es": "EEEE, d 'de' MMMM",
        "fr": "EEEE d MMMM",
    },
    "step": {"de": "ccc dd.MM.", "en-GB": "EEE d MMM", "en-US": "EEE, MMM d"},
    "day": {"de": "dd.MM.", "en-GB": "d MMM", "en-US": "MMM d"},
}
_SKELETONS = {"weekday_day": "MMMEd", "step": "MMMEd", "day": "MMMd"}
_NEAR_DAYS = {
    "de": ("gestern", "heute", "morgen"),
    "en": ("yesterday", "today", "tomorrow"),
    "es": ("ayer", "hoy", "mañana"),
    "fr": ("hier", "aujourd’hui", "demain"),
}
_RELATIVE_DAYS = 31
_THOUSANDS = 3


@lru_cache(maxsize=256)
def currency_name(tag: str, currency: str) -> str:
    """Return the name of a currency as it stands after an amount: euros, US dollars."""
    from babel import Locale  # as in Formats: nothing that the first window must wait for
    from babel.numbers import get_currency_name

    return _unbreakable(get_currency_name(currency, count=2, locale=Locale.parse(tag, sep="-")))


class Formats:
    """One locale's way of writing, named by its tag (`en-GB`); safe to share between threads."""

    def __init__(self, locale: str) -> None:
        self.tag = locale
        self.language = locale.partition("-")[0]
        self._money_shapes: dict[tuple[str, bool], _MoneyShape] = {}
        self._days: dict[tuple[str, dt.date], str] = {}

    def money(self, money: Money, *, code: bool = False) -> str:
        """Return an amount with its currency, as a symbol or as its ISO code, never breaking."""
        shape = self._money_shape(money.currency, code=code)
        digits = self._digits.write(abs(money.minor), exponent_of(money.currency))
        before, after = shape.negative if money.minor < 0 else shape.positive
        return f"{before}{digits}{after}"

    def amount(self, money: Money) -> str:
        """Return an amount without its currency but with all its decimals, for columns."""
        return self._digits.signed(money.minor, exponent_of(money.currency))

    def unit_price(self, micro: int, currency: str, *, code: bool = False) -> str:
        """Return a price kept in millionths, with the currency's decimals or more if it has any.

        The price stands alone for columns, or with the ISO code of its currency.
        """
        digits = self._digits.trimmed(micro, _MICRO_DECIMALS, exponent_of(currency))
        before, after = self._money_shape(currency, code=True).positive if code else ("", "")
        return f"{before}{digits}{after}"

    def quantity(self, milli: int) -> str:
        """Return a quantity kept in thousandths, without needless zeros."""
        return self._digits.trimmed(milli, _MILLI_DECIMALS)

    def percent(self, ppm: int) -> str:
        """Return a rate kept in parts per million as a percentage, without needless zeros."""
        pattern = self._locale.percent_formats[None]
        before, after = (_unbreakable(part[0]) for part in (pattern.prefix, pattern.suffix))
        sign = MINUS if ppm < 0 else ""
        return f"{sign}{before}{self._digits.trimmed(abs(ppm), _PPM_DECIMALS)}{after}"

    def number(self, value: Decimal | int, decimals: int | None = None) -> str:
        """Return a number with the decimals it has, or rounded half even to those asked for."""
        exact = Decimal(value)
        if decimals is None:
            exponent = exact.as_tuple().exponent
            decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return self._digits.signed(round(exact.scaleb(decimals)), decimals)

    def date(self, day: dt.date) -> str:
        """Return a day in the form for tables: 24 Mar 2026, 24.03.2026, Mar 24, 2026."""
        return self._day("medium", day)

    def date_long(self, day: dt.date) -> str:
        """Return a day with the month in words: 12 March 2026."""
        return self._day("long", day)

    def date_weekday(self, day: dt.date) -> str:
        """Return a day with weekday, month in words and year: Tuesday 17 March 2026."""
        return self._day("full", day)

    def date_weekday_day(self, day: dt.date) -> str:
        """Return a day with weekday and month in words, without the year: Thursday 2 April."""
        return self._day("weekday_day", day)

    def date_step(self, day: dt.date) -> str:
        """Return a day with its short weekday, without the year: Thu 12 Mar."""
        return self._day("step", day)

    def date_day(self, day: dt.date) -> str:
        """Return day and month only: 20 Mar."""
        return self._day("day", day)

    def time(self, instant: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """Return the time of day in a zone (the computer's own when none is given)."""
        from babel.dates import format_time

        local = instant.astimezone(zone)
        return _unbreakable(format_time(local, "short", tzinfo=local.tzinfo, locale=self._locale))

    def datetime_local(self, instant: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """Return an instant as day and time in a zone (the computer's own when none is given)."""
        local = instant.astimezone(zone)
        return f"{self.date(local.date())} {self.time(instant, zone)}"

    def relative_day(self, day: dt.date, today: dt.date) -> str:
        """Return yesterday, today, tomorrow, a near day as “3 days ago”, or else the date."""
        distance = (day - today).days
        words = _NEAR_DAYS.get(self.language)
        if words and abs(distance) <= 1:
            return words[distance + 1]
        if abs(distance) > _RELATIVE_DAYS:
            return self.date(day)
        from babel.dates import format_timedelta

        return format_timedelta(
            day - today, granularity="day", threshold=99, add_direction=True, locale=self._locale
        )

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale  # 33 ms that the first window must not wait for

        return Locale.parse(self.tag, sep="-")

    @cached_property
    def _digits(self) -> _Digits:
        symbols = self._locale.number_symbols["latn"]
        first, rest = self._locale.decimal_formats[None].grouping
        return _Digits(symbols["decimal"], _unbreakable(symbols["group"]), first, rest)

    def _money_shape(self, currency: str, *, code: bool) -> _MoneyShape:
        shape = self._money_shapes.get((currency, code))
        if shape is None:
            shape = _work_out_shape(self._locale, currency, code=code)
            self._money_shapes[currency, code] = shape
        return shape

    def _day(self, form: str, day: dt.date) -> str:
        written = self._days.get((form, day))
        if written is None:
            written = self._days[form, day] = _unbreakable(self._write_day(form, day))
        return written

    def _write_day(self, form: str, day: dt.date) -> str:
        from babel.dates import format_date

        own = _PATTERNS.get(form, {})
        pattern = own.get(self.tag) or own.get(self.language)
        if pattern is None and form in _SKELETONS:
            pattern = self._locale.datetime_skeletons[_SKELETONS[form]].pattern
        return format_date(day, pattern or form, locale=self._locale)


@dataclass(frozen=True, slots=True)
class _Digits:
    """How one locale groups and points the digits of a number kept in whole units."""

    point: str
    group: str
    first_group: int
    further_groups: int

    def write(self, units: int, decimals: int) -> str:
        whole, fraction = divmod(units, 10**decimals)
        written = self._grouped(whole)
        return f"{written}{self.point}{fraction:0{decimals}}" if decimals else written

    def signed(self, units: int, decimals: int) -> str:
        return f"{MINUS if units < 0 else ''}{self.write(abs(units), decimals)}"

    def trimmed(self, units: int, decimals: int, least: int = 0) -> str:
        while decimals > least and units % 10 == 0:
            units //= 10
            decimals -= 1
        return self.signed(units, decimals)

    def _grouped(self, whole: int) -> str:
        if self.first_group == self.further_groups == _THOUSANDS:
            return f"{whole:,}".replace(",", self.group)
        digits = str(whole)
        parts = [digits[-self.first_group :]]
        rest = digits[: -self.first_group]
        while rest:
            parts.insert(0, rest[-self.further_groups :])
            rest = rest[: -self.further_groups]
        return self.group.join(parts)


@dataclass(frozen=True, slots=True)
class _MoneyShape:
    """What stands before and after the digits of an amount, above and below zero."""

    positive: tuple[str, str]
    negative: tuple[str, str]


def _work_out_shape(locale: Locale, currency: str, *, code: bool) -> _MoneyShape:
    from babel.numbers import get_currency_symbol

    symbol = currency if code else get_currency_symbol(currency, locale=locale)
    pattern = locale.currency_formats["standard"]
    before, minus_before = (_put_symbol(part, symbol, -1) for part in pattern.prefix)
    after, minus_after = (_put_symbol(part, symbol, 0) for part in pattern.suffix)
    return _MoneyShape((before, after), (minus_before, minus_after))


def _put_symbol(part: str, symbol: str, digit_side: int) -> str:
    """Put the symbol for ¤ and keep a letter from touching the digits, as CLDR's spacing rule."""
    placed = _unbreakable(part.replace("-", MINUS).replace("¤", symbol))
    if placed and placed[digit_side].isalpha():
        return placed + NBSP if digit_side else NBSP + placed
    return placed


def _unbreakable(text: str) -> str:
    return text.replace(" ", NBSP).replace("\u202f", NBSP)
