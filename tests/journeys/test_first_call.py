"""The first call of the day: a real company's records come in, and the caller gets an answer."""

from decimal import Decimal

import pytest

from tests.pdf.reading import text_of
from tests.support.importing import unpacked

pytestmark = pytest.mark.journey


@pytest.fixture
def imported(loyaldesk, tmp_path):
    """Return the program with Northwind's records in it."""
    source = unpacked("northwind/northwind_small.db.gz", tmp_path)
    answer = loyaldesk("import", source, "--map", "northwind", "--json")
    assert answer.code == 0, answer.err
    return loyaldesk


def test_a_caller_is_found_shown_acknowledged_and_told_the_balance(imported, tmp_path):
    for scrap in ("ernst", "ERNSH", "7675-3425"):
        hits = imported("search", scrap, "--json").data["hits"]
        assert "Ernst Handel" in str(hits), scrap
    (hit, *_) = imported("search", "10248", "--json").data["hits"]
    assert (hit["kind"], hit["number"]) == ("order", "10248")

    page = imported("customer", "show", "QUICK", "--json").data
    assert page["customer"]["name"] == "QUICK-Stop"
    assert page["customer"]["source_system"] == "northwind"
    balance = page["tiles"]["open_balance"][0]

    letter = imported("acknowledge", "10248", "--out", "a.pdf", "--json").data
    assert letter["revision"] == 1
    text = text_of((tmp_path / "a.pdf").read_bytes())
    assert "10248" in text
    assert "440.00" in text

    words = ("--as-of", page["as_of"], "--type", "open-item", "--out", "s.pdf", "--json")
    statement = imported("statement", "QUICK", *words).data
    (figures,) = statement["currencies"].values()
    aged = sum(map(Decimal, figures["buckets"].values())) + Decimal(figures["unapplied"])
    assert figures["closing"] == figures["open_items"] == balance["amount"] == str(aged)
    assert f"{Decimal(figures['closing']):,}" in text_of((tmp_path / "s.pdf").read_bytes())

    filed = {document["name"] for document in imported("document", "list", "--json").data}
    assert {letter["number"], statement["number"]} == {name.split("_")[0] for name in filed}
    assert imported("check", "--json").data["ok"] is True

    again = imported("import", tmp_path / "northwind_small.db", "--map", "northwind", "--json")
    counts = again.data["counts"].values()
    assert [row for row in counts if row["new"] or row["changed"]] == []


def test_chinooks_invoices_come_in_to_the_cent(loyaldesk, tmp_path):
    source = unpacked("chinook/Chinook_Sqlite.sqlite.gz", tmp_path)
    assert loyaldesk("import", source, "--map", "chinook").code == 0
    page = loyaldesk("customer", "show", "6", "--json").data
    assert page["customer"]["name"]
    words = ("--as-of", page["as_of"], "--type", "detailed", "--out", "s.pdf", "--json")
    (figures,) = loyaldesk("statement", "6", *words).data["currencies"].values()
    assert Decimal(figures["opening"]) + Decimal(figures["movements"]) == Decimal(
        figures["closing"]
    )
    # Helena Holý's seven invoices.
    assert figures["closing"] == "49.62"
