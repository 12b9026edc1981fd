"""What a parent customer and its members owe, owe late and ordered, together and each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = ["FamilyFigures", "FamilySum", "read_family_figures"]


@dataclass(frozen=True, slots=True)
class FamilySum:
    """Open balance, overdue and this year's orders in one currency."""

    balance: Money
    overdue: Money
    this_year: Money


@dataclass(frozen=True, slots=True)
class FamilyFigures:
    """The figures of each customer by its id, and of all together; once per currency."""

    each: dict[int, tuple[FamilySum, ...]]
    together: tuple[FamilySum, ...]


def read_family_figures(source: Source, *, customer_id: int, today: date) -> FamilyFigures:
    """Return the rolled-up figures of a parent and its members; currencies are never added."""
    found = rows(
        source,
        "parent.figures",
        customer_id=customer_id,
        today=today,
        year_start=today.replace(month=1, day=1),
    )
    each: defaultdict[int, list[FamilySum]] = defaultdict(list)
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for member, currency, *amounts in found:
        each[member].append(FamilySum(*(Money(amount, currency) for amount in amounts)))
        sums[currency] = [a + b for a, b in zip(sums[currency], amounts, strict=True)]
    return FamilyFigures(
        each={member: tuple(rows_of) for member, rows_of in each.items()},
        together=tuple(
            FamilySum(*(Money(amount, code) for amount in sums[code])) for code in sorted(sums)
        ),
    )
