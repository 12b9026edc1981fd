"""What the demo company sells, and for how much in each currency."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from loyaldesk.domain.money import exponent_of
from loyaldesk.resources import resource

__all__ = ["Item", "catalogue", "price_micro", "read_table"]

_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One product: price in euro, tax in parts per million."""

    number: str
    name: str
    group: str
    unit: str
    price: Decimal
    tax_ppm: int


def read_table(name: str) -> dict[str, Any]:
    """Return the demo's data file of that name, such as `crowd`."""
    text = resource(f"demo/{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def catalogue() -> dict[str, Item]:
    """Return all products by number."""
    return {
        number: Item(number, name, group["group"], unit, Decimal(price), group["tax"] * 10_000)
        for group in read_table("products")["product"]
        for number, name, unit, price in group["items"]
    }


@cache
def _rates() -> dict[str, Decimal]:
    return {code: Decimal(rate) for code, rate in read_table("company")["rates"].items()}


@cache
def price_micro(number: str, currency: str) -> int:
    """Return the list price of a product in millionths of the currency's major unit."""
    price = catalogue()[number].price * _rates()[currency]
    return int(round(price, exponent_of(currency)) * _MICRO)
