"""Does a run end for every customer once, with numbers without a gap, however it is disturbed?"""

from datetime import date

import pytest

from loyaldesk.documents.file_store import FileStore
from loyaldesk.domain.statement_run import Who
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.models import Address, Invoice, RunOutcome, RunState
from loyaldesk.operations.statement_runs import retry_failures, settle_item
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.issuing import draw as draw_here
from loyaldesk.pdf.issuing import issue_letter
from loyaldesk.queries.statement_check import check_run
from loyaldesk.queries.statement_runs import list_waiting, read_run, run_to_go_on
from loyaldesk.runs.statement_steps import compose_item
from tests.pdf.reading import text_of
from tests.runs.statement_customers import DAY, NOW, drive, items_of, numbers, owing, prepared
from tests.support.factories import do, make_customer, make_invoice
from tests.support.stores import KEY, fresh_store


@pytest.fixture
def run_id(store):
    """Prepare a run for six who owe, one with no address and one with nothing due."""
    for number in "123456":
        owing(store, number)
    far = make_customer(store, number="7")
    make_invoice(store, far, invoiced_on=date(2024, 9, 1))
    make_customer(store, number="8")
    return prepared(store, who=Who.ALL)


def stop_after(count):
    """Return what tells of customers, and what then says that it is enough."""
    heard = []
    return {
        "told": lambda item: heard.append(item.number),
        "is_stopped": lambda: len(heard) >= count,
    }


def test_everybody_ends_once_with_a_letter_or_a_reason(store, files, run_id, draw):
    assert drive(store, files, run_id, draw) is RunState.FINISHED
    found = [(item.number, item.outcome, item.letter_number) for item in items_of(store, run_id)]
    assert found == [
        *((str(n), "issued", f"S-2024-{n:05d}") for n in range(1, 7)),
        ("7", "no_address", ""), ("8", "nothing_due", ""),
    ]  # fmt: skip
    with store.reader() as reader:
        assert check_run(reader, run_id=run_id).agrees
        assert read_run(reader, run_id=run_id).finished_at is not None


def test_the_letter_on_file_says_the_customers_number_and_balance(store, files, run_id, draw):
    drive(store, files, run_id, draw)
    with store.reader() as reader:
        found = reader.rows("SELECT f.sha256 FROM letter l JOIN document d ON d.id = l.document_id"
                            " JOIN stored_file f ON f.id = d.file_id ORDER BY l.id")  # fmt: skip
    text = text_of(files.read(found[3][0]))
    for said in ("S-2024-00004", "Customer 4", "4.50", "31 October 2024"):
        assert said in text


@pytest.mark.parametrize("ahead", [1, 2, 5])
def test_a_run_that_was_stopped_goes_on_at_the_next_customer(store, files, run_id, draw, ahead):
    assert drive(store, files, run_id, draw, ahead, **stop_after(2)) is RunState.STOPPED
    assert [item.outcome for item in items_of(store, run_id)][:4] == [
        "issued", "issued", "waiting", "waiting",
    ]  # fmt: skip
    drive(store, files, run_id, draw, ahead)
    assert numbers(store, run_id) == [f"{n:05d}" for n in range(1, 7)]


def test_a_finished_run_driven_again_issues_nothing(store, files, run_id, draw):
    drive(store, files, run_id, draw)
    drawn = len(draw.numbers)
    assert drive(store, files, run_id, draw) is RunState.FINISHED
    assert len(draw.numbers) == drawn
    assert len(numbers(store, run_id)) == 6


class TestAnotherRunOfTheDay:
    def test_who_had_one_gets_no_second_one_and_is_told_which(self, store, files, run_id, draw):
        drive(store, files, run_id, draw, **stop_after(2))
        again = prepared(store, who=Who.ALL)
        found = [(item.number, item.outcome, item.reason) for item in items_of(store, again)]
        assert found[:3] == [
            ("1", "has_one", "An earlier run issued S-2024-00001 of this day."),
            ("2", "has_one", "An earlier run issued S-2024-00002 of this day."),
            ("3", "waiting", ""),
        ]
        with store.reader() as reader:
            check = check_run(reader, run_id=again)
        assert check.agrees
        assert [str(each.skipped) for each in check.currencies] == ["4.00"]

    def test_a_run_that_was_begun_is_gone_on_with_before_one_that_was_only_checked(
        self, store, files, run_id, draw
    ):
        drive(store, files, run_id, draw, **stop_after(2))
        prepared(store, who=Who.ALL)
        with store.reader() as reader:
            found = run_to_go_on(reader)
        assert found is not None
        assert found.id == run_id

    def test_two_runs_checked_before_either_was_made_write_to_nobody_twice(
        self, store, files, run_id, draw
    ):
        other = prepared(store, who=Who.ALL)
        drive(store, files, run_id, draw)
        drive(store, files, other, draw)
        assert {item.outcome for item in items_of(store, other)[:6]} == {"has_one"}
        with store.reader() as reader:
            letters = reader.rows("SELECT customer_id FROM letter")
        assert len(letters) == len(set(letters)) == 6

    def test_it_is_issued_again_when_somebody_asks(self, store, files, run_id, draw):
        drive(store, files, run_id, draw)
        again = prepared(store, again=True)
        assert {item.outcome for item in items_of(store, again)} == {"waiting", "no_address"}

    def test_a_statement_of_another_day_is_none_of_this(self, store, files, run_id, draw):
        drive(store, files, run_id, draw)
        other = prepared(store, as_of=date(2024, 9, 30))
        assert "has_one" not in {item.outcome for item in items_of(store, other)}


class TestFailures:
    @pytest.fixture
    def failing(self, draw):
        """Return a way to draw that fails for customer 2, and for 4 in another way."""

        def draw_or_fail(composed):
            answer = draw(composed)
            errors = {
                "2": Refused("The font lacks “ℵ”. No letter was made."),
                "4": ZeroDivisionError("secret of the customer"),
                "5": Unavailable("The part of LoyalDesk that draws ended unexpectedly."),
            }
            error = errors.get(composed.letter.frame.customer_number)
            if error is not None:
                answer = type(answer)()
                answer.set_exception(error)
            return answer

        return draw_or_fail

    def test_a_failure_is_an_outcome_and_leaves_no_gap_in_the_numbers(
        self, store, files, run_id, failing
    ):
        assert drive(store, files, run_id, failing) is RunState.FINISHED
        found = {item.number: item for item in items_of(store, run_id)}
        assert [found[n].outcome for n in "123456"] == [
            "issued", "failed", "issued", "failed", "failed", "issued",
        ]  # fmt: skip
        assert numbers(store, run_id) == ["00001", "00002", "00003"]
        assert found["2"].reason == "The font lacks “ℵ”. No letter was made."
        assert "ended unexpectedly" in found["5"].reason
        assert "ZeroDivisionError" in found["4"].reason
        assert "secret" not in found["4"].reason

    def test_an_address_that_does_not_fit_has_failed_and_is_not_missing(
        self, store, files, run_id, draw
    ):
        with store.transaction("Move") as tx:
            address_id = tx.value("SELECT a.id FROM address a JOIN customer c"
                                  " ON c.id = a.customer_id WHERE c.number = '2'")  # fmt: skip
            tx.update(Address, address_id, street=" ".join(["Long Street"] * 40))
        drive(store, files, run_id, draw)
        found = items_of(store, run_id)[1]
        assert found.outcome == "failed"
        assert "the window of the envelope shows" in found.reason

    def test_only_failures_are_run_again(self, store, files, run_id, failing, draw):
        drive(store, files, run_id, failing)
        draw.numbers.clear()
        assert do(store, retry_failures, run_id=run_id) == 4
        assert drive(store, files, run_id, draw) is RunState.FINISHED
        outcomes = [item.outcome for item in items_of(store, run_id)]
        assert outcomes == [*["issued"] * 6, "no_address", "nothing_due"]
        by_customer = {i.number: i.letter_number[-5:] for i in items_of(store, run_id)}
        assert [by_customer[n] for n in "123456"] == [
            "00001", "00004", "00002", "00005", "00006", "00003",
        ]  # fmt: skip
        assert len(draw.numbers) == 3


def test_a_letter_issued_beside_the_run_takes_its_number_and_none_is_lost(
    store, files, run_id, draw
):
    def beside(item):
        if item.number == "2":
            with store.reader() as reader:
                other = compose_statement(reader, customer_id=item.customer_id, as_of=DAY,
                                          now=NOW)  # fmt: skip
            issue_letter(store, files=files, drawn=draw_here(other))

    drive(store, files, run_id, draw, told=beside)
    assert numbers(store, run_id) == ["00001", "00002", "00004", "00005", "00006", "00007"]
    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM letter") == 7


def test_a_customer_dealt_with_beside_the_run_gets_no_second_letter(store, files, run_id, draw):
    third = items_of(store, run_id)[2]

    def settle(item):
        if item.number == "1":
            do(store, settle_item, item_id=third.id, outcome=RunOutcome.FAILED, reason="beside")

    drive(store, files, run_id, draw, told=settle)
    assert numbers(store, run_id) == [f"{n:05d}" for n in range(1, 6)]
    assert items_of(store, run_id)[2].reason == "beside"


def test_an_account_that_moved_since_the_check_is_held_until_it_is_run_again(
    store, files, run_id, draw
):
    with store.reader() as reader:
        customer_id = reader.value("SELECT id FROM customer WHERE number = '3'")
    make_invoice(store, customer_id, "1.00", invoiced_on=DAY)
    drive(store, files, run_id, draw)
    held = items_of(store, run_id)[2]
    assert held.outcome == "failed"
    assert "3.50 EUR when the run was prepared and is 4.50 now" in held.reason
    do(store, retry_failures, run_id=run_id)
    drive(store, files, run_id, draw)
    assert items_of(store, run_id)[2].outcome == "issued"


def test_an_account_that_does_not_agree_is_held_again_when_run_again(store, files, run_id, draw):
    with store.transaction("Break") as tx:
        invoice_id = tx.value("SELECT i.id FROM invoice i JOIN customer c ON c.id = i.customer_id"
                              " WHERE c.number = '2'")  # fmt: skip
        tx.update(Invoice, invoice_id, open_minor=1)
    drive(store, files, run_id, draw)
    do(store, retry_failures, run_id=run_id)
    drive(store, files, run_id, draw)
    held = items_of(store, run_id)[1]
    assert held.outcome == "failed"
    assert "0.01 EUR open" in held.reason


def test_without_a_company_nothing_is_issued(tmp_path, draw):
    store = fresh_store(tmp_path / "bare")
    owing(store, "1")
    run = prepared(store)
    with pytest.raises(Refused, match="DRAFT"):
        drive(store, FileStore(tmp_path, KEY), run, draw)
    assert items_of(store, run)[0].outcome == "waiting"
    store.close()


def test_letters_on_record_are_handed_over_now_and_then_and_at_the_end(
    store, files, run_id, draw, monkeypatch
):
    monkeypatch.setattr("loyaldesk.runs.statement_line.HAND_OVER_EVERY", 4)
    seen = []
    drive(store, files, run_id, draw, hand_over=lambda: seen.append(len(numbers(store, run_id))))
    assert seen == [4, 6]


def test_an_address_taken_away_after_the_check_is_missed_when_composing(store, files, run_id, draw):
    with store.transaction("Leave") as tx:
        address_id = tx.value("SELECT id FROM address ORDER BY id LIMIT 1")
        tx.delete(Address, address_id)
    drive(store, files, run_id, draw)
    first = items_of(store, run_id)[0]
    assert (first.outcome, first.letter_id) == ("no_address", None)
    assert numbers(store, run_id) == [f"{n:05d}" for n in range(1, 6)]


def test_memory_is_given_back_on_the_way(store, files, run_id, draw, monkeypatch):
    monkeypatch.setattr("loyaldesk.runs.statement_line.MEMORY_BACK_EVERY", 2)
    given: list[object] = []
    monkeypatch.setattr("loyaldesk.runs.statement_line.give_memory_back", given.append)
    drive(store, files, run_id, draw)
    assert given == [store.connection] * 3


def test_reading_for_a_letter_takes_a_fixed_number_of_statements(store, run_id):
    with store.reader() as reader:
        selection = read_run(reader, run_id=run_id).selection
        waiting = list_waiting(reader, run_id=run_id)
        before = reader.statements_run
        compose_item(reader, run_id=run_id, item=waiting[0], selection=selection, now=NOW)
        assert reader.statements_run - before <= 13
