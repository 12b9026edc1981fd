"""How an empty profile becomes the demo company that screenshots and newcomers see."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from loyaldesk.domain.next_steps import GroupFrame
from loyaldesk.errors import Refused
from loyaldesk.models import Customer, Invoice, Product, SalesOrder, Setting
from loyaldesk.operations.demo.books import Books, Calendar
from loyaldesk.operations.demo.cast import add_cast
from loyaldesk.operations.demo.catalogue import catalogue, read_table
from loyaldesk.operations.demo.crowd import add_crowd
from loyaldesk.operations.time_frames import keep_time_frame

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.store import Store

__all__ = ["CUSTOMERS", "DemoCounts", "create_demo", "require_empty", "set_company"]

CUSTOMERS = 340
_LABEL = "Create demo company"


@dataclass(frozen=True, slots=True)
class DemoCounts:
    """How many records were made."""

    customers: int
    orders: int
    invoices: int


def create_demo(store: Store, *, today: date, seed: int = 1) -> DemoCounts:
    """Fill an empty store with the demo company as of that day; the seed decides every chance."""
    with store.transaction(_LABEL, undoable=False) as tx:
        require_empty(tx)
        set_company(tx)
        _set_time_frames(tx)
        books = Books(tx)
        _add_products(books)
        calendar, chance = Calendar(today), Random(seed)  # noqa: S311 - believable, not secret
        add_cast(books, calendar, chance)
        add_crowd(books, calendar, chance, until=CUSTOMERS)
        books.write()
    return DemoCounts(*(len(books.rows(model)) for model in (Customer, SalesOrder, Invoice)))


def require_empty(tx: Transaction) -> None:
    """Refuse to mix invented customers with real ones."""
    found = tx.value("SELECT count(*) FROM (SELECT 1 FROM customer LIMIT 1)")
    if found:
        raise Refused(
            "This profile already holds customers. Nothing was changed. Choose an empty folder "
            "with --profile for the demo company."
        )


def set_company(tx: Transaction) -> None:
    """Put the demo's letterhead and bank into the settings."""
    company = read_table("company")["company"]
    known = tx.value("SELECT id FROM setting WHERE key = 'company'")
    if known is None:
        text = json.dumps(company, ensure_ascii=False)
        tx.insert(Setting, key="company", value=text)


def _set_time_frames(tx: Transaction) -> None:
    for group, days in read_table("company")["time_frames"].items():
        keep_time_frame(tx, group=group, frame=GroupFrame(*days))


def _add_products(books: Books) -> None:
    for item in catalogue().values():
        books.add(
            Product, number=item.number, name=item.name, product_group=item.group,
            unit=item.unit, unit_price_micro=int(item.price * 1_000_000), tax_ppm=item.tax_ppm,
        )  # fmt: skip
