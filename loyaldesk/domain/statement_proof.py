"""Whether a statement adds up to the minor unit, and its figures as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.domain.statement_section import StatementSection

__all__ = ["SectionFigures", "StatementFigures", "prove_section", "statement_figures"]


class SectionFigures(TypedDict):
    """The figures of one currency as decimal text; `buckets` by the names of the buckets."""

    opening: str
    movements: str
    closing: str
    open_items: str
    buckets: dict[str, str]
    unapplied: str
    in_dispute: str
    overdue: str
    pay_now: str


class StatementFigures(TypedDict):
    """The figures of a statement by currency code."""

    currencies: dict[str, SectionFigures]


def prove_section(section: StatementSection) -> None:
    """Refuse a section unless every figure leads to the same closing balance.

    opening + movements = closing = open items = buckets + unapplied, and no invoice has more
    set against it than its amount, no payment more used than it has.
    """
    _check_balances(section)
    _check_running_balance(section)
    for item in (*section.prior_items, *section.items, *section.unapplied):
        left, whole = item.open.minor, item.entry.signed.minor
        if not (0 < left <= whole or whole <= left < 0):
            raise Refused(
                f"{item.entry.number} has more allocated than its amount allows. "
                "No statement was made and nothing was changed; "
                f"look at the allocations of {item.entry.number} and reverse the wrong one."
            )


def _check_balances(section: StatementSection) -> None:
    aged = Money.total(section.buckets.values(), section.currency)
    roads = {
        "opening and movements": section.opening + section.movement_total,
        "open items": section.open_total,
        "ageing and unapplied credits": aged + section.unapplied_total,
    }
    for name, reached in roads.items():
        if reached != section.closing:
            raise Refused(_does_not_add_up(section, name, reached))


def _check_running_balance(section: StatementSection) -> None:
    last = section.movements[-1].balance if section.movements else section.opening
    if last != section.closing:
        raise Refused(_does_not_add_up(section, "the running balance", last))


def _does_not_add_up(section: StatementSection, name: str, reached: Money) -> str:
    return (
        f"The {section.currency} account does not add up: its balance is {section.closing}, "
        f"but {name} come to {reached}. No statement was made and nothing was changed; "
        "run “loyaldesk check” and correct the entries it names."
    )


def statement_figures(sections: Iterable[StatementSection]) -> StatementFigures:
    """Return the printed figures as data, decimal text under `currencies` and the code.

    `open_items` includes unapplied credits and equals `closing`; `buckets` plus `unapplied`
    (zero or negative) equal it too; so do `opening` plus `movements`.
    """
    return {"currencies": {section.currency: _figures_of(section) for section in sections}}


def _figures_of(section: StatementSection) -> SectionFigures:
    return {
        "opening": str(section.opening),
        "movements": str(section.movement_total),
        "closing": str(section.closing),
        "open_items": str(section.open_total),
        "buckets": {bucket.value: str(sum_) for bucket, sum_ in section.buckets.items()},
        "unapplied": str(section.unapplied_total),
        "in_dispute": str(section.disputed),
        "overdue": str(section.overdue),
        "pay_now": str(section.pay_now),
    }
