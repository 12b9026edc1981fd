"""Where bad rows are kept: a CSV file that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Any

from loyaldesk.errors import Unavailable

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.connectors.results import Refusal

__all__ = ["ErrorFile", "formula_safe"]

_HEADINGS = ("table", "row", "key", "field", "value", "reason")
_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def formula_safe(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula: with an apostrophe before."""
    return f"'{text}" if text.lstrip(" \"'").startswith(_TRIGGERS) else text


class ErrorFile:
    """The error file of one import; it is only made when there is a bad row."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: IO[str] | None = None
        self._writer: Any = None

    @property
    def is_written(self) -> bool:
        """Whether there was anything to write."""
        return self._writer is not None

    def write(self, refusal: Refusal) -> None:
        """Add one bad row."""
        try:
            if self._writer is None:
                # With a mark, so that Excel reads the accents right.
                self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
                self._writer = csv.writer(self._stream)
                self._writer.writerow(_HEADINGS)
            texts = (refusal.key, refusal.field, refusal.value, refusal.reason)
            self._writer.writerow(
                (formula_safe(refusal.table), refusal.row, *map(formula_safe, texts))
            )
        except OSError as error:
            raise Unavailable(
                f"The error file {self.path.name} cannot be written. Nothing was imported; choose "
                "another place with --errors."
            ) from error

    def close(self) -> None:
        """Finish the file."""
        if self._stream is not None:
            self._stream.close()

    def discard(self) -> None:
        """Take the file away again: the import did not happen."""
        self.close()
        if self.is_written:
            self.path.unlink(missing_ok=True)
