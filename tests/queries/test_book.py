"""Is the checked-in book of statements what the code composes, and does all of it run quickly?"""

import json
import re
import subprocess
import sys
from array import array
from datetime import date

import pytest

from loyaldesk.queries import book
from loyaldesk.queries.lists import ListQuery, list_customer_ids
from tests.support.company import make_company

BOOK = json.loads(book.BOOK.read_text(encoding="utf-8"))
# A value for every parameter of any statement; ids of the first row of each table.
VALUES = {
    "before": "9999-12-31T23:59:59.999Z",
    "contacts": 5,
    "customers": 5,
    "documents": 5,
    "customer_id": 2,
    "document_id": 1,
    "day": "2024-10-13",
    "due_by": "2025-12-31",
    "ids": "[1, 2]",
    "invoice_id": 1,
    "invoice_number": "INV-2024-00001",
    "keys": '["muller", "po8812"]',
    "limit": 20,
    "month_day": "11-12",
    "most": 20,
    "name": "tea",
    "name_end": "teb",
    "number": "10042",
    "number_end": "10043",
    "order_id": 1,
    "payment_id": 1,
    "letter_id": 1,
    "mail_id": 1,
    "now": "2024-11-12T08:00:00.000Z",
    "record_id": 1,
    "since": "2024-01-01",
    "today": "2024-11-12",
    "until": "2024-12-31",
    "year_start": "2024-01-01",
}
# Long records: none of the statements about one customer or one paper may read all of one.
LONG = (
    "customer", "contact", "sales_order", "order_line", "invoice", "payment", "allocation",
    "document", "activity",
)  # fmt: skip
# What is a list itself, or reads an index that holds only the few it is about.
WHOLE_LISTS = {"customer.ids_by_name", "dunning.items", "dunning.unapplied", "queue.orders"}


def parameters_of(sql):
    return {name: VALUES[name] for name in set(re.findall(r":([a-z_]+)", sql))}


def plan_of(reader, sql):
    """Return the steps of the plan of a statement."""
    return [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", parameters_of(sql))]


def table_names(sql):
    """Return what each name in a statement stands for: aliases and tables by themselves."""
    pairs = re.findall(r"(?:FROM|JOIN|,) ([a-z_]+)(?: AS ([a-z_0-9]+))?", sql)
    return {alias or table: table for table, alias in pairs}


@pytest.fixture
def company(store):
    return make_company(store)


def test_the_book_is_what_the_code_composes_today():
    assert book.compiled_book() == BOOK


def test_statements_are_in_alphabetical_order_so_that_changes_are_easy_to_read():
    assert list(BOOK) == sorted(BOOK)


def test_no_statement_leaves_a_constant_to_be_given():
    left = {name: re.findall(r":\w+_\d+", sql) for name, sql in BOOK.items()}
    assert {name: found for name, found in left.items() if found} == {}


def test_no_limit_makes_sqlite_compile_a_statement_at_every_run():
    assert [name for name, sql in BOOK.items() if re.search(r"LIMIT :\w+\b(?! \+ 0)", sql)] == []


@pytest.mark.parametrize("name", BOOK)
def test_every_statement_runs_on_an_empty_store(reader, name):
    assert reader.rows(BOOK[name], parameters_of(BOOK[name])) == []


def test_every_statement_runs_on_a_filled_store_and_most_find_something(reader, company):
    found = {name: reader.rows(sql, parameters_of(sql)) for name, sql in BOOK.items()}
    elsewhere = ("search.", "queue.", "register.", "mail.")
    empty = {name for name, rows in found.items() if not rows and not name.startswith(elsewhere)}
    # Nobody was sent a letter yet, customer 2 has no members and no order twice, no group has a
    # time of its own.
    assert {name for name in empty if "letter" not in name} == {
        "customer.members", "time_frame.of_order", "time_frame.of_products",
        "verification.duplicates",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(set(BOOK) - WHOLE_LISTS))
def test_no_statement_about_one_record_reads_a_whole_table(reader, name):
    names = table_names(BOOK[name])
    scanned = [
        step
        for step in plan_of(reader, BOOK[name])
        if step.startswith("SCAN ") and names.get(step.split()[1], step.split()[1]) in LONG
    ]
    assert scanned == []


def test_reading_composed_statements_imports_no_sqlalchemy():
    code = (
        "import sys; from loyaldesk.queries.customer_page import read_customer_page;"
        "from loyaldesk.queries.lists import list_customer_ids;"
        "from loyaldesk.queries.book import sql_of; sql_of('customer.head');"
        "print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_writing_the_book_anew_changes_no_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(book, "BOOK", tmp_path / "statements.json")
    kept = json.dumps(BOOK, indent=1, ensure_ascii=False) + "\n"
    book.main()
    assert (tmp_path / "statements.json").read_text(encoding="utf-8") == kept


def test_ids_come_packed_eight_bytes_each(reader, company):
    found = list_customer_ids(reader, query=ListQuery("name"), today=date(2024, 11, 12))
    assert isinstance(found, array)
    assert (found.typecode, len(found)) == ("q", 5)
