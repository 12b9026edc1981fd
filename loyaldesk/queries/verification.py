"""What keeps orders from being accepted, and what does each letter say by the policy?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.customer_figures import CustomerFacts, OpenAmount, exposure
from loyaldesk.domain.money import Money
from loyaldesk.domain.verification import (
    EU,
    FirstOrder,
    OrderFacts,
    PricedLine,
    Verification,
    verify_facts,
)
from loyaldesk.errors import Refused
from loyaldesk.queries.book import json_ids, rows
from loyaldesk.queries.company import read_company, read_setting
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.reader import Row, Source

__all__ = ["POLICY_KEY", "read_policy", "verification_states", "verify"]

POLICY_KEY = "acknowledgement_policy"
_PARTS = ("street", "postcode", "town", "country")
# Exposure adds up what is open; of which day it is does not matter to it.
_ANY_DAY = date.min


def read_policy(source: Source, *, customer_id: int | None = None) -> Stance:
    """Return what letters say: the customer's own policy, or the company's; acceptance at first."""
    sql = "SELECT acknowledgement_policy FROM customer WHERE id = ?"
    own = source.value(sql, [customer_id]) if customer_id is not None else ""
    return _stance(own or _company_policy(source))


def verify(source: Source, *, order_id: int) -> Verification:
    """Return the findings of one order, in six statements; refuses a missing order."""
    found = verification_states(source, order_ids=[order_id])
    if order_id not in found:
        raise Refused("This order no longer exists.")
    return found[order_id]


def verification_states(
    source: Source, *, order_ids: Iterable[int], today: date | None = None
) -> dict[int, Verification]:
    """Return the findings of each order that exists, in six statements however many they are.

    With `today` a promised day that has passed is found too.
    """
    ids = json_ids(order_ids)
    heads = [_Head(*found) for found in rows(source, "verification.orders", ids=ids)]
    around = _Around(
        today=today,
        policy=_company_policy(source),
        home=_home(source),
        money=_read_money(source, {head.customer_id for head in heads}),
    )
    for order_id, *line in rows(source, "verification.lines", ids=ids):
        position, price, usual, promised = line
        priced = PricedLine(position, price, usual or None, day_or_none(promised))
        around.lines[order_id].append(priced)
    for order_id, number in rows(source, "verification.duplicates", ids=ids):
        around.duplicates[order_id].append(number)
    return {head.order_id: _verification(head, around) for head in heads}


@dataclass(frozen=True, slots=True)
class _Head:
    """One row of `verification.orders`, column by column."""

    order_id: int
    hold_reason: str
    customer_po: str
    currency: str
    total_minor: int
    terms_days: int
    verified_on: str | None
    note: str
    customer_id: int
    customer_name: str
    customer_currency: str
    customer_country: str
    tax_id: str
    usual_terms_days: int
    credit_status: str
    limit_minor: int | None
    policy: str
    street: str | None
    postcode: str | None
    town: str | None
    country: str | None
    has_earlier: int
    can_be_reached: int


@dataclass(slots=True)
class _Around:
    """What was read beside the orders: by order, or for all of them."""

    today: date | None
    policy: str
    home: str
    money: dict[int, list[Row]]
    lines: defaultdict[int, list[PricedLine]] = field(default_factory=lambda: defaultdict(list))
    duplicates: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def _verification(head: _Head, around: _Around) -> Verification:
    policy = _stance(head.policy or around.policy)
    return Verification(
        order_id=head.order_id,
        findings=verify_facts(_facts(head, around)),
        stance=Stance.ON_HOLD if head.hold_reason else policy,
        verified_on=day_or_none(head.verified_on),
        note=head.note,
    )


def _facts(head: _Head, around: _Around) -> OrderFacts:
    amounts = around.money.get(head.customer_id, [])
    return OrderFacts(
        customer_name=head.customer_name,
        missing=_missing(head),
        customer_po=head.customer_po,
        duplicates=tuple(around.duplicates[head.order_id]),
        lines=tuple(around.lines[head.order_id]),
        terms_days=head.terms_days,
        usual_terms_days=head.usual_terms_days,
        credit_status=head.credit_status,
        is_above_limit=_is_above_limit(head, amounts),
        hold_reason=head.hold_reason,
        today=around.today,
        first=None if head.has_earlier else _first(head, around.home, amounts),
    )


def _missing(head: _Head) -> tuple[str, ...]:
    """Return what the address lacks; not every country has postcodes, and some have no streets."""
    has = {name: bool(getattr(head, name)) for name in _PARTS}
    needed = ("town",) if has["street"] or has["postcode"] else ("street", "town")
    return tuple(name for name in needed if not has[name])


def _first(head: _Head, home: str, amounts: list[Row]) -> FirstOrder:
    country = head.country or head.customer_country
    held = -sum(row[3] for row in amounts if row[0] == "unapplied" and row[2] == head.currency)
    return FirstOrder(
        tax_id=head.tax_id,
        needs_tax_id=home in EU and country in EU and country != home,
        has_limit=head.limit_minor is not None,
        pays_before=head.terms_days == 0 or held >= head.total_minor > 0,
        can_be_reached=bool(head.can_be_reached),
    )


def _is_above_limit(head: _Head, amounts: list[Row]) -> bool:
    """Tell whether the exposure is above the limit: the same exposure as on the customer's page."""
    code = head.customer_currency
    open_amounts = tuple(
        OpenAmount(Money(minor, currency), _ANY_DAY, _ANY_DAY)
        for sort, _, currency, minor in amounts
        if sort != "unbilled"
    )
    unbilled = tuple(Money(row[3], row[2]) for row in amounts if row[0] == "unbilled")
    limit = None if head.limit_minor is None else Money(head.limit_minor, code)
    facts = CustomerFacts(
        today=_ANY_DAY, currency=code, open_amounts=open_amounts, overdue_settled=(),
        unbilled=unbilled, credit_limit=limit, years=(), days_to_pay=None, days_late=None,
    )  # fmt: skip
    free = exposure(facts).free
    return free is not None and free.minor < 0


def _read_money(source: Source, customer_ids: set[int]) -> dict[int, list[Row]]:
    money: defaultdict[int, list[Row]] = defaultdict(list)
    for found in rows(source, "verification.open", ids=json_ids(sorted(customer_ids))):
        money[found[1]].append(found)
    return money


def _home(source: Source) -> str:
    company = read_company(source)
    return company.country if company else ""


def _company_policy(source: Source) -> str:
    return str(read_setting(source, key=POLICY_KEY) or "")


def _stance(policy: str) -> Stance:
    return Stance.RECEIPT if policy == Stance.RECEIPT.value else Stance.ACCEPTANCE
