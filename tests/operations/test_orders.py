"""Does an order live its life step by step, with right sums, and refuse what cannot be?"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.domain.money import Money, exponent_of
from loyaldesk.domain.order_steps import StepName, StepState, order_steps
from loyaldesk.domain.order_totals import line_net, tax_of
from loyaldesk.models import AddressUse
from loyaldesk.operations.fulfilment import invoice_order, promise_line, ship_line
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import (
    cancel_order,
    change_order,
    enter_order,
    follow_up_order,
    hold_order,
    release_order,
    replace_lines,
)
from loyaldesk.queries.order_page import find_order, read_order_page
from tests.support.company import first_line
from tests.support.factories import (
    do,
    make_address,
    make_contact,
    make_credit_note,
    make_customer,
    make_order,
    make_payment,
)
from tests.support.refusals import refused
from tests.support.stores import fresh_store

TODAY = date(2024, 11, 12)
TEA = NewOrderLine("Tea", 10_000, 5_000_000, tax_ppm=190_000)


def page_of(store, order_id):
    with store.reader() as reader:
        return read_order_page(reader, order_id=order_id)


def status_of(store, order_id):
    return page_of(store, order_id).head.status


@pytest.fixture
def order_id(store, customer_id):
    return make_order(store, customer_id, lines=[TEA])


@pytest.fixture
def line_id(store, order_id):
    return first_line(store, order_id)


class TestEntering:
    def test_currency_terms_manager_and_delivery_are_the_customers(self, store):
        customer_id = make_customer(store, currency="JPY", terms_days=14, account_manager="Bo")
        make_address(store, customer_id, town="Wien")
        make_address(store, customer_id, AddressUse.DELIVERY, recipient="Lager", town="Graz")
        head = page_of(store, make_order(store, customer_id)).head
        assert (head.currency, head.terms_days, head.salesperson) == ("JPY", 14, "Bo")
        assert (head.ship_recipient, head.ship_town) == ("Lager", "Graz")

    def test_without_a_delivery_address_it_goes_to_the_billing_address(self, store, customer_id):
        make_address(store, customer_id, town="Wien")
        head = page_of(store, make_order(store, customer_id)).head
        assert (head.ship_recipient, head.ship_town) == ("Müller & Söhne GmbH", "Wien")

    def test_it_starts_as_submitted_on_the_day_it_came(self, store, order_id):
        head = page_of(store, order_id).head
        assert (head.status, head.ordered_on, head.acknowledged_on) == ("submitted", TODAY, None)

    def test_the_wish_of_the_whole_order_goes_to_lines_without_their_own(self, store, customer_id):
        own = NewOrderLine("Cup", 1000, 1, requested_on=date(2024, 12, 24))
        order_id = make_order(store, customer_id, lines=[TEA, own], requested_on=date(2024, 12, 1))
        wishes = [line.requested_on for line in page_of(store, order_id).lines]
        assert wishes == [date(2024, 12, 1), date(2024, 12, 24)]

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            (NewOrderLine("  ", 1000, 1), "no description"),
            (NewOrderLine("Tea", 0, 1), "needs a quantity"),
            (NewOrderLine("Tea", -1000, 1), "needs a quantity"),
            (NewOrderLine("Tea", 1000, -1), "below zero"),
        ],
    )
    def test_a_line_that_cannot_be_is_refused_by_its_position(self, store, customer_id, line, said):
        refusal = refused(store, enter_order, customer_id=customer_id, lines=[TEA, line])
        assert "ine 2" in refusal.message
        assert said in refusal.message

    def test_an_order_needs_a_line_a_free_number_and_a_customer(self, store, customer_id):
        make_order(store, customer_id, number="O-1")
        known = {"customer_id": customer_id, "lines": [TEA]}
        assert refused(store, enter_order, customer_id=customer_id, lines=[]).field == "lines"
        assert refused(store, enter_order, **known, number="O-1").field == "number"
        gone = refused(store, enter_order, customer_id=99, lines=[TEA])
        assert "no longer exists" in gone.message


class TestChanging:
    def test_the_total_follows_the_freight_and_its_tax(self, store, order_id):
        do(store, change_order, order_id=order_id, freight_minor=1_000, freight_tax_ppm=190_000)
        head = page_of(store, order_id).head
        assert (head.freight.minor, head.tax.minor, head.total.minor) == (1_000, 1_140, 7_140)

    def test_lines_that_had_the_wish_of_the_order_follow_it(self, store, customer_id):
        own = NewOrderLine("Cup", 1000, 1, requested_on=date(2024, 12, 24))
        order_id = make_order(store, customer_id, lines=[TEA, own], requested_on=date(2024, 12, 1))
        do(store, change_order, order_id=order_id, requested_on=date(2024, 12, 5))
        wishes = [line.requested_on for line in page_of(store, order_id).lines]
        assert wishes == [date(2024, 12, 5), date(2024, 12, 24)]

    def test_an_imported_total_stays_while_the_freight_does(self, store, customer_id):
        order_id = make_order(store, customer_id, lines=[TEA], changes={"total_minor": 4_999})
        do(store, change_order, order_id=order_id, customer_po="8812")
        assert page_of(store, order_id).head.total.minor == 4_999

    def test_freight_stays_once_it_is_invoiced(self, store, order_id, line_id):
        do(store, ship_line, line_id=line_id, quantity_milli=1_000)
        do(store, invoice_order, order_id=order_id)
        refusal = refused(store, change_order, order_id=order_id, freight_minor=1)
        assert refusal.field == "freight_minor"
        assert page_of(store, order_id).head.freight.minor == 0

    def test_a_cancelled_order_is_not_changed(self, store, order_id):
        do(store, cancel_order, order_id=order_id)
        refusal = refused(store, change_order, order_id=order_id, customer_po="1")
        assert "is cancelled" in refusal.message

    def test_a_person_of_another_customer_is_refused(self, store, order_id, customer_id):
        stranger = make_contact(store, make_customer(store, "Zum Anker"))
        known = {"contact_id": stranger}
        assert refused(store, change_order, order_id=order_id, **known).field == "contact_id"
        entering = {"customer_id": customer_id, "lines": [TEA], **known}
        assert refused(store, enter_order, **entering).field == "contact_id"


class TestLines:
    def test_replacing_lines_works_out_the_sums_anew(self, store, order_id):
        new = [NewOrderLine("Cup", 2_000, 3_500_000), NewOrderLine("Pot", 1_000, 20_000_000)]
        do(store, replace_lines, order_id=order_id, lines=new)
        page = page_of(store, order_id)
        assert [line.description for line in page.lines] == ["Cup", "Pot"]
        assert (str(page.head.net), str(page.head.tax), str(page.head.total)) == (
            "27.00",
            "0.00",
            "27.00",
        )

    def test_lines_stay_once_something_has_shipped(self, store, order_id, line_id):
        do(store, ship_line, line_id=line_id, quantity_milli=1)
        refusal = refused(store, replace_lines, order_id=order_id, lines=[TEA])
        assert "already on its way" in refusal.message

    def test_the_promise_of_the_order_is_the_latest_of_its_lines(self, store, customer_id):
        order_id = make_order(store, customer_id, lines=[TEA, TEA])
        first, second = (line.id for line in page_of(store, order_id).lines)
        do(store, promise_line, line_id=first, promised_on=date(2024, 12, 1))
        do(store, promise_line, line_id=second, promised_on=date(2024, 12, 24))
        assert page_of(store, order_id).head.promised_on == date(2024, 12, 24)
        do(store, promise_line, line_id=second, promised_on=None)
        assert page_of(store, order_id).head.promised_on == date(2024, 12, 1)

    @pytest.mark.parametrize("operation", [promise_line, ship_line])
    def test_a_line_that_is_gone_is_refused(self, store, operation):
        known = {"promised_on": TODAY} if operation is promise_line else {"quantity_milli": 1}
        assert "no longer exists" in refused(store, operation, line_id=9, **known).message


class TestHoldAndCancel:
    def test_a_hold_needs_a_reason_and_a_release_ends_it(self, store, order_id):
        assert refused(store, hold_order, order_id=order_id, reason=" ").field == "reason"
        do(store, hold_order, order_id=order_id, reason=" credit ")
        assert page_of(store, order_id).head.hold_reason == "credit"
        do(store, release_order, order_id=order_id)
        head = page_of(store, order_id).head
        assert (head.hold_reason, head.released_on) == ("", TODAY)

    def test_nothing_ships_of_an_order_on_hold(self, store, order_id, line_id):
        do(store, hold_order, order_id=order_id, reason="credit")
        refusal = refused(store, ship_line, line_id=line_id, quantity_milli=1000)
        assert "on hold: credit" in refusal.message

    def test_a_cancelled_order_stays_as_it_is(self, store, order_id, line_id):
        do(store, cancel_order, order_id=order_id)
        assert status_of(store, order_id) == "cancelled"
        for operation, known in (
            (cancel_order, {"order_id": order_id}),
            (replace_lines, {"order_id": order_id, "lines": [TEA]}),
            (ship_line, {"line_id": line_id, "quantity_milli": 1000}),
        ):
            assert "is cancelled" in refused(store, operation, **known).message

    def test_what_has_shipped_is_not_cancelled(self, store, order_id, line_id):
        do(store, ship_line, line_id=line_id, quantity_milli=1000)
        assert "already shipped" in refused(store, cancel_order, order_id=order_id).message

    @pytest.mark.parametrize("operation", [cancel_order, invoice_order])
    def test_an_order_that_is_gone_is_refused(self, store, operation):
        assert "no longer exists" in refused(store, operation, order_id=9).message


class TestLife:
    def test_an_order_ships_in_parts_is_invoiced_in_parts_and_paid(self, store, customer_id):
        order_id = make_order(store, customer_id, lines=[TEA], freight_minor=900, number="O-1")
        line_id = first_line(store, order_id)
        do(store, ship_line, line_id=line_id, quantity_milli=4_000)
        assert status_of(store, order_id) == "part_delivered"
        do(store, invoice_order, order_id=order_id)
        assert status_of(store, order_id) == "part_delivered"
        do(store, ship_line, line_id=line_id, quantity_milli=6_000)
        assert status_of(store, order_id) == "delivered"
        do(store, invoice_order, order_id=order_id)
        page = page_of(store, order_id)
        # The freight is on the first invoice only; the two make up the order.
        assert [str(invoice.total) for invoice in page.invoices] == ["32.80", "35.70"]
        assert str(page.head.total) == "68.50"
        assert (page.head.status, page.head.invoiced_on) == ("invoiced", TODAY)
        assert page.paid_on is None
        make_payment(store, customer_id, "68.50", allocate_oldest_first=True)
        page = page_of(store, order_id)
        assert page.paid_on == TODAY
        states = {step.name: step.state for step in order_steps(page.step_facts(TODAY))}
        assert states[StepName.SHIPPED] is states[StepName.PAID] is StepState.DONE
        assert states[StepName.ACKNOWLEDGED] is StepState.TO_COME

    def test_a_credit_note_left_over_does_not_make_a_paid_order_unpaid(self, store, customer_id):
        order_id = make_order(store, customer_id, lines=[TEA], shipped=1)
        do(store, invoice_order, order_id=order_id)
        make_payment(store, customer_id, "59.50", allocate_oldest_first=True)
        make_credit_note(store, customer_id, "5.00", order_id=order_id)
        assert page_of(store, order_id).paid_on == TODAY

    def test_no_more_ships_than_is_owed(self, store, order_id, line_id):
        for quantity in (0, -1, 10_001):
            refusal = refused(store, ship_line, line_id=line_id, quantity_milli=quantity)
            assert refusal.field == "quantity"
        do(store, ship_line, line_id=line_id, quantity_milli=10_000)
        assert refused(store, ship_line, line_id=line_id, quantity_milli=1).field == "quantity"

    def test_an_order_has_shipped_on_the_day_of_its_last_part(self, store, order_id, line_id):
        monday = date(2024, 11, 4)
        do(store, ship_line, line_id=line_id, quantity_milli=4_000, shipped_on=monday)
        assert page_of(store, order_id).head.shipped_on is None
        tuesday = monday + timedelta(days=1)
        do(store, ship_line, line_id=line_id, quantity_milli=6_000, shipped_on=tuesday)
        assert page_of(store, order_id).head.shipped_on == tuesday

    def test_only_what_has_shipped_is_invoiced_and_only_once(self, store, order_id, line_id):
        assert "Nothing of order" in refused(store, invoice_order, order_id=order_id).message
        do(store, ship_line, line_id=line_id, quantity_milli=1_000)
        do(store, invoice_order, order_id=order_id)
        assert "Nothing of order" in refused(store, invoice_order, order_id=order_id).message

    def test_the_invoice_carries_the_orders_terms_and_their_number(self, store, customer_id):
        order_id = make_order(store, customer_id, lines=[TEA], shipped=1, customer_po="PO 7")
        invoice_id = do(store, invoice_order, order_id=order_id, invoiced_on=date(2024, 11, 1))
        with store.reader() as reader:
            found = reader.row(
                "SELECT customer_po, due_on, order_id FROM invoice WHERE id = ?", [invoice_id]
            )
        assert found == ("PO 7", "2024-12-01", order_id)

    def test_an_order_is_found_by_its_number(self, store, reader, customer_id):
        order_id = make_order(store, customer_id, number="O-77")
        assert find_order(reader, number="O-77") == order_id

    def test_a_line_is_late_by_its_promise_until_it_ships(self, store, order_id, line_id):
        do(store, promise_line, line_id=line_id, promised_on=TODAY - timedelta(days=2))
        assert page_of(store, order_id).lines[0].days_late(TODAY) == 2
        early = TODAY - timedelta(days=3)
        do(store, ship_line, line_id=line_id, quantity_milli=10_000, shipped_on=early)
        assert page_of(store, order_id).lines[0].days_late(TODAY) == -1


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory):
    opened = fresh_store(tmp_path_factory.mktemp("orders"))
    yield opened
    opened.close()


new_lines = st.builds(
    NewOrderLine,
    description=st.just("Tea"),
    quantity_milli=st.integers(1, 10**7),
    unit_price_micro=st.integers(0, 10**10),
    discount_ppm=st.integers(0, 10**6),
    tax_ppm=st.sampled_from([0, 70_000, 190_000]),
)


class TestFollowingUp:
    def test_what_has_shipped_is_followed_up_today(self, store, order_id, line_id):
        do(store, ship_line, line_id=line_id, quantity_milli=1_000)
        do(store, follow_up_order, order_id=order_id)
        assert page_of(store, order_id).head.followed_up_on == TODAY
        assert store.undo().endswith("as followed up")

    def test_what_has_not_shipped_is_refused(self, store, order_id):
        assert "has shipped yet" in str(refused(store, follow_up_order, order_id=order_id))


@settings(max_examples=40)
@given(
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    lines=st.lists(new_lines, min_size=1, max_size=5),
    freight=st.integers(0, 10**6),
)
def test_the_order_is_the_sum_of_its_rounded_lines_its_freight_and_its_tax(
    shared_store, currency, lines, freight
):
    customer_id = make_customer(shared_store, currency=currency)
    order_id = make_order(shared_store, customer_id, lines=lines, freight_minor=freight)
    head = page_of(shared_store, order_id).head
    exponent = exponent_of(currency)
    nets = [
        line_net(line.unit_price_micro, line.quantity_milli, line.discount_ppm, exponent=exponent)
        for line in lines
    ]
    taxes = [
        tax_of(sum(n for n, line in zip(nets, lines, strict=True) if line.tax_ppm == rate), rate)
        for rate in (70_000, 190_000)
    ]
    assert head.net == Money(sum(nets), currency)
    assert head.total == Money(sum(nets) + freight + sum(taxes), currency)


@settings(max_examples=30)
@given(
    quantity=st.integers(2, 100),
    price=st.integers(0, 10**8),
    parts=st.lists(st.integers(1, 40), min_size=1, max_size=6),
)
def test_invoices_never_bill_more_than_has_shipped(shared_store, quantity, price, parts):
    customer_id = make_customer(shared_store)
    line = NewOrderLine("Tea", quantity * 1000, price)
    order_id = make_order(shared_store, customer_id, lines=[line])
    line_id, left = first_line(shared_store, order_id), quantity
    for part in parts:
        shipped = min(part, left)
        if shipped:
            do(shared_store, ship_line, line_id=line_id, quantity_milli=shipped * 1000)
            do(shared_store, invoice_order, order_id=order_id)
            left -= shipped
    with shared_store.reader() as reader:
        billed = reader.value(
            "SELECT sum(quantity_milli) FROM invoice_line WHERE order_line_id = ?", [line_id]
        )
    assert billed == (quantity - left) * 1000
    assert (status_of(shared_store, order_id) == "invoiced") == (left == 0)
