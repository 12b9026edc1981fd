"""What must be known of a locale to write its numbers, money and dates?"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MINUS", "NBSP", "Facts"]

NBSP = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Facts:
    """The part of CLDR that `Formats` uses of one locale; nothing in it can break at a space.

    In `days`, `time`, `past` and `future` the fields of CLDR stand in braces: `{d}. {MMMM} {y}`.
    """

    point: str
    group: str
    # How many digits the group before the point has, and those before that.
    grouping: tuple[int, int]
    percent: tuple[str, str]
    # What stands before and after the digits, above and below zero; ¤ is the currency.
    money: tuple[str, str]
    debt: tuple[str, str]
    # Only currencies with a symbol of their own; the others are written as their code.
    symbols: dict[str, str]
    # By form: medium, long, full, weekday_day, step, day.
    days: dict[str, str]
    time: str
    # Of the fields that are words: twelve months from January, or seven days from Monday.
    names: dict[str, list[str]]
    # AM or PM by hour, where the time is written so.
    periods: list[str]
    # By number of days, "" for all others.
    past: dict[str, str]
    future: dict[str, str]
