"""Does `loyaldesk import` bring records in, try it first, and say what it left out?"""

from __future__ import annotations

import argparse
import json
import os
import sys

import pytest

from loyaldesk.cli import imports
from loyaldesk.cli.context import Context
from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.errors import Refused
from loyaldesk.resources import resource

HEAD = "Number,Name,Street,Postcode,Town,Country,Contact\n"
GOOD = "7,Kraft AG,Am Markt 1,20095,Hamburg,Germany,Anna Roth\n"
BAD = "8,Bär,Ring 2,1010,Wien,Atlantis,\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "00" * 32)
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments, wants_json=True):
        parser = argparse.ArgumentParser()
        imports.add_parser(parser.add_subparsers())
        args = parser.parse_args(["import", *map(str, arguments)])
        with Context(
            profile=str(tmp_path / "profile"), wants_json=wants_json, may_start=True
        ) as context:
            return args.run(args, context)

    return run_command


@pytest.fixture
def customers(tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text(HEAD + GOOD + BAD, encoding="utf-8")
    return path


def test_import_prints_one_document_and_keeps_bad_rows(run, customers, capsys, tmp_path):
    assert run(customers, "--map", "csv-customers") == 0
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert answer["counts"]["customer"]["new"] == 1
    assert answer["refusals"][0]["value"] == "Atlantis"
    assert answer["error_file"] == "customers.csv.errors.csv"
    assert "Atlantis" in (tmp_path / "customers.csv.errors.csv").read_text("utf-8-sig")
    assert "customers, row 3: country “Atlantis”" in printed.err
    assert "1 bad row was left out; it is in customers.csv.errors.csv." in printed.err


def test_dry_run_writes_nothing_anywhere(run, customers, capsys, tmp_path):
    assert run(customers, "--dry-run", wants_json=False) == 0
    assert "This was only tried; nothing was written." in capsys.readouterr().out
    assert not list(tmp_path.glob("*.errors.csv"))
    run(customers, "--map", "csv-customers")
    assert json.loads(capsys.readouterr().out)["counts"]["customer"]["new"] == 1


def test_second_import_says_that_there_was_nothing_new(run, customers, capsys):
    customers.write_text(HEAD + GOOD)
    run(customers)
    capsys.readouterr()
    assert run(customers, wants_json=False) == 0
    assert "There was nothing new; nothing was written." in capsys.readouterr().out


def test_changed_fields_are_shown_from_old_to_new(run, customers, capsys):
    customers.write_text(HEAD + GOOD)
    run(customers)
    customers.write_text(HEAD + GOOD.replace("Kraft AG", "Kraft SE"))
    run(customers, wants_json=False)
    assert "customer 7: name 'Kraft AG' → 'Kraft SE'" in capsys.readouterr().out


def test_several_bad_rows_are_counted(run, customers, capsys):
    customers.write_text(HEAD + GOOD + BAD + BAD.replace("8", "9"), encoding="utf-8")
    run(customers)
    assert "2 bad rows were left out; all are in" in capsys.readouterr().err


def test_import_of_bad_rows_only_ends_with_one(run, customers, tmp_path):
    customers.write_text(HEAD + BAD, encoding="utf-8")
    assert run(customers, "--errors", tmp_path / "bad.csv") == 1
    assert "Atlantis" in (tmp_path / "bad.csv").read_text("utf-8-sig")


def test_forced_encoding_and_delimiter_reach_the_reader(run, customers, capsys):
    customers.write_bytes((HEAD + GOOD).replace(",", "|").encode("utf-16"))
    assert run(customers, "--encoding", "utf-16", "--delimiter", "|") == 0
    assert json.loads(capsys.readouterr().out)["counts"]["address"]["new"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes as files")
@pytest.mark.parametrize(
    "errors", ["customers.csv", "own.toml", "profile/loyaldesk.db", "link.csv", "folder", "pipe"]
)
def test_error_file_never_replaces_what_it_should_not(run, customers, tmp_path, errors):
    own = tmp_path / "own.toml"
    own.write_bytes(resource("maps/csv-customers.toml").read_bytes())
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    os.mkfifo(tmp_path / "pipe")
    before = customers.read_bytes(), own.read_bytes()
    with pytest.raises(Refused, match="Nothing was written"):
        run(customers, "--map", own, "--errors", tmp_path / errors)
    assert (customers.read_bytes(), own.read_bytes()) == before
    assert not (tmp_path / "elsewhere.csv").exists()
    assert not (tmp_path / "profile" / "loyaldesk.db").exists()


def test_error_file_never_replaces_the_database_of_an_address(run, tmp_path):
    path = tmp_path / "shop.db"
    path.write_bytes(b"records")
    with pytest.raises(Refused, match="is what is being read"):
        run(f"sqlite:///{path}", "--map", "northwind", "--errors", path)
    assert path.read_bytes() == b"records"


def test_error_file_of_the_last_import_is_replaced(run, customers, tmp_path):
    kept = tmp_path / "customers.csv.errors.csv"
    kept.write_text("old")
    run(customers)
    assert "Atlantis" in kept.read_text("utf-8-sig")


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("cp1252", "\t")])
def test_import_tells_how_the_file_was_read(run, customers, capsys, encoding, delimiter):
    told = {",": "utf-8 with “,”", "\t": "cp1252 with tabs"}[delimiter]
    text = (HEAD + GOOD.replace("Kraft", "Kräft")).replace(",", delimiter)
    customers.write_bytes(text.encode(encoding))
    run(customers, "--dry-run")
    answer = json.loads(capsys.readouterr().out)
    assert answer["read_as"] == {"encoding": encoding, "delimiter": delimiter}
    run(customers, "--dry-run", wants_json=False)
    assert f"customers.csv through “csv-customers”, read as {told}:" in capsys.readouterr().out


def test_source_that_no_map_fits_is_refused(run, tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(Refused, match="--map"):
        run(tmp_path / "x.csv")
