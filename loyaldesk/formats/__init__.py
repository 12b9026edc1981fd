"""How dates, numbers and money are written in one country, on the screen and on paper."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money, exponent_of
from loyaldesk.formats.facts import MINUS, NBSP, Facts

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["MINUS", "NBSP", "Formats", "currency_name"]

_TABLE = Path(__file__).with_name("locales.json")
_MICRO_DECIMALS = 6
_MILLI_DECIMALS = 3
_PPM_DECIMALS = 4
_NEAR_DAYS = {
    "de": ("gestern", "heute", "morgen"),
    "en": ("yesterday", "today", "tomorrow"),
    "es": ("ayer", "hoy", "mañana"),
    "fr": ("hier", "aujourd’hui", "demain"),
}
# French counts the first of a month, and no other day, where the month is written out.
_FIRST_IS_ORDINAL = {"fr": frozenset({"long", "full", "weekday_day"})}
_RELATIVE_DAYS = 31
_THOUSANDS = 3
_NOON = 12


@lru_cache(maxsize=256)
def currency_name(tag: str, currency: str) -> str:
    """Return the name of a currency as it stands after an amount: euros, US dollars."""
    # For letters only, which a process of their own draws: the window never waits for Babel.
    from babel import Locale
    from babel.numbers import get_currency_name

    name: str = get_currency_name(currency, count=2, locale=Locale.parse(tag, sep="-"))
    return name.replace(" ", NBSP)


@cache
def _facts_of(tag: str) -> Facts:
    """Return the facts of a locale: from the table, or from Babel where it is a rare one."""
    known: dict[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))
    found = known.get(tag)
    if found is None:
        from loyaldesk.formats.cldr import read_facts

        return read_facts(tag)
    return Facts(**(known[found] if isinstance(found, str) else found))


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
        before, after = self._facts.percent
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
        local = instant.astimezone(zone)
        facts, hour = self._facts, local.hour
        return facts.time.format_map(
            _numbers(H=hour, h=hour % _NOON or _NOON, m=local.minute)
            | dict.fromkeys("aB", facts.periods[hour] if facts.periods else "")
        )

    def datetime_local(self, instant: dt.datetime, zone: dt.tzinfo | None = None) -> str:
        """Return an instant as day and time in a zone (the computer's own when none is given)."""
        local = instant.astimezone(zone)
        return f"{self.date(local.date())} {self.time(instant, zone)}"

    def relative_day(self, day: dt.date, today: dt.date) -> str:
        """Return yesterday, today, tomorrow, a near day as “3 days ago”, or else the date."""
        distance = (day - today).days
        near = _NEAR_DAYS.get(self.language)
        if near and abs(distance) <= 1:
            return near[distance + 1]
        if abs(distance) > _RELATIVE_DAYS:
            return self.date(day)
        count = str(abs(distance))
        words = self._facts.past if distance < 0 else self._facts.future
        return words.get(count, words[""]).format(count)

    @cached_property
    def _facts(self) -> Facts:
        return _facts_of(self.tag)

    @cached_property
    def _digits(self) -> _Digits:
        facts = self._facts
        return _Digits(facts.point, facts.group, *facts.grouping)

    def _money_shape(self, currency: str, *, code: bool) -> _MoneyShape:
        shape = self._money_shapes.get((currency, code))
        if shape is None:
            shape = _work_out_shape(self._facts, currency, code=code)
            self._money_shapes[currency, code] = shape
        return shape

    def _day(self, form: str, day: dt.date) -> str:
        written = self._days.get((form, day))
        if written is None:
            written = self._days[form, day] = self._write_day(form, day)
        return written

    def _write_day(self, form: str, day: dt.date) -> str:
        facts = self._facts
        places = {"M": day.month - 1, "L": day.month - 1, "E": day.weekday(), "c": day.weekday()}
        words = {field: names[places[field[0]]] for field, names in facts.names.items()}
        words["y"] = str(day.year)
        if day.day == 1 and form in _FIRST_IS_ORDINAL.get(self.language, ()):
            words["d"] = "1er"
        return facts.days[form].format_map(_numbers(d=day.day, M=day.month) | words)


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


def _numbers(**fields: int) -> dict[str, str]:
    """Return each field as a number, and doubled as one of two digits, as CLDR names them."""
    plain = {field: str(value) for field, value in fields.items()}
    return plain | {field * 2: f"{value:02}" for field, value in fields.items()}


def _work_out_shape(facts: Facts, currency: str, *, code: bool) -> _MoneyShape:
    symbol = currency if code else facts.symbols.get(currency, currency)
    (before, after), (minus_before, minus_after) = facts.money, facts.debt
    return _MoneyShape(
        (_put_symbol(before, symbol, -1), _put_symbol(after, symbol, 0)),
        (_put_symbol(minus_before, symbol, -1), _put_symbol(minus_after, symbol, 0)),
    )


def _put_symbol(part: str, symbol: str, digit_side: int) -> str:
    """Put the symbol for ¤ and keep a letter from touching the digits, as CLDR's spacing rule."""
    placed = part.replace("¤", symbol)
    if placed and placed[digit_side].isalpha():
        return placed + NBSP if digit_side else NBSP + placed
    return placed
