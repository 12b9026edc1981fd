"""Is what an import finds said as people write it?"""

from __future__ import annotations

import pytest

from loyaldesk.connectors.results import Counts, Difference, Refusal
from loyaldesk.connectors.targets import TARGETS
from loyaldesk.formats import Formats
from loyaldesk.ui.imports.words import (
    OUTCOMES,
    counted_records,
    difference_words,
    outcome_words,
    refusal_words,
    sample_words,
    table_words,
)

FORMATS = Formats("en-GB")


def test_amounts_quantities_and_rates_are_written_out():
    fields = {
        "number": "10248", "customer_id": 86, "freight_minor": 3238, "currency": "USD",
        "quantity_milli": 12_500, "unit_price_micro": 14_250_000, "discount_ppm": 50_000,
        "source_system": "northwind", "notes": "",
    }  # fmt: skip
    assert sample_words(fields, FORMATS) == (
        "10248",
        "freight: 32.38 · quantity: 12.5 · unit price: 14.25 · discount: 5%",
    )


def test_a_record_without_name_or_number_is_a_dash():
    assert sample_words({"customer_id": 1}, FORMATS) == ("–", "")


def test_a_change_goes_from_old_to_new_and_nothing_is_a_dash():
    change = Difference("customer", "K1", {"town": ("", "Bremen"), "terms_days": (14, 30)})
    assert difference_words(change, FORMATS) == (
        "Customers · K1",
        "town: – → Bremen · terms days: 14 → 30",
    )


def test_a_row_that_is_left_out_says_where_and_why():
    refusal = Refusal("orders", 1_007, "7", "amount", "12,x", "is not a number")
    assert refusal_words(refusal, FORMATS) == (
        "orders, row 1,007",
        "amount “12,x” is not a number",
    )


def test_records_are_counted_without_those_that_stay():
    counts = {"customer": Counts(new=2, same=9, refused=1), "address": Counts(changed=1, removed=3)}
    assert counted_records(counts) == 6


@pytest.mark.parametrize("target", sorted({target.table for target in TARGETS.values()}))
def test_every_table_has_a_name(dressed, target):
    assert table_words(target) != target.replace("_", " ")


def test_every_outcome_has_a_name(dressed):
    assert len({outcome_words(outcome) for outcome in OUTCOMES}) == len(OUTCOMES)
