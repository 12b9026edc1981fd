"""Do the pages of an invoice and a payment lead to each other, and follow what changes?"""

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.ui.receivables.allocation_dialog import AllocationDialog
from loyaldesk.ui.receivables.invoice_page import InvoicePage
from loyaldesk.ui.receivables.payment_page import PaymentPage
from tests.support.factories import do, make_payment
from tests.support.qt import nameless


def keys_of(section):
    return [entry.key for entry in section[1].entries]


def test_invoice_shows_what_is_open_and_that_it_is_late(desk, debtor, keep):
    page = keep(InvoicePage(desk, debtor.older))

    assert page.page_title() == "Invoice R1"
    assert "open €100.00" in page.facts.text()
    assert page.chip.chip.text.endswith("overdue")


def test_payment_leads_to_the_invoice_it_settled_and_back(desk, store, debtor, heard, keep):
    payment = make_payment(store, debtor.id, "100.00", allocate_oldest_first=True)
    invoice_page = keep(InvoicePage(desk, debtor.older))
    payment_page = keep(PaymentPage(desk, payment))

    invoice_page._settled[1].row_activated.emit(keys_of(invoice_page._settled)[0])  # noqa: SLF001
    payment_page._settled[1].row_activated.emit(keys_of(payment_page._settled)[0])  # noqa: SLF001

    assert heard.wished == [("payment", payment), ("invoice", debtor.older)]


def test_page_follows_a_payment_made_elsewhere(desk, store, debtor, keep):
    page = keep(InvoicePage(desk, debtor.older))

    make_payment(store, debtor.id, "100.00", allocate_oldest_first=True)

    assert page.chip.chip.text == "Settled"


def test_taking_an_allocation_back_opens_the_invoice_again(desk, store, debtor, heard, keep):
    make_payment(store, debtor.id, "100.00", allocate_oldest_first=True)
    page = keep(InvoicePage(desk, debtor.older))

    page._settled[1].item_action.emit(keys_of(page._settled)[0], "take-back")  # noqa: SLF001

    assert "open €100.00" in page.facts.text()
    assert heard.said == [("Taken back", True)]


def test_rest_of_a_payment_can_be_set_against_invoices(desk, store, debtor, keep):
    payment = make_payment(store, debtor.id, "120.00")
    page = keep(PaymentPage(desk, payment))
    source = (EntryKind.PAYMENT, payment)
    form = keep(
        AllocationDialog(desk, customer_id=debtor.id, source=source, rest=Money(12_000, "EUR"))
    )

    form.accept()

    assert page.chip.chip.text == "Fully applied"


def test_dispute_is_shown_with_its_reason(desk, store, debtor, keep):
    page = keep(InvoicePage(desk, debtor.older))

    do(store, dispute_invoice, invoice_id=debtor.older, reason="Two bags torn")

    assert page.chip.chip.text == "In dispute"
    assert "Two bags torn" in page.facts.text()


def test_hostile_name_is_shown_as_it_is(desk, store, debtor, keep):
    do(store, dispute_invoice, invoice_id=debtor.older, reason="<img src=x> & <b>")

    page = keep(InvoicePage(desk, debtor.older))

    assert "<img src=x> & <b>" in page.facts.text()


def test_every_focusable_part_has_a_name(desk, store, debtor, keep):
    payment = make_payment(store, debtor.id, "120.00")

    found = [*nameless(keep(InvoicePage(desk, debtor.older)))]
    found += nameless(keep(PaymentPage(desk, payment)))

    assert found == []
