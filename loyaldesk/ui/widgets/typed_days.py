"""Which day does a person mean by "tue", "+3", "2 wk", "tomorrow" or "24.11."?"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["day_hint", "parse_day", "show_day"]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,4})[./\- ](\d{1,2})(?:[./\- ](\d{1,4})?)?")
_STEP = re.compile(r"([+-]?)\s*(\d{1,3})\s*([a-zäöü]*)\.?")
_UNITS = {
    "d": 1, "day": 1, "days": 1, "t": 1, "tag": 1, "tage": 1, "tagen": 1,
    "w": 7, "wk": 7, "wks": 7, "week": 7, "weeks": 7, "woche": 7, "wochen": 7,
}  # fmt: skip
_MONTHS = {"m", "mo", "mon", "month", "months", "monat", "monate", "monaten"}
_NEAR = {
    "today": 0, "tod": 0, "heute": 0, "tomorrow": 1, "tom": 1, "morgen": 1,
    "übermorgen": 2, "yesterday": -1, "gestern": -1,
}  # fmt: skip
_WEEKDAYS = ("mon mo", "tue tu di", "wed we mi", "thu th do", "fri fr", "sat sa", "sun su so")
_NEXT = {"next", "nxt", "nächste", "nächsten", "nächster"}


def parse_day(text: str, *, today: date, locale: QLocale) -> date | None:
    """Return the day that was typed, or None if it is not one.

    Weekdays mean the next one that comes, "next tue" the one in the week after this.
    """
    words = " ".join(text.casefold().split())
    readers: tuple[Callable[[], date | None], ...] = (
        lambda: _named_day(words, today),
        lambda: _step(words, today),
        lambda: _weekday(words, today),
        lambda: _iso_day(words),
        lambda: _written_day(text.strip(), locale),
        lambda: _numbers(words, today, locale),
    )
    return next((day for read in readers if (day := read()) is not None), None)


def show_day(day: date, locale: QLocale) -> str:
    """Return the day as this country writes it in a form, with four digits for the year."""
    return locale.toString(QDate(day.year, day.month, day.day), _short_form(locale))


def day_hint(locale: QLocale) -> str:
    """Return how this country writes a day, such as dd/mm/yyyy."""
    return _short_form(locale).lower()


def _named_day(words: str, today: date) -> date | None:
    return today + timedelta(days=_NEAR[words]) if words in _NEAR else None


def _step(words: str, today: date) -> date | None:
    match = _STEP.fullmatch(words.removeprefix("in "))
    if match is None:
        return None
    sign, digits, unit = match.groups()
    count = -int(digits) if sign == "-" else int(digits)
    if unit in _MONTHS:
        return _months_later(today, count)
    days = 1 if sign and not unit else _UNITS.get(unit)
    return today + timedelta(days=days * count) if days else None


def _months_later(day: date, months: int) -> date:
    shifted = QDate(day.year, day.month, day.day).addMonths(months)
    return date(shifted.year(), shifted.month(), shifted.day())


def _weekday(words: str, today: date) -> date | None:
    first, _, rest = words.rpartition(" ")
    names = [set(line.split()) for line in _WEEKDAYS]
    found = [n for n, short in enumerate(names) if rest in short or _full_name(rest, n)]
    if not found or (first and first not in _NEXT):
        return None
    ahead = (found[0] - today.weekday() - 1) % 7 + 1
    if first and today.weekday() + ahead < 7:
        ahead += 7
    return today + timedelta(days=ahead)


def _full_name(word: str, weekday: int) -> bool:
    locales = (QLocale(QLocale.Language.English), QLocale(QLocale.Language.German))
    return any(word == locale.dayName(weekday + 1).casefold() for locale in locales)


def _iso_day(words: str) -> date | None:
    match = _ISO.fullmatch(words)
    return _valid(*(int(part) for part in match.groups())) if match else None


def _written_day(text: str, locale: QLocale) -> date | None:
    forms = [locale.dateFormat(form) for form in QLocale.FormatType]
    for form in (*forms, "d MMM yyyy", "d. MMM yyyy", "d MMMM yyyy"):
        found = locale.toDate(text, form) if "yyyy" in form else QDate()
        if found.isValid():
            return date(found.year(), found.month(), found.day())
    return None


def _numbers(words: str, today: date, locale: QLocale) -> date | None:
    match = _NUMBERS.fullmatch(words)
    if match is None:
        return None
    first, second, third = match.groups()
    order = _short_form(locale).lower()
    day_first = order.index("d") < order.index("m")
    day, month = (int(first), int(second)) if day_first else (int(second), int(first))
    year = int(third) if third else today.year
    found = _valid(year + 2000 if year < 100 else year, month, day)
    if found and not third and (today - found).days > 180:
        return _valid(today.year + 1, month, day)
    return found


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _short_form(locale: QLocale) -> str:
    form = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return form if "yyyy" in form else form.replace("yy", "yyyy")
