"""Which rules of the business hold at the hub, whatever a desk that was away believed?

A rule looks at a record before and after a group of edits and returns the sentence with which the
whole group is refused, or nothing. Another rule is one more function in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.hub.access import Role

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row

__all__ = ["RULES", "Facts", "Rule", "broken_rule"]


@dataclass(frozen=True, slots=True)
class Facts:
    """A record before (None: it is new) and after a group of edits, its customer, and who asks."""

    kind: str
    before: Row | None
    after: Row
    customer: Row | None
    role: Role


Rule = Callable[[Facts], str | None]

# Money that others may have used meanwhile: what is left, and of how much.
_BOUNDS = {
    "invoice": ("open_minor", "total_minor"),
    "payment": ("unallocated_minor", "amount_minor"),
}


def broken_rule(facts: Facts) -> str | None:
    """Return the sentence of the first rule that refuses this, or None."""
    return next((sentence for rule in RULES if (sentence := rule(facts))), None)


def money_within_bounds(facts: Facts) -> str | None:
    """Refuse to use up more of an invoice or payment than there is, or to give back too much."""
    if facts.kind not in _BOUNDS:
        return None
    left, whole = (facts.after[name] for name in _BOUNDS[facts.kind])
    if 0 <= left <= whole:
        return None
    return (
        f"Somebody else used this {facts.kind} meanwhile: there is not enough left of it. Nothing"
        " was booked; what you entered is kept here, so look at the account and enter it again."
    )


def copies_counted_up(facts: Facts) -> str | None:
    """Refuse fewer copies of a letter than none."""
    if facts.kind != "letter" or facts.after["copies"] >= 0:
        return None
    return "A letter has no fewer copies than none. What you entered is kept here."


def no_acknowledgement_on_credit_hold(facts: Facts) -> str | None:
    """Refuse to acknowledge an order of a customer on credit hold; an ERP's word is a fact.

    So is an order that comes in as acknowledged: records that are shared or imported are history.
    """
    if facts.kind != "sales_order" or facts.role is Role.CONNECTOR or facts.customer is None:
        return None
    if facts.before is None:
        return None
    is_acknowledged = facts.after["status"] == "acknowledged" != facts.before["status"]
    is_held = bool(facts.after["hold_reason"])
    if not is_acknowledged or is_held or facts.customer["credit_status"] != "hold":
        return None
    return (
        "The customer is on credit hold at the hub, so the order was not acknowledged. What you"
        " entered is kept here; have the hold released, or put the order on hold with a reason."
    )


RULES: tuple[Rule, ...] = (
    money_within_bounds, copies_counted_up, no_acknowledgement_on_credit_hold,
)  # fmt: skip
