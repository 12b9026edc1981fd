"""Does the date field understand what people type?"""

from datetime import date

import pytest
from PySide6.QtCore import QLocale

from loyaldesk.ui.widgets.typed_days import parse_day, show_day

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", FRIDAY),
        ("Tomorrow", date(2026, 11, 21)),
        ("+3", date(2026, 11, 23)),
        ("-2", date(2026, 11, 18)),
        ("3 d", date(2026, 11, 23)),
        ("2 wk", date(2026, 12, 4)),
        ("in 2 weeks", date(2026, 12, 4)),
        ("1 month", date(2026, 12, 20)),
        ("+3 mo", date(2027, 2, 20)),
        ("tue", date(2026, 11, 24)),
        ("Fri", date(2026, 11, 27)),
        ("sat", date(2026, 11, 21)),
        ("next sat", date(2026, 11, 28)),
        ("nxt mon", date(2026, 11, 23)),
        ("thursday", date(2026, 11, 26)),
        ("2026-12-01", date(2026, 12, 1)),
        ("24/11/2026", date(2026, 11, 24)),
        ("24/11", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("3/1", date(2027, 1, 3)),
        ("24/11/26", date(2026, 11, 24)),
        ("24 Nov 2026", date(2026, 11, 24)),
    ],
)
def test_days_are_understood_as_people_type_them(typed, day):
    assert parse_day(typed, today=FRIDAY, locale=BRITISH) == day


@pytest.mark.parametrize("typed", ["", "soon", "31/02/2026", "tues in may", "12", "5 parsecs", "+"])
def test_what_is_no_day_is_none(typed):
    assert parse_day(typed, today=FRIDAY, locale=BRITISH) is None


def test_americans_write_the_month_first():
    assert parse_day("11/24/2026", today=FRIDAY, locale=AMERICAN) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("morgen", date(2026, 11, 21)), ("di", date(2026, 11, 24)), ("24.11.26", date(2026, 11, 24))],
)
def test_germans_type_german(typed, day):
    assert parse_day(typed, today=FRIDAY, locale=GERMAN) == day


@pytest.mark.parametrize(
    "locale", [BRITISH, AMERICAN, GERMAN, QLocale("fr_FR"), QLocale("ja_JP"), QLocale("sv_SE")]
)
def test_what_is_shown_is_understood_again(locale):
    for day in (FRIDAY, date(2027, 1, 2), date(2024, 2, 29)):
        assert parse_day(show_day(day, locale), today=FRIDAY, locale=locale) == day
