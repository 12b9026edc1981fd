"""Does the form of a payment propose what it settles, and record exactly what it shows?"""

from loyaldesk.domain.money import Money
from loyaldesk.queries.receivables import read_invoice
from loyaldesk.ui.forms.draft_keeper import KEEP_MS
from tests.support.qt import nameless


def payments(store):
    with store.reader() as reader:
        return reader.rows("SELECT amount_minor, unallocated_minor, method FROM payment")


def open_of(store, invoice_id):
    with store.reader() as reader:
        return read_invoice(reader, invoice_id=invoice_id).open.minor


def test_oldest_invoice_is_proposed_first(qtbot, debtor, open_payment):
    form = open_payment()

    qtbot.keyClicks(form.amount, "120")

    assert form.table.allocations() == [
        (debtor.older, Money(10_000, "EUR")),
        (debtor.newer, Money(2_000, "EUR")),
    ]


def test_payment_is_set_against_the_invoices_shown(qtbot, store, debtor, heard, open_payment):
    form = open_payment()
    qtbot.keyClicks(form.amount, "170")
    qtbot.keyClicks(form.method, "transfer")

    form.accept()

    assert payments(store) == [(17_000, 2_000, "transfer")]
    assert (open_of(store, debtor.older), open_of(store, debtor.newer)) == (0, 0)
    assert heard.said == [("Payment recorded", True)]


def test_part_typed_by_hand_is_not_proposed_over(qtbot, debtor, open_payment):
    form = open_payment()
    qtbot.keyClicks(form.amount, "30")
    part = form.table._parts[1]  # noqa: SLF001  the row a person would click into
    part.clear()
    qtbot.keyClicks(part, "30")
    form.table._parts[0].clear()  # noqa: SLF001

    form.amount.clear()
    qtbot.keyClicks(form.amount, "40")

    assert form.table.allocations() == [(debtor.newer, Money(3_000, "EUR"))]


def test_more_than_is_open_is_said_below_the_table(qtbot, store, open_payment):
    form = open_payment()
    qtbot.keyClicks(form.amount, "500")
    part = form.table._parts[1]  # noqa: SLF001
    part.clear()
    qtbot.keyClicks(part, "60")

    form.accept()

    assert "R2" in form.fields["allocations"].error
    assert payments(store) == []


def test_nothing_is_no_payment(store, open_payment):
    form = open_payment()

    form.accept()

    assert form.fields["amount"].error == "A payment is above zero."
    assert payments(store) == []


def test_what_was_typed_comes_back_after_the_form_was_closed(qtbot, open_payment):
    form = open_payment()
    qtbot.keyClicks(form.amount, "120")
    qtbot.keyClicks(form.reference, "R1 R2")
    qtbot.wait(KEEP_MS + 100)
    form.reject()

    again = open_payment()

    assert (again.amount.money(), again.reference.text()) == (Money(12_000, "EUR"), "R1 R2")


def test_draft_is_gone_once_the_payment_is_recorded(qtbot, open_payment):
    form = open_payment()
    qtbot.keyClicks(form.amount, "120")
    qtbot.wait(KEEP_MS + 100)
    form.accept()

    again = open_payment()

    assert again.amount.money() is None


def test_every_field_has_a_name(open_payment):
    assert list(nameless(open_payment())) == []
