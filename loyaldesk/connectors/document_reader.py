"""How orders or invoices are put together from their heads and their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.finishing import drop_repeated, finish_values, not_imported
from loyaldesk.connectors.line_columns import LineColumns
from loyaldesk.connectors.reading import BadRow, Batch, SectionReader
from loyaldesk.connectors.tables import CHUNK_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.connectors.desk import Desk
    from loyaldesk.connectors.import_map import Section
    from loyaldesk.connectors.tally import Tally

__all__ = ["DocumentReader", "ReadDocument"]


@dataclass(slots=True)
class ReadDocument:
    """One order or invoice as the source has it: its fields and its lines."""

    key: str
    row: int
    values: dict[str, Any]
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    nets: Sequence[int] = ()
    taxes: Sequence[int] = ()


class DocumentReader:
    """Reads heads first, then lines in the order of their heads; one bad line refuses them all.

    An order with a missing line would be a wrong order, so it waits in the error file until the
    source is put right; every other order goes on.
    """

    def __init__(
        self,
        section: Section,
        heads: SectionReader,
        lines: SectionReader | None,
        *,
        line_section: Section | None,
        desk: Desk,
        tally: Tally,
    ) -> None:
        self._section = section
        self._heads = heads
        self._lines = lines
        self._line_section = line_section
        self._desk = desk
        self._tally = tally
        self._names = tuple(heads.field_names)
        self._waiting: dict[str, tuple[int, tuple[Any, ...]]] = {}
        self._refused: set[str] = set()
        self._done: set[str] = set()
        self.line_columns = LineColumns(
            section.target_name, lines.field_names if lines else (), self._names
        )

    def batches(self) -> Iterator[list[ReadDocument]]:
        """Yield the documents that are whole, a few thousand lines at a time."""
        self._read_heads()
        if self._lines is not None:
            for batch in self._lines.batches(by_key=True):
                self._tally.advance(batch.rows_read)
                yield self._documents(batch)
        while self._waiting:
            keys = list(islice(self._waiting, CHUNK_ROWS))
            yield [self._document(key, *self._waiting.pop(key)) for key in keys]
            self._tally.advance(0)

    def _read_heads(self) -> None:
        seen: dict[str, int] = {}
        table = self._section.target.table
        for batch in self._heads.batches():
            self._tally.advance(batch.rows_read)
            finish_values(batch, self._section.target, self._desk)
            drop_repeated(batch, seen, is_group=self._section.group)
            rows = zip(*(batch.values[name] for name in self._names), strict=True)
            self._waiting.update(
                zip(batch.keys, zip(batch.numbers, rows, strict=True), strict=True)
            )
            for bad in batch.bad:
                self._tally.refused(table, self._section.table, bad)
                self._refused.add(bad.key)
            self._tally.count(table, "skipped", batch.skipped)
        self._refused -= self._waiting.keys()

    def _documents(self, batch: Batch) -> list[ReadDocument]:
        reasons = self._refuse_lines(batch)
        spans = list(_spans(batch.keys))
        heads = [self._head(*span, batch) for span in spans]
        rows, nets, taxes = self.line_columns.rows(
            batch, spans, [head and head[1] for head in heads]
        )
        found = []
        for (key, start, end), head in zip(spans, heads, strict=True):
            reason = reasons.pop(key, "")
            if head is None or reason:
                self._refuse_document(key, head, reason, end - start)
                continue
            document = self._document(key, *head)
            document.lines, document.nets = rows[start:end], nets[start:end]
            document.taxes = taxes[start:end]
            found.append(document)
        for key, reason in reasons.items():
            self._refuse_document(key, self._waiting.pop(key, None), reason, 0)
        return found

    def _document(self, key: str, row: int, values: tuple[Any, ...]) -> ReadDocument:
        return ReadDocument(key, row, dict(zip(self._names, values, strict=True)))

    def _refuse_lines(self, batch: Batch) -> dict[str, str]:
        """Count the bad lines and return, by order, what the first of them has."""
        if self._line_section is None:
            return {}
        target = self._line_section.target
        finish_values(batch, target, self._desk)
        reasons: dict[str, str] = {}
        for bad in batch.bad:
            self._tally.refused(target.table, self._line_section.table, bad)
            what = f"{bad.field} “{bad.value}” " if bad.field else ""
            reasons.setdefault(
                bad.key,
                f"was refused whole, because its line in row {bad.number}: {what}{bad.reason}",
            )
        self._tally.count(target.table, "skipped", batch.skipped)
        return reasons

    def _head(
        self, key: str, start: int, end: int, batch: Batch
    ) -> tuple[int, tuple[Any, ...]] | None:
        head = self._waiting.pop(key, None)
        if head is None and key not in self._refused and self._line_section is not None:
            name = self._section.target_name
            for number in batch.numbers[start:end]:
                bad = not_imported(number, key, name, key, name)
                if key in self._done:
                    bad = BadRow(number, key, name, key, "has lines that do not stand together")
                self._tally.tell(self._line_section.table, bad)
        self._done.add(key)
        return head

    def _refuse_document(
        self, key: str, head: tuple[int, Any] | None, reason: str, lines: int
    ) -> None:
        if self._line_section is not None:
            self._tally.count(self._line_section.target.table, "refused", lines)
        if head is not None:
            self._refused.add(key)
            bad = BadRow(head[0], key, "", "", reason)
            self._tally.refused(self._section.target.table, self._section.table, bad)


def _spans(keys: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each run of equal keys with its first place and the place after its last."""
    start = 0
    for index in range(1, len(keys)):
        if keys[index] != keys[start]:
            yield keys[start], start, index
            start = index
    if keys:
        yield keys[start], start, len(keys)
