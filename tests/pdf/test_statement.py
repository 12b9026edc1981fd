"""Whether a statement prints exactly the figures that were worked out, on every page it takes."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from loyaldesk.domain.ledger import Dispute
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import statement_letters as letters
from tests.pdf.reading import lines_of, page_count, text_of
from tests.pdf.statement_reading import every_specimen, flat, printed, words_of
from tests.support.ledgers import AS_OF, invoice, payment, set_off


@every_specimen
def test_every_figure_of_every_currency_is_on_paper(make):
    letter = make()
    text = words_of(letter)
    for section in letter.statement.sections:
        figures = [section.closing, *section.buckets.values(), section.unapplied_total]
        for amount in figures:
            assert printed(letter, amount) in text or not amount


@every_specimen
def test_ageing_row_prints_buckets_unapplied_and_total_in_order(make):
    letter = make()
    text = words_of(letter)
    for section in letter.statement.sections:
        cells = [*section.buckets.values(), section.unapplied_total]
        shown = [printed(letter, cell) if cell else "–" for cell in cells]
        row = [*shown, printed(letter, section.closing)]
        assert " ".join(row) in _ageing_rows(letter), text


def _ageing_rows(letter):
    """Return the amounts standing on the lines below the bucket names, left to right."""
    pdf = draw_statement(letter)
    rows = []
    for page in range(page_count(pdf)):
        lines = lines_of(pdf, page)
        for head in (line for line in lines if "121" in line.text or "120" in line.text):
            below = [each for each in lines if 0 < each.top - head.bottom < 4.5]
            below.sort(key=lambda line: line.left)
            rows.append(" ".join(flat(each.text) for each in below))
    return "\n".join(rows)


def test_two_currencies_have_a_section_and_a_panel_each_and_no_common_sum():
    letter = letters.two_currencies()
    text = words_of(letter)
    assert "Please pay now, EUR 6,758.50" in text
    assert "Please pay now, GBP 1,873.50" in text
    euro, pounds = (section.closing.minor for section in letter.statement.sections)
    assert printed(letter, Money(euro + pounds, "EUR")) not in text


def test_dispute_is_told_with_day_reason_and_case_and_counted_apart():
    text = words_of(letters.two_currencies())
    assert "In dispute since 2 Mar 2026: two cartons damaged, case 2026-0188" in text
    assert "of which in dispute 3,940.20" in text


def test_unapplied_payments_and_credits_are_named_one_by_one():
    text = words_of(letters.two_currencies())
    assert "24 Mar 2026 RC-26-0207 Payment received, no reference given -500.00" in text
    assert "26 Mar 2026 CN-26-0031 Credit note for returned goods, not yet applied -184.20" in text


def test_rest_of_a_partly_used_payment_says_of_how_much():
    bill, money = letters.billed(1, "60", date(2026, 3, 1), "26-1"), payment(2, "100", AS_OF)
    letter = letters.make_letter([bill, money], [set_off(money, bill, "60")])
    assert "rest of 100.00 -40.00" in words_of(letter)


def test_balance_forward_goes_from_opening_over_movements_to_closing():
    letter = letters.busy_quarter(20)
    (section,) = letter.statement.sections
    text = words_of(letter)
    opening, closing = printed(letter, section.opening), printed(letter, section.closing)
    assert f"Saldovortrag am 31. Dezember 2025 {opening}" in text
    plus, minus = printed(letter, section.charges), printed(letter, section.credits)
    assert f"Summen des Zeitraums {plus} {minus} {closing}" in text
    assert f"Saldo am 31. März 2026, Euro (EUR) {closing}" in text


def test_payment_names_the_first_document_it_settles_and_how_many_more():
    text = words_of(letters.busy_quarter(12))
    assert re.search(r"Zahlung ZE-26-0066 25-11853 \+1 -7\.477,00", text)


def test_movement_without_a_settled_document_says_so():
    assert re.search(r"ZE-26-0201 ohne Angabe -750,00", words_of(letters.busy_quarter(12)))


def test_activity_names_our_order_of_each_invoice():
    assert "Auftrag 47000" in words_of(letters.busy_quarter(12, kind="activity"))


def test_detailed_statement_tells_prior_items_settlements_and_what_is_open_now():
    text = words_of(letters.busy_quarter(12, kind="detailed"))
    assert "Offen am 31. Dezember 2025, vor dem Zeitraum" in text
    assert "06.01.2026 Zahlung ZE-26-0046 Rechnung 25-11852 3.422,00" in text
    assert "Offen am 31. März 2026" in text


def test_missing_due_date_is_marked_and_explained():
    letter = letters.make_letter([invoice(1, "50", date(2026, 2, 1), terms_days=14)])
    text = words_of(letter)
    assert "15 Feb 2026*" in text
    assert "* No due date on the document" in text


def test_item_of_ten_thousand_and_one_days_is_aged_and_counted():
    old = letters.billed(1, "12.34", AS_OF - timedelta(days=10_031), "1998-7")
    text = words_of(letters.make_letter([old]))
    assert "10001 12.34" in text
    assert "Balance at 31 March 2026, euros (EUR) 12.34" in text


@pytest.mark.parametrize(("currency", "shown"), [("JPY", "1,234,567"), ("KWD", "1,234,567.891")])
def test_currency_keeps_its_own_decimals(currency, shown):
    bill = invoice(1, shown.replace(",", ""), date(2026, 1, 5), currency=currency, due=AS_OF)
    assert shown in words_of(letters.make_letter([bill], currency=currency))


def test_amounts_of_tens_of_millions_find_room():
    bills = [
        letters.billed(i, "98765432.10", date(2026, 1, i), f"26-{i:05}", f"PO-{i:06}")
        for i in range(1, 4)
    ]
    letter = letters.make_letter(bills)
    assert printed(letter, letter.statement.sections[0].closing) in words_of(letter)


def test_nothing_due_says_so_thanks_and_has_no_slip():
    text = words_of(letters.settled())
    assert "nothing was due at 31 March 2026. Thank you for paying on time." in text
    assert "Balance, EUR – nothing due 0.00" in text
    assert "Remittance slip" not in text


def test_credit_balance_asks_for_nothing_and_has_no_slip():
    text = words_of(letters.credit_balance())
    assert "Guthaben zu Ihren Gunsten von 381,90 EUR. Bitte zahlen Sie nichts." in text
    assert "Guthaben zu Ihren Gunsten, EUR 381,90" in text
    assert "Saldo am 31. März 2026: Guthaben, Euro (EUR) -381,90" in text
    assert "Zahlungsavis" not in text


@pytest.mark.parametrize(
    ("contact", "role", "printed", "absent"),
    [
        ("Petra Lindemann", "Kundenservice", "Petra Lindemann Kundenservice", "Debitoren"),
        ("Petra Lindemann", "", "Petra Lindemann", "Debitoren"),
        ("", "", "Nordlicht Handels GmbH Debitorenbuchhaltung", "Lindemann"),
    ],
)
def test_signer_has_the_role_that_was_typed_and_only_nobody_is_a_department(
    contact, role, printed, absent
):
    letter = letters.settled(contact=contact)
    sender = replace(letter.frame.sender, signature_role=role)
    letter = replace(letter, frame=replace(letter.frame, sender=sender, locale="de-DE"))
    text = words_of(letter)
    signed = text[text.index("Mit freundlichen Grüßen") :]
    assert printed in signed
    assert absent not in signed


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-3, "Nothing is overdue."),
        (5, "Some invoices have just passed their due date."),
        (45, "due for more than 30 days. Please pay by Friday 10 April 2026"),
        (100, "Please pay by Friday 10 April 2026 or call Petra Lindemann on +49 40 66969-141"),
    ],
)
def test_tone_follows_the_worst_bucket(days, sentence):
    due = AS_OF - timedelta(days=days)
    bill = letters.billed(1, "50", AS_OF - timedelta(days=120), "26-1", due=due)
    assert sentence in words_of(letters.make_letter([bill]))


def test_dispute_alone_makes_no_demand():
    dispute = Dispute(since=date(2026, 3, 1), reason="wrong goods")
    bill = letters.billed(1, "50", date(2025, 6, 1), "26-1", dispute=dispute)
    text = words_of(letters.make_letter([bill]))
    assert "There is nothing to pay now." in text
    assert "Please pay now, EUR 0.00" in text


def test_with_nothing_overdue_the_panel_asks_by_the_last_due_day():
    bill = letters.billed(1, "50", date(2026, 3, 20), "26-1")
    assert "Due by 19 Apr 2026, EUR 50.00" in words_of(letters.make_letter([bill]))


def test_statement_whose_figures_do_not_agree_is_not_drawn():
    letter = letters.settled()
    (section,) = letter.statement.sections
    wrong = replace(section, closing=section.closing + Money(1, "EUR"))
    broken = replace(letter, statement=replace(letter.statement, sections=(wrong,)))
    with pytest.raises(Refused, match="does not add up"):
        draw_statement(broken)


def test_american_statement_is_one_page_with_dates_and_words_of_its_country():
    pdf = draw_statement(letters.american())
    text = flat(text_of(pdf))
    assert page_count(pdf) == 1
    assert "by Friday, April 10, 2026" in text
    assert "Remittance stub" in text
    assert "Credit memo" in text
    assert "questions by Apr 15, 2026: (207) 555-0151" in text
