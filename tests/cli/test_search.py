"""The terminal finds what the window finds."""

import json
from pathlib import Path

import pytest

from loyaldesk.cli.main import run_command
from loyaldesk.store.connection import connect
from loyaldesk.store.schema import FILE_NAME
from tests.support.records import make_contact, make_customer, make_order
from tests.support.stores import KEY, fresh_store


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setenv("LOYALDESK_KEY", KEY.hex())
    store = fresh_store(tmp_path)
    with store.transaction("Fill") as tx:
        customer_id = make_customer(tx, number="10042", town="Hamburg", phone="+49 40 1234567")
        make_contact(tx, customer_id)
        make_order(tx, customer_id, "4711", "PO 88/12")
    store.close()
    return str(tmp_path)


def test_hits_are_told_line_by_line(profile, capsys):
    assert run_command(["--profile", profile, "search", "muller"]) == 0
    assert capsys.readouterr().out == "customer  Müller & Söhne GmbH · 10042 · Hamburg\n"


def test_words_need_no_quotes_and_an_order_tells_its_day(profile, capsys):
    assert run_command(["search", "po", "88/12", "--profile", profile]) == 0
    told = "order     4711 · Müller & Söhne GmbH · PO 88/12 · Hamburg · 2024-11-04 · submitted\n"
    assert capsys.readouterr().out == told


def test_json_is_one_document_with_why_each_was_found(profile, capsys):
    assert run_command(["search", "040 1234", "--profile", profile, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["total_at_least"] == 1
    assert found["hits"][0]["matched"] == "phone"
    assert found["hits"][0]["number"] == "10042"


def test_what_was_forgiven_is_said(profile, capsys):
    assert run_command(["search", "mulelr", "--profile", profile]) == 0
    assert capsys.readouterr().out.startswith("Found with forgiving spelling, as “muller”:\n")


def test_nothing_found_is_said_and_no_failure(profile, capsys):
    assert run_command(["search", "xylophon", "--profile", profile]) == 0
    assert capsys.readouterr().out.startswith("Nothing found for “xylophon”.")


def test_the_limit_holds(profile, capsys):
    assert run_command(["search", "m", "--limit", "1", "--profile", profile, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["hits"]) == 1


@pytest.mark.parametrize("count", ["0", "-1", "ten", "1.5", "9" * 30])
def test_a_limit_that_is_no_count_is_refused_in_words(profile, capsys, count):
    with pytest.raises(SystemExit) as ended:
        run_command(["search", "m", f"--limit={count}", "--profile", profile])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "--limit: takes a whole number from 1" in told
    assert "_count" not in told


def test_a_wrong_index_is_told_by_the_check_and_made_anew(profile, capsys):
    connection = connect(Path(profile) / FILE_NAME, KEY)
    connection.execute("DELETE FROM search_phone")
    connection.close()
    assert run_command(["check", "--profile", profile]) == 1
    assert "index: the phone numbers of customer differ" in capsys.readouterr().err
    assert run_command(["check", "--rebuild-index", "--profile", profile]) == 0
    assert run_command(["search", "040 1234", "--profile", profile]) == 0
