"""What does CLDR say, as Babel brings it, about how a locale writes?

The facts of the locales below are kept in `locales.json` beside this file, because to load Babel
and one of its locales takes as long as a third of the bare window; a test holds the two together.
After an update of Babel: `python -m loyaldesk.formats.cldr`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import format_time, format_timedelta, tokenize_pattern

from loyaldesk.formats.facts import MINUS, NBSP, Facts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FORMS", "LOCALES", "TABLE", "day_pattern", "read_facts", "table"]

TABLE = Path(__file__).with_name("locales.json")
LOCALES = (
    "cs-CZ da-DK de de-AT de-CH de-DE en en-AU en-CA en-GB en-IE en-US es es-ES es-MX fi-FI fr "
    "fr-BE fr-CA fr-CH fr-FR it-CH it-IT nb-NO nl-BE nl-NL pl-PL pt-BR pt-PT sv-SE"
).split()

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
FORMS = ("medium", "long", "full", *_SKELETONS)
_MONTHS = {"MMM": ("format", "abbreviated"), "MMMM": ("format", "wide"),
           "LLL": ("stand-alone", "abbreviated")}  # fmt: skip
_WEEKDAYS = {"EEE": ("format", "abbreviated"), "EEEE": ("format", "wide"),
             "ccc": ("stand-alone", "abbreviated"), "cccc": ("stand-alone", "wide")}  # fmt: skip
_AHEAD, _AGO = range(32), range(-1, -32, -1)


def read_facts(tag: str) -> Facts:
    """Return what Babel knows of a locale, named by its tag (`en-GB`)."""
    locale = Locale.parse(tag, sep="-")
    symbols = locale.number_symbols["latn"]
    percent = locale.percent_formats[None]
    money = locale.currency_formats["standard"]
    first, rest = locale.decimal_formats[None].grouping
    patterns = {form: day_pattern(locale, form) for form in FORMS}
    clock: str = locale.time_formats["short"].pattern
    return Facts(
        point=symbols["decimal"],
        group=_unbreakable(symbols["group"]),
        grouping=(first, rest),
        percent=(_unbreakable(percent.prefix[0]), _unbreakable(percent.suffix[0])),
        money=(_unbreakable(money.prefix[0]), _unbreakable(money.suffix[0])),
        debt=(_minus(money.prefix[1]), _minus(money.suffix[1])),
        symbols={
            code: _unbreakable(symbol)
            for code, symbol in locale.currency_symbols.items()
            if symbol != code
        },
        days={form: _template(locale, pattern) for form, pattern in patterns.items()},
        time=_template(locale, clock),
        names=_names(locale, patterns.values()),
        periods=_periods(locale, clock),
        past=_distances(locale, _AGO),
        future=_distances(locale, _AHEAD),
    )


def day_pattern(locale: Locale, form: str) -> str:
    """Return CLDR's pattern for a form of a day, or what business letters there write instead."""
    own = _PATTERNS.get(form, {})
    pattern: str | None = own.get(str(locale).replace("_", "-")) or own.get(locale.language)
    if pattern is None:
        known = locale.datetime_skeletons if form in _SKELETONS else locale.date_formats
        pattern = str(known[_SKELETONS.get(form, form)].pattern)
    return pattern


def table() -> dict[str, Any]:
    """Return the facts of every locale above; a tag instead, where another has the same."""
    known: dict[str, Any] = {}
    for tag in LOCALES:
        # As JSON keeps them: without tuples.
        facts = json.loads(json.dumps(asdict(read_facts(tag))))
        known[tag] = next((same for same, found in known.items() if found == facts), facts)
    return known


def _fields(pattern: str) -> list[tuple[bool, str]]:
    """Return the parts of a pattern, and whether each is a field; one E is short for three."""
    parts: list[tuple[bool, str]] = []
    for _, found in tokenize_pattern(pattern):
        if isinstance(found, str):
            parts.append((False, found))
        else:
            field, length = found
            parts.append((True, {"E": "EEE"}.get(field * length, field * length)))
    return parts


def _template(locale: Locale, pattern: str) -> str:
    """Return a pattern as a format string of Python."""
    era = locale.eras["abbreviated"][1]
    return "".join(
        _unbreakable(era if word == "G" else f"{{{word}}}")
        if is_field
        else _unbreakable(word).replace("{", "{{").replace("}", "}}")
        for is_field, word in _fields(pattern)
    )


def _names(locale: Locale, patterns: Iterable[str]) -> dict[str, list[str]]:
    used = {word for pattern in patterns for is_field, word in _fields(pattern) if is_field}
    months = {field: locale.months[context][width] for field, (context, width) in _MONTHS.items()}
    days = {field: locale.days[context][width] for field, (context, width) in _WEEKDAYS.items()}
    return {
        field: [_unbreakable(words[number]) for number in sorted(words)]
        for field, words in (months | days).items()
        if field in used
    }


def _periods(locale: Locale, clock: str) -> list[str]:
    for field in "a", "B":
        if (True, field) in _fields(clock):
            # Half past: of the hour after midnight its very first minute is no measure.
            hours = (time(hour, 30) for hour in range(24))
            return [_unbreakable(format_time(hour, field, locale=locale)) for hour in hours]
    return []


def _distances(locale: Locale, days: range) -> dict[str, str]:
    """Return how so many days ago, or ahead, are written."""
    written = {
        str(abs(count)): format_timedelta(
            timedelta(days=count),
            granularity="day", threshold=99, add_direction=True, locale=locale,
        ).replace(str(abs(count)), "{}")
        for count in days
    }  # fmt: skip
    [(usual, _)] = Counter(written.values()).most_common(1)
    return {"": usual} | {count: words for count, words in written.items() if words != usual}


def _minus(part: str) -> str:
    return _unbreakable(part).replace("-", MINUS)


def _unbreakable(text: str) -> str:
    return text.replace(" ", NBSP).replace("\u202f", NBSP)


def main() -> None:
    """Write the table anew."""
    text = json.dumps(table(), indent=1, ensure_ascii=False)
    TABLE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
