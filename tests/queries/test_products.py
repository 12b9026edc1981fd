"""Are products found by the beginning of their number or name, as people type them?"""

import pytest

from loyaldesk.models import Product
from loyaldesk.queries.products import find_products


@pytest.fixture(autouse=True)
def _products(store):
    with store.transaction("Products") as tx:
        for number, name, gone in (
            ("20-118", "Assam tea, tin 500 g", False),
            ("31-042", "Äpfel, getrocknet", False),
            ("20-200", "Assam broken", True),
        ):
            tx.insert(
                Product,
                number=number,
                name=name,
                unit="pc",
                currency="EUR",
                unit_price_micro=8_200_000,
                tax_ppm=70_000,
                is_discontinued=gone,
            )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("assam", ["20-118"]),
        ("ASSAM T", ["20-118"]),
        ("apf", ["31-042"]),
        ("20118", ["20-118"]),
        ("31-0", ["31-042"]),
        ("tea", []),
        ("", []),
        (" - ", []),
    ],
)
def test_what_is_typed_finds_what_begins_so(reader, text, numbers):
    assert [product.number for product in find_products(reader, text=text)] == numbers


def test_a_product_brings_its_price_and_tax(reader):
    (tea,) = find_products(reader, text="assam")
    assert (tea.unit, tea.currency, tea.unit_price_micro, tea.tax_ppm) == (
        "pc", "EUR", 8_200_000, 70_000,
    )  # fmt: skip


def test_no_more_are_returned_than_asked_for(reader):
    assert len(find_products(reader, text="a", most=1)) == 1
