"""What a customer owes and has paid, as dated entries: how much of each was open on any day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

__all__ = ["Allocation", "Dispute", "EntryKey", "EntryKind", "Ledger", "LedgerEntry"]


class EntryKind(StrEnum):
    """The three documents that move a balance."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    PAYMENT = "payment"

    @property
    def is_credit(self) -> bool:
        """Whether an entry of this kind lowers what the customer owes."""
        return self is not EntryKind.INVOICE


EntryKey = tuple[EntryKind, int]
"""Names one entry of a ledger: its kind and its id, since invoices and payments count apart."""

_ORDER_OF_KINDS = {kind: position for position, kind in enumerate(EntryKind)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Why a customer holds an invoice back, from which day, and under which case."""

    since: date
    reason: str = ""
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """An invoice, a credit note or a payment; the amount is positive, as printed on the paper.

    `dated` is the document date, or the day the money arrived: the entry moves the balance then.
    `location` names the customer it belongs to, where several stand on one statement.
    """

    id: int
    kind: EntryKind
    number: str
    dated: date
    amount: Money
    customer_id: int = 0
    due: date | None = None
    terms_days: int | None = None
    customer_po: str = ""
    order_number: str = ""
    note: str = ""
    dispute: Dispute | None = None
    location: str = ""

    def __post_init__(self) -> None:
        if self.amount.minor < 0:
            raise Refused(
                f"{self.number} has a negative amount. Nothing was changed; "
                "record an invoice below zero as a credit note, and a refund as an invoice.",
                field="amount",
            )

    @property
    def key(self) -> EntryKey:
        """The name of the entry within its ledger."""
        return (self.kind, self.id)

    @property
    def signed(self) -> Money:
        """What the entry does to the balance: an invoice raises it, the others lower it."""
        return -self.amount if self.kind.is_credit else self.amount

    @property
    def sort_key(self) -> tuple[date, int, str, int]:
        """The order on paper: by day, invoices before credits, then by number."""
        return (self.dated, _ORDER_OF_KINDS[self.kind], self.number, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The part of a payment or credit note set against one invoice; a reversal is negative.

    It moves no balance, only what is open at its two ends.
    """

    source: EntryKey
    target: EntryKey
    amount: Money
    applied_on: date


@dataclass(frozen=True, slots=True)
class Ledger:
    """The receivables of one customer: every entry, and every allocation with its day."""

    entries: Mapping[EntryKey, LedgerEntry]
    allocations: tuple[Allocation, ...]

    @classmethod
    def of(cls, entries: Iterable[LedgerEntry], allocations: Iterable[Allocation] = ()) -> Ledger:
        """Return the ledger, or refuse it when an allocation does not join two of its entries."""
        ordered = sorted(entries, key=lambda entry: entry.sort_key)
        ledger = cls({entry.key: entry for entry in ordered}, tuple(allocations))
        if len(ledger.entries) != len(ordered):
            raise ValueError("two entries of a ledger have the same kind and id")
        for allocation in ledger.allocations:
            ledger.check_ends(allocation)
        return ledger

    @property
    def currencies(self) -> tuple[str, ...]:
        """The codes of all currencies with an entry, in alphabetical order."""
        return tuple(sorted({entry.amount.currency for entry in self.entries.values()}))

    def check_ends(self, allocation: Allocation) -> None:
        """Refuse an allocation that does not set a credit against an invoice of its kind."""
        source = self._require(allocation.source)
        target = self._require(allocation.target)
        names = f"{source.number} cannot be set against {target.number}"
        if not source.kind.is_credit or target.kind.is_credit:
            raise Refused(
                f"{names}: only a payment or a credit note can be set against an invoice. "
                "Nothing was changed; choose the other document."
            )
        if source.customer_id != target.customer_id:
            raise Refused(
                f"{names}: they belong to different customers. "
                "Nothing was changed; choose an invoice of the same customer."
            )
        if {source.amount.currency, target.amount.currency} != {allocation.amount.currency}:
            raise Refused(
                f"{names}: their currencies differ. "
                "Nothing was changed; choose an invoice in the currency of the payment.",
                field="currency",
            )

    def effective_on(self, allocation: Allocation) -> date:
        """Return the day an allocation counts from: never before both of its ends exist."""
        return max(
            allocation.applied_on,
            self.entries[allocation.source].dated,
            self.entries[allocation.target].dated,
        )

    def without_later_disputes(self, as_of: date) -> Ledger:
        """Return the ledger as it was told on a day: a dispute begun after it was not known."""
        later = {
            key: replace(entry, dispute=None)
            for key, entry in self.entries.items()
            if entry.dispute is not None and entry.dispute.since > as_of
        }
        return Ledger({**self.entries, **later}, self.allocations) if later else self

    def entries_until(self, as_of: date, currency: str) -> Iterator[LedgerEntry]:
        """Yield the entries of one currency dated up to and including a day, in paper order."""
        for entry in self.entries.values():
            if entry.dated <= as_of and entry.amount.currency == currency:
                yield entry

    def allocations_until(self, as_of: date) -> Iterator[Allocation]:
        """Yield the allocations that count on a day, in the order they were given."""
        return (each for each in self.allocations if self.effective_on(each) <= as_of)

    def open_amounts(self, as_of: date) -> dict[EntryKey, Money]:
        """Return what is open of every entry dated up to a day; credits are negative."""
        minor = {key: e.signed.minor for key, e in self.entries.items() if e.dated <= as_of}
        for allocation in self.allocations_until(as_of):
            minor[allocation.target] -= allocation.amount.minor
            minor[allocation.source] += allocation.amount.minor
        return {key: Money(left, self.entries[key].amount.currency) for key, left in minor.items()}

    def _require(self, key: EntryKey) -> LedgerEntry:
        entry = self.entries.get(key)
        if entry is None:
            raise Refused(
                "An allocation names a document that is not in this customer's account. "
                "Nothing was changed; reverse that allocation and make it again."
            )
        return entry
