"""May an order be accepted: what is in order, what somebody must look at, what stops it?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import Stance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = [
    "Check", "Finding", "FirstOrder", "Grade", "OrderFacts", "PricedLine", "Verification",
    "verify_facts",
]  # fmt: skip

# Between two of these goods cross a border free of tax only with the buyer's VAT id.
EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


class Check(Enum):
    """What is looked at; the first eight of every order, the last three of a first order."""

    ADDRESS = "address"
    PO = "po"
    DUPLICATE = "duplicate"
    PRICES = "prices"
    DATES = "dates"
    TERMS = "terms"
    CREDIT = "credit"
    HOLD = "hold"
    TAX_ID = "tax_id"
    LIMIT = "limit"
    CONTACT = "contact"


class Grade(Enum):
    """In order; to be looked at by a person; or nothing may be accepted while it stands."""

    OK = "ok"
    LOOK = "look"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one check; `words` say what was found and, unless it is in order, what to do.

    `about` are the positions of the lines it is about.
    """

    check: Check
    grade: Grade
    words: str
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line still to come: its price, that of its product in the order's currency, its day.

    Prices are millionths; `list_price_micro` is None where the product has no price to compare.
    """

    position: int
    price_micro: int
    list_price_micro: int | None
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """What is known of a customer who orders for the first time."""

    tax_id: str
    needs_tax_id: bool
    has_limit: bool
    pays_before: bool
    can_be_reached: bool


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """Everything the checks look at; `first` is None for a customer who ordered before.

    `missing` names the parts that the address lacks, all of them without an address.
    `duplicates` are the customer's other orders with the same number of theirs. Without `today`
    nobody asks whether a promised day has passed.
    """

    customer_name: str
    missing: tuple[str, ...]
    customer_po: str
    duplicates: tuple[str, ...]
    lines: tuple[PricedLine, ...]
    terms_days: int
    usual_terms_days: int
    credit_status: str
    is_above_limit: bool
    hold_reason: str
    first: FirstOrder | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The findings of one order, and whether somebody ticked off what was to be looked at.

    `stance` is what its letter says by the policy for the customer: a mere receipt waits for
    nobody, and a held order says itself that it is not yet accepted.
    """

    order_id: int
    findings: tuple[Finding, ...]
    stance: Stance
    verified_on: date | None = None
    note: str = ""

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What no tick can settle."""
        return self._graded(Grade.STOP)

    @property
    def looks(self) -> tuple[Finding, ...]:
        """What a person must look at."""
        return self._graded(Grade.LOOK)

    @property
    def open_looks(self) -> tuple[Finding, ...]:
        """What a person must still look at."""
        return () if self.verified_on else self.looks

    @property
    def can_be_accepted(self) -> bool:
        """Whether a letter may say that the order is accepted."""
        return not self.stops and not self.open_looks

    @property
    def is_ready(self) -> bool:
        """Whether the letter that the policy wants may go as it is."""
        return self.stance is not Stance.ACCEPTANCE or self.can_be_accepted

    @property
    def words(self) -> str:
        """The sentences of what keeps the order from being accepted."""
        return " ".join(finding.words for finding in (*self.stops, *self.open_looks))

    def _graded(self, grade: Grade) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.grade is grade)


def verify_facts(facts: OrderFacts) -> tuple[Finding, ...]:
    """Return one finding for each check; a first order has three checks more."""
    always: tuple[Callable[[OrderFacts], Finding], ...] = (
        _address, _po, _duplicate, _prices, _dates, _terms, _credit, _hold,
    )  # fmt: skip
    findings = tuple(check(facts) for check in always)
    if facts.first is None:
        return findings
    return (*findings, _tax_id(facts.first), _limit(facts.first), _contact(facts.first))


def _address(facts: OrderFacts) -> Finding:
    if facts.missing:
        lacks = ", ".join(facts.missing)
        return Finding(
            Check.ADDRESS,
            Grade.STOP,
            f"The address of {facts.customer_name} lacks: {lacks}. Complete it first.",
        )
    if facts.first is not None:
        words = "This is their first order. Confirm name and address with them."
        return Finding(Check.ADDRESS, Grade.LOOK, words)
    return Finding(Check.ADDRESS, Grade.OK, "The address is complete.")


def _po(facts: OrderFacts) -> Finding:
    if facts.customer_po:
        return Finding(Check.PO, Grade.OK, f"Their order number is {facts.customer_po}.")
    words = "Their order number is missing. Ask for it, or tick off that they have none."
    return Finding(Check.PO, Grade.LOOK, words)


def _duplicate(facts: OrderFacts) -> Finding:
    if not facts.duplicates:
        return Finding(Check.DUPLICATE, Grade.OK, "No other order has this number of theirs.")
    others = ", ".join(facts.duplicates)
    words = (
        f"Their number {facts.customer_po} is also on order {others}. Ask whether it was ordered "
        "twice."
    )
    return Finding(Check.DUPLICATE, Grade.LOOK, words)


def _prices(facts: OrderFacts) -> Finding:
    differing = tuple(
        line.position
        for line in facts.lines
        if line.list_price_micro is not None and line.list_price_micro != line.price_micro
    )
    if not differing:
        return Finding(Check.PRICES, Grade.OK, "The prices are those of the products.")
    words = f"{_lines(differing)}: the price is not the product's. Check that it was agreed."
    return Finding(Check.PRICES, Grade.LOOK, words, differing)


def _dates(facts: OrderFacts) -> Finding:
    if facts.today is not None and (past := _past(facts.lines, facts.today)):
        words = f"{_lines(past)}: the promised day has passed. Promise another."
        return Finding(Check.DATES, Grade.STOP, words, past)
    undated = tuple(line.position for line in facts.lines if line.promised_on is None)
    if not undated:
        return Finding(Check.DATES, Grade.OK, "Every line has its day.")
    words = (
        f"{_lines(undated)}: no day is promised. Promise one, or let the letter say “to be "
        "advised”."
    )
    return Finding(Check.DATES, Grade.LOOK, words, undated)


def _past(lines: tuple[PricedLine, ...], today: date) -> tuple[int, ...]:
    days = ((line.position, line.promised_on) for line in lines)
    return tuple(position for position, day in days if day is not None and day < today)


def _terms(facts: OrderFacts) -> Finding:
    if facts.terms_days == facts.usual_terms_days:
        return Finding(Check.TERMS, Grade.OK, "The terms are the customer's.")
    words = (
        f"The terms are {facts.terms_days} days, the customer's are {facts.usual_terms_days}. "
        "Check that this was agreed."
    )
    return Finding(Check.TERMS, Grade.LOOK, words)


def _credit(facts: OrderFacts) -> Finding:
    if facts.credit_status == "hold":
        words = "The customer's credit is on hold. Clear it first, or send a receipt only."
        return Finding(Check.CREDIT, Grade.STOP, words)
    if facts.is_above_limit:
        words = (
            "With this order the customer is above the credit limit. Ask whoever decides on credit."
        )
        return Finding(Check.CREDIT, Grade.LOOK, words)
    if facts.credit_status == "watch":
        words = "The customer's credit is on watch. Look at the open items."
        return Finding(Check.CREDIT, Grade.LOOK, words)
    return Finding(Check.CREDIT, Grade.OK, "The credit allows it.")


def _hold(facts: OrderFacts) -> Finding:
    if not facts.hold_reason:
        return Finding(Check.HOLD, Grade.OK, "The order is not on hold.")
    words = f"The order is on hold: {facts.hold_reason}. Release it before it is accepted."
    return Finding(Check.HOLD, Grade.STOP, words)


def _tax_id(first: FirstOrder) -> Finding:
    if first.tax_id or not first.needs_tax_id:
        return Finding(Check.TAX_ID, Grade.OK, "No tax id is missing.")
    words = "The customer sits in another country of the EU and has no VAT id here. Ask for it."
    return Finding(Check.TAX_ID, Grade.LOOK, words)


def _limit(first: FirstOrder) -> Finding:
    if first.has_limit:
        return Finding(Check.LIMIT, Grade.OK, "A credit limit is set.")
    if first.pays_before:
        return Finding(Check.LIMIT, Grade.OK, "The customer pays before delivery.")
    words = "No credit limit is set. Set one, or ask for payment before delivery."
    return Finding(Check.LIMIT, Grade.LOOK, words)


def _contact(first: FirstOrder) -> Finding:
    if first.can_be_reached:
        return Finding(Check.CONTACT, Grade.OK, "Somebody can be reached by phone or e-mail.")
    words = "Nobody can be reached by phone or e-mail. Add a person with either."
    return Finding(Check.CONTACT, Grade.LOOK, words)


def _lines(positions: tuple[int, ...]) -> str:
    named = ", ".join(map(str, positions[:6])) + ("…" if len(positions) > 6 else "")
    return f"Line {named}" if len(positions) == 1 else f"Lines {named}"
