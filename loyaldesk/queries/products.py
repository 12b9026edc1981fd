"""Which products begin with what is typed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.text import fold, number_key
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["FoundProduct", "find_products"]

MOST = 12
# Later than any letter a key can go on with.
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class FoundProduct:
    """A product as an order line takes it: price in millionths, tax in parts per million."""

    id: int
    number: str
    name: str
    unit: str
    currency: str
    unit_price_micro: int
    tax_ppm: int


def find_products(source: Source, *, text: str, most: int = MOST) -> list[FoundProduct]:
    """Return products that are sold, whose number or name begins so, by name."""
    name, number = fold(text).strip(), number_key(text)
    if not name:
        return []
    # A text without letters or digits has no key, and every number begins with nothing.
    first = number or LAST
    found = rows(
        source,
        "product.find",
        number=first,
        number_end=first + LAST,
        name=name,
        name_end=name + LAST,
        most=most,
    )
    return [FoundProduct(*product) for product in found]
