"""Can every action be taken back by its name and repeated, leaving the store as it was?"""

import importlib
import inspect
import pkgutil
from datetime import date
from typing import Any

import pytest

import loyaldesk.operations as package
from loyaldesk.domain.dunning_policy import DunningPolicy
from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.letter import Sender
from loyaldesk.domain.money import Money
from loyaldesk.domain.next_steps import GroupFrame
from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import (
    Activity,
    AddressUse,
    Customer,
    DocumentKind,
    Letter,
    LetterKind,
    LinkedKind,
    ReminderItem,
)
from loyaldesk.operations import (
    acknowledging,
    activities,
    customers,
    documents,
    dunning,
    fulfilment,
    invoices,
    mail,
    merging,
    orders,
    payments,
    settings,
    teamwork,
    time_frames,
)
from loyaldesk.operations.invoices import NewInvoiceLine
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.teamwork_choices import Choice, Pick
from tests.support.company import first_line, make_company
from tests.support.factories import do, make_activity, make_invoice, make_order, make_payment
from tests.support.mail import SMTP
from tests.support.stores import content, fresh_store
from tests.support.teamwork import make_conflict, make_refused, uid_of

LATER = date(2024, 12, 31)
FRAME = GroupFrame(lead_days=3, picking_days=1, transit_days=2, call_days=2)
LINE = NewOrderLine("Cup", 1_000, 3_000_000, tax_ppm=190_000)
BILLED = NewInvoiceLine("Cup", 1_000, 3_000_000)
EUR = Money.of("1", "EUR")
LODZ = "Łódzki Sp. z o.o."
MERGE = f"Merge {LODZ} into Kraft AG"
PAPER: dict[str, Any] = {"sha256": b"9" * 32, "size": 3, "mime": "text/plain", "name": "n.txt"}

# What the write lane runs by itself, or what nobody may take back, is no step of undo.
NOT_UNDOABLE = {
    "keep_draft", "drop_draft", "record_letter", "record_dispatch", "start_print_batch",
    "record_print", "confirm_batch", "fail_batch_from", "fail_dispatch", "settle_dispatches",
    "count_copy", "count_pages", "prepare_run", "begin_run", "end_run", "mark_issued",
    "settle_item", "hand_over", "note_reasons", "confirm_printed", "retry_failures",
    "record_mail", "claim_mail", "accept_mail", "fail_mail", "postpone_mail", "recover_mails",
    "retry_mail", "withdraw_mail", "note_paper_use",
}  # fmt: skip


class Desk:
    """A store with a company in it, and what each operation is tried on."""

    def __init__(self, store):
        self.store = store
        self.company = make_company(store)
        self.order_id = make_order(store, self.company.customer_id, number="new")
        self.line_id = first_line(store, self.order_id)
        self.invoice_id = make_invoice(store, self.company.customer_id)
        self.payment_id = make_payment(store, self.company.customer_id, "5.00")
        self.note_id = make_activity(store, self.company.customer_id)
        with store.reader() as reader:
            self.allocation_id = reader.value("SELECT min(id) FROM allocation")

    def merge(self):
        """Merge two customers and return the id of the merge."""
        return do(self.store, merging.merge_customers, kept_id=3, gone_id=4)


def cases():
    """Return each undoable operation with its arguments and the name that undo shows."""
    c = "customer_id"
    return [
        (customers.create_customer, lambda d: {"name": "New"}, "Create New"),
        (merging.merge_customers, lambda d: {"kept_id": 3, "gone_id": 4}, MERGE),
        (merging.part_customers, lambda d: {"merge_id": d.merge()}, f"Part {LODZ}"),
        (customers.edit_customer, lambda d: {c: 1, "name": "Neu", "number": "77"}, "Edit Neu"),
        (customers.add_contact, lambda d: {c: 2, "family_name": "Roth", "is_primary": True},
         "Add contact Roth"),
        (customers.edit_contact, lambda d: {"contact_id": 1, "phone": "040 12 34 56"},
         "Edit contact Müller"),
        (customers.delete_contact, lambda d: {"contact_id": 1}, "Delete contact"),
        (customers.add_address, lambda d: {c: 1, "use": AddressUse.BILLING, "town": "Kiel"},
         "Add address"),
        (customers.edit_address, lambda d: {"address_id": 1, "town": "Kiel"}, "Edit address"),
        (customers.delete_address, lambda d: {"address_id": 1}, "Delete address"),
        (orders.enter_order, lambda d: {c: 2, "lines": [LINE], "number": "O-9"},
         "Enter order O-9"),
        (orders.change_order,
         lambda d: {"order_id": d.order_id, "customer_po": "8812", "freight_minor": 900},
         "Change order new"),
        (orders.replace_lines, lambda d: {"order_id": d.order_id, "lines": [LINE, LINE]},
         "Change lines of order new"),
        (fulfilment.promise_line, lambda d: {"line_id": d.line_id, "promised_on": "2024-12-01"},
         "Promise date"),
        (orders.hold_order, lambda d: {"order_id": d.order_id, "reason": "credit"}, "Hold order"),
        (orders.release_order, lambda d: {"order_id": d.order_id}, "Release order"),
        (orders.cancel_order, lambda d: {"order_id": d.order_id}, "Cancel order new"),
        (orders.follow_up_order, lambda d: {"order_id": shipped(d)},
         "Mark order new as followed up"),
        (fulfilment.ship_line, lambda d: {"line_id": d.line_id, "quantity_milli": 10_000},
         "Ship line"),
        (fulfilment.invoice_order, lambda d: {"order_id": shipped(d), "number": "R-9"},
         "Post invoice R-9"),
        (invoices.post_invoice,
         lambda d: {c: 2, "lines": [BILLED], "currency": "EUR", "number": "R-8"},
         "Post invoice R-8"),
        (payments.record_payment,
         lambda d: {c: 2, "amount": EUR, "number": "P-9", "allocate_oldest_first": True},
         "Record payment P-9"),
        (payments.allocate_amount,
         lambda d: {c: 2, "source": (EntryKind.PAYMENT, d.payment_id),
                    "invoice_id": d.invoice_id, "amount": EUR},
         "Set PAY-2024-00002 against INV-2024-00005"),
        (payments.allocate_amounts,
         lambda d: {c: 2, "source": (EntryKind.PAYMENT, d.payment_id),
                    "allocations": [(d.invoice_id, EUR), (d.invoice_id, EUR)]},
         "Set PAY-2024-00002 against INV-2024-00005"),
        (payments.reverse_allocation, lambda d: {"allocation_id": d.allocation_id},
         "Take back allocation"),
        (invoices.dispute_invoice, lambda d: {"invoice_id": d.invoice_id, "reason": "late"},
         "Mark in dispute"),
        (invoices.release_dispute, lambda d: {"invoice_id": disputed(d)}, "Settle dispute"),
        (activities.write_note, lambda d: {c: 2, "text": "Called\nabout tea"},
         "Write note: Müller & Söhne GmbH"),
        (activities.edit_activity, lambda d: {"activity_id": d.note_id, "text": "New words"},
         "Edit note"),
        (activities.delete_activity, lambda d: {"activity_id": d.note_id}, "Delete note"),
        (documents.file_document, lambda d: {c: 2, "order_id": d.order_id, **PAPER},
         "File n.txt"),
        (documents.link_document,
         lambda d: {"document_id": 1, "kind": LinkedKind.INVOICE, "linked_id": d.invoice_id},
         "Link document"),
        (documents.rename_document, lambda d: {"document_id": 1, "name": "New.pdf"},
         "Rename document"),
        (documents.classify_document, lambda d: {"document_id": 1, "kind": DocumentKind.CONTRACT},
         "Classify document"),
        (documents.pin_document, lambda d: {"document_id": 1, "pinned": True}, "Pin document"),
        (documents.unfile_document, lambda d: {"document_id": 1}, "Take document off file"),
        (settings.change_setting, lambda d: {"key": "k", "value": {"a": 1}}, "Change setting"),
        (settings.change_company, lambda d: {"sender": Sender(name="Nordlicht")},
         "Change company"),
        (settings.keep_sound_company, lambda d: {"sender": Sender(name="Nord", country="XX")},
         "Change company"),
        (settings.change_letter_text,
         lambda d: {"language": "de", "key": "close", "text": "Gruß", "ours": "Grüße"},
         "Change letter text"),
        (acknowledging.verify_order, lambda d: {"order_id": d.order_id, "note": "called"},
         "Tick off the checks of order new"),
        (acknowledging.tick_phoned, lambda d: {"order_id": d.order_id},
         "Acknowledge order new by phone"),
        (acknowledging.tick_process_reviewed, lambda d: {"order_id": d.order_id},
         "Explain the process of order new"),
        (time_frames.keep_time_frame, lambda d: {"group": "Tea", "frame": FRAME},
         "Change time frame"),
        (time_frames.forget_time_frame, lambda d: {"group": framed(d)}, "Remove time frame"),
        (mail.change_mail_settings, lambda d: {"settings": SMTP}, "Change e-mail settings"),
        (dunning.change_dunning, lambda d: {"policy": DunningPolicy()}, "Change reminder levels"),
        (dunning.pause_customer, lambda d: {c: 2, "until": LATER, "reason": "instalments"},
         "Pause reminders to Müller & Söhne GmbH"),
        (dunning.resume_customer, lambda d: {c: paused_customer(d)}, "Resume reminders"),
        (dunning.pause_invoice,
         lambda d: {"invoice_id": d.invoice_id, "until": LATER, "reason": "instalments"},
         "Pause reminders of INV-2024-00005"),
        (dunning.resume_invoice, lambda d: {"invoice_id": paused_invoice(d)}, "Resume reminders"),
        (dunning.revoke_reminder, lambda d: {"letter_id": reminded(d), "reason": "paid long ago"},
         "Mark reminder as sent in error"),
        (teamwork.resolve_conflict,
         lambda d: {"conflict_id": conflict(d), "choice": Choice.MINE},
         "Resolve conflict of Söhne Holding SE"),
        (teamwork.resolve_conflicts,
         lambda d: {"picks": [Pick(conflict(d), Choice.VALUE, "7")]},
         "Resolve conflicts of Söhne Holding SE"),
        (teamwork.dismiss_conflicts, lambda d: {"conflict_ids": [conflict(d)]},
         "Dismiss conflict of Söhne Holding SE"),
        (teamwork.swap_automatic_merge, lambda d: {"conflict_id": conflict(d, status="auto")},
         "Undo merge of Söhne Holding SE"),
        (teamwork.take_up_refused, lambda d: {"uuid": refused_note(d)},
         "Write note: Söhne Holding SE"),
    ]  # fmt: skip


def shipped(desk):
    do(desk.store, fulfilment.ship_line, line_id=desk.line_id, quantity_milli=4_000)
    return desk.order_id


def framed(desk):
    do(desk.store, time_frames.keep_time_frame, group="Tea", frame=FRAME)
    return "Tea"


def paused_customer(desk):
    do(desk.store, dunning.pause_customer, customer_id=2, until=LATER, reason="instalments")
    return 2


def paused_invoice(desk):
    do(desk.store, dunning.pause_invoice, invoice_id=desk.invoice_id, until=LATER, reason="late")
    return desk.invoice_id


def reminded(desk):
    """Put a reminder of the invoice on record as it was issued, and return the letter's id."""
    with desk.store.transaction("Issue letter", undoable=False) as tx:
        documents.file_document(tx, customer_id=2, **PAPER)
        letter_id = tx.insert(
            Letter, kind=LetterKind.REMINDER, number="M-1", customer_id=2, document_id=1,
            issued_at=tx.now, issued_by="Ana", language="en-GB", data_sha256=b"1" * 32, level=1,
        )  # fmt: skip
        tx.insert(
            ReminderItem, letter_id=letter_id, invoice_id=desk.invoice_id, level=1,
            open_minor=100, reminded_on=tx.today,
        )  # fmt: skip
    return letter_id


def conflict(desk, **beside):
    """Let two people have changed a telephone number, and return the conflict's id."""
    record = ("customer", uid_of(desk.store, "customer", 1))
    return make_conflict(desk.store, record, "phone", ("", "1", ""), **beside)


def refused_note(desk):
    note = {"customer_id": uid_of(desk.store, "customer", 1), "subject": "Called"}
    return make_refused(desk.store, ("activity", "03" * 16), row=note)


def disputed(desk):
    do(desk.store, invoices.dispute_invoice, invoice_id=desk.invoice_id, reason="late")
    return desk.invoice_id


def all_operations():
    """Return the name of every operation of the package, demo company apart."""
    found: dict[str, object] = {}
    for module in pkgutil.iter_modules(package.__path__):
        if module.name == "demo":
            continue
        members = inspect.getmembers(
            importlib.import_module(f"{package.__name__}.{module.name}"),
            lambda member: inspect.isfunction(member) and "label" in vars(member),
        )
        found.update(members)
    return found


def records(store):
    """Return everything but contents: a stored file stays, whatever names it."""
    return {name: rows for name, rows in content(store).items() if name != "stored_file"}


@pytest.fixture
def desk(tmp_path):
    store = fresh_store(tmp_path)
    yield Desk(store)
    store.close()


def test_every_operation_is_tried_here_or_named_as_no_step_of_undo():
    tried = {operation.__name__ for operation, _, _ in cases()}
    assert tried | NOT_UNDOABLE == set(all_operations())
    assert not tried & NOT_UNDOABLE


@pytest.mark.parametrize(
    ("operation", "arguments", "label"),
    cases(),
    ids=[operation.__name__ for operation, _, _ in cases()],
)
def test_an_action_is_taken_back_and_repeated_by_its_name(desk, operation, arguments, label):
    store, known = desk.store, arguments(desk)
    before = records(store)
    do(store, operation, **known)
    after = records(store)
    assert after != before
    assert store.undo_label == label
    assert store.undo() == label
    assert records(store) == before
    assert store.redo_label == label
    assert store.redo() == label
    assert records(store) == after


def test_a_whole_company_is_taken_back_to_nothing(tmp_path):
    store = fresh_store(tmp_path)
    empty = records(store)
    make_company(store)
    full = records(store)
    steps = 0
    while store.undo_label:
        store.undo()
        steps += 1
    assert records(store) == empty
    while store.redo_label:
        store.redo()
    assert records(store) == full
    assert steps == 22
    store.close()


def test_undo_refuses_where_somebody_changed_the_record_since(desk):
    do(desk.store, customers.edit_customer, customer_id=1, name="First")
    with desk.store.transaction("Sync", undoable=False) as tx:
        tx.update(Customer, 1, name="Second")
    before = records(desk.store)
    with pytest.raises(Conflict, match="changed again"):
        desk.store.undo()
    assert records(desk.store) == before


def test_a_refused_action_is_no_step(desk):
    label = desk.store.undo_label
    with pytest.raises(Refused):
        do(desk.store, customers.create_customer, name="")
    assert desk.store.undo_label == label


def test_an_action_that_failed_half_way_leaves_nothing(desk):
    before = records(desk.store)

    def fail(tx):
        customers.create_customer(tx, name="Half")
        tx.delete(Activity, desk.note_id)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(desk.store, fail)
    assert records(desk.store) == before
