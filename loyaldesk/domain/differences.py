"""What a confirmed order differs in from the one placed, and what may be said of it therefore."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import Stance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from loyaldesk.domain.acknowledgement import AcknowledgedLine, AcknowledgementLetter

__all__ = [
    "Difference",
    "DifferenceKind",
    "Wording",
    "accepts_nothing",
    "differences",
    "line_differences",
    "wording_of",
]


class Wording(Enum):
    """Which opening sentence the letter has."""

    RECEIPT = "receipt"
    ACCEPTED = "accepted"
    WITH_DIFFERENCES = "differences"
    ON_HOLD = "on_hold"
    SHIPPED = "all_shipped"
    SHIPPED_WITH_DIFFERENCES = "all_shipped_differences"

    @property
    def lists_differences(self) -> bool:
        """Whether the letter has a list of differences."""
        return self in {Wording.WITH_DIFFERENCES, Wording.SHIPPED_WITH_DIFFERENCES}


class DifferenceKind(Enum):
    """In what a confirmed line, or the whole order, departs from what the customer asked."""

    DATE = "date"
    QUANTITY = "quantity"
    ITEM = "item"
    PRICE = "price"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class Difference:
    """One departure from the order; the values are of the kind's own sort and unit.

    Days for dates, thousandths for quantities, millionths for prices, text for items and terms.
    """

    kind: DifferenceKind
    positions: tuple[int, ...]
    asked: date | int | str
    confirmed: date | int | str | None
    unit: str = ""
    reason: str = ""


def wording_of(letter: AcknowledgementLetter) -> Wording:
    """Return the opening that is true: a held order is never called accepted.

    What has shipped is no longer being checked, so an order shipped in full has no mere receipt.
    """
    if letter.stance is Stance.ON_HOLD:
        return Wording.ON_HOLD
    differs = bool(differences(letter))
    if letter.has_shipped:
        return Wording.SHIPPED_WITH_DIFFERENCES if differs else Wording.SHIPPED
    if letter.stance is Stance.RECEIPT:
        return Wording.RECEIPT
    return Wording.WITH_DIFFERENCES if differs else Wording.ACCEPTED


def accepts_nothing(letter: AcknowledgementLetter) -> bool:
    """Tell whether the letter says that the order came, or waits, and not that it is accepted."""
    return wording_of(letter) in {Wording.RECEIPT, Wording.ON_HOLD}


def differences(letter: AcknowledgementLetter) -> tuple[Difference, ...]:
    """Return every departure from the order: those of its lines, then those of its terms."""
    return (*line_differences(letter.lines), *_terms_differences(letter))


def line_differences(lines: Iterable[AcknowledgedLine]) -> tuple[Difference, ...]:
    """Return every departure of lines by position, alike ones of several lines as one."""
    merged: dict[tuple[object, ...], Difference] = {}
    for line in lines:
        for found in _departures(line):
            key = (found.kind, found.asked, found.confirmed, found.unit, found.reason)
            earlier = merged.get(key)
            positions = earlier.positions if earlier else ()
            merged[key] = _at(found, (*positions, line.position))
    return tuple(merged.values())


def _at(found: Difference, positions: tuple[int, ...]) -> Difference:
    return Difference(found.kind, positions, found.asked, found.confirmed, found.unit, found.reason)


def _departures(line: AcknowledgedLine) -> list[Difference]:
    kinds: tuple[tuple[DifferenceKind, date | int | str | None, date | int | str | None, str], ...]
    # A line that shipped without a promise departs from none.
    asked_on = None if line.shipped_unpromised_on else line.requested_on
    kinds = (
        (DifferenceKind.DATE, asked_on, line.promised_on, ""),
        (DifferenceKind.QUANTITY, line.asked_quantity_milli, line.quantity_milli, line.unit),
        (DifferenceKind.ITEM, line.asked_item or None, line.item, ""),
        (DifferenceKind.PRICE, line.asked_price_micro, line.unit_price_micro, ""),
    )
    return [
        Difference(kind, (line.position,), asked, confirmed, unit, line.reason)
        for kind, asked, confirmed, unit in kinds
        if asked is not None and asked != confirmed
    ]


def _terms_differences(letter: AcknowledgementLetter) -> list[Difference]:
    pairs = (
        (letter.asked_payment, ", ".join(letter.payment)),
        (letter.asked_delivery, ", ".join(letter.delivery)),
    )
    return [
        Difference(DifferenceKind.TERMS, (), asked, confirmed, reason=letter.terms_reason)
        for asked, confirmed in pairs
        if asked and asked != confirmed
    ]
