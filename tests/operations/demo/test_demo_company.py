"""Is the demo company believable, consistent to the cent, and the same every time?"""

from __future__ import annotations

import io
import json
from datetime import date, timedelta

import pypdfium2
import pytest
from PIL import Image

from loyaldesk.domain.dunning import Hold
from loyaldesk.domain.order_totals import order_totals
from loyaldesk.errors import Refused
from loyaldesk.models import Base
from loyaldesk.operations.demo import create_demo, demo_documents
from loyaldesk.operations.demo.books import Calendar, blank_row
from loyaldesk.queries.company import read_company
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.dunning import list_candidates
from loyaldesk.store.store import Store

TODAY = date(2026, 11, 19)
KEY = bytes(32)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    store = Store.open(tmp_path_factory.mktemp("demo"), KEY, actor="Ana")
    create_demo(store, today=TODAY)
    reader = store.reader()
    yield reader
    reader.close()
    store.close()


def test_the_company_has_340_customers(demo):
    assert demo.value("SELECT count(*) FROM customer") == 340


def test_every_reference_leads_somewhere(demo):
    assert demo.rows("PRAGMA foreign_key_check") == []


def test_every_order_comes_to_what_its_lines_come_to(demo):
    orders = demo.rows(
        "SELECT id, freight_minor, freight_tax_ppm, net_minor, tax_minor, total_minor"
        " FROM sales_order"
    )
    for order_id, freight, freight_tax, net, tax, total in orders:
        lines = demo.rows(
            "SELECT net_minor, tax_ppm FROM order_line WHERE order_id = ?", [order_id]
        )
        sums = order_totals(lines, freight_minor=freight, freight_tax_ppm=freight_tax)
        assert (sums.net_minor, sums.tax_minor, sums.total_minor) == (net, tax, total)


def test_what_is_open_is_what_was_not_settled(demo):
    wrong = demo.rows(
        "SELECT number FROM invoice WHERE open_minor <> total_minor - (SELECT"
        " coalesce(sum(amount_minor), 0) FROM allocation WHERE invoice.id ="
        " CASE kind WHEN 'invoice' THEN invoice_id ELSE credit_note_id END)"
    )
    assert wrong == []


def test_what_a_payment_has_left_is_what_it_did_not_settle(demo):
    wrong = demo.rows(
        "SELECT number FROM payment WHERE unallocated_minor <> amount_minor - (SELECT"
        " coalesce(sum(amount_minor), 0) FROM allocation WHERE payment_id = payment.id)"
    )
    assert wrong == []


def test_invoices_fall_due_by_their_terms(demo):
    for invoiced, terms, due in demo.rows(
        "SELECT invoiced_on, terms_days, due_on FROM invoice WHERE kind = 'invoice'"
    ):
        assert date.fromisoformat(due) == date.fromisoformat(invoiced) + timedelta(days=terms)


def test_nothing_was_paid_or_billed_in_the_future(demo):
    newest = demo.row(
        "SELECT (SELECT max(received_on) FROM payment), (SELECT max(invoiced_on) FROM invoice),"
        " (SELECT max(ordered_on) FROM sales_order), (SELECT max(applied_on) FROM allocation)"
    )
    assert all(day <= TODAY.isoformat() for day in newest)


def test_an_order_is_closed_exactly_when_its_invoice_is_paid(demo):
    wrong = demo.rows(
        "SELECT o.number FROM sales_order AS o JOIN invoice AS i ON i.order_id = o.id"
        " WHERE (i.open_minor = 0) <> (o.status = 'closed')"
    )
    assert wrong == []


def test_muller_owes_what_the_design_shows(demo):
    customer = find_customer(demo, number="10042")
    open_items = demo.rows(
        "SELECT due_on < ?, sum(open_minor) FROM invoice WHERE customer_id = ? AND open_minor > 0"
        " GROUP BY 1",
        [TODAY, customer],
    )
    assert open_items == [(0, 10_240_00), (1, 2_100_00)]


def test_muller_has_three_open_orders(demo):
    customer = find_customer(demo, number="10042")
    orders = demo.rows(
        "SELECT number, status, net_minor FROM sales_order WHERE customer_id = ? AND status IN"
        " ('submitted', 'acknowledged', 'part_delivered') ORDER BY number",
        [customer],
    )
    assert orders == [
        ("4698", "acknowledged", 1_512_60),
        ("4711", "part_delivered", 1_867_40),
        ("4790", "submitted", 1_280_00),
    ]


@pytest.mark.parametrize(
    ("what", "condition"),
    [
        ("a yen account", "currency = 'JPY'"),
        ("a dinar account", "currency = 'KWD'"),
        ("a credit hold", "credit_status = 'hold'"),
        ("members of a group", "parent_id IS NOT NULL"),
        ("a prospect", "status = 'prospect'"),
        ("a very long name", "length(name) > 100"),
        (
            "a credit balance",
            (
                "EXISTS (SELECT 1 FROM payment WHERE customer_id = customer.id AND"
                " unallocated_minor > 0)"
            ),
        ),
        (
            "a disputed invoice",
            (
                "EXISTS (SELECT 1 FROM invoice WHERE customer_id = customer.id AND disputed_on"
                " IS NOT NULL AND open_minor > 0)"
            ),
        ),
        (
            "an account with nothing due",
            (
                "EXISTS (SELECT 1 FROM invoice WHERE customer_id = customer.id) AND NOT EXISTS"
                " (SELECT 1 FROM invoice WHERE customer_id = customer.id AND open_minor > 0)"
            ),
        ),
    ],
)
def test_the_demo_shows(demo, what, condition):
    assert demo.value(f"SELECT count(*) FROM customer WHERE {condition}") > 0, what


@pytest.mark.parametrize(
    "condition",
    [
        "promised_on < '2026-11-19' AND shipped_on IS NULL",
        "asked_quantity_milli IS NOT NULL",
        "asked_price_micro IS NOT NULL",
        "promised_on > requested_on AND difference_reason <> ''",
        (
            "shipped_milli > 0 AND EXISTS (SELECT 1 FROM sales_order WHERE id = order_id AND"
            " status = 'part_delivered')"
        ),
    ],
)
def test_a_line_shows(demo, condition):
    assert demo.value(f"SELECT count(*) FROM order_line WHERE {condition}") > 0


def test_last_contact_is_the_newest_talk_with_the_customer(demo):
    wrong = demo.rows(
        "SELECT number FROM customer WHERE coalesce(last_contact_on, '') <> coalesce((SELECT"
        " max(date(happened_at, 'localtime')) FROM activity WHERE customer_id = customer.id AND"
        " kind <> 'note'), '')"
    )
    assert wrong == []


def test_everything_is_found_by_search(demo):
    assert demo.value("SELECT count(*) FROM search_entry WHERE kind = 1 OR kind = 0") >= 340


def test_the_senders_bank_account_is_valid(demo):
    sender = read_company(demo)
    assert sender is not None
    iban = sender.bank.iban.replace(" ", "")
    digits = "".join(str(int(c, 36)) for c in iban[4:] + iban[:4])
    assert int(digits) % 97 == 1


def test_the_same_seed_and_day_make_the_same_company(tmp_path):
    tables = ("customer", "sales_order", "order_line", "invoice", "payment", "activity")
    seen = []
    for name in ("one", "two"):
        store = Store.open(tmp_path / name, KEY)
        create_demo(store, today=TODAY, seed=7)
        reader = store.reader()
        seen.append([_without_uids(reader, table) for table in tables])
        reader.close()
        store.close()
    assert seen[0] == seen[1]


def _without_uids(reader, table):
    model = next(m for m in Base.__subclasses__() if m.__tablename__ == table)
    names = [column.name for column in model.__table__.columns if column.name != "uid"]
    return reader.rows(f"SELECT {', '.join(names)} FROM {table} ORDER BY id")


def test_a_profile_with_customers_is_refused(tmp_path):
    store = Store.open(tmp_path, KEY)
    create_demo(store, today=TODAY)
    with pytest.raises(Refused, match="already holds customers"):
        create_demo(store, today=TODAY)
    store.close()


@pytest.mark.parametrize("later", [1, 2, 3])
def test_the_demo_can_be_made_at_a_weekend(tmp_path, later):
    today = date(2027, 2, 26) + timedelta(days=later)
    store = Store.open(tmp_path, KEY)
    create_demo(store, today=today)
    late = store.reader().value("SELECT count(*) FROM order_line WHERE requested_on > promised_on")
    store.close()
    assert late == 0


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2026, 1, 1)])
def test_the_demo_can_be_made_on_odd_days(tmp_path, today):
    store = Store.open(tmp_path, KEY)
    counts = create_demo(store, today=today)
    store.close()
    assert counts.customers == 340


def test_no_working_day_of_the_calendar_is_at_a_weekend():
    calendar = Calendar(date(2026, 11, 22))
    days = [calendar.day(offset) for offset in range(-30, 31) if offset]
    assert all(day.weekday() < 5 for day in days)
    assert days == sorted(days)


def test_every_pdf_of_the_demo_opens():
    papers = [paper for paper in demo_documents(TODAY) if paper.name.endswith(".pdf")]
    texts = []
    for paper in papers:
        document = pypdfium2.PdfDocument(io.BytesIO(paper.content))
        texts.append(document[0].get_textpage().get_text_range())
        document.close()
    assert "Bahrenfelder Chaussee" in texts[1]
    assert all(texts)


def test_the_picture_of_the_demo_is_a_png():
    (picture,) = (paper for paper in demo_documents(TODAY) if paper.name.endswith(".png"))
    assert Image.open(io.BytesIO(picture.content)).size == (320, 200)


def test_a_blank_row_holds_the_columns_defaults():
    customer = next(model for model in Base.__subclasses__() if model.__tablename__ == "customer")
    row = blank_row(customer)
    assert (row["terms_days"], row["currency"], row["is_key_account"], row["parent_id"]) == (
        30, "EUR", 0, None,
    )  # fmt: skip


def test_the_letterhead_is_kept_as_json(demo):
    kept = json.loads(demo.value("SELECT value FROM setting WHERE key = 'company'"))
    assert kept["name"] == "Nordlicht Handels GmbH"


def test_some_customers_are_due_a_reminder_and_others_are_held(demo):
    listed = list_candidates(demo, on=TODAY, today=TODAY)
    held = {each.customer_name: each.hold for each in listed if each.hold}
    assert held["Drachenblut Delikatessen"] is Hold.CUSTOMER_PAUSED
    assert held["Lehmanns Marktstand"] is Hold.DISPUTED
    assert len(listed) - len(held) >= 10
