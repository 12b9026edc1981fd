"""What the window shows around one order: its page, its talk, its neighbours, its last letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.domain.next_steps import slowest
from loyaldesk.queries.order_changes import has_changed_since
from loyaldesk.queries.order_page import OrderPage, read_order_page
from loyaldesk.queries.time_frames import frames_of_order
from loyaldesk.queries.verification import verify

if TYPE_CHECKING:
    from loyaldesk.domain.next_steps import GroupFrame
    from loyaldesk.domain.verification import Verification
    from loyaldesk.store.reader import Source

__all__ = ["Neighbours", "OrderActivity", "OrderView", "read_order_view"]

UNFINISHED = ("draft", "submitted", "acknowledged", "part_delivered")
_ORDERS = (
    "SELECT id FROM sales_order WHERE customer_id = ? {open} ORDER BY ordered_on DESC, id DESC"
)
_OPEN = f"AND status IN {UNFINISHED}"
_TALK = (
    "SELECT a.id, a.kind, a.happened_at, a.subject, a.body, a.author,"
    " trim(coalesce(c.given_name || ' ' || c.family_name, ''))"
    " FROM activity a LEFT JOIN contact c ON c.id = a.contact_id"
    " WHERE a.order_id = ? ORDER BY a.happened_at DESC, a.id DESC LIMIT 200"
)
_CONTENT = "SELECT f.sha256 FROM document d JOIN stored_file f ON f.id = d.file_id WHERE d.id = ?"


@dataclass(frozen=True, slots=True)
class OrderActivity:
    """One time we were in touch about the order; `kind` is call, email, meeting, visit or note."""

    id: int
    kind: str
    at: datetime
    subject: str
    body: str
    author: str
    person: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where the order stands among the customer's open orders, or among all if it is not open."""

    before: int | None
    after: int | None
    place: int
    count: int
    are_open: bool


@dataclass(frozen=True, slots=True)
class OrderView:
    """Everything the page of an order shows; `paper` is the content of its last letter.

    `has_changed` says that the order is no longer as that letter told it; `usual` is how long what
    is still to ship takes, where somebody said so.
    """

    page: OrderPage
    credit_status: str
    activities: tuple[OrderActivity, ...]
    neighbours: Neighbours
    paper: bytes | None
    has_changed: bool
    verification: Verification
    usual: GroupFrame | None


def read_order_view(source: Source, *, order_id: int) -> OrderView:
    """Return the order with what is around it, newest first; refuses a missing order."""
    page = read_order_page(source, order_id=order_id)
    head = page.head
    credit = source.value("SELECT credit_status FROM customer WHERE id = ?", [head.customer_id])
    letters = page.acknowledgements
    return OrderView(
        page=page,
        credit_status=str(credit),
        activities=tuple(
            OrderActivity(key, kind, datetime.fromisoformat(at), *words)
            for key, kind, at, *words in source.rows(_TALK, [order_id])
        ),
        neighbours=_neighbours(source, head.customer_id, order_id, head.status in UNFINISHED),
        paper=source.value(_CONTENT, [letters[-1].document_id]) if letters else None,
        has_changed=bool(letters)
        and has_changed_since(source, order_id=order_id, letter_id=letters[-1].id),
        verification=verify(source, order_id=order_id),
        usual=slowest(frames_of_order(source, order_id=order_id)),
    )


def _neighbours(source: Source, customer_id: int, order_id: int, are_open: bool) -> Neighbours:
    sql = _ORDERS.format(open=_OPEN if are_open else "")
    ids = [found for (found,) in source.rows(sql, [customer_id])]
    at = ids.index(order_id)
    return Neighbours(
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        place=at + 1,
        count=len(ids),
        are_open=are_open,
    )
