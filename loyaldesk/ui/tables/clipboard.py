"""How are rows copied so that a spreadsheet takes them as a table and runs nothing (threat T4)?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.ui.tables.column import Column

__all__ = ["rows_as_text"]

_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\u2028\u2029]+")
_NUMBER = re.compile(r"[+\-−]?[\d\s.,’'()/–-]+")


def rows_as_text(columns: Sequence[Column], rows: Iterable[object]) -> str:
    """Return rows as tab-separated lines under a line of titles."""
    titles = "\t".join(_cell(column.title) for column in columns)
    lines = ("\t".join(_cell(c.cell(row).words) for c in columns) for row in rows)
    return "\n".join([titles, *lines]) + "\n"


def _cell(words: str) -> str:
    line = _BREAKS.sub(" ", words).strip()
    if line[:1] in {"=", "@"} or (line[:1] in {"+", "-"} and not _NUMBER.fullmatch(line)):
        return f"'{line}"
    return line
