"""How are the issued letters of a run put on paper: handed to a printer, then confirmed?

Who stands at the printer says whether all came out; only then is a customer's letter printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from loyaldesk.domain.statement_run import Papers
from loyaldesk.operations.dispatches import (
    confirm_batch,
    fail_batch_from,
    record_print,
    start_print_batch,
)
from loyaldesk.operations.statement_runs import confirm_printed
from loyaldesk.queries.statement_runs import ReadyLetter, list_issued, read_run
from loyaldesk.runs.statement_papers import find_enclosures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = ["MOST_PRINTED", "PrintPile", "came_out", "gather_pile", "start_pile", "stopped_at"]

# A pile somebody can hold and count; what is left over is the next one.
MOST_PRINTED = 500
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class PrintPile:
    """Letters in the order of their envelopes, then of the run, with what is printed of each."""

    letters: tuple[ReadyLetter, ...]
    parts: tuple[bytes, ...] = field(repr=False)


def gather_pile(
    source: Source, *, files: Callable[[], FileStore], run_id: int, most: int = MOST_PRINTED
) -> PrintPile:
    """Return the issued letters that nobody mailed, with the papers that go with them."""
    letters = list(islice(_in_the_house(source, run_id), most))
    letters.sort(key=lambda each: (each.envelope, each.position))
    run, kept = read_run(source, run_id=run_id), files()
    parts: list[bytes] = []
    for letter in letters:
        parts.append(kept.read(letter.sha256))
        if run.selection.papers is not Papers.NONE:
            found = find_enclosures(
                source, customer_id=letter.customer_id, as_of=run.selection.as_of
            )
            parts += [kept.read(paper.sha256) for paper in found.papers if paper.mime == PDF]
    return PrintPile(tuple(letters), tuple(parts))


def _in_the_house(source: Source, run_id: int) -> Iterator[ReadyLetter]:
    after = 0
    while page := list_issued(source, run_id=run_id, after=after):
        yield from (letter for letter in page if not letter.is_mailed)
        after = page[-1].position


def start_pile(store: Store, *, letters: Sequence[ReadyLetter], printer: str) -> int:
    """Put on record that the letters go to a printer in this order; return the batch's id."""
    with store.transaction(start_print_batch.label, undoable=False) as tx:
        batch_id = start_print_batch(tx, printer=printer)
        for letter in letters:
            record_print(tx, letter_id=letter.letter_id, printer=printer, print_batch_id=batch_id)
    return batch_id


def came_out(store: Store, *, run_id: int, batch_id: int, letters: Sequence[ReadyLetter]) -> int:
    """Put on record that the whole pile came out; return how many letters that are."""
    with store.transaction(confirm_batch.label, undoable=False) as tx:
        confirm_batch(tx, print_batch_id=batch_id)
        ids = [letter.letter_id for letter in letters]
        return confirm_printed(tx, run_id=run_id, letter_ids=ids)


def stopped_at(
    store: Store,
    *,
    run_id: int,
    batch_id: int,
    letters: Sequence[ReadyLetter],
    position: int,
    reason: str,
) -> int:
    """Put on record that the pile came out up to one before `position`, from 1; return how many.

    The others stay issued, to be printed again as they are.
    """
    with store.transaction(fail_batch_from.label, undoable=False) as tx:
        missing = set(
            fail_batch_from(tx, print_batch_id=batch_id, position=position, reason=reason)
        )
        ids = [each.letter_id for each in letters if each.letter_id not in missing]
        return confirm_printed(tx, run_id=run_id, letter_ids=ids)
