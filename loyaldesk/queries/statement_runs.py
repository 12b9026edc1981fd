"""Where a statement run stands: its items, what waits, what came of each customer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money
from loyaldesk.domain.statement_run import Selection
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "ReadyLetter", "RunItem", "RunRow", "count_outcomes", "list_issued", "list_run_items",
    "list_runs", "list_waiting", "newest_run", "read_run", "read_run_items",
    "run_to_go_on", "statement_of_other_run", "statements_of_day",
]  # fmt: skip

_RUN = "SELECT id, selection, state, prepared_at, prepared_by, finished_at FROM statement_run"
_ITEM = (
    "SELECT item.id, item.customer_id, customer.number, customer.name, item.position,"
    " item.outcome, item.reason, item.balances, customer.letters_by, item.letter_id,"
    " coalesce(letter.number, ''), letter.document_id, coalesce(address.postcode, '')"
    " FROM statement_run_item item JOIN customer ON customer.id = item.customer_id"
    " LEFT JOIN letter ON letter.id = item.letter_id"
    " LEFT JOIN address ON address.id = (SELECT place.id FROM address place"
    " WHERE place.customer_id = item.customer_id"
    " ORDER BY place.use = 'billing' DESC, place.is_default DESC, place.id LIMIT 1)"
)
_OF_IDS = " WHERE item.id IN (SELECT value FROM json_each(:ids))"
_OF_DAY = (
    "SELECT item.customer_id, max(letter.number) FROM statement_run run"
    " JOIN statement_run_item item ON item.run_id = run.id"
    " JOIN letter ON letter.id = item.letter_id"
    " WHERE run.as_of = ? AND run.start IS ? GROUP BY item.customer_id"
)
_OF_OTHER = (
    "SELECT max(letter.number) FROM letter WHERE letter.customer_id = ?"
    " AND letter.kind = 'statement' AND letter.as_of = ? AND EXISTS (SELECT 1"
    " FROM statement_run_item item WHERE item.letter_id = letter.id AND item.run_id <> ?)"
)
_ISSUED = (
    "SELECT item.id, item.position, item.customer_id, letter.id, letter.number, document.id,"
    " document.name, file.sha256, customer.letters_by, customer.envelope, EXISTS (SELECT 1"
    " FROM dispatch WHERE dispatch.letter_id = letter.id AND dispatch.channel = 'email')"
    " FROM statement_run_item item JOIN customer ON customer.id = item.customer_id"
    " JOIN letter ON letter.id = item.letter_id"
    " JOIN document ON document.id = letter.document_id"
    " JOIN stored_file file ON file.id = document.file_id"
    " WHERE item.run_id = ? AND item.outcome = 'issued' AND item.position > ?"
    " ORDER BY item.position LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of statements: whom it is about, where it stands, who prepared it when."""

    id: int
    selection: Selection
    state: str
    prepared_at: datetime
    prepared_by: str
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class RunItem:
    """One customer of a run; `balances` is what its own ledger said when it was prepared."""

    id: int
    customer_id: int
    number: str
    name: str
    position: int
    outcome: str
    reason: str
    balances: tuple[Money, ...]
    letters_by: str
    letter_id: int | None
    letter_number: str
    document_id: int | None
    postcode: str


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter of a run that is on record and has not left the house yet."""

    item_id: int
    position: int
    customer_id: int
    letter_id: int
    number: str
    document_id: int
    file_name: str
    sha256: bytes
    letters_by: str
    envelope: str
    is_mailed: bool


def read_run(source: Source, *, run_id: int) -> RunRow:
    """Return a run, or refuse when there is none of that id."""
    found = source.row(f"{_RUN} WHERE id = ?", [run_id])
    if found is None:
        raise Refused("There is no such statement run. Nothing was done; prepare one.")
    return _run(found)


def list_runs(source: Source, *, limit: int = 50) -> list[RunRow]:
    """Return the runs prepared last, the newest first."""
    found = source.rows(f"{_RUN} ORDER BY prepared_at DESC, id DESC LIMIT ?", [limit])
    return [_run(row) for row in found]


def newest_run(source: Source) -> RunRow | None:
    """Return the run prepared last, or None."""
    return next(iter(list_runs(source, limit=1)), None)


def statements_of_day(source: Source, *, selection: Selection) -> dict[int, str]:
    """Return the numbers of statements that earlier runs issued for a day, by customer."""
    return dict(source.rows(_OF_DAY, [selection.as_of, selection.start]))


def run_to_go_on(source: Source) -> RunRow | None:
    """Return the run that was begun and not finished, or else the one prepared last, or None."""
    unfinished = f"{_RUN} WHERE state IN ('running', 'stopped') ORDER BY prepared_at DESC LIMIT 1"
    found = source.row(unfinished)
    return newest_run(source) if found is None else _run(found)


def statement_of_other_run(source: Source, *, run_id: int, customer_id: int, as_of: date) -> str:
    """Return the number of a statement of a day that another run issued to a customer, or none."""
    return source.value(_OF_OTHER, [customer_id, as_of, run_id]) or ""


def list_run_items(
    source: Source,
    *,
    run_id: int,
    outcomes: Sequence[str] = (),
    after: int = 0,
    limit: int = 500,
) -> list[RunItem]:
    """Return items by position, from the one after `after` on; with outcomes only such."""
    among = " AND item.outcome IN (SELECT value FROM json_each(:outcomes))" if outcomes else ""
    of_run = f"{_ITEM} WHERE item.run_id = :run_id{among} AND item.position > :after"
    sql = f"{of_run} ORDER BY item.position LIMIT :limit"
    asked: dict[str, Any] = {"run_id": run_id, "after": after, "limit": limit}
    if outcomes:
        asked["outcomes"] = json.dumps([str(outcome) for outcome in outcomes])
    return [_item(found) for found in source.rows(sql, asked)]


def read_run_items(source: Source, *, ids: Sequence[int]) -> dict[int, RunItem]:
    """Return items by their ids; one that is gone is left out."""
    asked = {"ids": json.dumps(list(ids))}
    return {row[0]: _item(row) for row in source.rows(f"{_ITEM}{_OF_IDS}", asked)}


def list_waiting(source: Source, *, run_id: int, after: int = 0, limit: int = 50) -> list[RunItem]:
    """Return the next customers whose letters are still to be made, by position."""
    return list_run_items(source, run_id=run_id, outcomes=["waiting"], after=after, limit=limit)


def count_outcomes(source: Source, *, run_id: int) -> dict[str, int]:
    """Return how many customers of a run ended, or wait, in each way."""
    sql = "SELECT outcome, count(*) FROM statement_run_item WHERE run_id = ? GROUP BY outcome"
    return dict(source.rows(sql, [run_id]))


def list_issued(
    source: Source, *, run_id: int, after: int = 0, limit: int = 50
) -> list[ReadyLetter]:
    """Return letters of a run that were issued but neither saved, printed nor sent, in order."""
    found = source.rows(_ISSUED, [run_id, after, limit])
    return [ReadyLetter(*[*row[:-1], bool(row[-1])]) for row in found]


def _run(found: Row) -> RunRow:
    key, selection, state, prepared, by, finished = found
    return RunRow(
        id=key,
        selection=Selection.from_json(selection),
        state=state,
        prepared_at=datetime.fromisoformat(prepared),
        prepared_by=by,
        finished_at=datetime.fromisoformat(finished) if finished else None,
    )


def _item(found: Row) -> RunItem:
    values: list[Any] = list(found)
    values[7] = tuple(Money(minor, code) for code, minor in sorted(json.loads(values[7]).items()))
    return RunItem(*values)
