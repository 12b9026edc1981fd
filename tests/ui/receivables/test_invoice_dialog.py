"""Does the form of an invoice post what it shows, to the cent?"""

import pytest

from loyaldesk.models import InvoiceKind
from loyaldesk.queries.receivables import read_invoice
from tests.support.qt import nameless


def fill(qtbot, form, *, description="Assam tea", quantity="3", price="9.99", tax="7"):
    row = form.lines.rows[0]
    for editor, text in (
        (row.description, description), (row.quantity, quantity), (row.price, price),
        (row.tax, tax),
    ):  # fmt: skip
        qtbot.keyClicks(editor, text)


def posted(store, heard):
    _, invoice_id = heard.wished[-1]
    with store.reader() as reader:
        return read_invoice(reader, invoice_id=invoice_id)


def test_posted_invoice_has_the_sums_that_the_form_showed(qtbot, store, heard, open_invoice):
    form = open_invoice()
    fill(qtbot, form)
    shown = form.lines.sums

    form.accept()

    invoice = posted(store, heard)
    assert [m.minor for m in (invoice.net, invoice.tax, invoice.total)] == [2997, 210, 3207]
    assert "29.97" in shown
    assert "32.07" in shown


def test_credit_note_is_posted_as_one(qtbot, store, heard, open_invoice):
    form = open_invoice()
    form.kind.choose(InvoiceKind.CREDIT_NOTE.value)
    fill(qtbot, form)

    form.accept()

    assert posted(store, heard).kind == "credit_note"


def test_form_without_a_line_says_so_and_posts_nothing(store, heard, open_invoice):
    form = open_invoice()

    form.accept()

    assert form.fields["lines"].error == "At least one line is needed."
    assert heard.wished == []


@pytest.mark.parametrize("text", ["abc", "1,2,3"])
def test_number_that_is_none_is_refused_where_it_stands(qtbot, heard, text, open_invoice):
    form = open_invoice()
    fill(qtbot, form, quantity=text)

    form.accept()

    assert text in form.fields["lines"].error
    assert heard.wished == []


def test_number_taken_is_refused_at_its_field(qtbot, heard, open_invoice):
    form = open_invoice()
    fill(qtbot, form)
    qtbot.keyClicks(form.number, "R1")

    form.accept()

    assert "R1" in form.fields["number"].error
    assert heard.wished == []


def test_terms_are_the_customers_own(open_invoice):
    assert open_invoice().terms_days.value() == 30


def test_every_field_has_a_name(open_invoice):
    assert list(nameless(open_invoice())) == []
