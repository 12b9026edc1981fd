"""Ways to change which papers are filed where; contents lie in the file store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.models import (
    Document,
    DocumentKind,
    DocumentLink,
    LinkedKind,
    PaperUse,
    StoredFile,
)
from loyaldesk.operations import operation

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.gate import Transaction

__all__ = [
    "classify_document", "count_pages", "file_document", "link_document", "pin_document",
    "rename_document", "unfile_document",
]  # fmt: skip

LONGEST_NAME = 200


@operation("File document")
def file_document(
    tx: Transaction,
    *,
    sha256: bytes,
    size: int,
    mime: str,
    name: str,
    customer_id: int,
    order_id: int | None = None,
    invoice_id: int | None = None,
    kind: DocumentKind = DocumentKind.OTHER,
    pages: int | None = None,
    filed_on: date | None = None,
    replaces_id: int | None = None,
) -> int:
    """File a content that the file store already holds and return the document's id.

    The same content under the same name with the same customer is the same document.
    """
    shown = _checked_name(name)
    _check_owner(tx, "sales_order", order_id, customer_id)
    _check_owner(tx, "invoice", invoice_id, customer_id)
    file_id = _stored_file(tx, sha256, size, mime)
    document_id: int | None = tx.value(
        "SELECT id FROM document WHERE file_id = ? AND customer_id = ? AND name = ?",
        [file_id, customer_id, shown],
    )
    if document_id is None:
        document_id = tx.insert(
            Document,
            customer_id=customer_id,
            file_id=file_id,
            kind=kind,
            name=shown,
            pages=pages,
            filed_on=filed_on or tx.today,
            filed_by=tx.actor,
            replaces_id=replaces_id,
        )
    for linked_kind, linked_id in ((LinkedKind.ORDER, order_id), (LinkedKind.INVOICE, invoice_id)):
        if linked_id is not None:
            link_document(tx, document_id=document_id, kind=linked_kind, linked_id=linked_id)
    tx.describe(f"File {shown}")
    return document_id


@operation("Link document")
def link_document(tx: Transaction, *, document_id: int, kind: LinkedKind, linked_id: int) -> None:
    """Link a document to another record; linking twice changes nothing."""
    sql = "SELECT 1 FROM document_link WHERE document_id = ? AND linked_kind = ? AND linked_id = ?"
    if tx.value(sql, [document_id, kind, linked_id]) is None:
        tx.insert(DocumentLink, document_id=document_id, linked_kind=kind, linked_id=linked_id)


@operation("Rename document")
def rename_document(tx: Transaction, *, document_id: int, name: str) -> None:
    """Change the name people see; the content never changes."""
    tx.update(Document, document_id, name=_checked_name(name))


@operation("Classify document")
def classify_document(tx: Transaction, *, document_id: int, kind: DocumentKind) -> None:
    """Say what sort of paper it is."""
    tx.update(Document, document_id, kind=kind)


@operation("Pin document")
def pin_document(tx: Transaction, *, document_id: int, pinned: bool) -> None:
    """Keep a document on top of its customer's list, or let it go."""
    tx.update(Document, document_id, is_pinned=pinned)


@operation("Count pages", undoable=False)
def count_pages(tx: Transaction, *, document_id: int, pages: int) -> None:
    """Keep how many pages the viewer found; nobody's action, so undo does not know it."""
    tx.update(Document, document_id, pages=pages)


@operation("Take document off file")
def unfile_document(tx: Transaction, *, document_id: int) -> None:
    """Take a document off file; its content stays in the file store, so undo brings it back."""
    if tx.value("SELECT 1 FROM letter WHERE document_id = ?", [document_id]) is not None:
        raise Refused("An issued letter stays on file. Nothing was changed.")
    found = tx.rows("SELECT id FROM document_link WHERE document_id = ?", [document_id])
    for (link_id,) in found:
        tx.delete(DocumentLink, link_id)
    for (use_id,) in tx.rows("SELECT id FROM paper_use WHERE document_id = ?", [document_id]):
        tx.delete(PaperUse, use_id)
    tx.delete(Document, document_id)


def _check_owner(tx: Transaction, table: str, record_id: int | None, customer_id: int) -> None:
    """Refuse to file one customer's paper with another's order or invoice."""
    if record_id is None:
        return
    owner = tx.row(
        f"SELECT r.number, c.id, c.number FROM {table} r JOIN customer c ON c.id = r.customer_id"
        " WHERE r.id = ?",
        [record_id],
    )
    if owner is None or owner[1] != customer_id:
        number, _, of_customer = owner or ("?", 0, "?")
        raise Refused(
            f"{number} belongs to customer {of_customer}. Nothing was filed; choose that customer, "
            "or another order."
        )


def _stored_file(tx: Transaction, sha256: bytes, size: int, mime: str) -> int:
    found: int | None = tx.value("SELECT id FROM stored_file WHERE sha256 = ?", [sha256])
    if found is not None:
        return found
    return tx.insert(StoredFile, sha256=sha256, size=size, mime=mime, stored_at=tx.now)


def _checked_name(name: str) -> str:
    shown = " ".join(name.split())
    if not shown or len(shown) > LONGEST_NAME:
        raise Refused(
            f"A document needs a name of at most {LONGEST_NAME} characters. Nothing was filed.",
            field="name",
        )
    return shown
