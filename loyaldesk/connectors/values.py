"""How one cell of a source becomes one value of the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from loyaldesk.connectors.countries import country_code
from loyaldesk.connectors.limits import DEFAULT_LIMITS
from loyaldesk.domain.money import round_half_up

__all__ = ["BadValueError", "NumberStyle", "as_key", "as_text", "converter"]

Convert = Callable[[Any], Any]

MICRO, MILLI, PPM = 6, 3, 6
_LARGEST = Decimal(10) ** 12
# Below this a float times a million is off by less than the noise, so nothing is lost.
_EXACT_BELOW, _NOISE = 1e6, 1e-3
# Codes that ISO 4217 keeps for tests and for no currency at all.
_NO_MONEY = frozenset({"XTS", "XXX"})
_YEARS = range(1900, 2200)
_TIME = re.compile(r"[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?")
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"} | {127: None, 0xFEFF: None}
_TRUE = frozenset("1 true t yes y ja j x wahr oui si on".split())
_FALSE = frozenset("0 false f no n nein falsch non off".split())


class BadValueError(ValueError):
    """A cell that cannot be taken; the text is the reason and reads after the value."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a source writes numbers: its decimal mark; the others may only group thousands."""

    decimal: str = "."

    def parse(self, text: str) -> Decimal:
        """Return the number, or refuse what could be read in two ways."""
        plain, sign = _unsigned(text)
        whole, mark, fraction = plain.partition(self.decimal)
        digits = _ungrouped(whole, "." if self.decimal == "," else ",")
        is_number = (digits + fraction).isascii() and (digits + fraction).isdecimal()
        if not is_number or (mark and not fraction):
            raise BadValueError(f"is not a number with the decimal mark “{self.decimal}”")
        return Decimal(f"{sign}{digits or 0}.{fraction or 0}")


def _unsigned(text: str) -> tuple[str, str]:
    if text.endswith("-"):
        return text[:-1].strip(), "-"
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), "-"
    if text.startswith(("+", "-", "−")):
        return text[1:].strip(), "" if text[0] == "+" else "-"
    return text, ""


def _ungrouped(whole: str, group: str) -> str:
    for mark in (group, " ", "\u00a0", "\u202f", "'", "’"):
        first, *rest = whole.split(mark)
        if rest and 1 <= len(first) <= 3 and all(len(part) == 3 for part in rest):
            return first + "".join(rest)
    return whole


def as_text(value: Any) -> str:
    """Return the cell as clean text: no blanks around it, no control characters, never None."""
    if type(value) is str:
        return _clean(value)
    if type(value) is int:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bytes | bytearray | memoryview):
        raise BadValueError("is binary and not text")
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return _clean(str(value))


def _clean(raw: str) -> str:
    text = raw.strip()
    if not text.isprintable():
        text = text.translate(_CONTROL).replace("\t", " ").strip()
    if len(text) > DEFAULT_LIMITS.cell_chars:
        raise BadValueError(f"is longer than {DEFAULT_LIMITS.cell_chars:,} characters")
    return text


def as_key(value: Any) -> str:
    """Return a key as text, the same whether it came as 10248, 10248.0 or “10248 ”."""
    return as_text(value)


def _as_line(value: Any) -> str:
    text = as_text(value)
    return " ".join(text.split()) if "\n" in text else text


def _number(style: NumberStyle) -> Callable[[Any], Decimal]:
    def convert(value: Any) -> Decimal:
        if isinstance(value, str):
            number = style.parse(as_text(value))
        elif isinstance(value, int | float | Decimal):
            # repr() is the shortest text that gives the same float: 9.8, not 9.800000000000000711.
            number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        else:
            raise BadValueError("is not a number")
        if not number.is_finite() or abs(number) >= _LARGEST:
            raise BadValueError("is not a number below a million million")
        return number

    return convert


def _scaled(decimals: int, style: NumberStyle, places: int | None) -> Convert:
    number = _number(style)
    factor = 10**decimals

    def convert(value: Any) -> int:
        if type(value) is float and places is None:
            # Nearly every float is a short decimal with noise: the nearest unit is what was meant.
            near = round(value * factor) if abs(value) < _EXACT_BELOW else 0
            if abs(value * factor - near) < _NOISE:
                return near
        exact = number(value)
        if places is not None:
            exact = Decimal(round_half_up(exact.scaleb(places))).scaleb(-places)
        return round_half_up(exact.scaleb(decimals))

    return convert


def _rate(decimals: int, style: NumberStyle, places: int | None) -> Convert:
    inner = _scaled(decimals, style, places)

    def convert(value: Any) -> int:
        ppm: int = inner(value.removesuffix("%").rstrip() if isinstance(value, str) else value)
        if not 0 <= ppm <= 10**PPM:
            raise BadValueError("is not a rate between 0 and 100 %")
        return ppm

    return convert


def _integer(style: NumberStyle, largest: int) -> Convert:
    number = _number(style)

    def convert(value: Any) -> int:
        exact = number(value)
        if exact != exact.to_integral_value() or not 0 <= exact <= largest:
            raise BadValueError(f"is not a whole number from 0 to {largest:,}")
        return int(exact)

    return convert


def _date(formats: Sequence[str]) -> Convert:
    def convert(value: Any) -> str:
        day = _read_day(value, formats)
        if day.year not in _YEARS:
            raise BadValueError("is not a day between 1900 and 2199")
        return day.isoformat()

    return convert


def _read_day(value: Any, formats: Sequence[str]) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = as_text(value)
    return _day_by_formats(text, formats) if formats else _iso_day(text)


def _day_by_formats(text: str, formats: Sequence[str]) -> date:
    for form in formats:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
    raise BadValueError(f"is not a date written as {' or '.join(formats)}")


def _iso_day(text: str) -> date:
    """Return the day of an ISO date with or without a time of day."""
    day, time = text[:10], text[10:]
    if not time or _TIME.fullmatch(time):
        with suppress(ValueError):
            return date.fromisoformat(day)
    raise BadValueError("is not a date written as 2026-03-24")


def _boolean(value: Any) -> int:
    text = as_text(value).lower()
    if text in _TRUE:
        return 1
    if text in _FALSE:
        return 0
    raise BadValueError("is neither yes nor no")


def _country(value: Any) -> str:
    code = country_code(as_text(value))
    if code is None:
        raise BadValueError("is not a known country; translate it under `values` in the map")
    return code


def _currency(value: Any) -> str:
    code = as_text(value).upper()
    if not _is_currency(code):
        raise BadValueError("is not a currency code of ISO 4217 such as EUR")
    return code


@lru_cache(maxsize=256)
def _is_currency(code: str) -> bool:
    """Tell whether money is or was ever kept in it: old records may be in francs or marks."""
    # Loaded with the first currency of a source, not with the window.
    from babel.numbers import is_currency

    return code not in _NO_MONEY and is_currency(code)


def _choice(members: Mapping[str, str]) -> Convert:
    def convert(value: Any) -> str:
        member = members.get(as_text(value).lower())
        if member is None:
            raise BadValueError(f"is none of {', '.join(members)}")
        return member

    return convert


def converter(
    kind: str,
    *,
    style: NumberStyle,
    formats: Sequence[str] = (),
    places: int | None = None,
    choices: Sequence[str] = (),
) -> Convert:
    """Return the function that makes a value of that kind from a cell that is not empty.

    Money and prices come as millionths, quantities as thousandths, rates as parts per million,
    days as ISO text: as the store keeps them, before money is rounded to its currency.
    """
    makers: dict[str, Callable[[], Convert]] = {
        "text": lambda: as_text,
        "line": lambda: _as_line,
        "key": lambda: as_key,
        "integer": lambda: _integer(style, 1_000_000),
        "days": lambda: _integer(style, 999),
        "decimal": lambda: _scaled(MICRO, style, places),
        "money": lambda: _scaled(MICRO, style, places),
        "quantity": lambda: _scaled(MILLI, style, places),
        "fraction": lambda: _rate(PPM, style, places),
        "percent": lambda: _rate(PPM - 2, style, places),
        "date": lambda: _date(formats),
        "boolean": lambda: _boolean,
        "country": lambda: _country,
        "currency": lambda: _currency,
        "choice": lambda: _choice({member.lower(): member for member in choices}),
    }
    return makers[kind]()
