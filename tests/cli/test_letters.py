"""Do `acknowledge` and `statement` issue letters once, for any day, with figures that prove out?"""

from decimal import Decimal

import pytest

from loyaldesk.models import Customer
from loyaldesk.operations.acknowledging import verify_order
from loyaldesk.operations.fulfilment import promise_line, ship_line
from loyaldesk.operations.orders import hold_order
from loyaldesk.operations.settings import change_company
from loyaldesk.store.store import Store
from tests.pdf.ack_letters import NORDLICHT
from tests.pdf.reading import text_of
from tests.support.factories import do, make_invoice, make_payment
from tests.support.stores import KEY, Clock


@pytest.fixture
def change(profile):
    """Return a function that runs an action on the profile, as the window would."""

    def run(action, **arguments):
        store = Store.open(profile, KEY, actor="Ana", clock=Clock())
        try:
            return action(store, **arguments)
        finally:
            store.close()

    return run


def register(profile):
    store = Store.open(profile, KEY)
    try:
        with store.reader() as reader:
            return reader.rows("SELECT number, revision, copies FROM letter ORDER BY id")
    finally:
        store.close()


def identities_hold(figures):
    """Tell whether the figures of one currency prove one another."""
    known = {name: Decimal(text) for name, text in figures.items() if isinstance(text, str)}
    aged = sum(map(Decimal, figures["buckets"].values()))
    return (
        known["opening"] + known["movements"]
        == known["closing"]
        == known["open_items"]
        == aged + known["unapplied"]
    )


class TestAcknowledge:
    def test_the_letter_is_written_and_on_record(self, loyaldesk, profile, tmp_path):
        out = tmp_path / "a.pdf"
        answer = loyaldesk("acknowledge", "10042", "--out", out, "--json")
        assert (answer.data["revision"], answer.data["copy"]) == (1, False)
        text = text_of(out.read_bytes())
        assert answer.data["number"] in text
        assert "10042" in text
        assert register(profile) == [(answer.data["number"], 1, 0)]

    def test_the_same_order_again_gives_a_copy_and_no_new_number(
        self, loyaldesk, profile, tmp_path
    ):
        first = loyaldesk("acknowledge", "10042", "--out", tmp_path / "a.pdf", "--json").data
        again = loyaldesk("acknowledge", "10042", "--out", tmp_path / "b.pdf", "--json").data
        assert (again["number"], again["revision"], again["copy"]) == (first["number"], 1, True)
        assert register(profile) == [(first["number"], 1, 1)]
        assert "COPY" in text_of((tmp_path / "b.pdf").read_bytes())
        assert "COPY" not in text_of((tmp_path / "a.pdf").read_bytes())

    def test_a_changed_order_gives_the_next_revision(self, loyaldesk, profile, tmp_path, change):
        loyaldesk("acknowledge", "10042", "--out", tmp_path / "a.pdf")
        change(do, operation=promise_line, line_id=1, promised_on="2026-12-24")
        change(do, operation=verify_order, order_id=1)
        second = loyaldesk("acknowledge", "10042", "--out", tmp_path / "b.pdf", "--json").data
        assert (second["revision"], second["copy"]) == (2, False)
        assert [revision for _, revision, _ in register(profile)] == [1, 2]

    def test_a_held_order_is_not_accepted(self, loyaldesk, tmp_path, change):
        change(do, operation=hold_order, order_id=1, reason="credit")
        change(do, operation=change_company, sender=NORDLICHT)
        assert loyaldesk("acknowledge", "10042", "--out", tmp_path / "a.pdf").code == 0
        page = loyaldesk("order", "show", "10042", "--json").data
        assert page["order"]["acknowledged_on"] is None

    def test_an_order_already_delivered_is_acknowledged_with_a_word_on_it(
        self, loyaldesk, tmp_path, change
    ):
        before = loyaldesk("acknowledge", "10042", "--out", tmp_path / "a.pdf")
        assert "delivered" not in before.err
        change(do, operation=ship_line, line_id=1, quantity_milli=6_000)
        answer = loyaldesk("acknowledge", "10042", "--out", tmp_path / "b.pdf")
        assert answer.code == 0
        assert "10042 was already delivered in full: the letter says so." in answer.err
        assert "all of it has shipped" in text_of((tmp_path / "b.pdf").read_bytes())

    def test_a_receipt_says_only_that_it_came(self, loyaldesk, tmp_path):
        out = tmp_path / "a.pdf"
        assert loyaldesk("acknowledge", "10042", "--receipt-only", "--out", out).code == 0
        assert (
            loyaldesk("acknowledge", "10042", "--out", tmp_path / "b.pdf", "--json").data[
                "revision"
            ]
            == 2
        )


class TestStatement:
    @pytest.mark.parametrize("kind", ["open-item", "balance-forward", "activity", "detailed"])
    def test_the_figures_prove_one_another_for_every_type(self, loyaldesk, tmp_path, kind):
        words = ("--as-of", "2024-11-30", "--from", "2024-11-01", "--type", kind)
        out = tmp_path / "s.pdf"
        answer = loyaldesk("statement", "10042", *words, "--out", out, "--json")
        assert answer.code == 0, answer.err
        ((code, figures),) = answer.data["currencies"].items()
        assert code == "EUR"
        assert set(figures) >= {
            "opening", "movements", "closing", "open_items", "buckets", "unapplied",
        }  # fmt: skip
        assert identities_hold(figures)
        assert figures["closing"] == "5.00"
        assert (answer.data["type"], answer.data["as_of"]) == (kind, "2024-11-30")
        assert "5.00" in text_of(out.read_bytes())

    def test_amounts_are_text_with_the_decimals_of_their_currency(
        self, loyaldesk, tmp_path, change
    ):
        change(make_invoice, customer_id=2, amount="700", currency="JPY")
        change(make_invoice, customer_id=2, amount="1.234", currency="KWD")
        words = ("--as-of", "2024-11-30", "--out", tmp_path / "s.pdf", "--json")
        currencies = loyaldesk("statement", "10042", *words).data["currencies"]
        closing = {code: figures["closing"] for code, figures in currencies.items()}
        assert closing == {"EUR": "5.00", "JPY": "700", "KWD": "1.234"}
        assert all(map(identities_hold, currencies.values()))

    def test_before_the_first_paper_there_is_a_section_of_zeros(self, loyaldesk, tmp_path):
        words = ("--as-of", "2020-01-01", "--out", tmp_path / "s.pdf", "--json")
        (figures,) = loyaldesk("statement", "10042", *words).data["currencies"].values()
        assert {figures[name] for name in ("opening", "movements", "closing")} == {"0.00"}

    def test_a_past_day_stays_as_it_was_after_a_later_payment(self, loyaldesk, tmp_path, change):
        words = ("--as-of", "2024-11-12", "--out", tmp_path / "s.pdf", "--json")
        before = loyaldesk("statement", "10042", *words).data["currencies"]

        def pay_next_day(store):
            store._clock.now = store._clock.now.replace(day=13)  # noqa: SLF001 the test's own clock
            make_payment(store, 2, "4.00", allocate_oldest_first=True)

        change(pay_next_day)
        assert loyaldesk("statement", "10042", *words).data["currencies"] == before
        later = ("--as-of", "2024-11-13", "--out", tmp_path / "s.pdf", "--json")
        (figures,) = loyaldesk("statement", "10042", *later).data["currencies"].values()
        assert figures["closing"] == "1.00"

    def test_without_a_type_it_is_the_customers_own(self, loyaldesk, tmp_path, change):
        def choose(store):
            with store.transaction("Choose") as tx:
                tx.update(Customer, 2, statement_type="activity")

        change(choose)
        answer = loyaldesk("statement", "10042", "--out", tmp_path / "s.pdf", "--json")
        assert answer.data["type"] == "activity"

    def test_every_statement_has_a_number_of_its_own(self, loyaldesk, profile, tmp_path):
        numbers = [
            loyaldesk("statement", "10042", "--out", tmp_path / "s.pdf", "--json").data["number"]
            for _ in range(2)
        ]
        assert numbers[0] != numbers[1]
        assert [number for number, _, _ in register(profile)] == numbers

    def test_where_the_file_cannot_be_written_nothing_is_on_record(
        self, loyaldesk, profile, tmp_path
    ):
        answer = loyaldesk("statement", "10042", "--out", tmp_path / "no" / "s.pdf")
        assert answer.code == 1
        assert register(profile) == []
