"""Does a statement run add up to the ledger, and who has an account that does not agree?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.queries.book import json_ids
from loyaldesk.queries.statement_runs import read_run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.reader import Source

__all__ = [
    "CurrencyCheck", "Difference", "RunCheck", "account_differences", "check_run",
    "run_differences",
]  # fmt: skip

YEAR_DAYS = 365
HELD = frozenset({"failed", "no_address"})
SKIPPED = frozenset({"nothing_due", "not_wanted", "has_one"})
_OF_RUN = "SELECT customer_id FROM statement_run_item WHERE run_id = :run_id"
_OF_IDS = "SELECT value FROM json_each(:ids)"
# Stored beside each paper is what is open of it; what was set against it says the same again.
_DIFFERENCES = """WITH paper(customer_id, is_payment, id, number, currency, kept, told) AS (
  SELECT customer_id, 0, id, number, currency, open_minor, total_minor
  FROM invoice WHERE customer_id IN ({among})
  UNION ALL
  SELECT customer_id, 1, id, number, currency, unallocated_minor, amount_minor
  FROM payment WHERE customer_id IN ({among})
  UNION ALL
  SELECT customer_id, 0, invoice_id, NULL, NULL, 0, -amount_minor
  FROM allocation WHERE customer_id IN ({among})
  UNION ALL
  SELECT customer_id, payment_id IS NOT NULL, coalesce(payment_id, credit_note_id), NULL, NULL,
    0, -amount_minor
  FROM allocation WHERE customer_id IN ({among}))
SELECT customer.id, customer.number, customer.name, found.number, found.currency, kept, told
FROM (SELECT customer_id, max(number) AS number, max(currency) AS currency, sum(kept) AS kept,
    sum(told) AS told FROM paper GROUP BY customer_id, is_payment, id
  HAVING sum(kept) <> sum(told) OR max(number) IS NULL) found
JOIN customer ON customer.id = found.customer_id
ORDER BY customer.number_key, customer.id, found.number"""
_LEDGER = """SELECT currency, sum(minor), sum(CASE WHEN sold_on > :since THEN minor ELSE 0 END)
FROM (
  SELECT currency, CASE kind WHEN 'invoice' THEN total_minor ELSE -total_minor END AS minor,
    invoiced_on AS sold_on
  FROM invoice WHERE invoiced_on <= :as_of AND (:is_whole OR customer_id IN ({among}))
  UNION ALL
  SELECT currency, -amount_minor, ''
  FROM payment WHERE received_on <= :as_of AND (:is_whole OR customer_id IN ({among})))
GROUP BY currency"""
# What stands on another customer's statement ends as that statement does.
_ITEMS = (
    "SELECT coalesce(parent.outcome, item.outcome) AS ended, balance.key, sum(balance.value)"
    " FROM statement_run_item item LEFT JOIN statement_run_item parent"
    " ON parent.run_id = item.run_id AND parent.customer_id = item.parent_id,"
    " json_each(item.balances) balance WHERE item.run_id = ? GROUP BY ended, balance.key"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A paper of which the open amount kept beside it is not what its allocations leave.

    A paper of another customer, named by an allocation, has neither number nor currency.
    """

    customer_id: int
    customer_number: str
    customer_name: str
    paper: str
    kept: Money | None
    told: Money | None

    @property
    def reason(self) -> str:
        """What does not agree, and what to do, as a sentence."""
        if self.kept is None or self.told is None:
            return (
                "An allocation names a paper of another customer. Run “loyaldesk check”, take "
                "that allocation back and re-run failures."
            )
        currency = self.kept.currency
        return (
            f"{self.paper} is kept with {self.kept} {currency} open, but its payments and credits "
            f"leave {self.told} {currency}. Correct them and re-run failures."
        )


@dataclass(frozen=True, slots=True)
class CurrencyCheck:
    """One currency of a run: what the statements come to, what is left out, what is held.

    `ledger` is worked out from the invoices and payments themselves, not from the run; `sold` is
    what was invoiced, less credit notes, in the year that ends with the day of the run.
    """

    statements: Money
    skipped: Money
    held: Money
    ledger: Money
    sold: Money

    @property
    def difference(self) -> Money:
        """What the statements lack of the ledger, with what was left out on purpose counted in."""
        return self.ledger - self.statements - self.skipped

    @property
    def agrees(self) -> bool:
        """Whether statements, skipped and held come to the ledger, to the minor unit."""
        return self.difference == self.held

    @property
    def days_outstanding(self) -> int | None:
        """How many days of sales are still owed (DSO), or None without sales in the year."""
        if self.sold.minor <= 0:
            return None
        return round(self.ledger.minor * YEAR_DAYS / self.sold.minor)


@dataclass(frozen=True, slots=True)
class RunCheck:
    """Whether a run adds up: its currencies, how many customers ended how, whose papers differ."""

    currencies: tuple[CurrencyCheck, ...]
    counts: dict[str, int]
    differences: tuple[Difference, ...]

    @property
    def agrees(self) -> bool:
        """Whether every currency comes to the ledger and no paper differs."""
        return not self.differences and all(each.agrees for each in self.currencies)


def check_run(source: Source, *, run_id: int) -> RunCheck:
    """Return the sums of a run beside those of the ledger, in five statements."""
    run = read_run(source, run_id=run_id)
    told: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for outcome, currency, minor in source.rows(_ITEMS, [run_id]):
        told[currency][outcome] = minor
    counts = "SELECT outcome, count(*) FROM statement_run_item WHERE run_id = ? GROUP BY outcome"
    asked: dict[str, Any] = {
        "as_of": run.selection.as_of,
        "since": run.selection.as_of - timedelta(days=YEAR_DAYS),
        "is_whole": int(run.selection.is_whole_ledger),
        "run_id": run_id,
    }
    found = source.rows(_LEDGER.format(among=_OF_RUN), asked)
    ledger = {code: (Money(owed, code), Money(sold, code)) for code, owed, sold in found}
    return RunCheck(
        currencies=tuple(
            _currency(told[code], *ledger.get(code, (Money.zero(code), Money.zero(code))))
            for code in sorted({*told, *ledger})
        ),
        counts=dict(source.rows(counts, [run_id])),
        differences=tuple(run_differences(source, run_id=run_id)),
    )


def run_differences(source: Source, *, run_id: int) -> list[Difference]:
    """Return the papers of a run's customers that do not agree with their allocations."""
    return _differences(source, _OF_RUN, run_id=run_id)


def account_differences(source: Source, *, customer_ids: Iterable[int]) -> list[Difference]:
    """Return the papers of these customers that do not agree with their allocations."""
    return _differences(source, _OF_IDS, ids=json_ids(customer_ids))


def _differences(source: Source, among: str, **asked: object) -> list[Difference]:
    found = source.rows(_DIFFERENCES.format(among=among), asked)
    return [
        Difference(
            customer_id=key,
            customer_number=number,
            customer_name=name,
            paper=paper or "",
            kept=Money(kept, currency) if currency else None,
            told=Money(told, currency) if currency else None,
        )
        for key, number, name, paper, currency, kept, told in found
    ]


def _currency(told: dict[str, int], ledger: Money, sold: Money) -> CurrencyCheck:
    code = ledger.currency
    held = sum(minor for outcome, minor in told.items() if outcome in HELD)
    skipped = sum(minor for outcome, minor in told.items() if outcome in SKIPPED)
    return CurrencyCheck(
        statements=Money(sum(told.values()) - held - skipped, code),
        skipped=Money(skipped, code),
        held=Money(held, code),
        ledger=ledger,
        sold=sold,
    )
