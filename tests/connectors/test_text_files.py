"""Are text files read however they were written, and refused where they are none?"""

from __future__ import annotations

import pytest

from loyaldesk.connectors import ImportSource, Limits, run_import
from loyaldesk.connectors.map_file import map_from_text
from loyaldesk.connectors.source import open_source
from loyaldesk.errors import Refused
from tests.support.importing import customer_map

LIMITS = Limits(line_chars=2_000, columns=20, rows=50, file_bytes=100_000, cell_chars=300)


def rows_of(path, **wishes):
    """Return the cells of all rows, and why the broken ones are broken."""
    tables = open_source(ImportSource(location=str(path), **wishes))
    chunks = list(tables.chunks("*", tables.columns("*")))
    tables.close()
    cells = [list(row) for chunk in chunks for row in chunk.rows]
    broken = {chunk.numbers[index]: why for chunk in chunks for index, why in chunk.broken.items()}
    return cells, broken


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_detected(csv_file, encoding, delimiter):
    text = "No,Name,Town\n7,Müller & Söhne,Köln\n8,Ærø,Málaga\n".replace(",", delimiter)
    cells, broken = rows_of(csv_file(text, encoding=encoding))
    assert cells == [["7", "Müller & Söhne", "Köln"], ["8", "Ærø", "Málaga"]]
    assert broken == {}


def test_a_file_of_bytes_is_refused_without_showing_them(csv_file):
    path = csv_file(b"\x01\x02\xff\xfe\x89 junk,\x00\x7f\n\x01,\x02\n")
    with pytest.raises(Refused, match="is not a text file") as refusal:
        rows_of(path)
    assert str(refusal.value).isprintable()


def test_forced_encoding_and_delimiter_win_over_what_is_detected(csv_file):
    path = csv_file("No;Name,x\n7;M\xfcller,y\n".encode("cp852"))
    cells, _ = rows_of(path, encoding="cp852", delimiter=",")
    assert cells == [["7;Müller", "y"]]


@pytest.mark.parametrize(
    "name", ["idna", "punycode", "rot13", "hex", "base64", "undefined", "unicode_escape", "a\0b"]
)
def test_what_is_no_encoding_of_text_files_cannot_be_forced(csv_file, name):
    with pytest.raises(Refused, match="is not an encoding"):
        rows_of(csv_file("No,Name\n7,x\n"), encoding=name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_forced_encoding_that_needs_a_mark_is_refused_without_one(csv_file, encoding):
    with pytest.raises(Refused, match=f"Line 1 cannot be read as {encoding}"):
        rows_of(csv_file("No,Name\n7,Kraft\n"), encoding=encoding)
    assert rows_of(csv_file("No,Name\n7,x\n", encoding=encoding), encoding=encoding)[0] == [
        ["7", "x"]
    ]


@pytest.mark.parametrize("wish", [{"encoding": "klingon"}, {"delimiter": "ab"}])
def test_wish_that_means_nothing_is_refused(csv_file, wish):
    with pytest.raises(Refused, match="Nothing was imported"):
        rows_of(csv_file("No,Name\n7,x\n"), **wish)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_one_wrong_byte_in_utf8_is_named_and_not_read_as_cp1252(csv_file, mark):
    good = "No,Name\n7,Müller & Söhne\n8,".encode()
    path = csv_file(mark + good + b"B\xe4r\n9,\xc3\x86r\xc3\xb8\n")
    place = len(mark + good) + 2
    with pytest.raises(Refused, match=rf"the byte E4 in line 3 \(byte {place}\).*--encoding"):
        rows_of(path)
    cells, _ = rows_of(path, encoding="utf-8")
    assert [row[1] for row in cells] == ["Müller & Söhne", "B\ufffdr", "Ærø"]


def test_cp1252_with_a_pair_that_looks_like_utf8_stays_cp1252(csv_file):
    cells, _ = rows_of(csv_file("No,Name\n7,CAFÉ® Müller & Söhne\n".encode("cp1252")))
    assert cells == [["7", "CAFÉ® Müller & Söhne"]]


def test_excel_says_its_delimiter_in_a_line_of_its_own(csv_file):
    cells, _ = rows_of(csv_file("sep=|\nNo|Name\n7|a,b,c\n"))
    assert cells == [["7", "a,b,c"]]


def test_quoted_cells_keep_delimiters_quotes_and_line_ends(csv_file):
    cells, broken = rows_of(csv_file('No,Name\n7,"Kraft, ""die"" AG"\n8,"two\nlines"\n'))
    assert cells == [["7", 'Kraft, "die" AG'], ["8", "two\nlines"]]
    assert broken == {}


def test_quote_that_is_never_closed_costs_one_row(csv_file):
    text = 'No,Name\n7,"Kraft\n8,Bär\n9,"Wolf" & Co\n' + "".join(f"{n},x\n" for n in range(10, 400))
    cells, broken = rows_of(csv_file(text))
    assert broken == dict.fromkeys((2, 4), "has quotation marks that do not match")
    assert len(cells) == 393
    assert cells[0] == ["7", "Kraft"]


def test_rows_with_too_few_or_too_many_cells_are_broken_and_blank_ones_skipped(csv_file):
    cells, broken = rows_of(csv_file("No,Name,Town\n7,a\n\n,,\n8,b,c,\n9,b,c,d\n10,e,f\n"))
    assert broken == {
        2: "has 2 cells where the headings have 3",
        6: "has 4 cells where the headings have 3",
    }
    assert [row[0] for row in cells] == ["7", "8", "9", "10"]


def test_headings_that_are_empty_or_repeated_get_names_of_their_own(csv_file):
    tables = open_source(ImportSource(location=str(csv_file("A,,A,b,\n1,2,3,4,\n"))))
    assert tables.columns("*") == ["A", "Column 2", "A (3)", "b"]


def test_headings_that_differ_only_in_case_do_not_clash(csv_file):
    cells, _ = rows_of(csv_file("Name,name\nx,y\n"))
    assert cells == [["x", "y"]]


@pytest.mark.parametrize("heading", ["No,Name,Name", "No,Name,name", "Name,No,Town,Name"])
def test_heading_that_the_map_needs_must_not_be_repeated(store, reader, csv_file, heading):
    path = csv_file(f"{heading}\n7,Kraft,Bär\n")
    with pytest.raises(Refused, match=r"several columns “Name”.*Nothing was imported"):
        run_import(store, path, customer_map())
    assert reader.value("SELECT count(*) FROM customer") == 0


def test_headings_that_the_map_does_not_use_may_be_repeated(store, reader, csv_file):
    run_import(store, csv_file("No,Name,Note,Note\n7,Kraft,a,b\n"), customer_map())
    assert reader.value("SELECT name FROM customer") == "Kraft"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf  \n", "is empty"),
        (b"<!DOCTYPE html><table><tr><td>No</td></tr></table>", "a web page"),
        (b"\xef\xbb\xbf\n<html><body>Please sign in</body></html>", "a web page"),
        (b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "b">]><a/>', "a web page or XML"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
        (b"\x1f\x8b\x08\x00", "a gzip file"),
    ],
)
def test_what_is_no_table_is_refused_by_its_name(csv_file, content, reason):
    with pytest.raises(Refused, match=reason):
        rows_of(csv_file(content))


def test_line_of_a_gigabyte_is_refused_after_its_first_part(csv_file):
    path = csv_file("No,Name\n7," + "x" * 5_000 + "\n")
    with pytest.raises(Refused, match="Line 2 is longer than 2,000 characters"):
        rows_of(path, limits=LIMITS)


def test_million_columns_are_refused(csv_file):
    with pytest.raises(Refused, match="longer than 1,000,000 characters"):
        rows_of(csv_file(",".join(f"c{n}" for n in range(1_000_000)) + "\n"))
    with pytest.raises(Refused, match="30 columns"):
        rows_of(csv_file(",".join("abcdefghijklmnopqrstuvwxyzäöüß") + "\n1\n"), limits=LIMITS)


def test_too_many_rows_and_too_large_files_are_refused(csv_file):
    with pytest.raises(Refused, match="more than 50 rows"):
        rows_of(csv_file("No\n" + "1\n" * 60), limits=LIMITS)
    with pytest.raises(Refused, match="split the file"):
        rows_of(csv_file("No\n" + "1\n" * 60_000), limits=LIMITS)


def test_cell_that_is_too_long_breaks_its_row_only(csv_file):
    cells, broken = rows_of(csv_file("No,Name\n7," + "x" * 400 + "\n8,y\n"), limits=LIMITS)
    assert broken == {2: "has a cell longer than 300 characters"}
    assert cells[1] == ["8", "y"]


def test_file_that_is_not_there_is_refused():
    with pytest.raises(Refused, match="There is no file"):
        rows_of("nowhere.csv")


def test_semicolon_files_have_decimal_commas(store, reader, csv_file):
    path = csv_file("No;Name;Limit\n7;Kraft;1.234,50\n8;Bär;12.50\n", encoding="cp1252")
    result = run_import(store, path, customer_map('credit_limit = "Limit"\n'))
    assert reader.rows("SELECT number, credit_limit_minor FROM customer") == [("7", 123_450)]
    assert result.refusals[0].reason == "is not a number with the decimal mark “,”"


def test_map_may_say_the_decimal_mark(store, reader, csv_file):
    import_map = map_from_text(
        'decimal = "."\nsource_system = "s"\ndefaults = { currency = "EUR" }\n'
        'customer = { table = "*", key = "No", fields = { number = "No", name = "Name",'
        ' credit_limit = "Limit" } }'
    )
    run_import(store, csv_file("No;Name;Limit\n8;Bär;12.50\n"), import_map)
    assert reader.value("SELECT credit_limit_minor FROM customer") == 1250


def test_formula_cells_are_only_text_and_control_characters_go(store, reader, csv_file):
    path = csv_file("No,Name\n7,=cmd|' /C calc'!A0\n8,B\x00\x07\u00e4r\n")
    run_import(store, path, customer_map())
    names = reader.rows("SELECT name FROM customer ORDER BY number")
    assert names == [("=cmd|' /C calc'!A0",), ("Bär",)]


def test_broken_row_of_a_flat_file_is_told_once_and_its_invoice_is_not_half_imported(
    store, reader, csv_file
):
    path = csv_file(
        "Invoice,Date,Customer,Customer name,Item,Description,Quantity,Price\n"
        "R1,2026-01-05,7,Kraft,B,Bolt,2,9.80\n"
        "R1,2026-01-05,7,Kraft,N,Nut\n"
        "R2,2026-01-06,7,Kraft,N,Nut,1,1.00\n"
    )
    result = run_import(store, path, "flat-invoice-lines")
    assert reader.rows("SELECT number FROM invoice") == [("R2",)]
    assert next((bad.row, bad.key) for bad in result.refusals if "cells" in bad.reason)[0] == 3
    assert sum("cells where" in bad.reason and bad.row == 3 for bad in result.refusals) == 1
