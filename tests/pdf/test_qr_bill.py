"""Whether a Swiss QR-bill can be scanned from the page, asks for the amount and stands in place."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from loyaldesk.domain.letter import BankAccount, Recipient
from loyaldesk.domain.money import Money
from loyaldesk.domain.qr_bill import Party
from loyaldesk.errors import Refused
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import statement_letters as letters
from tests.pdf.ack_letters import NORDLICHT
from tests.pdf.reading import find, lines_of, page_count, text_of
from tests.pdf.statement_reading import flat
from tests.pdf.test_envelopes import marks_of
from tests.support.factories import do, make_address, make_customer, make_invoice
from tests.support.ledgers import payment
from tests.support.stores import MORNING

IBAN, QR_IBAN = "CH9300762011623852957", "CH4431999123000889012"
DPI = 300
TOP = 297 - 105
SENDER = replace(
    NORDLICHT,
    name="Bergblick Optik AG",
    address=("Bahnhofstrasse 12a", "8001 Zürich"),
    country="CH",
    street="Bahnhofstrasse",
    house_number="12a",
    postcode="8001",
    town="Zürich",
    bank=BankAccount("Zürcher Bank", IBAN, "ZKBKCHZZ80A"),
)
DEBTOR = Party("Garage du Léman SA", "Rue du Lac", "7", "1003", "Lausanne", "CH")
AT_LEMAN = Recipient(DEBTOR.name, lines=("Rue du Lac 7", "1003 Lausanne"))


def swiss(*bills, sender=SENDER, debtor=DEBTOR, **frame):
    """Return a statement in francs from Zürich to Lausanne, two invoices overdue."""
    known = {"locale": "de-CH", "envelope": "swiss-right", "recipient": AT_LEMAN}
    entries = bills or (late(1, "1001.55"), late(2, "948.20"))
    return letters.make_letter(
        entries,
        frame=letters.make_frame(sender=sender, **known | frame),
        currency="CHF",
        debtor=debtor,
        accounts=(),
    )


def late(number, amount, currency="CHF"):
    day = date(2026, 1, number)
    return letters.billed(number, amount, day, f"26-{number:05}", currency=currency)


def codes_of(pdf):
    """Return the lines of each Swiss code in the file, scanned from its pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pictures = [page.render(scale=DPI / 72).to_pil() for page in document]
    finally:
        document.close()
    found = [code for picture in pictures for code in zxingcpp.read_barcodes(picture)]
    return [code.text.split("\n") for code in found if code.text.startswith("SPC")]


def bill_lines(pdf, page):
    return [line for line in lines_of(pdf, page) if line.top > TOP]


def test_every_line_of_the_scanned_code_is_what_the_guidelines_ask_for():
    (code,) = codes_of(draw_statement(swiss()))
    assert code == [
        "SPC", "0200", "1", IBAN,
        "S", "Bergblick Optik AG", "Bahnhofstrasse", "12a", "8001", "Zürich", "CH",
        "", "", "", "", "", "", "",
        "1949.75", "CHF",
        "S", "Garage du Léman SA", "Rue du Lac", "7", "1003", "Lausanne", "CH",
        "SCOR", "RF10S202600318", "S-2026-00318 10391", "EPD",
    ]  # fmt: skip


def test_code_panel_and_both_parts_ask_for_the_same_amount():
    letter = swiss()
    pdf = draw_statement(letter)
    (code,) = codes_of(pdf)
    (section,) = letter.statement.sections
    assert Money.of(code[18], "CHF") == section.pay_now == Money.of("1949.75", "CHF")
    assert "Bitte zahlen Sie, CHF 1’949.75" in flat(text_of(pdf, 0)).replace("'", "’")
    printed = [line.text for line in bill_lines(pdf, page_count(pdf) - 1)]
    assert printed.count("1 949.75") == 2


def test_a_qr_iban_is_paid_with_a_qr_reference_that_is_printed_too():
    sender = replace(SENDER, bank=replace(SENDER.bank, iban=QR_IBAN))
    pdf = draw_statement(swiss(sender=sender))
    (code,) = codes_of(pdf)
    assert (code[27], len(code[28])) == ("QRR", 27)
    printed = "".join(text_of(pdf, page_count(pdf) - 1).split())
    assert printed.count(code[28]) == 2


def test_parts_and_code_stand_where_the_style_guide_puts_them():
    pdf = draw_statement(swiss())
    lines = bill_lines(pdf, page_count(pdf) - 1)
    assert find(lines, "Empfangsschein").left == pytest.approx(5, abs=0.6)
    assert find(lines, "Zahlteil").left == pytest.approx(67, abs=0.6)
    dark = [box for box in marks_of(pdf, page_count(pdf) - 1) if box[0] > 63 and box[1] > TOP + 1]
    assert min(box[0] for box in dark) == pytest.approx(67, abs=0.1)
    assert max(box[2] for box in dark) == pytest.approx(67 + 46, abs=0.1)
    assert min(box[1] for box in dark) == pytest.approx(TOP + 17, abs=0.1)
    assert max(box[3] for box in dark) == pytest.approx(TOP + 63, abs=0.1)
    crosses = [box for box in dark if box[2] - box[0] == pytest.approx(7, abs=0.05)]
    assert [(box[0] + box[2]) / 2 for box in crosses] == [pytest.approx(90, abs=0.05)]
    assert all(line.right < 62 or line.left > 62 for line in lines)


def test_nothing_of_the_letter_stands_on_the_bill():
    pdf = draw_statement(swiss())
    last = page_count(pdf) - 1
    assert [box for box in marks_of(pdf, last) if box[2] < 12 and box[1] > TOP] == []
    foot = [line for line in lines_of(pdf, last) if line.text.startswith(("Seite", "S-2026"))]
    assert max(line.bottom for line in foot if line.top < TOP) < TOP - 2


def test_bill_stands_on_the_last_page_only_and_no_slip_beside_it():
    pdf = draw_statement(swiss(*(late(number, "10") for number in range(1, 29))))
    for page in range(page_count(pdf)):
        assert ("Zahlteil" in [line.text for line in lines_of(pdf, page)]) == (
            page + 1 == page_count(pdf)
        )
    assert "Zahlungsavis" not in text_of(pdf)


def test_without_a_readable_debtor_corners_mark_where_to_write():
    pdf = draw_statement(swiss(debtor=replace(DEBTOR, name="Γκαράζ")))
    (code,) = codes_of(pdf)
    assert code[20:27] == [""] * 7
    last = page_count(pdf) - 1
    assert len([x for x in bill_lines(pdf, last) if x.text == "Zahlbar durch (Name/Adresse)"]) == 2
    strokes = [box for box in marks_of(pdf, last) if box[1] > TOP + 1]
    sides = [sorted((box[2] - box[0], box[3] - box[1])) for box in strokes]
    corners = [side for side in sides if side == pytest.approx([0.53, 3.53], abs=0.02)]
    assert len(corners) == 16


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("de-CH", "Zahlteil"),
        ("fr-CH", "Section paiement"),
        ("en-GB", "Payment part"),
        ("es-ES", "Payment part"),
    ],
)
def test_headings_are_those_prescribed_for_the_language(locale, title):
    pdf = draw_statement(swiss(locale=locale))
    assert find(bill_lines(pdf, page_count(pdf) - 1), title)


def test_francs_and_euro_have_a_bill_each_and_each_is_right():
    pdf = draw_statement(swiss(late(1, "100"), late(2, "77.10", "EUR")))
    assert [code[18:20] for code in codes_of(pdf)] == [["100.00", "CHF"], ["77.10", "EUR"]]


def test_a_third_currency_keeps_its_slip_and_the_bill_follows():
    pdf = draw_statement(swiss(late(1, "100"), late(2, "5", "USD")))
    text = text_of(pdf)
    assert "Zahlungsavis" in text
    assert [code[18] for code in codes_of(pdf)] == ["100.00"]


def test_euro_from_abroad_are_asked_for_by_the_slip():
    abroad = replace(DEBTOR, country="DE", postcode="20457", town="Hamburg")
    pdf = draw_statement(swiss(late(1, "100", "EUR"), debtor=abroad))
    assert codes_of(pdf) == []
    assert "Zahlungsavis" in text_of(pdf)


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": replace(SENDER, town="")},
        {"sender": replace(SENDER, bank=NORDLICHT.bank)},
        {"sender": replace(SENDER, bank=BankAccount("Zürcher Bank"))},
        {"envelope": "us-10", "sender": replace(SENDER, conditions="")},
    ],
)
def test_where_no_bill_can_be_the_slip_stays(changes):
    pdf = draw_statement(swiss(**changes))
    assert codes_of(pdf) == []
    assert "Zahlungsavis" in text_of(pdf)


def test_nothing_overdue_and_credit_have_no_bill():
    coming = letters.billed(1, "50", date(2026, 3, 20), "26-1", currency="CHF")
    assert codes_of(draw_statement(swiss(coming))) == []
    credit = payment(1, "50", date(2026, 3, 20), currency="CHF")
    assert codes_of(draw_statement(swiss(credit))) == []


def test_a_swiss_iban_with_a_wrong_digit_stops_the_letter():
    sender = replace(SENDER, bank=replace(SENDER.bank, iban="CH9400762011623852957"))
    with pytest.raises(Refused, match="IBAN"):
        draw_statement(swiss(sender=sender))


def test_the_content_id_changes_with_what_the_bill_prints():
    moved = swiss(sender=replace(SENDER, house_number="14"))
    assert moved.facts != swiss().facts


def test_a_statement_of_the_store_names_the_customer_as_debtor(store):
    do(store, _company)
    customer_id = make_customer(store, "Garage du Léman SA", language="fr", currency="CHF")
    make_address(
        store, customer_id,
        street="Rue du Lac 7", postcode="1003", town="Lausanne", country="CH",
    )  # fmt: skip
    make_invoice(store, customer_id, currency="CHF", invoiced_on=date(2024, 9, 5), terms_days=30)
    with store.reader() as reader:
        composed = compose_statement(
            reader, customer_id=customer_id, as_of=MORNING.date(), now=MORNING
        )
    (code,) = codes_of(draw_statement(composed.letter))
    assert code[20:27] == list(DEBTOR.fields)


def _company(tx):
    from loyaldesk.operations.settings import change_company

    change_company(tx, sender=SENDER)
