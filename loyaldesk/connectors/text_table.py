"""How a CSV file is read row by row, however it was written."""

from __future__ import annotations

import csv
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from loyaldesk.connectors.encodings import (
    checked_encoding,
    detect_delimiter,
    detect_encoding,
    refuse_no_text,
    refuse_other_files,
)
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import TextIOWrapper
    from pathlib import Path

    from loyaldesk.connectors.limits import Limits

__all__ = ["FileRow", "TextTable"]

_SAMPLE_LINES = 50
_QUOTES = "has quotation marks that do not match"
_TOO_LONG = "has a cell that is too long"


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of a file: the line it starts on, its cells, and why it is broken if it is."""

    number: int
    cells: list[str]
    broken: str = ""


class _UnclosedError(ValueError):
    """A quote that was opened swallows line after line."""


class _Lines:
    """The physical lines of a file, of bounded length; the lines of one row can be given back."""

    def __init__(self, stream: TextIO, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._waiting: deque[str] = deque()
        self._row: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._row) >= self._limits.lines_in_a_row:
            raise _UnclosedError
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self._row.append(line)
        self.number += 1
        return line.replace("\x00", "")

    def begin_row(self) -> None:
        """Forget the lines of the last row: it was whole."""
        self._row = []

    def give_back(self) -> str:
        """Give back all lines of this row but the first, and return that one."""
        first, *rest = self._row
        self._waiting.extendleft(reversed(rest))
        self.number -= len(rest)
        self._row = []
        return first

    def _read(self) -> str:
        longest = self._limits.line_chars
        try:
            line = self._stream.readline(longest + 1)
        except UnicodeError as error:
            raise Refused(
                f"Line {self.number + 1} cannot be read as {self._stream.encoding}: {error}. "
                "Nothing was imported; force another encoding, such as utf-8, cp1252 or utf-16-le."
            ) from error
        if len(line) > longest:
            raise Refused(
                f"Line {self.number + 1} is longer than {longest:,} characters: this is no table. "
                "Nothing was imported; check the file, or force its encoding and delimiter."
            )
        return line


class TextTable:
    """A CSV file with its encoding, delimiter and headings; `rows` reads it once."""

    def __init__(
        self, path: Path, *, encoding: str = "", delimiter: str = "", limits: Limits
    ) -> None:
        self._path = path
        self._limits = limits
        with path.open("rb") as stream:
            head = stream.read(2048)
        refuse_other_files(path.name, head)
        self.encoding = checked_encoding(encoding) if encoding else detect_encoding(path)
        with self._opened() as stream:
            sample = list(self._sample(_Lines(stream, limits)))
        if not sample:
            raise Refused(f"{path.name} is empty. Nothing was imported; choose another file.")
        refuse_no_text(path.name, sample[0])
        # Excel writes the delimiter it used as a first line of its own.
        self._skipped = int(sample[0].lower().startswith("sep="))
        told = sample[0][4:5] if self._skipped else ""
        self.delimiter = _one(delimiter) or _one(told) or detect_delimiter(sample[self._skipped :])

    def rows(self) -> Iterator[FileRow]:
        """Yield every row that is not blank; a broken one says why and never stops the rest."""
        with self._opened() as stream:
            lines = _Lines(stream, self._limits)
            for _ in range(self._skipped):
                next(lines)
            while (row := self._next_row(lines)) is not None:
                if row.broken or any(row.cells):
                    yield row

    def _next_row(self, lines: _Lines) -> FileRow | None:
        lines.begin_row()
        number = lines.number + 1
        try:
            return FileRow(number, next(self._reader(lines)))
        except StopIteration:
            return None
        except (csv.Error, _UnclosedError) as error:
            first = lines.give_back()
            reason = _TOO_LONG if "field larger" in str(error) else _QUOTES
            return FileRow(number, self._rough(first), reason)

    def _reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    def _rough(self, line: str) -> list[str]:
        return [cell.strip().strip('"') for cell in line.split(self.delimiter)]

    def _opened(self) -> TextIOWrapper:
        # A wrong byte becomes a mark in its cell: one bad name must not stop the file.
        return self._path.open(encoding=self.encoding, errors="replace", newline="")

    @staticmethod
    def _sample(lines: _Lines) -> Iterator[str]:
        for _ in range(_SAMPLE_LINES):
            try:
                yield next(lines)
            except StopIteration:
                return
            lines.begin_row()


def _one(delimiter: str) -> str:
    mark = {"tab": "\t", "\\t": "\t"}.get(delimiter.lower(), delimiter)
    if len(mark) > 1 or mark in {'"', "\n", "\r"}:
        raise Refused(
            f"“{delimiter}” cannot be a delimiter. Nothing was imported; use one of , ; | tab."
        )
    return mark
