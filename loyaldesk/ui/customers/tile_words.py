"""What do the tiles say: balance, overdue, years, orders, days to pay, credit? Each by itself."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.customer_figures import (
    exposure,
    open_balance,
    ordered_in,
    ordered_to_date,
    orders_a_year,
    overdue,
    overdue_change,
)
from loyaldesk.errors import LoyalDeskError
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.domain.customer_figures import CustomerFacts
    from loyaldesk.domain.money import Money
    from loyaldesk.ui.customers.wording import Wording

__all__ = ["Tile", "tiles_of", "value_answer"]

translate = QCoreApplication.translate
log = logging.getLogger("loyaldesk.ui")
_FAILURES = (
    ArithmeticError, AttributeError, LookupError, TypeError, ValueError, LoyalDeskError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its name, and beside it how it moved; `tip` says how it is worked out."""

    key: str
    label: str
    value: str
    note: str = ""
    note_tone: Tone = Tone.SECONDARY
    tone: Tone = Tone.TEXT
    tip: str = ""
    is_zero: bool = False

    @property
    def spoken(self) -> str:
        """The tile as it is read out."""
        return f"{self.label} {self.value} {self.note}".strip()


def tiles_of(facts: CustomerFacts, say: Wording) -> list[Tile]:
    """Return the tiles in their fixed order; one that cannot be worked out says so alone."""
    return [_tile_or_gap(key, work, facts, say) for key, work in _TILES.items()]


def value_answer(tiles: list[Tile]) -> str:
    """Return this year against last, which stands beside the folded section."""
    year = next((tile for tile in tiles if tile.key == "year"), None)
    return f"{year.value} {year.note}".strip() if year else ""


def _tile_or_gap(
    key: str, work: Callable[[CustomerFacts, Wording], Tile], facts: CustomerFacts, say: Wording
) -> Tile:
    try:
        return work(facts, say)
    except _FAILURES as error:
        log.warning("the tile %s cannot be worked out: %s", key, type(error).__name__)
        tip = translate("Tiles", "This figure could not be worked out. The others are right.")
        return Tile(key, _label(key), "–", translate("Tiles", "not known"), tip=tip, is_zero=True)


def _label(key: str) -> str:
    labels = {
        "balance": translate("Tiles", "open balance"),
        "overdue": translate("Tiles", "overdue"),
        "year": translate("Tiles", "this year"),
        "orders": translate("Tiles", "orders a year"),
        "paying": translate("Tiles", "days to pay"),
        "credit": translate("Tiles", "credit used"),
        "first": translate("Tiles", "first order"),
        "last": translate("Tiles", "last order"),
    }
    return labels[key]


def _balance(facts: CustomerFacts, say: Wording) -> Tile:
    sums = open_balance(facts)
    tip = translate("Tiles", "Open invoices less credits and payments not yet set against one")
    return Tile("balance", _label("balance"), say.sums(sums), tip=tip, is_zero=not any(sums))


def _overdue(facts: CustomerFacts, say: Wording) -> Tile:
    sums, moved = overdue(facts), overdue_change(facts)
    late, tip = any(sums), translate("Tiles", "Past due today; beside it the change in 30 days")
    note, tone = _signed(moved, say)
    ink = Tone.BAD if late else Tone.TEXT
    label = _label("overdue")
    return Tile("overdue", label, say.sums(sums), note, tone, ink, tip, is_zero=not late)


def _signed(moved: tuple[Money, ...], say: Wording) -> tuple[str, Tone]:
    change = next((money for money in moved if money), None)
    if change is None:
        return "", Tone.SECONDARY
    sign, tone = ("+", Tone.BAD) if change.minor > 0 else ("", Tone.OK)
    return f"{sign}{say.money(change)}", tone


def _year(facts: CustomerFacts, say: Wording) -> Tile:
    this_year = facts.today.year
    now, before = ordered_in(facts, this_year), ordered_to_date(facts, this_year - 1)
    note, tone = "", Tone.SECONDARY
    if before[0].minor > 0:
        percent = (now[0].minor / before[0].minor - 1) * 100
        note, tone = say.change(percent), Tone.OK if percent >= 0 else Tone.BAD
    tip = translate("Tiles", "Orders since 1 January; last year up to the same day: {0}")
    return Tile(
        "year", _label("year"), say.whole(now), note, tone,
        tip=tip.format(say.whole(before)), is_zero=not any(now),
    )  # fmt: skip


def _orders(facts: CustomerFacts, say: Wording) -> Tile:
    count = orders_a_year(facts)
    tip = translate("Tiles", "All orders divided by the years since the first one")
    return Tile("orders", _label("orders"), say.decimal(count), tip=tip, is_zero=count == 0)


def _paying(facts: CustomerFacts, say: Wording) -> Tile:
    if facts.days_to_pay is None:
        tip = translate("Tiles", "No invoice was paid in the last year")
        return Tile("paying", _label("paying"), "–", tip=tip, is_zero=True)
    late = round(facts.days_late or 0)
    tip = translate("Tiles", "From invoice to payment in the last year, weighted by amount")
    note = translate("Tiles", "{0} late").format(say.days(late)) if late > 0 else ""
    days = say.formats.number(round(facts.days_to_pay))
    return Tile("paying", _label("paying"), days, note, Tone.WARN, tip=tip)


def _credit(facts: CustomerFacts, say: Wording) -> Tile:
    used = exposure(facts)
    if used.limit is None or used.limit.minor == 0:
        tip = translate("Tiles", "There is no credit limit; this is what is used")
        money = say.money(used.total)
        return Tile("credit", _label("credit"), money, tip=tip, is_zero=not used.total)
    percent = round(used.total.minor / used.limit.minor * 100)
    tip = translate("Tiles", "{0} of {1}").format(say.money(used.total), say.money(used.limit))
    tone = Tone.BAD if percent > 100 else Tone.TEXT
    value = say.formats.percent(percent * 10_000)
    return Tile("credit", _label("credit"), value, tone=tone, tip=tip, is_zero=percent == 0)


def _first(facts: CustomerFacts, say: Wording) -> Tile:
    day = min((year.first_on for year in facts.years), default=None)
    return Tile("first", _label("first"), say.day(day) if day else "–", is_zero=day is None)


def _last(facts: CustomerFacts, say: Wording) -> Tile:
    day = max((year.last_on for year in facts.years), default=None)
    return Tile("last", _label("last"), say.day(day) if day else "–", is_zero=day is None)


_TILES: dict[str, Callable[[CustomerFacts, Wording], Tile]] = {
    "balance": _balance,
    "overdue": _overdue,
    "year": _year,
    "orders": _orders,
    "paying": _paying,
    "credit": _credit,
    "first": _first,
    "last": _last,
}
