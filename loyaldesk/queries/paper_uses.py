"""Who looked at a paper, sent it or took a copy of it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["PaperUseRow", "list_paper_uses"]

MOST = 200


@dataclass(frozen=True, slots=True)
class PaperUseRow:
    """One use of a paper; `verb` is viewed, exported, opened, printed or mailed."""

    used_at: datetime
    used_by: str
    verb: str
    recipient: str


def list_paper_uses(source: Source, *, document_id: int, most: int = MOST) -> list[PaperUseRow]:
    """Return what was done with a document on this desk, the newest first."""
    found = source.rows(
        "SELECT used_at, used_by, verb, recipient FROM paper_use WHERE document_id = ?"
        " ORDER BY used_at DESC, id DESC LIMIT ?",
        [document_id, most],
    )
    return [PaperUseRow(datetime.fromisoformat(at), *rest) for at, *rest in found]
