"""Are customers, invoices and credit notes found in a table of mere lines?"""

from __future__ import annotations

from loyaldesk.connectors import guess_map, run_import, shipped_maps
from loyaldesk.connectors.map_file import map_from_text

HEAD = "Invoice,Date,Customer,Customer name,Country,Item,Description,Quantity,Price,Tax %\n"
LINES = (
    "R1,2026-01-05,7,Kraft AG,Deutschland,B,Bolt,2,9.80,19\n"
    "R2,06.01.2026,8,,UK,N,Nut,10,0.05,0\n"
    "R1,2026-01-05,7,Kraft AG,Deutschland,N,,4,0.05,19\n"
    "R1,2026-01-05,7,Kraft AG,Deutschland,TOTAL,,1,20.00,0\n"
)


def test_lines_become_customers_and_invoices(store, reader, csv_file):
    run_import(store, csv_file(HEAD + LINES), "flat-invoice-lines")
    assert reader.rows("SELECT number, name, country FROM customer ORDER BY number") == [
        ("7", "Kraft AG", "DE"),
        ("8", "Customer 8", "GB"),
    ]
    # 2 × 9.80 + 4 × 0.05 = 19.80 and 19 % of it; the subtotal row is no line.
    assert reader.rows(
        "SELECT number, kind, net_minor, tax_minor, total_minor, due_on FROM invoice ORDER BY 1"
    ) == [
        ("R1", "invoice", 1980, 376, 2356, "2026-02-04"),
        ("R2", "invoice", 50, 0, 50, "2026-02-05"),
    ]
    assert reader.rows("SELECT position, description FROM invoice_line ORDER BY id") == [
        (1, "Bolt"),
        (2, "N"),
        (1, "Nut"),
    ]


def test_flat_import_is_idempotent_although_its_lines_are_scattered(store, csv_file):
    run_import(store, csv_file(HEAD + LINES), "flat-invoice-lines")
    again = run_import(store, csv_file(HEAD + LINES), "flat-invoice-lines")
    assert not again.has_changes
    assert again.counts["invoice_line"].same == 3


def test_prefix_marks_a_credit_note_and_its_amounts_are_positive(store, reader, csv_file):
    line = "C9,2026-01-07,7,Kraft,DE,B,Bolt,-2,9.80,19\n"
    run_import(store, csv_file(HEAD + line), "flat-invoice-lines")
    assert reader.row("SELECT kind, number, net_minor, tax_minor, due_on FROM invoice") == (
        "credit_note", "C9", 1960, 372, None,
    )  # fmt: skip
    assert reader.row("SELECT quantity_milli, net_minor FROM invoice_line") == (2000, 1960)


def test_negative_total_marks_a_credit_note_but_one_negative_line_does_not(store, reader, csv_file):
    lines = (
        "R3,2026-01-07,7,Kraft,DE,B,Bolt,-3,1.00,0\n"
        "R4,2026-01-07,7,Kraft,DE,B,Bolt,5,1.00,0\n"
        "R4,2026-01-07,7,Kraft,DE,N,Rebate,-1,2.00,0\n"
    )
    run_import(store, csv_file(HEAD + lines), "flat-invoice-lines")
    assert reader.rows("SELECT number, kind, total_minor FROM invoice ORDER BY 1") == [
        ("R3", "credit_note", 300),
        ("R4", "invoice", 300),
    ]


def test_invoice_below_zero_is_refused_where_the_map_knows_no_credit_notes(store, csv_file):
    import_map = map_from_text(FLAT)
    path = csv_file("Doc,Who,Day,What,Many,Price\n1,7,2026-01-05,Bolt,-1,2\n")
    result = run_import(store, path, import_map)
    assert result.refusals[0].reason == "comes to less than nothing; mark credit notes in the map"


def test_total_of_the_source_must_be_that_of_the_lines(store, reader, csv_file):
    import_map = map_from_text(FLAT.replace("[invoice_line]", 'total = "Sum"\n[invoice_line]'))
    path = csv_file(
        "Doc,Who,Day,What,Many,Price,Sum\n1,7,2026-01-05,Bolt,1,2,2.00\n2,7,2026-01-05,Bolt,1,2,3\n"
    )
    result = run_import(store, path, import_map)
    assert result.refusals[0].reason == "comes to 2.00, not to the total 3.00"
    assert reader.rows("SELECT number FROM invoice") == [("1",)]


def test_open_items_without_lines_keep_the_source_totals(store, reader, csv_file):
    text = FLAT.split("[invoice_line]")[0] + 'total = "Sum"\ntax = "Tax"\ndue_on = "Due"\n'
    path = csv_file("Doc,Who,Day,Sum,Tax,Due\n1,7,2026-01-05,119.00,19.00,2026-01-20\n")
    run_import(store, path, map_from_text(text))
    sql = "SELECT net_minor, tax_minor, total_minor, open_minor, due_on FROM invoice"
    assert reader.row(sql) == (10_000, 1_900, 11_900, 11_900, "2026-01-20")


def test_shipped_maps_are_recognised_by_their_headings(csv_file):
    maps = shipped_maps()
    assert guess_map(csv_file(HEAD + LINES)) is maps["flat-invoice-lines"]
    customers = csv_file("Number,Name,Street,Postcode,Town,Country,Contact\n1,a,b,c,d,e,f\n")
    assert guess_map(customers) is maps["csv-customers"]
    assert guess_map(csv_file("a,b\n1,2\n")) is None


def test_list_of_customers_brings_addresses_and_contacts(store, reader, csv_file):
    path = csv_file(
        "Number;Name;Street;Postcode;Town;Country;Contact;E-mail;Credit limit;Customer since\n"
        "7;Kraft;Am Markt 1;20095;Hamburg;Deutschland;"
        "Anna Maria Roth;a@kraft.example;5.000;1.2.2019\n"
        "8;Bär;;;;;;;;\n",
        encoding="cp1252",
    )
    result = run_import(store, path, "csv-customers")
    assert result.refused_rows == 0
    assert reader.row(
        "SELECT name, country, email, credit_limit_minor, customer_since, terms_days FROM customer"
    ) == ("Kraft", "DE", "a@kraft.example", 500_000, "2019-02-01", 30)
    assert reader.rows("SELECT street, postcode, town, country, use FROM address") == [
        ("Am Markt 1", "20095", "Hamburg", "DE", "billing")
    ]
    assert reader.rows("SELECT given_name, family_name FROM contact") == [("Anna Maria", "Roth")]


FLAT = """
source_system = "ledger"
defaults = { currency = "EUR" }
[customer]
table = "*"
key = "Who"
group = true
[customer.fields]
number = "Who"
name = "Who"
[invoice]
table = "*"
key = "Doc"
group = true
[invoice.fields]
number = "Doc"
customer = "Who"
invoiced_on = "Day"
[invoice_line]
table = "*"
[invoice_line.fields]
invoice = "Doc"
description = "What"
quantity = "Many"
unit_price = "Price"
"""


def test_row_that_is_bad_for_several_records_is_one_bad_row(store, csv_file, tmp_path):
    path = csv_file(
        "Invoice,Date,Customer,Customer name,Item,Description,Quantity,Price\n"
        "R1,2026-01-05,7,,B,Bolt,many,9.80\n"
        "R2,2026-01-06,8,Bär,N,Nut,1,1.00\n"
    )
    errors = tmp_path / "errors.csv"
    result = run_import(store, path, "flat-invoice-lines", errors=errors)
    assert [bad.row for bad in result.refusals] == [2]
    assert result.refused_rows == 1
    assert len(errors.read_text("utf-8-sig").splitlines()) == 2
