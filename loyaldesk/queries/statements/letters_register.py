"""Statements of the register of letters: which were issued, and every time one of them left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import (
    Customer,
    Dispatch,
    Document,
    Letter,
    LetterKind,
    Mail,
    SalesOrder,
    StoredFile,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import AnySelect, ids_in, param

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["letter_ids"]

SORTS: dict[str, Any] = {"issued_at": Letter.issued_at}
FILTERS: dict[str, Callable[[], sa.ColumnElement[bool]]] = {
    "since": lambda: Letter.issued_at >= param("since"),
    "until": lambda: Letter.issued_at < param("until"),
    "customer": lambda: Letter.customer_id == param("customer_id"),
    "found": lambda: sa.or_(
        ids_in(Letter.customer_id, "found_customers"), Letter.number == param("number")
    ),
}


def letter_ids(sort: str, descending: bool, *filters: str) -> AnySelect:
    """Return the ids of the letters under all the filters, of any of their kinds, in order."""
    # A letter is of one kind only, so of several kinds any will do.
    kinds = [LetterKind(name.removeprefix("kind_")) for name in filters if name.startswith("kind_")]
    conditions = [FILTERS[name]() for name in filters if not name.startswith("kind_")]
    conditions += [Letter.kind.in_(kinds)] if kinds else []
    column = SORTS[sort]
    keys = (column.desc(), Letter.id.desc()) if descending else (column, Letter.id)
    return sa.select(Letter.id).where(*conditions).order_by(*keys).limit(param("most"))


@statement("register.rows")
def register_rows() -> sa.Executable:
    """The columns of the register for some letters, with the last time each of them left."""
    one = aliased(Dispatch)
    last = sa.select(sa.func.max(one.id)).where(one.letter_id == Letter.id).scalar_subquery()
    return (
        sa.select(
            Letter.id,
            Letter.kind,
            Letter.number,
            Letter.revision,
            Letter.customer_id,
            Customer.name,
            Customer.number.label("customer_number"),
            Letter.order_id,
            SalesOrder.number.label("order_number"),
            Letter.document_id,
            Document.name.label("file_name"),
            Document.pages,
            StoredFile.sha256,
            StoredFile.size,
            Letter.issued_at,
            Letter.issued_by,
            Letter.language,
            Letter.copies,
            Dispatch.channel,
            Dispatch.state,
            Dispatch.recipient,
            Mail.state.label("mail_state"),
        )
        .join(Customer, Customer.id == Letter.customer_id)
        .join(Document, Document.id == Letter.document_id)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .outerjoin(SalesOrder, SalesOrder.id == Letter.order_id)
        .outerjoin(Dispatch, Dispatch.id == last)
        .outerjoin(Mail, Mail.id == Dispatch.mail_id)
        .where(ids_in(Letter.id))
    )


@statement("register.dispatches")
def register_dispatches() -> sa.Executable:
    """Every time one letter left the house, the first time first."""
    return (
        sa.select(
            Dispatch.id,
            Dispatch.channel,
            Dispatch.state,
            Dispatch.recipient,
            Dispatch.is_copy,
            Dispatch.reason,
            Dispatch.dispatched_at,
            Dispatch.dispatched_by,
            Dispatch.print_batch_id,
            Dispatch.position,
            Mail.state.label("mail_state"),
            Mail.answer,
        )
        .outerjoin(Mail, Mail.id == Dispatch.mail_id)
        .where(Dispatch.letter_id == param("letter_id"))
        .order_by(Dispatch.id)
    )


@statement("register.by_number")
def letters_by_number() -> sa.Executable:
    """The letters with one number, the newest revision first."""
    return (
        sa.select(Letter.id, Letter.revision)
        .where(Letter.kind.in_(list(LetterKind)), Letter.number == param("number"))
        .order_by(Letter.revision.desc())
    )
