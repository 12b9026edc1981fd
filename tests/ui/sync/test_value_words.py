"""Are fields, records and values said as on the forms, and never as they are stored?"""

import pytest

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.sync_records import RecordName
from loyaldesk.ui.screen_formats import ScreenFormats
from loyaldesk.ui.sync.field_words import field_words, record_words
from loyaldesk.ui.sync.value_words import ValueWords

FORMATS = ScreenFormats("en-GB")
CUSTOMER = RecordName("customer", "1" * 32, "10117", 1, 1, "Blondel et Fils", "10117", "EUR")
ORDER = RecordName("sales_order", "2" * 32, "4711", 1, 1, "Blondel et Fils", "10117", "EUR")
OTHER = "3" * 32


def say(record, field, value):
    return ValueWords(FORMATS, record, {OTHER: "Holding · 10000"}).say(field, value)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_no_field_is_called_as_its_column(kind):
    for field in (*kind.fields, *(f"lines.2.{name}" for name in kind.lines)):
        words = field_words(field)
        assert words
        assert "_" not in words


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_word(kind):
    words = record_words(RecordName(kind, "1" * 32, "7"))
    assert "_" not in words
    assert words.endswith(" 7")


def test_a_customer_is_called_by_name_and_a_line_by_its_position():
    assert record_words(CUSTOMER) == "Blondel et Fils"
    assert record_words(ORDER) == "Order 4711"
    assert field_words("lines.2.quantity_milli") == "Line 2, quantity"


@pytest.mark.parametrize(
    ("record", "field", "value", "said"),
    [
        (CUSTOMER, "terms_days", 45, "45"),
        (CUSTOMER, "credit_limit_minor", 2_500_000, "€25,000.00"),
        (CUSTOMER, "is_key_account", 1, "yes"),
        (CUSTOMER, "is_key_account", 0, "no"),
        (CUSTOMER, "customer_since", "2024-03-01", "1 Mar 2024"),
        (CUSTOMER, "credit_status", "watch", "On watch"),
        (CUSTOMER, "status", "prospect", "Prospect"),
        (CUSTOMER, "parent_id", OTHER, "Holding · 10000"),
        (CUSTOMER, "parent_id", "4" * 32, "a record that is not on this computer"),
        (CUSTOMER, "phone", "", "nothing"),
        (CUSTOMER, "parent_id", None, "nothing"),
        (CUSTOMER, "", None, "deleted"),
        (CUSTOMER, "", {"phone": "1", "terms_days": 3},
         "kept; changed: Telephone, Payment terms, days"),
        (CUSTOMER, "shoe_size", 46, "46"),
        (ORDER, "status", "part_delivered", "Part delivered"),
        (ORDER, "lines.1.quantity_milli", 2_500, "2.5"),
        (ORDER, "lines.1.discount_ppm", 100_000, "10%"),
        (ORDER, "lines", [{"position": 1, "quantity_milli": 2_000, "description": "Tea",
                           "unit_price_micro": 5_000_000}], "1. 2 × Tea at EUR 5.00"),
    ],
)  # fmt: skip
def test_a_value_is_said_in_words(record, field, value, said):
    assert say(record, field, value).replace("\u00a0", " ") == said


def test_amounts_are_hidden_with_all_others():
    formats = ScreenFormats("en-GB", hides_amounts=True)
    words = ValueWords(formats, CUSTOMER, {}).say("credit_limit_minor", 2_500_000)
    assert "25" not in words
