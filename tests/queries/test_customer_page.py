"""Does the page of a customer show everything, cheaply, however long the history is?"""

from datetime import date, timedelta

import pytest

from loyaldesk.domain.customer_figures import customer_tiles
from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.models import (
    Activity,
    Allocation,
    Document,
    Invoice,
    OrderLine,
    Payment,
    SalesOrder,
    StoredFile,
)
from loyaldesk.operations.documents import pin_document
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.payments import allocate_amount
from loyaldesk.queries.book import sql_of
from loyaldesk.queries.customer_page import find_customer, read_customer_page
from loyaldesk.queries.parents import read_family_figures
from tests.support.factories import (
    do,
    make_activity,
    make_address,
    make_contact,
    make_credit_note,
    make_customer,
    make_document,
    make_invoice,
    make_order,
    make_payment,
)

TODAY = date(2024, 11, 12)


@pytest.fixture
def page_of(store):
    """Return a function that reads the page of a customer with a reader of its own."""

    def read(customer_id):
        with store.reader() as reader:
            return read_customer_page(reader, customer_id=customer_id, today=TODAY)

    return read


def fill_history(store, customer_id, count):
    """Give a customer so many finished orders, paid invoices, activities and documents."""
    now = "2024-11-12T08:00:00.000Z"

    def day(n):
        return (date(2024, 11, 1) - timedelta(days=n % 300)).isoformat()

    with store.transaction("History") as tx:
        orders = tx.insert_many(
            SalesOrder,
            ["number", "customer_id", "status", "ordered_on", "currency", "net_minor"],
            ((f"{customer_id}-{n}", customer_id, "invoiced", day(n), "EUR", 100)
             for n in range(count)),
        )  # fmt: skip
        tx.insert_many(
            OrderLine,
            ["order_id", "position", "description", "quantity_milli", "unit_price_micro",
             "net_minor"],
            ((order, 1, "Tea", 1000, 1_000_000, 100) for order in orders),
        )  # fmt: skip
        invoices = tx.insert_many(
            Invoice,
            ["number", "customer_id", "order_id", "invoiced_on", "currency", "net_minor",
             "total_minor", "open_minor", "recorded_at"],
            ((f"I{customer_id}-{n}", customer_id, order, day(n), "EUR", 100, 100, 0, now)
             for n, order in enumerate(orders)),
        )  # fmt: skip
        payments = tx.insert_many(
            Payment,
            ["number", "customer_id", "received_on", "currency", "amount_minor",
             "unallocated_minor", "recorded_at"],
            ((f"P{customer_id}-{n}", customer_id, day(n), "EUR", 100, 0, now)
             for n in range(count)),
        )  # fmt: skip
        tx.insert_many(
            Allocation,
            ["customer_id", "payment_id", "invoice_id", "amount_minor", "applied_on",
             "recorded_at"],
            ((customer_id, paid, invoice, 100, day(n), now)
             for n, (paid, invoice) in enumerate(zip(payments, invoices, strict=True))),
        )  # fmt: skip
        tx.insert_many(
            Activity,
            ["customer_id", "kind", "happened_at", "subject"],
            ((customer_id, "call", f"{day(n)}T09:00:00.000Z", "Call") for n in range(count)),
        )
        content = tx.insert(
            StoredFile, sha256=bytes([customer_id]) * 32, size=1, mime="text/plain", stored_at=now
        )
        tx.insert_many(
            Document,
            ["customer_id", "file_id", "name", "filed_on"],
            ((customer_id, content, f"{n}.txt", day(n)) for n in range(count)),
        )


def test_ten_orders_or_a_thousand_cost_the_same_statements_and_rows(store):
    few, many = make_customer(store, "Few"), make_customer(store, "Many")
    fill_history(store, few, 100)
    fill_history(store, many, 3_000)
    cost = []
    for customer_id in (few, many):
        with store.reader() as reader:
            read_customer_page(reader, customer_id=customer_id, today=TODAY)
            cost.append((reader.statements_run, reader.rows_read))
    assert cost[0] == cost[1]
    assert cost[0][0] <= 13


def test_the_open_items_of_a_long_history_are_read_without_the_history(store, reader):
    make_customer(store)
    sql = "SELECT sql FROM sqlite_master WHERE name = 'ix_invoice_open'"
    assert "WHERE open_minor <> 0" in reader.value(sql)
    for name in ("customer.open_items", "parent.figures"):
        values = {"customer_id": 1, "today": "2024-11-12", "year_start": "2024-01-01"}
        plan = reader.rows(f"EXPLAIN QUERY PLAN {sql_of(name)}", values)
        read = [text for *_, text in plan if "ix_invoice" in text or "ix_payment" in text]
        assert len(read) == 2
        assert "ix_invoice_open" in read[0]
        assert "ix_payment_unallocated" in read[1]


def test_the_page_holds_every_part(store, page_of):
    parent_id = make_customer(store, "Holding")
    customer_id = make_customer(store, "Kraft AG", parent_id=parent_id, credit_limit_minor=100_00)
    make_customer(store, "Daughter", number="D-1", parent_id=customer_id)
    make_contact(store, customer_id, "Zweite")
    make_contact(store, customer_id, "Erste", given_name="Anna", is_primary=True)
    make_address(store, customer_id)
    make_order(store, customer_id, number="O-1", customer_po="PO 7")
    invoice_id = make_invoice(store, customer_id, "80.00", invoiced_on=date(2024, 9, 1))
    do(store, dispute_invoice, invoice_id=invoice_id, reason="damaged")
    make_activity(store, customer_id)
    make_document(store, customer_id)
    page = page_of(customer_id)
    assert (page.head.parent_name, str(page.head.credit_limit)) == ("Holding", "100.00")
    assert [member.number for member in page.members] == ["D-1"]
    assert [person.name for person in page.contacts] == ["Anna Erste", "Zweite"]
    assert page.addresses[0].town == "Hamburg"
    assert page.open_items[0].disputed_on == TODAY
    assert page.open_orders[0].customer_po == "PO 7"
    assert {entry.what for entry in page.timeline} == {"order", "invoice", "call"}
    assert page.last_contacts[0].kind == "call"
    assert (page.counters.open_orders, page.counters.to_acknowledge) == (1, 1)
    assert (page.counters.documents, page.counters.members, page.counters.activities) == (1, 1, 1)


def test_an_empty_customer_has_an_empty_page(store, page_of):
    page = page_of(make_customer(store, currency="JPY"))
    tiles = customer_tiles(page.tile_facts)
    assert [str(money) for money in tiles.open_balance] == ["0"]
    assert (page.ageing, page.open_items, page.timeline, page.members) == ((), (), (), ())


def test_pinned_documents_stand_above_newer_ones(store, page_of):
    customer_id = make_customer(store)
    for n in range(10):
        make_document(store, customer_id, f"{n}.pdf", filed_on=date(2024, 1, 1 + n))
    old = page_of(customer_id).documents[-1]
    do(store, pin_document, document_id=old.id, pinned=True)
    names = [document.name for document in page_of(customer_id).documents]
    assert names == [old.name, *(f"{n}.pdf" for n in range(9, 1, -1) if f"{n}.pdf" != old.name)]


def test_open_orders_stand_with_the_first_promised_on_top_and_the_unpromised_last(store, page_of):
    customer_id = make_customer(store)
    make_order(store, customer_id, number="no-day")
    for number, day in (("late", 1), ("soon", 20), ("next", 15)):
        make_order(store, customer_id, number=number, changes={"promised_on": date(2024, 11, day)})
    assert [order.number for order in page_of(customer_id).open_orders] == [
        "late",
        "next",
        "soon",
        "no-day",
    ]


def test_an_open_order_says_how_many_of_its_lines_have_shipped(store, page_of):
    customer_id = make_customer(store)
    lines = [NewOrderLine(f"Item {n}", 1000, 1_000_000) for n in range(3)]
    make_order(store, customer_id, lines=lines, shipped=2)
    (order,) = page_of(customer_id).open_orders
    assert (order.lines, order.lines_shipped) == (3, 2)


def test_currencies_are_never_added(store, page_of):
    customer_id = make_customer(store, currency="EUR")
    make_invoice(store, customer_id, "10.00")
    make_invoice(store, customer_id, "700", currency="JPY")
    make_invoice(store, customer_id, "1.234", currency="KWD")
    tiles = customer_tiles(page_of(customer_id).tile_facts)
    assert [f"{money.currency} {money}" for money in tiles.open_balance] == [
        "EUR 10.00",
        "JPY 700",
        "KWD 1.234",
    ]


def test_a_customer_is_found_by_exactly_its_number(store, reader):
    customer_id = make_customer(store, number="K-1")
    assert find_customer(reader, number="K-1") == customer_id
    with pytest.raises(Refused, match="no customer with the number “k-1”"):
        find_customer(reader, number="k-1")


def test_a_page_of_a_customer_that_is_gone_is_refused(page_of):
    with pytest.raises(Refused, match="no longer exists"):
        page_of(999)


class TestFamily:
    @pytest.fixture
    def family(self, store):
        """Return a parent, its two members and an outsider, each with an invoice and an order."""
        parent = make_customer(store, "Parent")
        first = make_customer(store, "First", parent_id=parent)
        second = make_customer(store, "Second", parent_id=parent, currency="USD")
        outsider = make_customer(store, "Outsider")
        late, soon = date(2024, 9, 1), date(2024, 12, 1)
        for customer_id, amount in ((parent, "1.00"), (first, "10.00"), (outsider, "1000.00")):
            make_invoice(store, customer_id, amount, invoiced_on=late, due_on=late)
            make_invoice(store, customer_id, amount, invoiced_on=late, due_on=soon)
        make_payment(store, first, "5.00")
        make_credit_note(store, first, "2.00")
        make_invoice(store, second, "7.00", currency="USD", invoiced_on=late, due_on=late)
        make_order(store, second, ordered_on=date(2024, 1, 1))
        make_order(store, second, ordered_on=date(2023, 12, 31))
        return parent, first, second

    def test_figures_of_parent_and_members_are_rolled_up_per_currency(self, reader, family):
        found = read_family_figures(reader, customer_id=family[0], today=TODAY)
        together = [
            (row.balance.currency, str(row.balance), str(row.overdue), str(row.this_year))
            for row in found.together
        ]
        assert together == [("EUR", "15.00", "11.00", "0.00"), ("USD", "7.00", "7.00", "50.00")]

    def test_each_member_has_its_own_figures(self, reader, family):
        found = read_family_figures(reader, customer_id=family[0], today=TODAY)
        assert set(found.each) == set(family)
        assert str(found.each[family[1]][0].balance) == "13.00"

    def test_a_member_rolls_up_nobody_else(self, reader, family):
        found = read_family_figures(reader, customer_id=family[1], today=TODAY)
        assert set(found.each) == {family[1]}


@pytest.mark.parametrize(("days_ago", "change"), [(31, "0.00"), (30, "0.00"), (29, "-80.00")])
def test_what_was_settled_thirty_days_ago_was_not_overdue_any_more(
    store, page_of, days_ago, change
):
    customer_id = make_customer(store)
    long_ago, day = date(2024, 6, 1), TODAY - timedelta(days=days_ago)
    invoice_id = make_invoice(store, customer_id, "80.00", invoiced_on=long_ago, due_on=long_ago)
    payment_id = make_payment(store, customer_id, "80.00", received_on=day)
    do(
        store,
        allocate_amount,
        customer_id=customer_id,
        source=(EntryKind.PAYMENT, payment_id),
        invoice_id=invoice_id,
        amount=Money.of("80", "EUR"),
        applied_on=day,
    )
    (found,) = customer_tiles(page_of(customer_id).tile_facts).overdue_change_30_days
    assert str(found) == change


def test_days_to_pay_are_weighted_by_what_was_paid(store, page_of):
    customer_id = make_customer(store)
    make_invoice(store, customer_id, "300.00", invoiced_on=TODAY - timedelta(days=10))
    make_payment(store, customer_id, "300.00", allocate_oldest_first=True)
    make_invoice(store, customer_id, "100.00", invoiced_on=TODAY - timedelta(days=50))
    make_payment(store, customer_id, "100.00", allocate_oldest_first=True)
    tiles = customer_tiles(page_of(customer_id).tile_facts)
    assert tiles.days_to_pay == pytest.approx((300 * 10 + 100 * 50) / 400)
    assert tiles.days_late == pytest.approx((300 * -20 + 100 * 20) / 400)
