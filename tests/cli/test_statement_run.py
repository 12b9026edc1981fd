"""Does `statement run` end for everybody with a letter or a reason, and say how it ended?"""

from dataclasses import replace
from datetime import date

import pytest

from loyaldesk.models import Invoice
from loyaldesk.operations.settings import change_company
from loyaldesk.store.store import Store
from tests.pdf.ack_letters import NORDLICHT
from tests.runs.statement_customers import owing
from tests.support.factories import do, make_address, make_customer, make_invoice
from tests.support.stores import KEY, fresh_store

RUN = ("statement", "run", "--as-of", "2024-10-31", "--workers", "1")


@pytest.fixture
def profile(tmp_path, monkeypatch):
    """Return a profile with three who owe; one of them has no address."""
    folder = tmp_path / "profile"
    store = fresh_store(folder)
    do(store, change_company, sender=replace(NORDLICHT, country="DE"))
    owing(store, "1", segment="North")
    owing(store, "2")
    make_invoice(store, make_customer(store, number="3"), invoiced_on=date(2024, 9, 1))
    store.close()
    monkeypatch.setenv("LOYALDESK_KEY", KEY.hex())
    return folder


@pytest.fixture
def change(profile):
    """Return a function that runs an operation on the profile, as the window would."""

    def run(operation, **arguments):
        store = Store.open(profile, KEY)
        try:
            return operation(store, **arguments)
        finally:
            store.close()

    return run


def outcomes(data):
    return {item["customer"]: item["outcome"] for item in data["items"]}


def test_a_run_with_somebody_failed_ends_with_one_and_names_them(loyaldesk, tmp_path):
    out = tmp_path / "out"
    done = loyaldesk(*RUN, "--out", out, "--json")
    assert done.code == 1
    assert outcomes(done.data) == {"1": "saved", "2": "saved", "3": "no_address"}
    assert done.data["counts"] == {"saved": 2, "no_address": 1}
    assert (done.data["state"], done.data["agrees"]) == ("finished", True)
    assert done.data["totals"] == [
        {"currency": "EUR", "statements": "4.00", "skipped": "0.00", "held": "100.00",
         "ledger": "104.00", "dso_days": 365}
    ]  # fmt: skip
    assert len(list(out.iterdir())) == 2
    assert "1 of 3" in done.err
    assert "equal to the ledger" in done.err


def test_only_the_failures_are_run_again(loyaldesk, tmp_path, change):
    out = tmp_path / "out"
    loyaldesk(*RUN, "--out", out)
    change(make_address, customer_id=3)
    done = loyaldesk(*RUN, "--out", out, "--failures", "--json")
    assert done.code == 0
    assert outcomes(done.data) == {"1": "saved", "2": "saved", "3": "saved"}
    assert [item["number"] for item in done.data["items"]] == [
        *(f"{item['number'][:-5]}{n:05d}" for n, item in enumerate(done.data["items"], 1))
    ]
    assert len(list(out.iterdir())) == 3
    assert "1 customer(s) are tried again." in done.err


def test_failures_leave_alone_who_merely_waits(loyaldesk, tmp_path):
    loyaldesk(*RUN, "--check")
    refused = loyaldesk(*RUN, "--out", tmp_path / "out", "--failures")
    assert refused.code == 1
    assert "2 still wait. Nothing was issued; go on with --resume first" in refused.err
    assert not list((tmp_path / "out").iterdir())


def test_without_failures_nothing_is_tried_again(loyaldesk, tmp_path, change):
    change(make_address, customer_id=3)
    loyaldesk(*RUN, "--out", tmp_path / "out")
    refused = loyaldesk(*RUN, "--out", tmp_path / "out", "--failures")
    assert (refused.code, "Nobody failed in run 1. Nothing was issued." in refused.err) == (1, True)


def test_a_finished_run_taken_up_again_issues_nothing(loyaldesk, tmp_path):
    out = tmp_path / "out"
    loyaldesk(*RUN, "--out", out)
    again = loyaldesk(*RUN, "--out", out, "--resume", "--json")
    assert again.data["counts"] == {"saved": 2, "no_address": 1}
    assert len(list(out.iterdir())) == 2


def test_a_check_issues_nothing_and_can_be_run_later(loyaldesk, tmp_path):
    checked = loyaldesk(*RUN, "--check", "--json")
    assert outcomes(checked.data) == {"1": "waiting", "2": "waiting", "3": "no_address"}
    assert checked.data["state"] == "ready"
    done = loyaldesk("statement", "run", "--resume", "--out", tmp_path / "out", "--json")
    assert outcomes(done.data)["2"] == "saved"
    assert done.data["run"] == checked.data["run"]


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        (("--segment", "North"), {"1"}),
        (("--customer", "2", "--customer", "1"), {"1", "2"}),
        (("--min", "2"), {"2", "3"}),
        (("--min", "EUR=2.51"), {"3"}),
    ],
)
def test_the_choice_is_that_of_the_options(loyaldesk, words, chosen):
    found = outcomes(loyaldesk(*RUN, *words, "--check", "--json").data)
    assert {number for number, outcome in found.items() if outcome != "nothing_due"} == chosen


def test_an_account_that_differs_is_told_and_held(loyaldesk, change):
    def damage(store):
        with store.transaction("Break") as tx:
            tx.update(Invoice, 2, open_minor=1)

    change(damage)
    done = loyaldesk(*RUN, "--check")
    assert done.code == 1
    assert "2 Customer 2: INV-2024-00002 is kept with 0.01 EUR open" in done.err
    assert "2 Customer 2: INV-2024-00002 is kept" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "--out DIR"),
        (("--out", "/nowhere/letters"), "no folder"),
        (("--out", __file__), "is no folder"),
        (("--resume", "--out", "."), "no run to go on"),
        (("--customer", "99", "--out", "."), "no customer 99"),
        (("--mail", "--out", "."), "no mail server"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_issued(
    loyaldesk, tmp_path, monkeypatch, words, said
):
    monkeypatch.chdir(tmp_path)
    done = loyaldesk(*RUN, *words)
    assert done.code == 1
    assert said in done.err
    assert not list(tmp_path.glob("*.pdf"))


def test_a_folder_within_the_profile_is_refused(loyaldesk, profile):
    assert "data folder" in loyaldesk(*RUN, "--out", profile / "letters").err


@pytest.mark.parametrize("option", [("--min", "lots"), ("--min", "EURO=1"), ("--workers", "0")])
def test_an_option_without_sense_is_wrong_use(loyaldesk, option):
    assert loyaldesk(*RUN, *option, "--check").code == 2


class TestOneCustomer:
    @pytest.mark.parametrize("words", [("issue", "1"), ("1",), ("--as-of", "2024-10-31", "1")])
    def test_the_word_issue_may_be_left_out(self, loyaldesk, tmp_path, words):
        done = loyaldesk("statement", *words, "--out", tmp_path / "s.pdf", "--json")
        assert (done.code, done.data["customer"]) == (0, "1")

    def test_the_command_alone_says_which_words_there_are(self, loyaldesk):
        done = loyaldesk("statement", "--help")
        assert done.code == 0
        assert "one customer; the word may be left out" in done.out
