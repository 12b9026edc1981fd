"""What one currency of a statement says: balances, movements, open items and what to pay."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from loyaldesk.domain.ageing import Bucket, DueDay, bucket_of
from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from loyaldesk.domain.ledger import Dispute, LedgerEntry

__all__ = ["Movement", "OpenItem", "Position", "Settlement", "StatementSection", "Tone"]


class Tone(StrEnum):
    """How a statement speaks, by the worst undisputed item that is late."""

    NONE = "none"
    COVERED = "covered"
    FRIENDLY = "friendly"
    FIRM = "firm"
    FINAL = "final"


class Position(StrEnum):
    """How the account stands: money owed, a credit in the customer's favour, or neither."""

    OWED = "owed"
    CREDIT = "credit"
    CLEAR = "clear"


_TONES = {
    Bucket.NOT_DUE: Tone.NONE,
    Bucket.DAYS_1_30: Tone.FRIENDLY,
    Bucket.DAYS_31_60: Tone.FIRM,
    Bucket.DAYS_61_90: Tone.FIRM,
    Bucket.DAYS_91_120: Tone.FINAL,
    Bucket.OVER_120: Tone.FINAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """An entry with something open on the day; `open` is negative for unapplied credits.

    `days_late` always counts from the due day; `bucket` from the basis of the statement.
    """

    entry: LedgerEntry
    open: Money
    due: DueDay
    days_late: int
    bucket: Bucket
    dispute: Dispute | None = None

    @property
    def settled(self) -> Money:
        """What payments and credits took off the original, as a negative amount."""
        return self.open - self.entry.signed

    @property
    def is_overdue(self) -> bool:
        """Whether the item is an invoice past its due day."""
        return self.open.minor > 0 and self.days_late > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Which payment or credit note settled how much of which invoice, from which day."""

    day: date
    source: LedgerEntry
    target: LedgerEntry
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """An entry of the period with the balance after it, and what it settled up to the day."""

    entry: LedgerEntry
    balance: Money
    settles: tuple[Settlement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSection:
    """One currency of a statement; `opening` is the balance at the end of the day before `start`.

    `items` are open invoices, `unapplied` what is left of payments and credit notes (negative).
    `prior_items` were open at the opening; `settlements` were made in the period.
    """

    currency: str
    as_of: date
    opening: Money
    movements: tuple[Movement, ...]
    closing: Money
    items: tuple[OpenItem, ...]
    unapplied: tuple[OpenItem, ...]
    prior_items: tuple[OpenItem, ...] = ()
    settlements: tuple[Settlement, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether the currency has nothing to tell: no balance, no movement, nothing open."""
        return not (self.opening or self.closing or self.movements or self.items or self.unapplied)

    @property
    def charges(self) -> Money:
        """What the movements of the period added to the balance."""
        return self._sum(m.entry.signed for m in self.movements if not m.entry.kind.is_credit)

    @property
    def credits(self) -> Money:
        """What the movements of the period took off the balance, as a negative amount."""
        return self._sum(m.entry.signed for m in self.movements if m.entry.kind.is_credit)

    @property
    def movement_total(self) -> Money:
        """The sum of all movements of the period."""
        return self.charges + self.credits

    @property
    def open_invoices(self) -> Money:
        """What is open of all invoices."""
        return self._sum(item.open for item in self.items)

    @property
    def unapplied_total(self) -> Money:
        """What is left of all payments and credit notes, as a negative amount or zero."""
        return self._sum(item.open for item in self.unapplied)

    @property
    def open_total(self) -> Money:
        """The sum of everything open, unapplied payments and credits included."""
        return self.open_invoices + self.unapplied_total

    @property
    def buckets(self) -> Mapping[Bucket, Money]:
        """What is open of all invoices by ageing bucket, every bucket named."""
        return {
            bucket: self._sum(item.open for item in self.items if item.bucket is bucket)
            for bucket in Bucket
        }

    @property
    def disputed(self) -> Money:
        """The part of the open invoices that is in dispute."""
        return self._sum(item.open for item in self.items if item.dispute)

    @property
    def overdue(self) -> Money:
        """The part of the open invoices that is past its due day, disputed or not."""
        return self._sum(item.open for item in self.items if item.is_overdue)

    @property
    def not_due(self) -> Money:
        """The part of the open invoices whose due day has not passed."""
        return self.open_invoices - self.overdue

    @property
    def overdue_disputed(self) -> Money:
        """The part of what is overdue that is in dispute."""
        return self._sum(i.open for i in self.items if i.is_overdue and i.dispute)

    @property
    def pay_now(self) -> Money:
        """What is asked for: overdue, less in dispute, less unapplied, never below zero."""
        asked = self.overdue - self.overdue_disputed + self.unapplied_total
        return Money(max(asked.minor, 0), self.currency)

    @property
    def due_later(self) -> Money:
        """What will fall due undisputed, less unapplied, never below zero."""
        waiting = (i.open for i in self.items if not (i.is_overdue or i.dispute))
        asked = self._sum(waiting) + self.unapplied_total
        return Money(max(asked.minor, 0), self.currency)

    @property
    def due_by(self) -> date | None:
        """The day by which everything undisputed and not yet due will be due, if anything is."""
        waiting = (i.due.day for i in self.items if not (i.is_overdue or i.dispute))
        return max(waiting, default=None)

    @property
    def position(self) -> Position:
        """Whether the customer owes, is owed, or neither."""
        if self.closing.minor > 0:
            return Position.OWED
        return Position.CREDIT if self.closing.minor < 0 else Position.CLEAR

    @property
    def tone(self) -> Tone:
        """How to speak: by the worst undisputed late item; covered if nothing need be paid now."""
        if self.overdue and not self.pay_now:
            return Tone.COVERED
        worst = max((i.days_late for i in self.items if not i.dispute), default=0)
        return _TONES[bucket_of(worst)]

    def _sum(self, amounts: Iterable[Money]) -> Money:
        return Money.total(amounts, self.currency)
