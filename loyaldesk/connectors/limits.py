"""How large a file or table may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DEFAULT_LIMITS", "Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most an import takes in; whatever is larger is refused before it fills the memory."""

    file_bytes: int = 512 * 1024 * 1024
    rows: int = 10_000_000
    columns: int = 500
    cell_chars: int = 32_767
    line_chars: int = 1_000_000
    lines_in_a_row: int = 200
    workbook_cells: int = 20_000_000
    unpacked_bytes: int = 1024 * 1024 * 1024
    packed_files: int = 5_000
    zip_ratio: int = 200
    map_bytes: int = 256 * 1024


DEFAULT_LIMITS = Limits()
