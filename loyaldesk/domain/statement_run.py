"""Who gets a statement in a run, and why somebody who was chosen gets none."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Candidate", "Papers", "Selection", "Skip", "SortBy", "Who", "skip_of"]


class Who(StrEnum):
    """Which customers a run looks at, before the filters."""

    OPEN_ITEMS = "open_items"
    ALL = "all"


class SortBy(StrEnum):
    """The order in which the letters are made, and so the numbers given."""

    NUMBER = "number"
    NAME = "name"
    POSTCODE = "postcode"


class Papers(StrEnum):
    """What happens with the papers of open invoices."""

    NONE = "none"
    ATTACHED = "attached"
    MERGED = "merged"


class Skip(StrEnum):
    """Why a customer who was chosen gets no statement of its own."""

    NOTHING_DUE = "nothing_due"
    NO_ADDRESS = "no_address"
    NOT_WANTED = "not_wanted"
    WITH_PARENT = "with_parent"
    HAS_ONE = "has_one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Who gets a statement as of which day, from which balance, in which style and order.

    `minimum` is in the customer's own currency, `minimums` per currency; empty filters let all
    through. `customers` are customer numbers. Who had a statement of this day in an earlier run
    gets none, unless `again`.
    """

    as_of: date
    start: date | None = None
    who: Who = Who.OPEN_ITEMS
    segment: str = ""
    territory: str = ""
    account_manager: str = ""
    customers: tuple[str, ...] = ()
    minimum: Decimal | None = None
    minimums: tuple[Money, ...] = ()
    with_credits: bool = True
    with_zero: bool = False
    again: bool = False
    kind: StatementKind | None = None
    papers: Papers = Papers.NONE
    sort: SortBy = SortBy.NUMBER

    def __post_init__(self) -> None:
        if self.start is not None and self.start > self.as_of:
            raise Refused(
                "The period begins after the day of the statements. Nothing was prepared; choose "
                "an earlier first day.",
                field="start",
            )
        if (self.minimum or 0) < 0 or any(least.minor < 0 for least in self.minimums):
            raise Refused(
                "The smallest balance is below zero. Nothing was prepared; type zero or more.",
                field="minimum",
            )

    @property
    def is_whole_ledger(self) -> bool:
        """Whether everybody who owes anything is looked at."""
        return not (self.segment or self.territory or self.account_manager or self.customers)

    def least(self, currency: str) -> dict[str, int]:
        """Return the smallest balance in minor units by currency, for a customer's currency."""
        named = {least.currency: least.minor for least in self.minimums}
        if self.minimum is not None:
            named.setdefault(currency, Money.of(self.minimum, currency).minor)
        return {code: minor for code, minor in named.items() if minor}

    def as_json(self) -> str:
        """Return the selection as the run keeps it."""
        kept: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        kept["minimums"] = [[least.minor, least.currency] for least in self.minimums]
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=str)

    @classmethod
    def from_json(cls, text: str) -> Selection:
        """Return the selection that a run kept; what this version does not know is left out."""
        kept = {name: value for name, value in json.loads(text).items() if name in cls.__slots__}
        start, least, kind = (kept.get(name) for name in ("start", "minimum", "kind"))
        kept |= {
            "as_of": date.fromisoformat(kept["as_of"]),
            "start": date.fromisoformat(start) if start else None,
            "who": Who(kept.get("who", Who.OPEN_ITEMS)),
            "customers": tuple(kept.get("customers", ())),
            "minimum": None if least is None else Decimal(least),
            "minimums": tuple(Money(minor, code) for minor, code in kept.get("minimums", ())),
            "kind": StatementKind(kind) if kind else None,
            "papers": Papers(kept.get("papers", Papers.NONE)),
            "sort": SortBy(kept.get("sort", SortBy.NUMBER)),
        }
        return cls(**kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A customer that was chosen: `own` and `whole` are minor units by currency, zeros left out.

    `whole` adds the members whose items stand on this customer's statement; `parent` names the
    customer on whose statement the items of this one stand, `earlier` the statement of this day
    that an earlier run issued.
    """

    id: int
    number: str
    name: str
    currency: str
    wants_statements: bool = True
    has_address: bool = True
    parent_id: int | None = None
    parent: str = ""
    earlier: str = ""
    own: Mapping[str, int] = field(default_factory=dict)
    whole: Mapping[str, int] = field(default_factory=dict)


def skip_of(candidate: Candidate, selection: Selection) -> tuple[Skip, str] | None:
    """Return why the customer gets no statement of its own, with the reason; or None."""
    if candidate.parent:
        return Skip.WITH_PARENT, f"The items stand on the statement of {candidate.parent}."
    if not candidate.wants_statements:
        return Skip.NOT_WANTED, "The customer wants no statements."
    if candidate.earlier and not selection.again:
        return Skip.HAS_ONE, f"An earlier run issued {candidate.earlier} of this day."
    if reason := _too_little(candidate, selection):
        return Skip.NOTHING_DUE, reason
    if not candidate.has_address:
        return Skip.NO_ADDRESS, "There is no address. Add a billing address and re-run failures."
    return None


def _too_little(candidate: Candidate, selection: Selection) -> str:
    """Return why the balances are no reason to write, or nothing."""
    balances = {code: minor for code, minor in candidate.whole.items() if minor}
    if not balances:
        return "" if selection.with_zero else "The balance is zero."
    owed = {code: minor for code, minor in balances.items() if minor > 0}
    if not owed:
        return "" if selection.with_credits else "The balance is a credit."
    least = selection.least(candidate.currency)
    if any(minor >= least.get(code, 0) for code, minor in owed.items()):
        return ""
    return "The balance is below the smallest one asked for."
