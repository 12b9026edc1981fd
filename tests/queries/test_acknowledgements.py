"""Does the queue say what waits, how long, what came back and how well it goes, for any company?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyaldesk.domain.acknowledgement_queue import QueueState, Trouble, letter_state
from loyaldesk.domain.acknowledgement_target import Target
from loyaldesk.models import (
    Customer,
    DispatchChannel,
    LetterKind,
    Mail,
    MailState,
    StoredFile,
)
from loyaldesk.operations.dispatches import (
    confirm_batch,
    fail_batch_from,
    fail_dispatch,
    record_dispatch,
    record_print,
    start_print_batch,
)
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import cancel_order, hold_order
from loyaldesk.operations.settings import change_setting
from loyaldesk.queries import acknowledgements
from loyaldesk.queries.acknowledgements import TARGET_KEY, count_open_orders, read_queue
from loyaldesk.queries.book import sql_of
from tests.support.factories import do, make_address, make_contact, make_customer, make_order
from tests.support.letters import make_letter

# A Tuesday, a quarter of an hour after the store's clock began.
NOW = datetime(2024, 11, 12, 8, 15, tzinfo=UTC)
TODAY = NOW.date()
LINE = NewOrderLine("Tea", 10_000, 5_000_000)


@pytest.fixture
def customer_id(store):
    made = make_customer(store, "Toms Spezialitäten", language="de")
    make_address(store, made)
    return made


def order(store, customer_id, number, *, hours_ago=None, **fields):
    """Enter an order that came so many hours ago, or today at an hour nobody wrote down."""
    received = NOW - timedelta(hours=hours_ago) if hours_ago is not None else None
    fields.setdefault("ordered_on", received.date() if received else TODAY)
    changes = {"verified_on": TODAY, **fields.pop("changes", {}), "received_at": received}
    return make_order(store, customer_id, number=number, changes=changes, **fields)


def queue(store, now=NOW):
    with store.reader() as reader:
        return read_queue(reader, now=now)


def states(store):
    return {row.order_number: row.state for row in queue(store).rows}


def row_of(store, number):
    return next(row for row in queue(store).rows if row.order_number == number)


def mail_it(store, letter_id, customer_id, state, **fields):
    """Record a mail of a letter as the outbox does."""
    with store.transaction("Write mail") as tx:
        file_id = tx.value("SELECT id FROM stored_file") or tx.insert(
            StoredFile, sha256=bytes(32), size=1, mime="message/rfc822", stored_at=tx.now
        )
        mail_id = tx.insert(
            Mail, customer_id=customer_id, letter_id=letter_id, file_id=file_id, recipient="a@b.de",
            subject="s", message_id="", state=state, written_at=tx.now, written_by="Ana",
            send_after=tx.now, **fields,
        )  # fmt: skip
        record_dispatch(
            tx, letter_id=letter_id, channel=DispatchChannel.EMAIL, recipient="a@b.de",
            mail_id=mail_id,
        )  # fmt: skip


class TestOrders:
    def test_an_order_that_nobody_acknowledged_is_ready_with_all_the_list_shows(
        self, store, customer_id
    ):
        order(store, customer_id, "4779", hours_ago=7, customer_po="88-140")
        row = row_of(store, "4779")
        assert (row.state, row.trouble, row.is_late) == (QueueState.READY, None, False)
        assert (row.customer_name, row.customer_po) == ("Toms Spezialitäten", "88-140")
        assert (row.value.minor, row.value.currency) == (5_000, "EUR")
        assert (row.locale, row.envelope, row.letters_by) == ("de-DE", "din-5008-b", "print")
        assert row.arrival.hours(NOW) == 7

    def test_the_order_that_is_due_first_comes_first(self, store, customer_id):
        order(store, customer_id, "young", hours_ago=1)
        order(store, customer_id, "old", hours_ago=26)
        order(store, customer_id, "day", ordered_on=TODAY - timedelta(days=7))
        assert [row.order_number for row in queue(store).rows] == ["day", "old", "young"]
        assert [row.is_late for row in queue(store).rows] == [True, True, False]

    def test_with_a_longer_target_less_is_late(self, store, customer_id):
        order(store, customer_id, "old", hours_ago=26)
        do(store, change_setting, key=TARGET_KEY, value=2)
        assert not row_of(store, "old").is_late
        assert queue(store).target == Target(2)

    def test_what_was_acknowledged_delivered_or_cancelled_is_not_open(self, store, customer_id):
        done = order(store, customer_id, "4711")
        make_letter(store, customer_id, done)
        do(store, cancel_order, order_id=order(store, customer_id, "4712"))
        assert queue(store).rows == ()
        with store.reader() as reader:
            assert count_open_orders(reader) == 0

    @pytest.mark.parametrize(
        ("fields", "kind"),
        [
            ({"asked_quantity_milli": 12_000}, "quantity"),
            ({"asked_price_micro": 4_000_000}, "price"),
            ({"asked_item": "T-9"}, "item"),
            ({"requested_on": TODAY, "promised_on": TODAY + timedelta(days=3)}, "date"),
            ({"requested_on": TODAY}, "date"),
        ],
    )
    def test_a_difference_needs_a_look_and_names_its_line(self, store, customer_id, fields, kind):
        differs = NewOrderLine("Tea", 10_000, 5_000_000, **fields)
        order(store, customer_id, "4768", lines=[LINE, differs], changes={"verified_on": None})
        row = row_of(store, "4768")
        assert (row.state, row.trouble) == (QueueState.NEEDS_LOOK, Trouble.DIFFERENCES)
        assert row.difference.kind == kind

    def test_a_difference_that_somebody_verified_may_go(self, store, customer_id):
        differs = NewOrderLine("Tea", 10_000, 5_000_000, asked_quantity_milli=12_000)
        order(store, customer_id, "4768", lines=[differs])
        assert row_of(store, "4768").state is QueueState.READY

    def test_what_nobody_verified_needs_a_look_and_names_what_was_found(self, store, customer_id):
        promised = {"promised_on": TODAY, "verified_on": None}
        order(store, customer_id, "4769", changes=promised)
        row = row_of(store, "4769")
        assert (row.state, row.trouble) == (QueueState.NEEDS_LOOK, Trouble.VERIFICATION)
        assert row.finding.words

    def test_a_mere_receipt_waits_for_nobody(self, store, customer_id):
        with store.transaction("Change") as tx:
            tx.update(Customer, customer_id, acknowledgement_policy="receipt")
        differs = NewOrderLine("Tea", 10_000, 5_000_000, asked_quantity_milli=12_000)
        order(store, customer_id, "4770", lines=[differs], changes={"verified_on": None})
        assert row_of(store, "4770").state is QueueState.READY

    def test_a_held_order_and_a_customer_on_hold_need_a_look(self, store, customer_id):
        held = order(store, customer_id, "4771")
        do(store, hold_order, order_id=held, reason="Waits for a deposit")
        row = row_of(store, "4771")
        assert (row.trouble, row.hold_reason) == (Trouble.ON_HOLD, "Waits for a deposit")
        blocked = make_customer(store, "Drachenblut", credit_status="hold")
        make_address(store, blocked)
        order(store, blocked, "4772")
        assert row_of(store, "4772").trouble is Trouble.CREDIT_HOLD

    def test_a_held_order_whose_letter_is_in_the_printer_stands_there_once(
        self, store, customer_id
    ):
        held = order(store, customer_id, "4771")
        do(store, hold_order, order_id=held, reason="Waits")
        letter_id = make_letter(store, customer_id, held)
        do(store, record_print, letter_id=letter_id, printer="Kyocera")
        assert states(store) == {"4771": QueueState.CONFIRM}
        assert queue(store).unlisted == 0
        do(store, confirm_batch, print_batch_id=1)
        assert states(store) == {"4771": QueueState.NEEDS_LOOK}

    def test_without_an_address_no_letter_can_go(self, store):
        nowhere = make_customer(store, "Nowhere Ltd")
        order(store, nowhere, "4773")
        assert row_of(store, "4773").trouble is Trouble.NO_ADDRESS

    def test_who_wants_mails_needs_an_address_for_them(self, store, customer_id):
        with store.transaction("Change") as tx:
            tx.update(Customer, customer_id, letters_by="email")
        order(store, customer_id, "4774")
        assert row_of(store, "4774").trouble is Trouble.NO_EMAIL
        make_contact(store, customer_id, email="tom@toms.example")
        assert row_of(store, "4774").state is QueueState.READY


class TestLetters:
    @pytest.fixture
    def letters(self, store, customer_id):
        """Return the ids of three letters handed to a printer in one batch."""
        made = [
            make_letter(store, customer_id, order(store, customer_id, number))
            for number in ("4765", "4766", "4767")
        ]
        batch_id = do(store, start_print_batch, printer="Kyocera")
        for letter_id in made:
            do(store, record_print, letter_id=letter_id, printer="Kyocera", print_batch_id=batch_id)
        return made

    def test_what_was_printed_waits_for_a_word_with_its_place_in_the_batch(self, store, letters):
        assert set(states(store).values()) == {QueueState.CONFIRM}
        row = row_of(store, "4766")
        assert (row.letter.print_batch_id, row.letter.position) == (1, 2)
        assert (row.letter.number, row.letter.revision) == ("A-2024-00002", 1)
        (batch,) = queue(store).batches
        assert (batch.id, batch.printer, batch.letters) == (1, "Kyocera", 3)

    def test_what_came_out_left_today_and_is_no_longer_asked_about(self, store, letters):
        do(store, confirm_batch, print_batch_id=1)
        assert set(states(store).values()) == {QueueState.SENT}
        assert queue(store).batches == ()

    def test_what_did_not_come_out_failed_with_its_reason(self, store, letters):
        do(store, fail_batch_from, print_batch_id=1, position=2, reason="Not in the tray")
        assert states(store) == {
            "4765": QueueState.SENT, "4766": QueueState.FAILED, "4767": QueueState.FAILED
        }  # fmt: skip
        assert row_of(store, "4767").letter.answer == "Not in the tray"

    def test_printed_again_only_the_last_time_counts(self, store, letters):
        do(store, fail_batch_from, print_batch_id=1, position=1, reason="")
        do(store, record_print, letter_id=letters[0], printer="Kyocera")
        assert states(store)["4765"] is QueueState.CONFIRM
        do(store, confirm_batch, print_batch_id=2)
        assert states(store)["4765"] is QueueState.SENT

    def test_a_copy_changes_nothing(self, store, letters):
        do(store, confirm_batch, print_batch_id=1)
        do(store, record_print, letter_id=letters[0], printer="Kyocera", is_copy=True)
        assert states(store)["4765"] is QueueState.SENT

    def test_a_later_revision_stands_for_the_order(self, store, customer_id, letters):
        order_id = row_of(store, "4765").order_id
        make_letter(store, customer_id, order_id, number="A-2024-00001", revision=2)
        assert "4765" not in states(store)

    def test_a_statement_is_not_in_the_queue(self, store, customer_id):
        letter_id = make_letter(store, customer_id, kind=LetterKind.STATEMENT, as_of=TODAY)
        do(store, record_print, letter_id=letter_id, printer="Kyocera")
        assert (queue(store).rows, queue(store).batches) == ((), ())

    def test_what_left_yesterday_is_in_the_register_only(self, store, letters):
        do(store, confirm_batch, print_batch_id=1)
        assert queue(store, NOW + timedelta(days=1)).rows == ()

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            (MailState.QUEUED, QueueState.WAITING),
            (MailState.SENDING, QueueState.WAITING),
            (MailState.ACCEPTED, QueueState.SENT),
            (MailState.FAILED, QueueState.FAILED),
            (MailState.WITHDRAWN, QueueState.READY),
            (MailState.DRAFT, QueueState.CONFIRM),
        ],
    )
    def test_of_a_mailed_letter_its_mail_says_how_far_it_is(
        self, store, customer_id, state, expected
    ):
        letter_id = make_letter(store, customer_id, order(store, customer_id, "4790"))
        mail_it(store, letter_id, customer_id, state, answer="550 mailbox full")
        row = row_of(store, "4790")
        assert (row.state, row.letter.answer) == (expected, "550 mailbox full")
        assert row.letter.channel == "email"

    def test_a_failed_mail_that_was_printed_instead_waits_for_the_paper(self, store, customer_id):
        letter_id = make_letter(store, customer_id, order(store, customer_id, "4790"))
        mail_it(store, letter_id, customer_id, MailState.FAILED)
        do(store, record_print, letter_id=letter_id, printer="Kyocera")
        assert states(store) == {"4790": QueueState.CONFIRM}

    def test_a_letter_that_stopped_on_its_way_to_the_printer_failed(self, store, letters):
        dispatch = row_of(store, "4765").letter.dispatch_id
        do(store, fail_dispatch, dispatch_id=dispatch, reason="The printer did not answer.")
        assert row_of(store, "4765").state is QueueState.FAILED

    def test_every_state_of_a_mail_is_known(self):
        assert {letter_state("email", "handed", state) for state in MailState} >= {
            QueueState.WAITING, QueueState.SENT
        }  # fmt: skip


class TestMonth:
    def test_the_share_within_the_target_is_of_this_months_first_letters(self, store, customer_id):
        for number, hours in (("a", 2), ("b", 20), ("c", 200), ("d", 300)):
            make_letter(store, customer_id, order(store, customer_id, number, hours_ago=hours))
        found = queue(store)
        assert (found.answered, found.met) == (4, 2)
        assert queue(store, NOW + timedelta(days=40)).answered == 0


class TestSize:
    def test_a_long_queue_shows_its_oldest_and_counts_the_rest(
        self, store, customer_id, monkeypatch
    ):
        monkeypatch.setattr(acknowledgements, "MOST_ROWS", 3)
        for number in range(5):
            order(store, customer_id, str(number), ordered_on=date(2024, 11, 1 + number))
        found = queue(store)
        assert [row.order_number for row in found.rows] == ["0", "1", "2"]
        assert found.unlisted == 2

    def test_it_takes_sixteen_statements_whatever_waits(self, store, customer_id):
        class Counting:
            def __init__(self, reader):
                self.reader, self.asked = reader, 0

            def __getattr__(self, name):
                self.asked += name in {"rows", "row", "value", "chunks"}
                return getattr(self.reader, name)

        for number in range(12):
            order(store, customer_id, str(number))
        with store.reader() as reader:
            counting = Counting(reader)
            read_queue(counting, now=NOW)
        assert counting.asked == 16

    @pytest.mark.parametrize(
        ("name", "index"),
        [
            ("queue.orders", "ix_sales_order_to_acknowledge"),
            ("queue.papers", "ix_dispatch_unsettled"),
            ("queue.batches", "ix_dispatch_unsettled"),
            ("queue.mails", "ix_mail_not_accepted"),
            ("queue.sent", "ix_dispatch_dispatched_at"),
            ("queue.answered", "ix_letter_kind"),
            ("queue.differences", "ix_order_line_order_id"),
        ],
    )
    def test_each_statement_begins_with_the_index_of_the_few(self, store, name, index):
        values = {"most": 10, "since": NOW, "ids": "[1]"}
        with store.reader() as reader:
            plan = [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql_of(name)}", values)]
        tables = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
        first = next(step for step in tables if "VIRTUAL" not in step and "anon" not in step)
        assert index in first, plan
        scanned = [step for step in tables[1:] if step.startswith("SCAN") and "VIRTUAL" not in step]
        assert scanned == [], plan
