"""How an empty profile becomes a demo company of any size, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.models import (
    Activity,
    Address,
    Allocation,
    Base,
    Contact,
    Customer,
    Document,
    Invoice,
    InvoiceLine,
    OrderLine,
    Payment,
    SalesOrder,
    StoredFile,
)
from loyaldesk.operations.demo import streams
from loyaldesk.operations.demo.create import DemoCounts, require_empty, set_company
from loyaldesk.operations.demo.scale import Scale

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.store import Store

__all__ = ["Paper", "Progress", "create_sized"]

Progress = Callable[[str, int, int], object]

_LABEL = "Create sized demo company"
_REPORT_EVERY = 20_000
_LIMIT = 10_000_000


@dataclass(frozen=True, slots=True)
class Paper:
    """A content that the file store already holds and that the documents show."""

    sha256: bytes
    size: int
    mime: str


def create_sized(
    store: Store,
    *,
    customers: int,
    orders: int | None = None,
    seed: int = 1,
    today: date,
    paper: Paper | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> DemoCounts:
    """Fill an empty store with that many customers, and as many orders unless told otherwise.

    Every stage is one transaction; a stage that fails leaves the earlier ones. `progress` is
    called with the stage's name, rows done and rows expected. Without a paper, no documents.
    """
    wanted = customers if orders is None else orders
    if not 1 <= customers <= _LIMIT or not 0 <= wanted <= _LIMIT:
        raise Refused("A demo company has 1 to 10,000,000 customers and as many orders at most.")
    with store.transaction(_LABEL, undoable=False) as tx:
        require_empty(tx)
        set_company(tx)
    scale = Scale(customers=customers, orders=wanted, seed=seed, today=today)
    _Writer(store, scale, progress).write(paper)
    return DemoCounts(customers=customers, orders=wanted, invoices=scale.billed)


class _Writer:
    """Writes one table after the other."""

    def __init__(self, store: Store, scale: Scale, progress: Progress) -> None:
        self._store = store
        self._scale = scale
        self._progress = progress

    def write(self, paper: Paper | None) -> None:
        """Write all tables, parents first."""
        scale, write = self._scale, self._write_table
        buyer = write(Customer, streams.CUSTOMER, streams.customers(scale), scale.customers)
        write(Contact, streams.CONTACT, streams.contacts(scale, buyer), scale.customers)
        write(Address, streams.ADDRESS, streams.addresses(scale, buyer), scale.customers)
        order = write(SalesOrder, streams.ORDER, streams.orders(scale, buyer), scale.orders)
        lines = streams.order_lines(scale, order)
        line = write(OrderLine, streams.ORDER_LINE, lines, 3 * scale.orders)
        self._write_receivables(buyer, order, line)
        talks = streams.activities(scale, buyer)
        write(Activity, streams.ACTIVITY, talks, scale.customers // 2 + scale.heavy_activities)
        if paper:
            self._write_documents(buyer, paper)

    def _write_receivables(self, buyer: int, order: int, line: int) -> None:
        scale, write = self._scale, self._write_table
        bills = streams.invoices(scale, buyer, order)
        bill = write(Invoice, streams.INVOICE, bills, scale.billed)
        bill_lines = streams.invoice_lines(scale, bill, line)
        write(InvoiceLine, streams.INVOICE_LINE, bill_lines, 3 * scale.billed)
        payments = streams.payments(scale, buyer)
        payment = write(Payment, streams.PAYMENT, payments, scale.billed)
        parts = streams.allocations(scale, buyer, bill, payment)
        write(Allocation, streams.ALLOCATION, parts, scale.billed)

    def _write_documents(self, buyer: int, paper: Paper) -> None:
        with self._store.transaction(_LABEL, undoable=False) as tx:
            file_id = tx.insert(
                StoredFile, sha256=paper.sha256, size=paper.size, mime=paper.mime,
                stored_at=tx.now,
            )  # fmt: skip
        rows = streams.documents(self._scale, buyer, file_id)
        self._write_table(Document, streams.DOCUMENT, rows, self._scale.heavy_documents)

    def _write_table(
        self, model: type[Base], columns: Sequence[str], rows: Iterable[Any], expected: int
    ) -> int:
        """Write one table in one transaction and return the first id."""
        with self._store.transaction(_LABEL, undoable=False) as tx:
            counted = self._counted(model.__tablename__, rows, expected)
            ids = tx.insert_many(model, columns, counted)
        self._progress(model.__tablename__, len(ids), len(ids))
        return ids.start

    def _counted(self, stage: str, rows: Iterable[Any], expected: int) -> Iterator[Any]:
        for done, row in enumerate(rows):
            if done % _REPORT_EVERY == 0:
                self._progress(stage, min(done, expected), expected)
            yield row
