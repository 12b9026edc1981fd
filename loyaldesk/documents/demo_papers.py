"""How does the demo company get its papers: contents into the file store, rows beside them?"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.models import Document
from loyaldesk.operations.demo import (
    DemoCounts,
    DemoDocument,
    Paper,
    create_demo,
    create_sized,
    demo_documents,
)
from loyaldesk.operations.demo.papers import make_pdf
from loyaldesk.operations.documents import file_document
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.order_page import find_order

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.operations.demo.sized import Progress
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.store import Store

__all__ = ["make_demo_company", "make_sized_company"]


def make_demo_company(store: Store, files: FileStore, *, today: date, seed: int = 1) -> DemoCounts:
    """Fill an empty profile with the demo company and its papers."""
    counts = create_demo(store, today=today, seed=seed)
    with store.transaction("File the demo's papers", undoable=False) as tx:
        for paper in demo_documents(today):
            _file(tx, files, paper)
    return counts


def make_sized_company(
    store: Store,
    files: FileStore,
    *,
    customers: int,
    orders: int | None,
    seed: int,
    today: date,
    progress: Progress,
) -> DemoCounts:
    """Fill an empty profile with that many customers; one content stands for every document."""
    stored = files.add(BytesIO(make_pdf("Purchase order", ["A page like any other."])))
    return create_sized(
        store, customers=customers, orders=orders, seed=seed, today=today, progress=progress,
        paper=Paper(stored.sha256, stored.size, stored.mime),
    )  # fmt: skip


def _file(tx: Transaction, files: FileStore, paper: DemoDocument) -> None:
    stored = files.add(BytesIO(paper.content))
    document_id = file_document(
        tx,
        sha256=stored.sha256,
        size=stored.size,
        mime=stored.mime,
        name=paper.name,
        customer_id=find_customer(tx, number=paper.customer_number),
        order_id=find_order(tx, number=paper.order_number) if paper.order_number else None,
        kind=paper.kind,
        pages=1,
        filed_on=paper.filed_on,
    )
    tx.update(Document, document_id, filed_by=paper.filed_by)
