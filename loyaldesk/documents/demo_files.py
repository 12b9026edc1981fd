"""How the demo company gets its records and its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.documents.filing import file_bytes
from loyaldesk.operations.demo import create_demo, demo_documents
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.order_page import find_order

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.store import Store

__all__ = ["fill_demo"]


def fill_demo(
    store: Store,
    *,
    files: Callable[[], FileStore],
    today: date,
    progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> None:
    """Fill an empty profile with the demo company and its papers, as of that day."""
    create_demo(store, today=today)
    papers = list(demo_documents(today))
    file_store = files()
    with store.reader() as reader:
        for done, paper in enumerate(papers, 1):
            order = paper.order_number
            file_bytes(
                store,
                files=file_store,
                content=paper.content,
                name=paper.name,
                customer_id=find_customer(reader, number=paper.customer_number),
                order_id=None if order is None else find_order(reader, number=order),
                kind=paper.kind,
                filed_on=paper.filed_on,
            )
            progress(done, len(papers))
