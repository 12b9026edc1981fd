"""Everything the page of one customer shows, read in a fixed small number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.customer_figures import (
    AgeingRow,
    CustomerFacts,
    OpenAmount,
    age_open_amounts,
)
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.queries.book import row, rows, value
from loyaldesk.queries.customer_money import Figures, read_figures
from loyaldesk.queries.duplicates import find_merged
from loyaldesk.queries.timeline import (
    LastContact,
    TimelineEntry,
    TimelineFilter,
    read_last_contacts,
    read_timeline,
)
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "AddressRow", "ContactRow", "Counters", "CustomerHead", "CustomerPage", "DocumentBrief",
    "Figures", "MemberRow", "OpenItem", "OpenOrder", "find_customer",
    "read_customer_page", "read_documents",
    "read_open_items",
]  # fmt: skip

DOCUMENTS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CustomerHead:
    """The customer itself."""

    id: int
    number: str
    name: str
    trading_name: str
    status: str
    status_since: date | None
    parent_id: int | None
    parent_name: str | None
    segment: str
    territory: str
    account_manager: str
    language: str
    currency: str
    country: str
    town: str
    phone: str
    email: str
    website: str
    tax_id: str
    terms_days: int
    credit_limit: Money | None
    credit_status: str
    is_key_account: bool
    statement_type: str
    envelope: str
    customer_since: date | None
    notes: str
    source_system: str | None
    source_key: str | None


@dataclass(frozen=True, slots=True)
class Counters:
    """The strip of counts; zero is shown, muted."""

    open_orders: int
    to_acknowledge: int
    documents: int
    last_statement: date | None
    members: int
    activities: int


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person."""

    id: int
    salutation: str
    given_name: str
    family_name: str
    role: str
    email: str
    phone: str
    mobile: str
    language: str
    preferred_channel: str
    preferred_time: str
    notes: str
    is_primary: bool

    @property
    def name(self) -> str:
        """The person's name as it is said."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True)
class AddressRow:
    """One place."""

    id: int
    use: str
    is_default: bool
    recipient: str
    extra: str
    street: str
    postcode: str
    town: str
    region: str
    country: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One customer that belongs to this one."""

    id: int
    number: str
    name: str
    town: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A paper with an amount still open; `kind` is invoice, credit_note or payment."""

    kind: str
    id: int
    number: str
    day: date
    due_on: date
    total: Money
    open: Money
    customer_po: str
    disputed_on: date | None
    order_id: int | None

    @property
    def signed(self) -> Money:
        """The open amount as it counts in the balance: what reduces it is negative."""
        return self.open if self.kind == "invoice" else -self.open


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """An order we still owe something for."""

    id: int
    number: str
    customer_po: str
    status: str
    hold_reason: str
    ordered_on: date
    promised_on: date | None
    total: Money
    lines: int = 0
    lines_shipped: int = 0


@dataclass(frozen=True, slots=True)
class DocumentBrief:
    """A document in the side column."""

    id: int
    name: str
    kind: str
    filed_on: date
    is_pinned: bool


# Without slots, so that what is worked out of the open items is worked out once.
@dataclass(frozen=True)
class CustomerPage:
    """The whole page."""

    head: CustomerHead
    counters: Counters
    contacts: tuple[ContactRow, ...]
    addresses: tuple[AddressRow, ...]
    members: tuple[MemberRow, ...]
    open_items: tuple[OpenItem, ...]
    open_orders: tuple[OpenOrder, ...]
    figures: Figures
    documents: tuple[DocumentBrief, ...]
    timeline: tuple[TimelineEntry, ...]
    last_contacts: tuple[LastContact, ...]
    as_of: date

    @cached_property
    def open_amounts(self) -> tuple[OpenAmount, ...]:
        """The open items as the figures want them."""
        return tuple(OpenAmount(i.signed, i.day, i.due_on) for i in self.open_items)

    @cached_property
    def ageing(self) -> tuple[AgeingRow, ...]:
        """One ageing row per currency."""
        return age_open_amounts(self.open_amounts, self.as_of)

    @cached_property
    def tile_facts(self) -> CustomerFacts:
        """What the tiles are made of."""
        return CustomerFacts(
            today=self.as_of,
            currency=self.head.currency,
            open_amounts=self.open_amounts,
            overdue_settled=self.figures.overdue_settled,
            unbilled=self.figures.unbilled,
            credit_limit=self.head.credit_limit,
            years=self.figures.years,
            days_to_pay=self.figures.days_to_pay,
            days_late=self.figures.days_late,
        )


def find_customer(source: Source, *, number: str) -> int:
    """Return the id of the customer with that number, or refuse; a merged one leads on."""
    found = value(source, "customer.id_by_number", number=number)
    if found is None:
        found = find_merged(source, number=number)
    if found is None:
        raise Refused(f"There is no customer with the number “{number}”.", field="number")
    return int(found)


def read_customer_page(
    source: Source,
    *,
    customer_id: int,
    today: date,
    shown: TimelineFilter = TimelineFilter.PEOPLE_AND_MONEY,
) -> CustomerPage:
    """Return everything the page shows; refuses a customer that no longer exists."""
    first = row(source, "customer.head", customer_id=customer_id)
    if first is None:
        raise Refused("This customer no longer exists.")
    head, counters = _head(first)
    mine = {"customer_id": customer_id}
    return CustomerPage(
        head=head,
        counters=counters,
        contacts=tuple(
            ContactRow(*[*r[:-1], bool(r[-1])]) for r in rows(source, "customer.contacts", **mine)
        ),
        addresses=tuple(AddressRow(*r) for r in rows(source, "customer.addresses", **mine)),
        members=(
            tuple(MemberRow(*r) for r in rows(source, "customer.members", **mine))
            if counters.members
            else ()
        ),
        open_items=read_open_items(source, customer_id=customer_id),
        open_orders=tuple(_open_order(r) for r in rows(source, "customer.open_orders", **mine)),
        figures=read_figures(source, customer_id=customer_id, currency=head.currency, today=today),
        documents=read_documents(source, customer_id=customer_id),
        timeline=tuple(read_timeline(source, customer_id=customer_id, shown=shown)),
        last_contacts=read_last_contacts(source, customer_id=customer_id),
        as_of=today,
    )


def read_open_items(source: Source, *, customer_id: int) -> tuple[OpenItem, ...]:
    """Return every paper of the customer with an amount still open, the first due first."""
    found = rows(source, "customer.open_items", customer_id=customer_id)
    return tuple(_open_item(r) for r in found)


def _head(found: Sequence[Any]) -> tuple[CustomerHead, Counters]:
    fields = list(found[:29])
    fields[5], fields[25] = day_or_none(fields[5]), day_or_none(fields[25])
    fields[20] = None if fields[20] is None else Money(fields[20], fields[12])
    fields[22] = bool(fields[22])
    orders, to_acknowledge, documents, statement, members, activities = found[29:]
    return CustomerHead(*fields), Counters(
        orders, to_acknowledge, documents, day_or_none(statement), members, activities
    )


def _open_item(found: Row) -> OpenItem:
    kind, item_id, number, day, due, currency, total, left, customer_po, disputed, order = found
    return OpenItem(
        kind=kind,
        id=item_id,
        number=number,
        day=date.fromisoformat(day),
        due_on=date.fromisoformat(due),
        total=Money(total, currency),
        open=Money(left, currency),
        customer_po=customer_po,
        disputed_on=day_or_none(disputed),
        order_id=order,
    )


def _open_order(found: Row) -> OpenOrder:
    order_id, number, customer_po, status, hold_reason, ordered, promised, *rest = found
    currency, total, lines, shipped = rest
    return OpenOrder(
        order_id, number, customer_po, status, hold_reason, date.fromisoformat(ordered),
        day_or_none(promised), Money(total, currency), lines, shipped,
    )  # fmt: skip


def read_documents(
    source: Source, *, customer_id: int, most: int = DOCUMENTS_SHOWN
) -> tuple[DocumentBrief, ...]:
    """Return the papers on file, the pinned and then the newest first."""
    found = rows(source, "customer.documents", customer_id=customer_id, most=most)
    return tuple(
        DocumentBrief(document_id, name, kind, date.fromisoformat(filed), bool(pinned))
        for document_id, name, kind, filed, pinned in found
    )
