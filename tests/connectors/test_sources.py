"""Are databases only read, and their addresses kept to themselves?"""

from __future__ import annotations

import csv
import re
import sqlite3
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.connectors import ImportSource, run_import
from loyaldesk.connectors.error_file import formula_safe
from loyaldesk.connectors.source import open_source
from loyaldesk.errors import Refused, Unavailable
from tests.support.importing import customer_map, order_database, order_map


def test_sqlite_address_is_read_like_the_file(store, reader, tmp_path):
    lines = [("A1", 1, "Bolt", 2, 9.8)]
    path = order_database(
        tmp_path / "s.db", orders=[("A1", "C1", "2026-01-05", None, 0)], lines=lines
    )
    run_import(store, f"sqlite:///{path}", order_map())
    assert reader.value("SELECT count(*) FROM order_line") == 1


def test_source_database_cannot_be_written_through_us(tmp_path):
    path = order_database(tmp_path / "s.db", orders=[], lines=[])
    tables = open_source(ImportSource(location=str(path)))
    with pytest.raises(Exception, match="readonly"):
        tables._open().exec_driver_sql("DELETE FROM customers")  # noqa: SLF001 there is no other way
    tables.close()


def test_missing_sqlite_file_is_not_made(tmp_path):
    with pytest.raises(Refused, match="There is no file"):
        open_source(ImportSource(location=f"sqlite:///{tmp_path}/new.db"))
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("nosuch://host/name", "not an address of a database"),
        (
            "postgresql+pg8000://u:geheim@host/name",
            f"driver “pg8000”.*{re.escape(sys.executable)} -m",
        ),
        ("http://u:geheim@[", "not an address"),
    ],
)
def test_address_that_cannot_be_used_is_refused_without_its_password(address, complaint):
    with pytest.raises(Refused, match=complaint) as caught:
        open_source(ImportSource(location=address))
    assert "geheim" not in caught.value.message


def test_address_is_kept_without_user_and_password():
    source = ImportSource(location="postgresql://ana:geheim@host/erp?sslkey=x")
    assert source.label == "postgresql://host/erp"


def test_damaged_database_is_unavailable_and_nothing_is_written(store, reader, tmp_path):
    path = order_database(tmp_path / "s.db", orders=[], lines=[])
    path.write_bytes(path.read_bytes()[:100] + b"\x00" * 5_000)
    with pytest.raises(Unavailable, match="damaged or was copied only in part"):
        run_import(store, path, order_map())
    assert reader.value("SELECT count(*) FROM customer") == 0


def test_database_damaged_in_the_middle_leaves_nothing_half_imported(store, reader, tmp_path):
    lines = [("A1", number, "Bolt " * 50, 1, 1) for number in range(5_000)]
    orders = [("A1", "C1", "2026-01-05", None, 0)]
    path = order_database(tmp_path / "s.db", orders=orders, lines=lines)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"\xff" * 20_000
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="damaged or was copied only in part"):
        run_import(store, path, order_map())
    assert reader.value("SELECT count(*) FROM customer") == 0


def test_wrong_bytes_in_one_name_do_not_stop_the_table(store, reader, tmp_path):
    path = order_database(tmp_path / "s.db", orders=[], lines=[])
    database = sqlite3.connect(path)  # noqa: TID251 a source, not a store
    database.execute("INSERT INTO customers VALUES ('C2', CAST(x'4bf6' AS TEXT))")
    database.commit()
    database.close()
    run_import(store, path, order_map())
    assert reader.rows("SELECT name FROM customer ORDER BY number") == [("Kraft AG",), ("K\ufffd",)]


def test_error_file_is_safe_to_open_in_a_spreadsheet(store, csv_file, tmp_path):
    errors = tmp_path / "errors.csv"
    path = csv_file('No,Name,Limit\n"=1+1",x,"@SUM(A1)"\n-7,y,5\n')
    result = run_import(store, path, customer_map('credit_limit = "Limit"\n'), errors=errors)
    assert result.error_file == str(errors)
    heading, row = list(csv.reader(errors.read_text("utf-8-sig").splitlines()))
    assert heading == ["table", "row", "key", "field", "value", "reason"]
    assert row[:5] == ["list", "2", "'=1+1", "credit_limit", "'@SUM(A1)"]


def test_error_file_is_not_made_without_errors(store, csv_file, tmp_path):
    errors = tmp_path / "errors.csv"
    result = run_import(store, csv_file("No,Name\n7,x\n"), customer_map(), errors=errors)
    assert (result.error_file, errors.exists()) == ("", False)


@given(st.text())
def test_no_text_is_taken_for_a_formula(text):
    safe = formula_safe(text)
    assert safe.removeprefix("'") == text.removeprefix("'") or safe == text
    assert not safe.lstrip(' "').startswith(("=", "+", "-", "@", "\t", "\r"))
