"""How do tests of imports get a store, a map and a source?"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loyaldesk.connectors.map_file import map_from_text

if TYPE_CHECKING:
    from loyaldesk.connectors.import_map import ImportMap

DATA = Path(__file__).parents[3] / "shared" / "data"

CUSTOMERS = """
source_system = "shop"
[defaults]
currency = "EUR"
[customer]
table = "*"
key = "No"
[customer.fields]
number = "No"
name = "Name"
"""

ORDERS = """
source_system = "shop"
[defaults]
currency = "EUR"
[customer]
table = "customers"
key = "no"
[customer.fields]
number = "no"
name = "name"
[order]
table = "orders"
key = "no"
{rules}
[order.fields]
number = "no"
customer = "customer"
ordered_on = "ordered"
shipped_on = "shipped"
freight = "freight"
[order_line]
table = "lines"
sort = "pos"
[order_line.fields]
order = "order_no"
description = "item"
quantity = "quantity"
unit_price = "price"
tax = {{ value = 19 }}
"""


def customer_map(more: str = "") -> ImportMap:
    """Return a map of customers with `No` and `Name`; `more` adds fields."""
    return map_from_text(CUSTOMERS + more, name="shop")


def order_map(rules: str = "") -> ImportMap:
    """Return a map of customers, orders and lines; `rules` go into [order]."""
    return map_from_text(ORDERS.format(rules=rules), name="shop")


def order_database(
    path: Path, *, orders: list[tuple[Any, ...]], lines: list[tuple[Any, ...]]
) -> Path:
    """Make a database with the customer C1, these orders and these lines."""
    database = sqlite3.connect(path)  # noqa: TID251 a source, not a store
    database.executescript(
        "DROP TABLE IF EXISTS customers; DROP TABLE IF EXISTS orders; DROP TABLE IF EXISTS lines;"
        "CREATE TABLE customers (no, name); INSERT INTO customers VALUES ('C1', 'Kraft AG');"
        "CREATE TABLE orders (no, customer, ordered, shipped, freight);"
        "CREATE TABLE lines (order_no, pos, item, quantity, price);"
    )
    database.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?)", orders)
    database.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?)", lines)
    database.commit()
    database.close()
    return path


def unpacked(name: str, folder: Path) -> Path:
    """Return a real data set unpacked into the folder, or skip the test where it is missing."""
    packed = DATA / name
    if not packed.exists():
        pytest.skip(f"the data set {name} is not on this machine")
    target = folder / packed.stem
    with gzip.open(packed) as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream)
    return target
