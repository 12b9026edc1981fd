"""`loyaldesk duplicates`: pairs are listed, merged and parted again."""

import json

import pytest

from loyaldesk.store.store import Store
from tests.support.factories import make_customer
from tests.support.importing import CUSTOMERS
from tests.support.stores import KEY, fresh_store


@pytest.fixture
def twice(profile):
    """Return the profile with a customer who is there twice."""
    store = Store.open(profile, KEY, actor="Ana")
    make_customer(store, "Kraft Anlagenbau GmbH", number="K-1", phone="040 9876543")
    make_customer(store, "Kraft Anlagenbau", number="K-2")
    store.close()
    return profile


def test_pairs_are_listed_with_what_they_share(loyaldesk, twice):
    told = loyaldesk("duplicates", "list")

    assert told.code == 0
    assert "K-1 Kraft Anlagenbau GmbH  =  K-2 Kraft Anlagenbau  (name)" in told.out
    (pair,) = json.loads(loyaldesk("duplicates", "list", "--json", "--limit", 1).out)
    assert pair["second"]["number"] == "K-2"


def test_two_become_one_and_two_again(loyaldesk, twice):
    assert loyaldesk("duplicates", "merge", "K-1", "K-2").out == (
        "Done: Merge Kraft Anlagenbau into Kraft Anlagenbau GmbH.\n"
    )
    shown = json.loads(loyaldesk("customer", "show", "K-2", "--json").out)
    assert shown["customer"]["number"] == "K-1"
    assert "K-2 Kraft Anlagenbau  into  K-1" in loyaldesk("duplicates", "merged").out

    assert "two customers again" in loyaldesk("duplicates", "part", "K-2").out
    shown = json.loads(loyaldesk("customer", "show", "K-2", "--json").out)
    assert shown["customer"]["number"] == "K-2"
    assert ", parted " in loyaldesk("duplicates", "merged").out


@pytest.mark.parametrize(
    "words", [("merge", "K-1", "K-9"), ("merge", "K-1", "K-1"), ("part", "K-1")], ids=" ".join
)
def test_what_cannot_be_is_refused_with_a_sentence(loyaldesk, twice, words):
    told = loyaldesk("duplicates", *words)

    assert (told.code, told.out) == (1, "")
    assert told.err.strip().endswith(".")


def test_an_empty_list_says_so(loyaldesk, tmp_path):
    fresh_store(tmp_path / "empty").close()

    assert loyaldesk("duplicates", "list", at=tmp_path / "empty").out.startswith("No customer")
    assert loyaldesk("duplicates", "merged", at=tmp_path / "empty").out.startswith("No customers")


def test_an_import_says_who_may_be_here_twice(loyaldesk, twice, tmp_path):
    path = tmp_path / "customers.csv"
    path.write_text("No,Name\nK-3,Kraft Anlagenbau KG\n", encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(CUSTOMERS, encoding="utf-8")

    told = loyaldesk("import", path, "--map", own)

    assert told.code == 0, told.err
    assert "2 pairs with a new customer may be here twice" in told.err
