"""Whether every value on a statement is plain text, whatever somebody typed into the record."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyaldesk.domain.ledger import Dispute
from loyaldesk.domain.letter import BankAccount, Recipient
from loyaldesk.domain.statement_letter import StatementLetter
from loyaldesk.errors import Refused
from loyaldesk.pdf.fonts import printable
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import statement_letters as letters
from tests.pdf.reading import open_pdf, text_of
from tests.pdf.test_untrusted_values import PAYLOADS
from tests.support.ledgers import AS_OF, credit_note, payment, set_off


def letter_with(text, kind="open-item"):
    """Return a statement that carries a text in every field that takes one."""
    dispute = Dispute(since=date(2026, 3, 2), reason=text, case=text)
    bill = letters.billed(
        1, "50", date(2026, 1, 2), f"1{text}", text, order_number=text, note=text, dispute=dispute
    )
    open_bill = letters.billed(2, "70", date(2026, 1, 3), f"2{text}", text)
    note = credit_note(3, "5", AS_OF, number=f"3{text}", note=text)
    money = payment(4, "7", AS_OF, number=f"4{text}", note=text)
    frame = letters.make_frame(customer=text[:12])
    sender = replace(
        frame.sender,
        name=text[:30],
        address=(text[:20],),
        bank=BankAccount(text[:40], lines=(text[:40],)),
    )
    recipient = Recipient(name=text[:30], contact=text[:20], salutation=text[:60])
    return letters.make_letter(
        [bill, open_bill, note, money],
        [set_off(money, bill, "3")],
        frame=replace(frame, sender=sender, recipient=recipient),
        kind=kind,
        terms=text[:20],
        tax_id=text[:20],
        contact=text[:20],
        phone=text[:20],
        email=text[:20],
        accounts=(("EUR", BankAccount(text[:40], lines=(text[:40],))),),
    )


@pytest.mark.parametrize("kind", ["open-item", "detailed"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_printed_as_it_was_typed(payload, kind, tmp_path):
    marker = tmp_path / "marker"
    pdf = draw_statement(letter_with(payload.replace("{marker}", str(marker)), kind))
    assert not marker.exists()
    with open_pdf(pdf) as document:
        for page in document.pages:
            assert "/Annots" not in page
            assert "/XObject" not in page.Resources
        assert "/OpenAction" not in document.Root
        assert "/Names" not in document.Root
    assert b"/URI" not in pdf


def test_every_text_field_of_the_letter_is_covered_by_the_payloads():
    letter = letter_with("payload")
    for field in fields(StatementLetter):
        if field.type in {"str", "tuple[tuple[str, BankAccount], ...]"}:
            assert "payload" in str(getattr(letter, field.name)), field.name


def test_a_name_with_ampersand_and_brackets_reads_back_whole():
    dispute = Dispute(since=AS_OF, reason="Tom & Jerry <GmbH> disagree")
    bill = letters.billed(1, "5", date(2026, 1, 2), "26-1", dispute=dispute)
    assert "Tom & Jerry <GmbH> disagree" in text_of(draw_statement(letters.make_letter([bill])))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=60))
def test_any_text_is_printed_or_refused_with_a_sentence(text):
    letter = letter_with(text)
    if is_printable(text):
        assert b"/URI" not in draw_statement(letter)
    else:
        with pytest.raises(Refused, match="Nothing was printed"):
            draw_statement(letter)


def is_printable(text):
    try:
        printable(text)
    except Refused:
        return False
    return True
