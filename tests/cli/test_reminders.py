"""Does `loyaldesk reminder` list who is late, issue each letter once, and hold what is paused?"""

from datetime import UTC, datetime, timedelta

import pytest

from loyaldesk.operations.customers import create_customer
from loyaldesk.store.store import Store
from tests.pdf.reading import text_of
from tests.support.factories import do, make_address, make_invoice
from tests.support.stores import KEY

TODAY = datetime.now(UTC).astimezone().date()


@pytest.fixture
def late(profile):
    """Return the number of a customer who owes an invoice ten days late, as of today."""
    store = Store.open(profile, KEY, actor="Ana")
    customer_id = do(store, create_customer, name="Late Ltd", number="77001")
    make_address(store, customer_id)
    due = TODAY - timedelta(days=10)
    make_invoice(store, customer_id, "80.00", number="INV-LATE", invoiced_on=due, due_on=due)
    store.close()
    return "77001"


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    return folder


def of(number, listed):
    return [each for each in listed if each["customer_number"] == number]


def written_for(number, done):
    return [each for each in done if each["customer"] == number]


def test_list_names_who_is_late_with_level_and_amount(loyaldesk, late):
    (found,) = of(late, loyaldesk("reminder", "list", "--json").data)
    assert (found["level"], found["to_pay"]["amount"], found["hold"]) == (1, "80.00", None)
    assert "Late Ltd  80.00 EUR  10 days late  level 1" in loyaldesk("reminder", "list").out


def test_day_past_is_refused(loyaldesk, late):
    answer = loyaldesk("reminder", "list", "--as-of", "2020-01-01")
    assert (answer.code, answer.out) == (1, "")
    assert "not by a day past" in answer.err


def test_run_issues_each_letter_once(loyaldesk, late, out):
    first = loyaldesk("reminder", "run", "--out", out, "--json")
    (done,) = written_for(late, first.data)
    (path,) = out.glob(f"{done['number']}_77001_reminder-1_*.pdf")
    assert "80.00" in text_of(path.read_bytes()) or "80,00" in text_of(path.read_bytes())
    again = loyaldesk("reminder", "run", "--out", out, "--json")
    assert written_for(late, again.data) == []
    (held,) = of(late, loyaldesk("reminder", "list", "--json").data)
    assert held["hold"] == "too_early"
    assert held["held_until"] > TODAY.isoformat()


def test_run_of_another_level_issues_nothing(loyaldesk, late, out):
    answer = loyaldesk("reminder", "run", "--out", out, "--level", "3")
    assert (answer.code, list(out.iterdir())) == (0, [])
    assert "Nothing was issued" in answer.out


def test_folder_that_is_not_there_is_refused_before_anything_is_issued(loyaldesk, late, out):
    answer = loyaldesk("reminder", "run", "--out", out / "missing" / "deep")
    assert answer.code == 1
    assert of(late, loyaldesk("reminder", "list", "--json").data)[0]["hold"] is None


def test_customer_without_an_address_is_told_and_stops_nobody(loyaldesk, late, profile, out):
    store = Store.open(profile, KEY, actor="Ana")
    customer_id = do(store, create_customer, name="Nowhere Ltd", number="77002")
    due = TODAY - timedelta(days=20)
    make_invoice(store, customer_id, "5.00", invoiced_on=due, due_on=due)
    store.close()
    answer = loyaldesk("reminder", "run", "--out", out, "--json")
    assert answer.code == 1
    assert "no address" in written_for("77002", answer.data)[0]["reason"]
    assert written_for(late, answer.data)[0]["number"]


@pytest.mark.parametrize(
    ("number", "hold"), [("77001", "customer_paused"), ("INV-LATE", "invoice_paused")]
)
def test_pause_holds_a_customer_or_an_invoice(loyaldesk, late, number, hold):
    until = TODAY + timedelta(days=30)
    answer = loyaldesk("reminder", "pause", number, "--until", until, "--why", "Promised")
    assert answer.code == 0
    assert of(late, loyaldesk("reminder", "list", "--json").data)[0]["hold"] == hold
    assert loyaldesk("reminder", "resume", number).code == 0
    assert of(late, loyaldesk("reminder", "list", "--json").data)[0]["hold"] is None


def test_pause_of_nothing_known_is_refused(loyaldesk, late):
    answer = loyaldesk("reminder", "pause", "none", "--until", TODAY, "--why", "Promised")
    assert answer.code == 1
    assert "no customer and no invoice" in answer.err


@pytest.mark.parametrize("number", ["77001", "INV-LATE"])
def test_history_tells_every_reminder_of_a_customer_or_an_invoice(loyaldesk, late, out, number):
    assert "No reminder to" in loyaldesk("reminder", "history", number).out
    loyaldesk("reminder", "run", "--out", out)
    (sent,) = loyaldesk("reminder", "history", number, "--json").data
    assert (sent["level"], sent["open"]["amount"]) == (1, "80.00")
    assert "level 1  80.00 EUR" in loyaldesk("reminder", "history", number).out
