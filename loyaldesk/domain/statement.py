"""What a statement of account says on a day: one section per currency, the same for all types."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from loyaldesk.domain.ageing import AgeingBasis, bucket_of, days_late, due_day_of
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement_proof import prove_section
from loyaldesk.domain.statement_section import Movement, OpenItem, Settlement, StatementSection
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.domain.ledger import EntryKey, Ledger, LedgerEntry

__all__ = ["Statement", "StatementKind", "StatementRequest", "make_statement", "usual_start"]


class StatementKind(StrEnum):
    """The four types; they differ in what is listed, never in a figure."""

    OPEN_ITEM = "open-item"
    BALANCE_FORWARD = "balance-forward"
    ACTIVITY = "activity"
    DETAILED = "detailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRequest:
    """Which statement is wanted; without `start` the period begins with the first entry."""

    kind: StatementKind
    as_of: date
    start: date | None = None
    basis: AgeingBasis = AgeingBasis.DUE_DATE

    def __post_init__(self) -> None:
        if self.start is not None and self.start > self.as_of:
            raise Refused(
                "The period begins after the day of the statement. "
                "Nothing was made; choose an earlier first day.",
                field="start",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A proved statement: the request and one section per currency, never added across."""

    request: StatementRequest
    sections: tuple[StatementSection, ...]


def usual_start(kind: StatementKind, as_of: date) -> date | None:
    """Return the first day of a period nobody named: the month of the statement, or no start."""
    return None if kind is StatementKind.OPEN_ITEM else as_of.replace(day=1)


def make_statement(ledger: Ledger, request: StatementRequest, *, home_currency: str) -> Statement:
    """Return the statement for a day, proved to the minor unit, or refuse it.

    Only entries dated and allocations applied up to that day count, so a day of the past gives
    the same statement today. Currencies without anything to tell are left out; if none is left,
    one section of zeros in the home currency says so.
    """
    ledger = ledger.without_later_disputes(request.as_of)
    maker = _SectionMaker(ledger, request)
    sections = [maker.make(currency) for currency in ledger.currencies]
    told = [section for section in sections if not section.is_quiet]
    if not told:
        told = [maker.make(home_currency)]
    for section in told:
        prove_section(section)
    return Statement(request=request, sections=tuple(told))


class _SectionMaker:
    """Works out sections of one ledger for one request, looking at the allocations once."""

    def __init__(self, ledger: Ledger, request: StatementRequest) -> None:
        self._ledger = ledger
        self._request = request
        self._open_now = ledger.open_amounts(request.as_of)
        self._settlements = self._list_settlements()
        self._settled_by_source = self._group_by_source()

    def make(self, currency: str) -> StatementSection:
        """Return the section of one currency, not yet proved."""
        request = self._request
        entries = list(self._ledger.entries_until(request.as_of, currency))
        earlier = [entry for entry in entries if request.start and entry.dated < request.start]
        opening = Money.total((entry.signed for entry in earlier), currency)
        items = self._open_items(entries, self._open_now, request.as_of)
        return StatementSection(
            currency=currency,
            as_of=request.as_of,
            opening=opening,
            movements=self._movements(entries[len(earlier) :], opening),
            closing=Money.total((entry.signed for entry in entries), currency),
            items=tuple(item for item in items if not item.entry.kind.is_credit),
            unapplied=tuple(item for item in items if item.entry.kind.is_credit),
            prior_items=self._prior_items(earlier),
            settlements=self._settlements_of_period(currency),
        )

    def _movements(self, entries: list[LedgerEntry], opening: Money) -> tuple[Movement, ...]:
        movements, balance = [], opening
        for entry in entries:
            balance += entry.signed
            settles = self._settled_by_source.get(entry.key, ())
            movements.append(Movement(entry=entry, balance=balance, settles=settles))
        return tuple(movements)

    def _prior_items(self, earlier: list[LedgerEntry]) -> tuple[OpenItem, ...]:
        """Return what was open at the opening; only the detailed type lists it."""
        start = self._request.start
        if self._request.kind is not StatementKind.DETAILED or start is None:
            return ()
        eve = start - timedelta(days=1)
        return self._open_items(earlier, self._ledger.open_amounts(eve), eve)

    def _open_items(
        self, entries: list[LedgerEntry], open_amounts: Mapping[EntryKey, Money], as_of: date
    ) -> tuple[OpenItem, ...]:
        return tuple(
            self._open_item(entry, open_amounts[entry.key], as_of)
            for entry in entries
            if open_amounts[entry.key]
        )

    def _open_item(self, entry: LedgerEntry, open_amount: Money, as_of: date) -> OpenItem:
        due = due_day_of(entry)
        by_due_date = self._request.basis is AgeingBasis.DUE_DATE
        basis_day = due.day if by_due_date else entry.dated
        disputed = entry.dispute is not None and entry.dispute.since <= as_of
        return OpenItem(
            entry=entry,
            open=open_amount,
            due=due,
            days_late=days_late(due.day, as_of),
            bucket=bucket_of(days_late(basis_day, as_of)),
            dispute=entry.dispute if disputed else None,
        )

    def _list_settlements(self) -> tuple[Settlement, ...]:
        """Return what settled what up to the day; a list of open items does not tell that."""
        if self._request.kind is StatementKind.OPEN_ITEM:
            return ()
        ledger = self._ledger
        found = [
            Settlement(
                day=ledger.effective_on(each),
                source=ledger.entries[each.source],
                target=ledger.entries[each.target],
                amount=each.amount,
            )
            for each in ledger.allocations_until(self._request.as_of)
        ]
        return tuple(sorted(found, key=lambda s: (s.day, s.source.sort_key, s.target.sort_key)))

    def _settlements_of_period(self, currency: str) -> tuple[Settlement, ...]:
        """Return the allocations and reversals that began to count in the period."""
        start = self._request.start
        return tuple(
            each
            for each in self._settlements
            if each.amount.currency == currency and (start is None or each.day >= start)
        )

    def _group_by_source(self) -> dict[EntryKey, tuple[Settlement, ...]]:
        """Return per payment or credit note what it settles, reversals taken off."""
        pairs: dict[tuple[EntryKey, EntryKey], Settlement] = {}
        for each in self._settlements:
            pair = (each.source.key, each.target.key)
            before = pairs.get(pair)
            amount = before.amount + each.amount if before else each.amount
            pairs[pair] = Settlement(
                day=each.day, source=each.source, target=each.target, amount=amount
            )
        grouped: defaultdict[EntryKey, list[Settlement]] = defaultdict(list)
        for (source, _), settlement in pairs.items():
            if settlement.amount:
                grouped[source].append(settlement)
        return {source: tuple(settled) for source, settled in grouped.items()}
