"""How does the demo company get its records, and its papers beside them?"""

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
    from collections.abc import Callable
    from datetime import date

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.operations.demo.sized import Progress
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.store import Store

__all__ = ["fill_demo", "fill_sized_demo"]


def fill_demo(
    store: Store,
    *,
    files: Callable[[], FileStore],
    today: date,
    seed: int = 1,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> DemoCounts:
    """Fill an empty profile with the demo company and its papers, as of that day."""
    counts = create_demo(store, today=today, seed=seed)
    papers, file_store = list(demo_documents(today)), files()
    with store.transaction("File the demo's papers", undoable=False) as tx:
        for done, paper in enumerate(papers, 1):
            _file(tx, file_store, paper)
            progress(done, len(papers))
    return counts


def fill_sized_demo(
    store: Store,
    *,
    files: FileStore,
    customers: int,
    orders: int | None = None,
    seed: int = 1,
    today: date,
    progress: Progress = lambda _stage, _done, _total: None,
) -> DemoCounts:
    """Fill an empty profile with that many customers; one content stands for every document."""
    stored = files.add(BytesIO(make_pdf("Purchase order", ["A page like any other."])))
    return create_sized(
        store, customers=customers, orders=orders, seed=seed, today=today, progress=progress,
        paper=Paper(stored.sha256, stored.size, stored.mime),
    )  # fmt: skip


def _file(tx: Transaction, files: FileStore, paper: DemoDocument) -> None:
    stored = files.add(BytesIO(paper.content))
    order = paper.order_number
    document_id = file_document(
        tx,
        sha256=stored.sha256,
        size=stored.size,
        mime=stored.mime,
        name=paper.name,
        customer_id=find_customer(tx, number=paper.customer_number),
        order_id=None if order is None else find_order(tx, number=order),
        kind=paper.kind,
        pages=1,
        filed_on=paper.filed_on,
    )
    tx.update(Document, document_id, filed_by=paper.filed_by)
