"""Statements for the viewer: one document, what it belongs to, and the letter that it is."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.models import DocumentLink, Invoice, Letter, LinkedKind, SalesOrder
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import param


@statement("document.links")
def document_links() -> sa.Executable:
    """The orders and invoices that a document is linked to, with their numbers."""
    is_order = DocumentLink.linked_kind == LinkedKind.ORDER
    return (
        sa.select(
            DocumentLink.linked_kind,
            DocumentLink.linked_id,
            sa.func.coalesce(SalesOrder.number, Invoice.number),
        )
        .outerjoin(SalesOrder, sa.and_(is_order, SalesOrder.id == DocumentLink.linked_id))
        .outerjoin(Invoice, sa.and_(sa.not_(is_order), Invoice.id == DocumentLink.linked_id))
        .where(DocumentLink.document_id == param("document_id"))
        .order_by(DocumentLink.linked_kind.desc(), DocumentLink.linked_id)
    )


@statement("document.letter")
def document_letter() -> sa.Executable:
    """The issued letter whose kept copy a document is, found by its customer and sort."""
    return sa.select(
        Letter.id,
        Letter.number,
        Letter.revision,
        Letter.issued_at,
        Letter.issued_by,
        Letter.copies,
    ).where(
        Letter.customer_id == param("customer_id"),
        Letter.document_id == param("document_id"),
    )
