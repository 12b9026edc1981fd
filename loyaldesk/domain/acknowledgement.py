"""What an order acknowledgement says: the facts it prints and the rules they must satisfy."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money, exponent_of
from loyaldesk.domain.order_totals import line_net, order_totals, tax_of
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.letter import LetterFrame
    from loyaldesk.domain.next_steps import NextSteps

__all__ = [
    "AcknowledgedLine",
    "AcknowledgementLetter",
    "Credit",
    "LetterTotals",
    "Stance",
    "TaxLine",
    "checked_totals",
]


class Stance(Enum):
    """What the company wants to say: that it has the order, accepts it, or is holding it."""

    RECEIPT = "receipt"
    ACCEPTANCE = "acceptance"
    ON_HOLD = "on_hold"


@dataclass(frozen=True, slots=True)
class AcknowledgedLine:
    """One line as confirmed, with what was asked where that differs (`None`: as confirmed).

    `shipped_on` is the day of the last shipment, whether or not a day was promised.
    """

    position: int
    description: str
    quantity_milli: int
    unit: str
    unit_price_micro: int
    net_minor: int
    item: str = ""
    customer_item: str = ""
    note: str = ""
    discount_ppm: int = 0
    tax_ppm: int = 0
    requested_on: date | None = None
    promised_on: date | None = None
    shipped_milli: int = 0
    back_ordered_milli: int = 0
    asked_quantity_milli: int | None = None
    asked_price_micro: int | None = None
    asked_item: str | None = None
    reason: str = ""
    is_changed: bool = False
    # Left out of the line's text, by which letters are compared: with a promise it is not printed.
    shipped_on: date | None = field(default=None, repr=False)

    @property
    def has_shipped(self) -> bool:
        """Whether the whole line has left us."""
        is_part = 0 < self.shipped_milli < self.quantity_milli
        return self.shipped_on is not None and not is_part

    @property
    def is_undated(self) -> bool:
        """Whether nobody knows yet when the line comes."""
        return self.promised_on is None and not self.has_shipped

    @property
    def shipped_unpromised_on(self) -> date | None:
        """The day on which a line shipped for which no day had been promised."""
        return self.shipped_on if self.has_shipped and self.promised_on is None else None


@dataclass(frozen=True, slots=True)
class Credit:
    """A deposit or credit already held for the order, in minor units and above zero."""

    day: date
    minor: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgementLetter:
    """Everything that an order acknowledgement prints.

    `answer_by` is the day by which the customer hears what is still open: a date not yet known,
    or whether a held order is accepted. `query_by` is the day by which the customer should object.
    """

    frame: LetterFrame
    order_number: str
    currency: str
    lines: tuple[AcknowledgedLine, ...]
    total_minor: int
    stance: Stance = Stance.ACCEPTANCE
    ordered_on: date | None = None
    customer_po: str = ""
    customer_po_on: date | None = None
    received: str = ""
    received_on: date | None = None
    customer_tax_id: str = ""
    salesperson: str = ""
    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    freight_minor: int = 0
    freight_tax_ppm: int = 0
    credits: tuple[Credit, ...] = ()
    deliver_to: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    payment: tuple[str, ...] = ()
    asked_payment: str | None = None
    asked_delivery: str | None = None
    terms_reason: str = ""
    part_deliveries: bool = True
    back_orders: bool = True
    replaces_on: date | None = None
    query_by: date | None = None
    answer_by: date | None = None
    next_steps: NextSteps | None = None

    @property
    def has_shipped(self) -> bool:
        """Whether every line has left us, so that nothing is to come."""
        return bool(self.lines) and all(line.has_shipped for line in self.lines)

    @property
    def shipping_days(self) -> tuple[date, ...]:
        """The days of shipment that the letter prints, in the order of its lines."""
        days = (line.shipped_unpromised_on for line in self.lines)
        return tuple(day for day in days if day)


@dataclass(frozen=True, slots=True)
class TaxLine:
    """The tax of one rate: the rate in parts per million, what it is on, and the tax."""

    rate_ppm: int
    base: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class LetterTotals:
    """The sums that the letter prints; `to_pay` is the total less what is held for the order."""

    net: Money
    freight: Money
    taxes: tuple[TaxLine, ...]
    total: Money
    to_pay: Money


def checked_totals(letter: AcknowledgementLetter) -> LetterTotals:
    """Return the totals worked out anew, or refuse a letter whose figures or facts do not hold."""
    _check_facts(letter)
    for line in letter.lines:
        _check_line(line, letter.currency)
    sums = order_totals(
        [(line.net_minor, line.tax_ppm) for line in letter.lines],
        freight_minor=letter.freight_minor,
        freight_tax_ppm=letter.freight_tax_ppm,
    )
    if sums.total_minor != letter.total_minor:
        stored, found = (_code(minor, letter) for minor in (letter.total_minor, sums.total_minor))
        raise Refused(
            f"Order {letter.order_number} is stored with a total of {stored}, but its lines, "
            f"freight and tax come to {found}. Nothing was printed and the order is unchanged. "
            "Please correct the order.",
            field="total",
        )
    held = sum(credit.minor for credit in letter.credits)
    return LetterTotals(
        net=Money(sums.net_minor, letter.currency),
        freight=Money(sums.freight_minor, letter.currency),
        taxes=_taxes(letter),
        total=Money(sums.total_minor, letter.currency),
        to_pay=Money(sums.total_minor - held, letter.currency),
    )


def _taxes(letter: AcknowledgementLetter) -> tuple[TaxLine, ...]:
    bases: dict[int, int] = {}
    for line in letter.lines:
        bases[line.tax_ppm] = bases.get(line.tax_ppm, 0) + line.net_minor
    if letter.freight_minor:
        rate = letter.freight_tax_ppm
        bases[rate] = bases.get(rate, 0) + letter.freight_minor
    return tuple(
        TaxLine(rate, Money(base, letter.currency), Money(tax_of(base, rate), letter.currency))
        for rate, base in sorted(bases.items(), reverse=True)
    )


def _code(minor: int, letter: AcknowledgementLetter) -> str:
    return f"{letter.currency} {Money(minor, letter.currency)}"


def _check_line(line: AcknowledgedLine, currency: str) -> None:
    net = line_net(
        line.unit_price_micro,
        line.quantity_milli,
        line.discount_ppm,
        exponent=exponent_of(currency),
    )
    if net != line.net_minor:
        raise Refused(
            f"Line {line.position} is stored with {currency} {Money(line.net_minor, currency)}, "
            f"but quantity, price and discount come to {Money(net, currency)}. Nothing was "
            "printed and the order is unchanged. Please correct the line.",
            field="net",
        )


def _check_facts(letter: AcknowledgementLetter) -> None:
    if not letter.lines:
        raise Refused(
            f"Order {letter.order_number} has no lines, so there is nothing to acknowledge. "
            "Please enter its lines first.",
            field="lines",
        )
    undated = [line.position for line in letter.lines if line.is_undated]
    if letter.answer_by is None and (undated or letter.stance is Stance.ON_HOLD):
        what = f"Line {undated[0]} has no promised date" if undated else "The order is on hold"
        raise Refused(
            f"{what}, and no day is set by which the customer hears more. Nothing was printed. "
            "Please enter a date or the day of our answer.",
            field="answer_by",
        )
    if (letter.frame.revision or 1) > 1 and letter.replaces_on is None:
        raise Refused(
            "A revised acknowledgement must name the day of the one it replaces. Nothing was "
            "printed. Please print it from the order, which knows that day.",
            field="replaces_on",
        )
