"""What the viewer shows of one document besides its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.queries.book import row, rows
from loyaldesk.queries.lists import DocumentRow, read_document_rows

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["DocumentLinkRow", "DocumentPage", "LetterRow", "read_document_page"]


@dataclass(frozen=True, slots=True)
class DocumentLinkRow:
    """An order or invoice that the document belongs to; `kind` is "order" or "invoice"."""

    kind: str
    id: int
    number: str


@dataclass(frozen=True, slots=True)
class LetterRow:
    """The letter that the document is, and how often it was reprinted."""

    id: int
    number: str
    revision: int
    issued_at: datetime
    issued_by: str
    copies: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document: its row, what it belongs to, and its letter if it is one that we issued."""

    document: DocumentRow
    links: tuple[DocumentLinkRow, ...]
    letter: LetterRow | None


def read_document_page(source: Source, *, document_id: int) -> DocumentPage:
    """Return a document with everything the viewer tells about it."""
    document = read_document_rows(source, ids=[document_id]).get(document_id)
    if document is None:
        raise Refused("This document is no longer on file. Undo can bring it back.")
    linked = rows(source, "document.links", document_id=document_id)
    links = tuple(DocumentLinkRow(*found) for found in linked)
    return DocumentPage(document, links, _letter(source, document))


def _letter(source: Source, document: DocumentRow) -> LetterRow | None:
    found = row(
        source, "document.letter", document_id=document.id, customer_id=document.customer_id
    )
    if found is None:
        return None
    letter_id, number, revision, issued_at, issued_by, copies = found
    instant = datetime.fromisoformat(issued_at)
    return LetterRow(letter_id, number, revision, instant, issued_by, copies)
