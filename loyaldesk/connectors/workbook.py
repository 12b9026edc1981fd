"""How an XLSX workbook is read, after a look at how large it would become."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.connectors.limits import Limits

__all__ = ["Workbook"]

CHUNK_BYTES = 1024 * 1024
_SMALL_BYTES = 10 * 1024 * 1024
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_OVERLAP = 64


class Workbook:
    """An open workbook: the names of its sheets, and the rows of each."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        from python_calamine import CalamineError, PasswordError, load_workbook

        self._name = path.name
        self._limits = limits
        self._check_archive(path)
        try:
            self._book = load_workbook(str(path))
        except PasswordError as error:
            raise Refused(
                f"{path.name} is protected by a password. Nothing was imported; save it without."
            ) from error
        except (CalamineError, OSError) as error:
            raise self._unreadable() from error
        self.sheets = list(self._book.sheet_names)

    def rows(self, sheet: str) -> Iterator[list[Any]]:
        """Yield the rows of a sheet from its first one on, as plain values."""
        from python_calamine import CalamineError

        try:
            yield from self._book.get_sheet_by_name(sheet).iter_rows()
        except (CalamineError, ValueError) as error:
            raise self._unreadable() from error

    def _check_archive(self, path: Path) -> None:
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                self._check_sizes(entries, path.stat().st_size)
                for entry in entries:
                    if entry.filename.startswith("xl/worksheets/sheet"):
                        self._check_extent(archive, entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise self._unreadable() from error

    def _check_sizes(self, entries: list[zipfile.ZipInfo], packed: int) -> None:
        unpacked = sum(entry.file_size for entry in entries)
        limits = self._limits
        if len(entries) > limits.packed_files or unpacked > limits.unpacked_bytes:
            raise self._bomb()
        if unpacked > _SMALL_BYTES and unpacked > packed * limits.zip_ratio:
            raise self._bomb()

    def _check_extent(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        """Refuse a sheet whose last cell stands so far out that the rows between fill the memory.

        The reader lays a sheet out as a full rectangle: two cells can ask for 17,000 million.
        """
        rows, columns, read, tail = 0, 0, 0, b""
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                read += len(chunk)
                if read > self._limits.unpacked_bytes:
                    raise self._bomb()
                for letters, digits in _CELL.findall(tail + chunk):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column_number(letters))
                tail = chunk[-_OVERLAP:]
        if rows * columns > self._limits.workbook_cells or columns > self._limits.columns:
            raise self._bomb()

    def _bomb(self) -> Refused:
        return Refused(
            f"{self._name} would unpack to more than LoyalDesk takes in. Nothing was imported; "
            "save only the needed sheet, or export it as CSV."
        )

    def _unreadable(self) -> Refused:
        return Refused(
            f"{self._name} cannot be read as a workbook. Nothing was imported; open it in a "
            "spreadsheet program and save it as XLSX or CSV again."
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
