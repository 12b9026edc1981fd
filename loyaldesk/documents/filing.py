"""How do files become documents, so that one bad one stops no other and undo takes all?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.documents.capture import CapturedFile, capture_file
from loyaldesk.documents.guessing import guess_kind
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.models import DocumentKind
from loyaldesk.operations.documents import classify_document, file_document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.store import Store

__all__ = ["MOST_FILES", "FiledPaper", "FilingReport", "LeftOut", "file_paths"]

MOST_FILES = 200
_ON_FILE = """
SELECT d.name, d.kind FROM document d JOIN stored_file f ON f.id = d.file_id
 WHERE f.sha256 = ? AND d.customer_id = ? ORDER BY d.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class FiledPaper:
    """A paper that is on file now; `was_there` if the customer had this content already."""

    document_id: int
    name: str
    kind: str
    was_there: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not taken, and the sentence that says why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilingReport:
    """What became of some files."""

    filed: tuple[FiledPaper, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def new(self) -> tuple[FiledPaper, ...]:
        """The papers that were not on file before."""
        return tuple(paper for paper in self.filed if not paper.was_there)


def file_paths(
    store: Store,
    *,
    files: Callable[[], FileStore],
    paths: Sequence[Path],
    customer_id: int,
    order_id: int | None = None,
    kind: DocumentKind | None = None,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> FilingReport:
    """Store the files, then file them with a customer, and an order if given, as one action.

    A content that the customer has already is not filed again; it is linked to the order, and the
    report says under which name it lies. Without a kind that of a new paper is guessed from its
    name, and that of one on file stays.
    """
    if len(paths) > MOST_FILES:
        raise Refused(
            f"These are {len(paths):,} files; at most {MOST_FILES} are filed at once. Nothing was "
            "filed. Choose fewer."
        )
    captured, left_out = _captured(files(), paths, progress)
    if not captured:
        return FilingReport((), left_out)
    with store.transaction("File documents") as tx:
        filed = tuple(_file(tx, each, customer_id, order_id, kind) for each in captured)
        new = [paper for paper in filed if not paper.was_there]
        if new:
            tx.describe(f"File {new[0].name}" if len(new) == 1 else f"File {len(new)} documents")
    return FilingReport(filed, left_out)


def _captured(
    files: FileStore, paths: Sequence[Path], progress: Callable[[int, int | None], None]
) -> tuple[list[CapturedFile], tuple[LeftOut, ...]]:
    captured: list[CapturedFile] = []
    left_out: list[LeftOut] = []
    for done, path in enumerate(paths):
        progress(done, len(paths))
        try:
            captured.append(capture_file(path, files=files))
        except (Refused, Unavailable) as error:
            left_out.append(LeftOut(path.name, str(error)))
    progress(len(paths), len(paths))
    return captured, tuple(left_out)


def _file(
    tx: Transaction,
    captured: CapturedFile,
    customer_id: int,
    order_id: int | None,
    kind: DocumentKind | None,
) -> FiledPaper:
    content = captured.content
    there = tx.row(_ON_FILE, [content.sha256, customer_id])
    known_name, known_kind = there or (captured.name, guess_kind(captured.name))
    chosen = DocumentKind(kind or known_kind)
    document_id = file_document(
        tx,
        sha256=content.sha256,
        size=content.size,
        mime=content.mime,
        name=known_name,
        customer_id=customer_id,
        order_id=order_id,
        kind=chosen,
    )
    if there is not None:
        classify_document(tx, document_id=document_id, kind=chosen)
    return FiledPaper(document_id, known_name, chosen.value, was_there=there is not None)
