"""Is a wrong map refused with the place that is wrong, and does a right one do what it says?"""

from __future__ import annotations

import pytest

from loyaldesk.connectors import load_map, plan_import, run_import, shipped_maps
from loyaldesk.connectors.map_file import map_from_text, read_map
from loyaldesk.errors import Refused
from tests.support.importing import CUSTOMERS, ORDERS, customer_map

ORDER = ORDERS.format(rules="")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nonsense", "it is not TOML"),
        ('source_system = "s"', "no section such as"),
        (CUSTOMERS.replace('source_system = "shop"', ""), "needs the text `source_system`"),
        (CUSTOMERS.replace('table = "*"\n', ""), r"\[customer\] needs the text `table`"),
        (CUSTOMERS.replace('key = "No"\n', ""), r"\[customer\] has no `key`"),
        (CUSTOMERS.replace('name = "Name"', ""), r"\[customer\] must fill `name`"),
        (CUSTOMERS + 'nmae = "Name"', "unknown key “nmae”"),
        (CUSTOMERS.replace("[defaults]", "[defualts]"), "unknown key “defualts”"),
        (CUSTOMERS.replace('currency = "EUR"', ""), "must fill `currency`"),
        (CUSTOMERS + "town = 7", "town must be a table"),
        (CUSTOMERS + "town = {}", "either `column`, `columns` or `value`"),
        (CUSTOMERS + 'town = { column = "T", value = "x" }', "either `column`"),
        (CUSTOMERS + 'town = { column = "T", type = "money" }', "is of type line, not money"),
        (CUSTOMERS + 'town = { column = "T", split = " ", part = "middle" }', "needs one of first"),
        (CUSTOMERS + 'credit_limit = { column = "T", round = 9 }', "number from 0 to 6"),
        (CUSTOMERS + 'town = { column = "T", optional = "yes" }', "true or false"),
        (ORDER.split("[order_line]")[0], r"has \[order\] without \[order_line\]"),
        ('decimal = "x"' + CUSTOMERS, "needs one of ., , for `decimal`"),
        (ORDERS.format(rules='invoices = { rule = "always" }'), "on_shipping"),
        (ORDERS.format(rules="credit_notes = { sign = true }"), "unknown key “sign”"),
        (ORDERS.format(rules='skip_if = [{ column = "x" }]'), "one of `equals`"),
        (ORDERS.format(rules='lookups = [{ name = "x" }]'), "needs the text `table`"),
        (CUSTOMERS.replace('key = "No"', 'key = "No"\ncredit_notes = { negative = true }'),
         "cannot have `credit_notes`"),
    ],
)  # fmt: skip
def test_wrong_map_is_refused_with_its_place(text, complaint):
    with pytest.raises(Refused, match=complaint):
        map_from_text(text)


def test_map_file_that_is_not_there_or_too_large_or_not_text_is_refused(tmp_path):
    with pytest.raises(Refused, match="There is no map"):
        load_map("nowhere")
    large = tmp_path / "large.toml"
    large.write_text("#" * 300_000)
    with pytest.raises(Refused, match="too large"):
        read_map(large)
    large.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused, match="cannot be read"):
        read_map(large)


def test_map_is_loaded_by_name_or_by_path(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(CUSTOMERS)
    assert load_map(str(path)).name == "mine"
    assert load_map("northwind") is shipped_maps()["northwind"]
    assert {"northwind", "chinook", "csv-customers", "flat-invoice-lines"} <= set(shipped_maps())


@pytest.mark.parametrize(
    ("rule", "cells", "expected"),
    [
        ('"A"', "x,y", "x"),
        ('{ columns = ["A", "B"] }', "x,y", "x y"),
        ('{ columns = ["A", "B"], join = ", " }', "x,", "x"),
        ('{ column = "A", otherwise = { column = "B", prefix = "Mr " } }', ",y", "Mr y"),
        ('{ column = "A", split = "/", part = "first" }', "x / z,y", "x"),
        ('{ column = "A", split = "/", part = "after_first" }', "x/z/w,y", "z/w"),
        ('{ column = "A", split = " ", part = "last" }', "x,y", "x"),
        ('{ column = "A", split = " ", part = "before_last" }', "x,y", ""),
        ('{ column = "A", values = { x = "Nord" } }', "x,y", "Nord"),
        ('{ column = "A", prefix = "<", suffix = ">" }', "x,y", "<x>"),
        ('{ column = "A", prefix = "<" }', ",y", ""),
        ('{ column = "A", default = "none" }', ",y", "none"),
        ('{ value = "fixed" }', "x,y", "fixed"),
    ],
)
def test_rules_of_a_field_do_what_they_say(store, csv_file, rule, cells, expected):
    path = csv_file(f"No,Name,A,B\n7,Kraft,{cells}\n")
    plan = plan_import(store, path, customer_map(f"town = {rule}\n"))
    assert plan.samples["customer"][0]["town"] == expected


def test_optional_column_that_is_missing_leaves_its_field_alone(store, csv_file):
    import_map = customer_map('town = { column = "Z", optional = true }\n')
    plan = plan_import(store, csv_file("No,Name\n7,Kraft\n"), import_map)
    assert "town" not in plan.samples["customer"][0]


def test_joined_tables_may_follow_each_other(store, reader, tmp_path):
    import sqlite3

    database = sqlite3.connect(tmp_path / "s.db")  # noqa: TID251 a source, not a store
    database.executescript(
        "CREATE TABLE c (no, name, agent); INSERT INTO c VALUES (1, 'Kraft', 5.0);"
        "CREATE TABLE agents (id, team, photo); INSERT INTO agents VALUES (5, 'n ', x'00ff');"
        "CREATE TABLE teams (code, title); INSERT INTO teams VALUES ('n', 'North');"
    )
    database.close()
    text = CUSTOMERS.replace('table = "*"', 'table = "c"') + (
        'territory = "team.title"\n'
        '[[customer.lookups]]\nname = "agent"\ntable = "agents"\nkey = "id"\non = "agent"\n'
        '[[customer.lookups]]\nname = "team"\ntable = "teams"\nkey = "code"\non = "agent.team"\n'
    )
    run_import(store, tmp_path / "s.db", map_from_text(text))
    assert reader.row("SELECT number, territory FROM customer") == ("1", "North")


def test_rows_are_left_out_by_rule_without_a_word(store, csv_file):
    rule = (
        'key = "No"\nskip_if = [{ column = "Name", starts_with = "#" },'
        ' { column = "No", equals = ["0"] }, { column = "Name", empty = true }]'
    )
    text = CUSTOMERS.replace('key = "No"', rule)
    result = run_import(store, csv_file("No,Name\n1,#x\n0,y\n2,\n3,Kraft\n"), map_from_text(text))
    counts = result.counts["customer"]
    assert (counts.new, counts.skipped, counts.refused) == (1, 3, 0)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ('town = "City"', "needs the column “City”"),
        ('town = "team.title"', "needs the column “team.title”"),
        ('terms_days = { value = "soon" }', "terms_days of .customer. is not a number"),
    ],
)
def test_what_the_source_or_the_map_lacks_is_said_before_anything_is_read(
    store, csv_file, more, complaint
):
    with pytest.raises(Refused, match=complaint):
        run_import(store, csv_file("No,Name\n1,x\n"), customer_map(more))


def test_missing_table_is_said_with_those_that_are_there(store, csv_file):
    text = CUSTOMERS.replace('table = "*"', 'table = "Clients"')
    with pytest.raises(Refused, match="it has: list"):
        run_import(store, csv_file("No,Name\n1,x\n"), map_from_text(text))
