"""Are the checks before an order is accepted made of what is on record, however many orders?"""

from dataclasses import replace
from datetime import date

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.verification import Check, Grade
from loyaldesk.errors import Refused
from loyaldesk.models import Customer, Product, SalesOrder
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.settings import change_company, change_setting
from loyaldesk.queries.verification import POLICY_KEY, read_policy, verification_states, verify
from tests.pdf.ack_letters import NORDLICHT
from tests.support.factories import (
    do,
    make_address,
    make_contact,
    make_customer,
    make_invoice,
    make_order,
    make_payment,
)

DAY = date(2024, 12, 2)
TEA = NewOrderLine("Tea", 10_000, 5_000_000, promised_on=DAY)


def sound_customer(store, name="Kraft AG", **fields):
    customer_id = make_customer(store, name, credit_limit_minor=100_000, **fields)
    make_address(store, customer_id)
    make_contact(store, customer_id, email="a.roth@kraft.example")
    return customer_id


def sound_order(store, customer_id, customer_po="1", **fields):
    return make_order(store, customer_id, lines=[TEA], customer_po=customer_po, **fields)


@pytest.fixture
def customer(store):
    """Return a customer of whom nothing is missing and who has ordered before."""
    customer_id = sound_customer(store)
    sound_order(store, customer_id, "0", ordered_on=date(2024, 1, 8))
    return customer_id


def looks(store, order_id):
    with store.reader() as reader:
        return [finding.check for finding in verify(reader, order_id=order_id).looks]


def stops(store, order_id):
    with store.reader() as reader:
        return [finding.check for finding in verify(reader, order_id=order_id).stops]


def change(store, model, row_id, **values):
    with store.transaction("Change") as tx:
        tx.update(model, row_id, **values)


def test_a_further_order_of_a_sound_customer_may_go(store, reader, customer):
    found = verify(reader, order_id=sound_order(store, customer))
    assert {finding.grade for finding in found.findings} == {Grade.OK}
    assert found.is_ready


def test_the_first_order_is_confirmed_by_a_person(store, customer):
    other = sound_customer(store, "Neu GmbH")
    assert looks(store, sound_order(store, other)) == [Check.ADDRESS]


def test_a_cancelled_order_leaves_the_next_one_the_first(store):
    customer_id = sound_customer(store)
    gone = sound_order(store, customer_id, "0")
    change(store, SalesOrder, gone, status="cancelled")
    assert Check.ADDRESS in looks(store, sound_order(store, customer_id))


@pytest.mark.parametrize(
    ("place", "lacks"),
    [
        (None, "street, town"),
        ({"street": "", "postcode": ""}, "street"),
        ({"town": ""}, "town"),
        ({"street": ""}, None),
    ],
)
def test_an_incomplete_address_stops_it(store, reader, place, lacks):
    customer_id = make_customer(store)
    if place is not None:
        make_address(store, customer_id, extra="Werk 2", **place)
    found = verify(reader, order_id=sound_order(store, customer_id))
    assert [f"lacks: {lacks}." in stop.words for stop in found.stops] == [True] * bool(lacks)


def test_the_same_number_of_theirs_twice_is_told_but_not_of_another_customer(store, customer):
    first = sound_order(store, customer, "PO 88-12", number="4711")
    sound_order(store, sound_customer(store, "Andere KG"), "PO 88-12")
    assert looks(store, first) == []
    second = sound_order(store, customer, "po 8812", number="4712")
    assert looks(store, second) == [Check.DUPLICATE]
    change(store, SalesOrder, first, status="cancelled")
    assert looks(store, second) == []


def test_a_price_is_compared_with_the_products_in_the_same_currency(store, customer):
    with store.transaction("Product") as tx:
        product = tx.insert(Product, number="T", name="Tea", unit_price_micro=6_000_000)
    line = NewOrderLine("Tea", 1_000, 5_000_000, product_id=product, promised_on=DAY)
    order_id = make_order(store, customer, lines=[line], customer_po="2")
    assert looks(store, order_id) == [Check.PRICES]
    change(store, Product, product, unit_price_micro=5_000_000)
    assert looks(store, order_id) == []
    change(store, Product, product, unit_price_micro=9_000_000, currency="USD")
    assert looks(store, order_id) == []


def test_lines_that_left_need_no_day(store, customer):
    undated = NewOrderLine("Tea", 1_000, 5_000_000)
    order_id = make_order(store, customer, lines=[undated, TEA], customer_po="2")
    assert looks(store, order_id) == [Check.DATES]
    other = make_order(store, customer, lines=[undated, TEA], customer_po="3", shipped=1)
    assert looks(store, other) == []


def test_terms_other_than_the_customers_are_told(store, customer):
    order_id = sound_order(store, customer)
    change(store, SalesOrder, order_id, terms_days=90)
    assert looks(store, order_id) == [Check.TERMS]


def test_the_credit_counts_open_items_and_orders_less_what_was_paid_ahead(store, customer):
    order_id = sound_order(store, customer)  # 50.00, and 50.00 were ordered before
    make_invoice(store, customer, "900.00")
    assert looks(store, order_id) == []
    make_invoice(store, customer, "0.01")
    assert looks(store, order_id) == [Check.CREDIT]
    make_payment(store, customer, "0.01")
    assert looks(store, order_id) == []
    change(store, Customer, customer, credit_status="hold")
    assert stops(store, order_id) == [Check.CREDIT]


@pytest.mark.parametrize(
    ("country", "tax_id", "expected"), [("AT", "", True), ("AT", "ATU1", False), ("CH", "", False)]
)
def test_a_vat_id_is_expected_within_the_eu_abroad(store, country, tax_id, expected):
    do(store, change_company, sender=replace(NORDLICHT, country="DE"))
    customer_id = make_customer(store, "Neu", credit_limit_minor=1_000_00, tax_id=tax_id)
    make_address(store, customer_id, country=country)
    make_contact(store, customer_id, phone="+43 1 5550 142")
    assert (Check.TAX_ID in looks(store, sound_order(store, customer_id))) is expected


def test_a_first_order_needs_a_limit_unless_it_is_paid_before(store):
    customer_id = make_customer(store)
    make_address(store, customer_id)
    order_id = sound_order(store, customer_id)
    assert looks(store, order_id) == [Check.ADDRESS, Check.LIMIT, Check.CONTACT]
    make_payment(store, customer_id, "50.00")
    assert looks(store, order_id) == [Check.ADDRESS, Check.CONTACT]


def test_the_policy_is_the_customers_or_else_the_companys(store, reader, customer):
    order_id = sound_order(store, customer)
    assert verify(reader, order_id=order_id).stance is Stance.ACCEPTANCE
    do(store, change_setting, key=POLICY_KEY, value="receipt")
    assert verify(reader, order_id=order_id).stance is Stance.RECEIPT
    assert read_policy(reader) is Stance.RECEIPT
    change(store, Customer, customer, acknowledgement_policy="acceptance")
    assert read_policy(reader, customer_id=customer) is Stance.ACCEPTANCE
    assert verify(reader, order_id=order_id).stance is Stance.ACCEPTANCE


def test_a_held_order_says_so_whatever_the_policy(store, reader, customer):
    order_id = sound_order(store, customer)
    change(store, SalesOrder, order_id, hold_reason="sample first")
    assert verify(reader, order_id=order_id).stance is Stance.ON_HOLD


def test_many_orders_take_as_many_statements_as_one(store, reader, customer):
    ids = [sound_order(store, customer, str(number)) for number in range(1, 40)]
    before = reader.statements_run
    verification_states(reader, order_ids=ids[:1])
    one = reader.statements_run - before
    found = verification_states(reader, order_ids=ids)
    assert (len(found), reader.statements_run - before) == (39, 2 * one)
    assert one == 6


def test_an_order_that_is_gone_is_refused(reader):
    assert verification_states(reader, order_ids=[99]) == {}
    with pytest.raises(Refused, match="no longer exists"):
        verify(reader, order_id=99)
