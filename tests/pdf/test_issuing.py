"""Is a letter issued whole or not at all, once per number, exactly as it was drawn?"""

import hashlib
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.errors import Conflict, Refused, Unavailable
from loyaldesk.models import OrderLine, SalesOrder
from loyaldesk.operations.acknowledging import verify_order
from loyaldesk.operations.fulfilment import promise_line
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import cancel_order, hold_order, release_order, replace_lines
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.issuing import draw, draw_letter, draw_pages, drawn_letter, issue_letter
from tests.pdf.reading import page_count, text_of
from tests.support.company import first_line
from tests.support.factories import (
    do,
    make_address,
    make_contact,
    make_credit_note,
    make_customer,
    make_invoice,
    make_order,
    make_payment,
)
from tests.support.stores import MORNING, content

TODAY = date(2024, 11, 12)
TEA = NewOrderLine("Assam tea", 10_000, 5_000_000, item_number="T-1", tax_ppm=190_000)
CUP = NewOrderLine("Cup", 3_000, 3_330_000, item_number="C-1", discount_ppm=100_000)


@pytest.fixture
def customer_id(store):
    customer_id = make_customer(store, "Kraft AG", number="10391", language="en")
    make_address(store, customer_id)
    make_contact(store, customer_id, "Roth", given_name="Anna", salutation="Ms")
    return customer_id


@pytest.fixture
def order_id(store, customer_id):
    day = date(2024, 12, 2)
    return make_order(
        store, customer_id, lines=[TEA, CUP], number="10248", customer_po="PO 88-12",
        freight_minor=12_50, freight_tax_ppm=190_000, changes={"promised_on": day},
    )  # fmt: skip


def acknowledgement(store, order_id, *, now=MORNING, **choices):
    with store.reader() as reader:
        return compose_acknowledgement(reader, order_id=order_id, now=now, **choices)


def statement(store, customer_id, as_of=TODAY, *, now=MORNING, **choices):
    with store.reader() as reader:
        return compose_statement(reader, customer_id=customer_id, as_of=as_of, now=now, **choices)


def amounts_of(text):
    """Return every amount on paper such as 1,234.56, without its separators."""
    return {Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*\.\d\d\b", text)}


class TestAcknowledgement:
    def test_every_figure_on_paper_is_the_stores(self, store, order_id):
        text = text_of(draw(acknowledgement(store, order_id)).pdf)
        with store.reader() as reader:
            net, tax, total, freight = reader.row(
                "SELECT net_minor, tax_minor, total_minor, freight_minor FROM sales_order"
            )
            lines = reader.rows("SELECT net_minor FROM order_line")
        for minor in (net, tax, total, freight, *(line for (line,) in lines)):
            assert Decimal(minor).scaleb(-2) in amounts_of(text)
        for said in ("10248", "PO 88-12", "10391", "Kraft AG", "T-1", "Assam tea"):
            assert said in text

    def test_the_first_letter_takes_the_first_number(self, store, files, order_id):
        drawn = draw(acknowledgement(store, order_id))
        letter_id = issue_letter(store, files=files, drawn=drawn)
        with store.reader() as reader:
            found = reader.row(
                "SELECT l.number, l.revision, l.data_sha256, f.sha256, d.pages, d.name"
                " FROM letter l JOIN document d ON d.id = l.document_id"
                " JOIN stored_file f ON f.id = d.file_id WHERE l.id = ?",
                [letter_id],
            )
        assert found == (
            "A-2024-00001",
            1,
            drawn.data_sha256,
            hashlib.sha256(drawn.pdf).digest(),
            page_count(drawn.pdf),
            "A-2024-00001_10391_order-acknowledgement_2024-11-12.pdf",
        )
        assert files.read(drawn.sha256) == drawn.pdf

    def test_an_unchanged_order_is_known_as_unchanged(self, store, files, order_id):
        issue_letter(store, files=files, drawn=draw(acknowledgement(store, order_id)))
        later = acknowledgement(store, order_id, now=MORNING + timedelta(days=3))
        assert later.is_unchanged

    @pytest.mark.parametrize(
        "change",
        [
            lambda s, o: do(s, promise_line, line_id=first_line(s, o),
                            promised_on=date(2024, 12, 24)),
            lambda s, o: do(s, replace_lines, order_id=o, lines=[TEA]),
            lambda s, o: do(s, hold_order, order_id=o, reason="credit"),
            lambda s, o: set_order(s, o, customer_po="PO 99"),
            lambda s, o: set_order(s, o, ship_street="Ring 2"),
            lambda s, o: set_order(s, o, terms_days=60),
            lambda s, o: set_order(s, o, ship_via="Rail"),
        ],
        ids=["promise", "lines", "hold", "po", "place", "terms", "carrier"],
    )  # fmt: skip
    def test_what_the_customer_is_told_anew_is_a_revision(self, store, files, order_id, change):
        first = draw(acknowledgement(store, order_id))
        issue_letter(store, files=files, drawn=first)
        change(store, order_id)
        do(store, verify_order, order_id=order_id)
        second = acknowledgement(store, order_id, now=MORNING + timedelta(days=1))
        assert not second.is_unchanged
        frame = second.letter.frame
        assert (frame.number, frame.revision) == ("A-2024-00001", 2)
        assert second.letter.replaces_on == TODAY
        drawn = draw(second)
        issue_letter(store, files=files, drawn=drawn)
        assert files.read(first.sha256) == first.pdf
        assert drawn.file_name.startswith("A-2024-00001-r2_")

    def test_going_back_to_what_was_said_first_is_still_told(self, store, files, order_id):
        line = first_line(store, order_id)
        for day in (date(2024, 12, 2), date(2024, 12, 24), date(2024, 12, 2)):
            do(store, promise_line, line_id=line, promised_on=day)
            # A new promise wants another look at the order.
            do(store, verify_order, order_id=order_id, note="asked")
            composed = acknowledgement(store, order_id)
            assert not composed.is_unchanged
            issue_letter(store, files=files, drawn=draw(composed))
        with store.reader() as reader:
            assert reader.rows("SELECT revision FROM letter ORDER BY id") == [(1,), (2,), (3,)]

    def test_a_held_order_is_never_accepted(self, store, order_id):
        do(store, hold_order, order_id=order_id, reason="credit")
        held = acknowledgement(store, order_id)
        assert held.letter.stance is Stance.ON_HOLD
        text = text_of(draw(held).pdf)
        assert "hold" in text.casefold()
        do(store, release_order, order_id=order_id)
        assert acknowledgement(store, order_id).letter.stance is Stance.ACCEPTANCE

    def test_a_cancelled_order_gets_no_letter(self, store, order_id):
        do(store, cancel_order, order_id=order_id)
        with pytest.raises(Refused, match="is cancelled"):
            acknowledgement(store, order_id)

    def test_sums_that_do_not_add_up_stop_the_letter(self, store, order_id):
        for model, row, change in (
            (SalesOrder, order_id, {"total_minor": 1}),
            (OrderLine, first_line(store, order_id), {"net_minor": 1}),
        ):
            with store.transaction("Break") as tx:
                tx.update(model, row, **change)
            with pytest.raises(Refused, match="Nothing was printed"):
                draw(acknowledgement(store, order_id))
            store.undo()

    def test_what_is_drawn_in_a_child_is_what_is_drawn_here(self, store, order_id):
        composed = acknowledgement(store, order_id)
        here = draw(composed)
        assert drawn_letter(composed, draw_pages(composed=composed)) == here
        assert draw_letter(composed) == here.pdf


def set_order(store, order_id, **values):
    with store.transaction("Change") as tx:
        tx.update(SalesOrder, order_id, **values)


class TestAllOrNothing:
    def test_issuing_the_same_drawn_letter_twice_is_a_conflict(self, store, files, order_id):
        drawn = draw(acknowledgement(store, order_id))
        issue_letter(store, files=files, drawn=drawn)
        before = content(store, with_changes=True)
        with pytest.raises(Conflict, match="Nothing was issued"):
            issue_letter(store, files=files, drawn=drawn)
        assert content(store, with_changes=True) == before

    def test_of_two_drawn_at_once_the_second_is_a_conflict(
        self, store, files, customer_id, order_id
    ):
        other = make_order(store, customer_id, lines=[CUP])
        first, second = (draw(acknowledgement(store, key)) for key in (order_id, other))
        assert first.number == second.number
        issue_letter(store, files=files, drawn=first)
        before = content(store, with_changes=True)
        with pytest.raises(Conflict, match="Nothing was issued"):
            issue_letter(store, files=files, drawn=second)
        assert content(store, with_changes=True) == before

    def test_two_statements_drawn_at_once_get_no_common_number(self, store, files, customer_id):
        first, second = (draw(statement(store, customer_id)) for _ in range(2))
        issue_letter(store, files=files, drawn=first)
        with pytest.raises(Conflict):
            issue_letter(store, files=files, drawn=second)
        again = draw(statement(store, customer_id))
        issue_letter(store, files=files, drawn=again)
        assert (first.number, again.number) == ("S-2024-00001", "S-2024-00002")

    def test_ended_between_paper_and_record_there_is_no_record(
        self, store, files, order_id, monkeypatch
    ):
        drawn = draw(acknowledgement(store, order_id))
        before = content(store, with_changes=True)

        def end(*_, **__):
            raise SystemExit

        with monkeypatch.context() as power_cut:
            power_cut.setattr("loyaldesk.pdf.issuing.record_letter", end)
            with pytest.raises(SystemExit):
                issue_letter(store, files=files, drawn=drawn)
        assert content(store, with_changes=True) == before
        issue_letter(store, files=files, drawn=drawn)
        assert files.check(drawn.sha256) is None

    def test_a_disk_that_takes_no_paper_leaves_no_record(self, store, files, order_id, tmp_path):
        drawn = draw(acknowledgement(store, order_id))
        (tmp_path / "files").write_bytes(b"in the way")
        before = content(store, with_changes=True)
        with pytest.raises(Unavailable):
            issue_letter(store, files=files, drawn=drawn)
        assert content(store, with_changes=True) == before


class TestStatement:
    @pytest.mark.parametrize("as_of", [TODAY + timedelta(1), date(1899, 12, 31)])
    def test_a_day_to_come_and_a_day_before_any_ledger_are_refused(self, store, as_of):
        with pytest.raises(Refused, match="Nothing was made"):
            statement(store, 1, as_of)

    @pytest.mark.parametrize("kind", StatementKind)
    @pytest.mark.parametrize(
        ("language", "country"), [("en", "GB"), ("en", "US"), ("de", "DE"), ("de-CH", "CH")]
    )
    def test_every_type_is_drawn_in_every_language_and_currency(
        self, store, kind, language, country
    ):
        customer_id = make_customer(store, "Kraft AG", language=language)
        make_address(store, customer_id, country=country)
        for currency, amount in (("EUR", "1234.56"), ("JPY", "98765"), ("KWD", "4321.098")):
            old = {"currency": currency, "invoiced_on": date(2024, 6, 3)}
            make_invoice(store, customer_id, amount, **old)
            make_payment(store, customer_id, "5", currency=currency, allocate_oldest_first=True)
            make_credit_note(store, customer_id, "1", currency=currency)
        composed = statement(store, customer_id, kind=kind, start=date(2024, 6, 1))
        text = text_of(draw(composed).pdf)
        figures = composed.figures["currencies"]
        closing = {code: section["closing"] for code, section in figures.items()}
        assert closing == {"EUR": "1228.56", "JPY": "98759", "KWD": "4315.098"}
        digits = re.sub(r"[^0-9]", "", text)
        assert all(re.sub(r"[^0-9]", "", amount) in digits for amount in closing.values())

    def test_a_past_day_says_the_same_after_later_payments(self, store, clock, customer_id):
        make_invoice(store, customer_id, "100.00", invoiced_on=date(2024, 9, 2))
        make_payment(store, customer_id, "30.00", received_on=date(2024, 10, 1),
                     allocate_oldest_first=True)  # fmt: skip
        kinds = {kind: statement(store, customer_id, kind=kind) for kind in StatementKind}
        clock.now += timedelta(days=20)
        make_payment(store, customer_id, "70.00", allocate_oldest_first=True)
        make_invoice(store, customer_id, "9.00")
        for kind, issued in kinds.items():
            later = statement(store, customer_id, kind=kind)
            assert later.letter.statement == issued.letter.statement
            assert later.data_sha256 == issued.data_sha256
        now = statement(store, customer_id, date(2024, 12, 2), now=clock.now)
        assert now.figures["currencies"]["EUR"]["closing"] == "9.00"

    def test_the_closing_of_one_day_is_the_opening_of_the_next(self, store, customer_id):
        for month in (7, 8, 9, 10):
            make_invoice(store, customer_id, f"{month}.11", invoiced_on=date(2024, month, 15))
            make_payment(store, customer_id, "3.00", received_on=date(2024, month, 20))
        forward = {"kind": StatementKind.BALANCE_FORWARD}
        first = statement(store, customer_id, date(2024, 8, 31), **forward)
        second = statement(
            store, customer_id, date(2024, 10, 31), start=date(2024, 9, 1), **forward
        )
        assert (
            first.figures["currencies"]["EUR"]["closing"]
            == second.figures["currencies"]["EUR"]["opening"]
        )

    def test_a_disputed_invoice_is_marked_and_still_aged(self, store, customer_id):
        invoice_id = make_invoice(store, customer_id, "80.00", invoiced_on=date(2024, 8, 1))
        do(store, dispute_invoice, invoice_id=invoice_id, reason="damaged", case="C-7")
        figures = statement(store, customer_id).figures["currencies"]["EUR"]
        assert (figures["in_dispute"], figures["buckets"]["61-90"], figures["pay_now"]) == (
            "80.00",
            "80.00",
            "0.00",
        )

    def test_the_register_keeps_day_and_period(self, store, files, customer_id):
        composed = statement(
            store, customer_id, kind=StatementKind.ACTIVITY, start=date(2024, 10, 1)
        )
        issue_letter(store, files=files, drawn=draw(composed))
        with store.reader() as reader:
            found = reader.row("SELECT kind, as_of, period_from, order_id FROM letter")
        assert found == ("statement", "2024-11-12", "2024-10-01", None)

    def test_a_ledger_that_does_not_add_up_prints_nothing(self, store, customer_id):
        composed = statement(store, customer_id)
        stated = composed.letter.statement
        (section,) = stated.sections
        wrong = replace(stated, sections=(replace(section, closing=Money(1, "EUR")),))
        with pytest.raises(Refused, match="does not add up"):
            draw(replace(composed, letter=replace(composed.letter, statement=wrong)))
