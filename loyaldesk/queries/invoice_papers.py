"""Which papers are kept of invoices, so that they can go out beside a statement?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.queries.book import json_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.reader import Source

__all__ = ["InvoicePaper", "list_invoice_papers"]

# The newest paper of the sort "invoice" that is linked to it; a later version replaces an earlier.
_SQL = (
    "SELECT invoice.number, document.id, document.name, file.sha256, file.mime FROM invoice"
    " LEFT JOIN document ON document.id = (SELECT max(paper.id) FROM document_link link"
    " JOIN document paper ON paper.id = link.document_id WHERE link.linked_kind = 'invoice'"
    " AND link.linked_id = invoice.id AND paper.kind = 'invoice')"
    " LEFT JOIN stored_file file ON file.id = document.file_id"
    " WHERE invoice.id IN (SELECT value FROM json_each(?)) ORDER BY invoice.invoiced_on, invoice.id"
)


class InvoicePaper(NamedTuple):
    """An invoice with the paper kept of it, or without one."""

    number: str
    document_id: int | None
    name: str | None
    sha256: bytes | None
    mime: str | None


def list_invoice_papers(source: Source, *, invoice_ids: Iterable[int]) -> list[InvoicePaper]:
    """Return the newest paper of each of these invoices, oldest invoice first."""
    return [InvoicePaper(*row) for row in source.rows(_SQL, [json_ids(invoice_ids)])]
