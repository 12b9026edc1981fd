"""How a file becomes a document: its content into the file store, its row through the gate."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.documents.capture import capture_file
from loyaldesk.models import DocumentKind
from loyaldesk.operations.documents import file_document

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.store import Store

__all__ = ["file_bytes", "file_path"]


def file_path(
    store: Store,
    *,
    files: FileStore,
    path: Path,
    customer_id: int,
    order_id: int | None = None,
    kind: DocumentKind = DocumentKind.OTHER,
) -> int:
    """File a file from outside with a customer, and an order if given; return the document's id.

    How many pages it has is found out by the viewer, in a process of its own.
    """
    captured = capture_file(path, files=files)
    content = captured.content
    with store.transaction("File document") as tx:
        return file_document(
            tx,
            sha256=content.sha256,
            size=content.size,
            mime=content.mime,
            name=captured.name,
            customer_id=customer_id,
            order_id=order_id,
            kind=kind,
        )


def file_bytes(
    store: Store,
    *,
    files: FileStore,
    content: bytes,
    name: str,
    customer_id: int,
    order_id: int | None = None,
    kind: DocumentKind = DocumentKind.OTHER,
    filed_on: date | None = None,
) -> int:
    """File a content that LoyalDesk made itself; return the document's id."""
    kept = files.add(BytesIO(content))
    with store.transaction("File document") as tx:
        return file_document(
            tx,
            sha256=kept.sha256,
            size=kept.size,
            mime=kept.mime,
            name=name,
            customer_id=customer_id,
            order_id=order_id,
            kind=kind,
            filed_on=filed_on,
        )
