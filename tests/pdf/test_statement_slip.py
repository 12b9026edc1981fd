"""Whether the remittance slip asks for the panel's amount, fits its envelope and can be scanned."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
import zxingcpp

from loyaldesk.domain.ledger import Dispute
from loyaldesk.domain.letter import BankAccount
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.pdf.envelopes import envelope
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import statement_letters as letters
from tests.pdf.reading import find, lines_of, open_pdf, page_count, text_of
from tests.pdf.statement_reading import flat
from tests.support.ledgers import AS_OF, payment

WITH_SLIP = {
    "uk-dl": letters.two_currencies,
    "din-5008-b": letters.busy_quarter,
    "us-10": letters.american,
}
every_envelope = pytest.mark.parametrize("make", WITH_SLIP.values(), ids=WITH_SLIP)
RENDER = 300 / 72


def last_page(pdf):
    return lines_of(pdf, page_count(pdf) - 1)


def codes_on_last_page(pdf):
    """Return the codes that a scanner finds on the last page, printed at 300 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[len(document) - 1].render(scale=RENDER).to_pil()
    finally:
        document.close()
    return zxingcpp.read_barcodes(picture)


def qr_lines(pdf):
    """Return the lines of the pay code, or none without one."""
    found = [each.text for each in codes_on_last_page(pdf) if "QR" in str(each.format)]
    return found[0].split("\n") if found else []


def qr_amount(pdf):
    return Money.of(qr_lines(pdf)[7].removeprefix("EUR"), "EUR")


@every_envelope
def test_slip_stands_whole_at_the_foot_of_the_last_page(make):
    letter = make()
    tear = envelope(letter.frame.envelope).slip.tear
    pdf = draw_statement(letter)
    titles = ("Remittance slip", "Zahlungsavis", "Remittance stub")
    for page in range(page_count(pdf)):
        has_title = any(line.text in titles for line in lines_of(pdf, page))
        assert has_title == (page + 1 == page_count(pdf))
    title = next(line for line in last_page(pdf) if line.text in titles)
    assert title.top > tear


@every_envelope
def test_address_for_the_return_envelope_shows_in_its_window(make):
    letter = make()
    slip = envelope(letter.frame.envelope).slip
    sender = letter.frame.sender
    remit = sender.remit_to or (sender.name, *sender.address)
    first, last = slip.tear + slip.safe.y0, slip.tear + slip.safe.y1
    lines = [each for each in last_page(draw_statement(letter)) if each.left < slip.right_x - 5]
    shown = [each for each in lines if first - 6 <= each.top and each.bottom <= last + 6]
    wanted = [text.casefold() for text in remit]
    found = [each for each in shown if each.text.casefold() in wanted]
    assert len(found) == len(remit)
    assert all(first <= each.top + 0.6 and each.bottom <= last + 0.6 for each in found)


@every_envelope
def test_nothing_but_the_address_stands_in_the_clear_area(make):
    letter = make()
    slip = envelope(letter.frame.envelope).slip
    sender = letter.frame.sender
    wanted = {text.casefold() for text in (*sender.address, *sender.remit_to, sender.name)}
    wanted |= {"accounts receivable", "debitorenbuchhaltung"}
    clear = (slip.tear + slip.clear.y0, slip.tear + slip.clear.y1)
    for line in last_page(draw_statement(letter)):
        if line.right < slip.right_x - 1 and clear[0] < line.top < clear[1]:
            assert line.text.casefold() in wanted


@pytest.mark.parametrize("make", [letters.two_currencies, letters.busy_quarter])
def test_panel_slip_and_pay_code_ask_for_the_same_amount(make):
    letter = make()
    pdf = draw_statement(letter)
    section = next(s for s in letter.statement.sections if s.currency == "EUR")
    assert qr_amount(pdf) == section.pay_now
    shown = f"{section.pay_now.amount:,}"
    if letter.frame.locale == "de-DE":
        shown = shown.translate(str.maketrans(",.", ".,"))
    panel = flat(text_of(pdf, 0))
    assert re.search(rf"(Please pay now|Bitte zahlen Sie), EUR {re.escape(shown)}", panel)
    slip = envelope(letter.frame.envelope).slip
    below = [line for line in last_page(pdf) if line.top > slip.tear]
    assert sum(1 for line in below if line.text.strip() == shown) >= 1
    assert any(shown in line.text for line in below if "pay" in line.text or "Giro" in line.text)


def test_pay_code_names_account_and_reference():
    lines = qr_lines(draw_statement(letters.two_currencies()))
    assert lines[5:7] == ["Nordlicht Handels GmbH", "DE05200999990004711000"]
    assert lines[-1] == "S-2026-00318 10391"


def test_pay_code_is_coarse_enough_for_any_scanner():
    found = [
        each
        for each in codes_on_last_page(draw_statement(letters.two_currencies()))
        if "QR" in str(each.format)
    ]
    corner = found[0].position
    side_mm = (corner.top_right.x - corner.top_left.x) / RENDER * 25.4 / 72
    assert side_mm == pytest.approx(27, abs=0.5)
    assert side_mm / 45 >= 0.5


@every_envelope
def test_bars_of_the_slip_carry_statement_and_customer(make):
    letter = make()
    texts = {each.text for each in codes_on_last_page(draw_statement(letter))}
    assert f"{letter.frame.number} {letter.frame.customer_number}" in texts


def test_nothing_overdue_has_a_slip_but_no_pay_code():
    letter = letters.make_letter([letters.billed(1, "50", date(2026, 3, 20), "26-1")])
    pdf = draw_statement(letter)
    assert qr_lines(pdf) == []
    text = flat(text_of(pdf))
    assert "Due by 19 Apr 2026" in text.partition("Remittance slip")[2]
    assert "Scan to pay" not in text


def test_overdue_covered_by_a_payment_has_no_pay_code():
    bill = letters.billed(1, "50", date(2026, 1, 2), "26-1")
    coming = letters.billed(2, "80", date(2026, 3, 30), "26-2")
    pdf = draw_statement(letters.make_letter([bill, coming, payment(3, "60", AS_OF)]))
    assert qr_lines(pdf) == []


def test_pounds_alone_have_no_pay_code():
    bill = letters.billed(1, "50", date(2026, 1, 2), "26-1", currency="GBP")
    assert qr_lines(draw_statement(letters.make_letter([bill], currency="GBP"))) == []


def test_company_without_an_iban_gets_its_slip_without_a_code():
    frame = letters.make_frame()
    poor = replace(frame, sender=replace(frame.sender, bank=BankAccount("Hansebank")))
    letter = replace(letters.two_currencies(), frame=poor)
    pdf = draw_statement(letter)
    assert qr_lines(pdf) == []
    assert "scan the code" not in flat(text_of(pdf))


def test_wrong_iban_stops_the_letter():
    frame = letters.make_frame()
    wrong = BankAccount("Hansebank", "DE06200999990004711000")
    letter = replace(
        letters.two_currencies(), frame=replace(frame, sender=replace(frame.sender, bank=wrong))
    )
    with pytest.raises(Refused, match="IBAN"):
        draw_statement(letter)


def test_up_to_twelve_documents_can_all_be_ticked():
    bills = [letters.billed(i, "10", date(2026, 3, i), f"26-{i:05}") for i in range(1, 13)]
    slip = slip_text(letters.make_letter(bills))
    assert all(f"26-{i:05}" in slip for i in range(1, 13))
    assert "see statement" not in slip


def test_of_many_documents_only_overdue_ones_are_ticked_oldest_first():
    late = [letters.billed(i, "10", date(2026, 1, i), f"26-{i:05}") for i in range(1, 4)]
    coming = [letters.billed(i, "10", date(2026, 3, 20), f"26-{i:05}") for i in range(10, 30)]
    slip = slip_text(letters.make_letter([*reversed(late), *coming]))
    assert re.findall(r"26-000\d\d", slip) == ["26-00001", "26-00002", "26-00003"]
    assert "and 20 more, see statement" in slip


def test_ticks_never_exceed_twelve():
    bills = [letters.billed(i, "10", date(2026, 1, 5), f"26-{i:05}") for i in range(1, 60)]
    slip = slip_text(letters.make_letter(bills))
    ticked = re.findall(r"26-000\d\d", slip)
    assert 8 <= len(ticked) <= 12
    assert f"and {59 - len(ticked)} more, see statement" in slip


def test_disputed_document_carries_the_word():
    lines = last_page(draw_statement(letters.two_currencies()))
    remark = find(lines, "dispute")
    beside = [line.text for line in lines if abs(line.bottom - remark.bottom) < 1]
    assert {"26-00112", "3,940.20"} <= set(beside)


def slip_text(letter):
    """Return the text below the tear line, read row by row."""
    pdf = draw_statement(letter)
    tear = envelope(letter.frame.envelope).slip.tear
    right = envelope(letter.frame.envelope).slip.right_x
    lines = [line for line in last_page(pdf) if line.top > tear and line.left >= right - 1]
    column = right + (190 - right) / 2 + 1
    lines.sort(key=lambda line: (line.left > column, round(line.bottom), line.left))
    return flat(" ".join(line.text for line in lines))


def test_text_that_comes_too_near_moves_the_slip_to_a_page_of_its_own():
    bills = [letters.billed(i, "10", date(2026, 3, 1), f"26-{i:05}") for i in range(1, 9)]
    letter = letters.make_letter(bills)
    pdf = draw_statement(letter)
    tear = envelope("uk-dl").slip.tear
    assert page_count(pdf) == 2
    assert max(line.bottom for line in lines_of(pdf, 0)) > tear - 12
    second = flat(text_of(pdf, 1))
    assert "Customer no. 10391" in second
    assert "Balance at 31 March 2026, euros (EUR) 80.00" in second
    for heading in ("How to pay", "Something not right?"):
        assert heading in second
        assert heading not in text_of(pdf, 0)


@every_envelope
def test_only_the_foot_comes_nearer_to_the_tear_line_than_twelve_millimetres(make):
    letter = make()
    tear = envelope(letter.frame.envelope).slip.tear
    foot = ("Page", "Seite", "S-2026", letter.frame.sender.name, "· ")
    near = [
        line
        for line in last_page(draw_statement(letter))
        if tear - 12 < line.bottom < tear and not line.text.startswith(foot)
    ]
    assert near == []


@every_envelope
def test_fold_mark_is_left_out_only_where_the_page_is_torn(make):
    letter = make()
    places = envelope(letter.frame.envelope)
    with open_pdf(draw_statement(letter)) as pdf:
        for i, page in enumerate(pdf.pages):
            content = page.Contents.read_bytes().decode("latin-1")
            y = (places.paper.height - places.slip.tear) * 72 / 25.4
            mark = f"12.756 {y:.3f} m"
            assert (mark in content) == (i + 1 < len(pdf.pages))


def test_slip_has_no_second_address_line_too_many():
    frame = letters.make_frame()
    long = ("Nordlicht", "Accounts", "Floor 7", "Quay 12", "20457 Hamburg", "Germany")
    crowded = replace(frame, sender=replace(frame.sender, remit_to=long))
    with pytest.raises(Refused, match="takes 6 lines"):
        draw_statement(replace(letters.two_currencies(), frame=crowded))


def test_three_currencies_are_listed_one_below_the_other():
    bills = [
        letters.billed(i, "100", date(2026, 1, 5), f"26-{i}", currency=code)
        for i, code in enumerate(("CHF", "EUR", "GBP", "USD"))
    ]
    pdf = draw_statement(letters.make_letter(bills))
    slip = flat(text_of(pdf, page_count(pdf) - 1)).partition("Remittance slip")[2]
    for code in ("CHF", "EUR", "GBP", "USD"):
        assert f"{code} 100.00" in slip
    assert qr_amount(pdf) == Money.of("100", "EUR")


def test_both_currencies_paid_to_one_account_name_it_once():
    letter = replace(letters.two_currencies(), accounts=())
    text = flat(text_of(draw_statement(letter)))
    assert text.partition("Remittance slip")[2].count("Hansebank Hamburg AG") == 1


def test_disputed_and_overdue_amounts_leave_the_rest_to_pay():
    dispute = Dispute(since=AS_OF - timedelta(days=3))
    bills = [
        letters.billed(1, "100", date(2026, 1, 5), "26-1"),
        letters.billed(2, "40", date(2026, 1, 6), "26-2", dispute=dispute),
    ]
    assert qr_amount(draw_statement(letters.make_letter(bills))) == Money.of("100", "EUR")


def test_slip_title_is_found_once():
    assert find(last_page(draw_statement(letters.two_currencies())), "Remittance slip")
