"""Is a letter read aloud in the order of its sense, with every cell under its head?"""

import re
from dataclasses import replace

import pytest

from loyaldesk.domain.letter import Overprint
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.reminder import draw_reminder
from loyaldesk.pdf.statement import draw_statement
from loyaldesk.pdf.tag_rules import elements
from tests.pdf import reminder_letters, statement_letters
from tests.pdf.ack_letters import blue_heron, kestrel, kuestenkontor
from tests.pdf.reading import open_pdf, page_count, text_of
from tests.pdf.tagged_reading import cells_of, read_aloud, said_by

PAY_CODE = (
    "QR code that pays EUR 6,758.50 to Nordlicht Handels GmbH, "
    "IBAN DE05 2009 9999 0004 7110 00, reference S-2026-00318 10391"
)


def unheard(heard, *parts):
    """Return the parts that are not heard after the ones before them."""
    missing, at = [], 0
    for part in parts:
        found = heard.find(part, at)
        if found < 0:
            missing.append(part)
        else:
            at = found + len(part)
    return missing


def plain(text):
    return text.replace("\u00a0", " ")


def figures_of(pdf):
    with open_pdf(pdf) as letter:
        return [plain(str(e.node["/Alt"])) for e in elements(letter) if e.kind == "Figure"]


def content_of(pdf):
    with open_pdf(pdf) as letter:
        for page in letter.pages:
            page.contents_coalesce()
        return b"\n".join(page.Contents.read_bytes() for page in letter.pages).decode("latin-1")


def test_an_acknowledgement_is_read_from_letterhead_to_footer():
    heard = read_aloud(draw_acknowledgement(kestrel()))
    missing = unheard(
        heard,
        "Nordlicht Handels GmbH",
        "Kestrel Yacht Outfitters GmbH",
        "Document no. A-2026-00421",
        "Order acknowledgement A-2026-00421",
        "Revision 2 – replaces",
        "Dear Ms Whitfield,",
        "Thank you for your order.",
        "Differences from your order",
        "maker delivers on 26 March",
        "Our item",
        "Deck lantern LED",
        "Goods, net 6,294.70",
        "Balance to pay, EUR 6,505.93",
        "Deliver to",
        "What happens next",
        "Questions or changes?",
        "Yours sincerely,",
        "Hansebank Hamburg AG",
    )
    assert missing == []


def test_a_statement_is_read_currency_by_currency_and_the_slip_last():
    heard = read_aloud(draw_statement(statement_letters.two_currencies()))
    missing = unheard(
        heard,
        "Statement of account S-2026-00318",
        "Dear Mr Pryce,",
        "Please pay now, EUR 6,758.50",
        "Please pay now, GBP 1,873.50",
        "Euros",
        "Total of open invoices 15,755.90",
        "Unapplied payments and credits",
        "Balance at 31 March 2026, EUR",
        "Aged by due date",
        "British pounds",
        "Balance at 31 March 2026, GBP",
        "Remittance slip",
        "Tick what you are paying",
        "Amount paid",
        "Managing director",
    )
    assert missing == []


def test_a_reminder_is_read_from_what_is_due_to_thanks():
    pdf = draw_reminder(reminder_letters.german(*map(reminder_letters.item, range(1, 4))))
    kinds = [said.kind for said in said_by(pdf)]
    assert kinds.index("H1") < kinds.index("THead") < kinds.index("TFoot") < kinds.index("H2")
    assert kinds[-1] == "P"


def test_each_currency_and_the_slip_are_sections():
    pdf = draw_statement(statement_letters.two_currencies())
    sections, heads = 0, []
    for said in said_by(pdf):
        if said.kind == "Sect":
            sections += 1
        if said.kind == "H2" and said.around == ("Document", "Sect"):
            heads.append(said.text)
    panels = 2
    assert sections == panels + 3
    assert [heads[0], heads[2], heads[4]] == ["Euros", "British pounds", "Remittance slip"]


@pytest.mark.parametrize("make", [kestrel, kuestenkontor, blue_heron])
def test_the_title_is_the_only_heading_of_the_first_level(make):
    pdf = draw_acknowledgement(make())
    (title,) = [said.text for said in said_by(pdf) if said.kind == "H1"]
    with open_pdf(pdf) as letter:
        assert str(letter.docinfo.Title) == title


def test_what_was_promised_stands_under_its_column_head():
    tables = cells_of(draw_acknowledgement(kestrel()))
    heads, first = next((rows[0], rows[1]) for rows in tables if "Description" in rows[0])
    said = dict(zip(heads, first, strict=True))
    assert said["Promised requested"] == "24 Mar 2026 24 Mar 2026"
    assert said["Quantity unit"] == "24 pcs"
    assert said["Amount EUR"] == "1,926.60"


def test_a_table_over_three_pages_is_one_with_its_heads_read_once():
    pdf = draw_statement(statement_letters.busy_quarter())
    assert page_count(pdf) > 2
    (movements,) = [rows for rows in cells_of(pdf) if "Vorgang" in rows[0]]
    assert sum("Vorgang" in row for row in movements) == 1
    assert movements[-1][0] == "Summen des Zeitraums"
    assert len(movements) > 64


def test_what_only_helps_the_eye_is_not_read():
    letter = kuestenkontor()
    frame = replace(letter.frame, overprint=Overprint.DRAFT)
    pdf = draw_acknowledgement(replace(letter, frame=frame), copy=True)
    seen, heard = plain(text_of(pdf)), plain(read_aloud(pdf))
    for word in ("ENTWURF", "KOPIE", "Übertrag auf Seite", "Seite 1 von", "Vorlage"):
        assert word in seen
        assert word not in heard


def test_the_company_signs_at_the_foot_once_though_printed_on_each_page():
    pdf = draw_acknowledgement(kuestenkontor())
    register = "Amtsgericht Hamburg, HRB 999421"
    assert text_of(pdf).count(register) == page_count(pdf) > 1
    assert read_aloud(pdf).count(register) == 1


def test_an_opening_balance_takes_the_columns_that_it_leaves_empty():
    tables = cells_of(draw_statement(statement_letters.busy_quarter()))
    rows = next(rows for rows in tables if "Vorgang" in rows[0])
    assert rows[1] == ["Saldovortrag am 31. Dezember 2025", "18.165,00"]


def test_a_dispute_is_read_with_the_invoice_that_it_is_about():
    tables = cells_of(draw_statement(statement_letters.two_currencies()))
    row = next(row for rows in tables for row in rows if "Invoice 26-00112" in " ".join(row))
    assert row[1].startswith("Invoice 26-00112 In dispute since 2 Mar 2026")


def test_ageing_amounts_stand_under_their_days():
    tables = cells_of(draw_statement(statement_letters.two_currencies()))
    labels, amounts = next(rows for rows in tables if "Not due" in rows[0])
    assert dict(zip(labels, amounts, strict=True))["31–60 days"] == "6,058.80"


def test_negative_amounts_are_read_as_such_and_ranges_and_dashes_are_not():
    code = content_of(draw_statement(statement_letters.two_currencies()))
    said = re.findall(r"/ActualText \(([^)]*)\)", code)
    assert {"-1,000.00", "-3,940.20", "-684.20"} <= set(said)
    assert all(re.fullmatch(r"-[\d,.]+", text) for text in said)


def test_abbreviations_are_read_out():
    code = content_of(draw_acknowledgement(kestrel()))
    assert code.count("/Span <</E (pieces)>> BDC") == 2
    assert "/Span <</E (Value added tax)>> BDC" in code
    german = content_of(draw_acknowledgement(kuestenkontor()))
    assert "/Span <</E (Umsatzsteuer)>> BDC" in german


def test_bars_and_pay_code_say_what_they_hold():
    pdf = draw_statement(statement_letters.two_currencies())
    assert figures_of(pdf) == [
        "Bar code of S-2026-00318",
        "Bar code of S-2026-00318 10391",
        PAY_CODE,
    ]


def test_a_logo_is_read_as_the_name_of_the_company(tmp_path):
    from PIL import Image

    Image.new("RGB", (30, 9)).save(tmp_path / "logo.png")
    frame = kestrel().frame
    frame = replace(frame, sender=replace(frame.sender, logo=tmp_path / "logo.png"))
    pdf = draw_acknowledgement(replace(kestrel(), frame=frame))
    assert figures_of(pdf)[0] == "Nordlicht Handels GmbH"


def test_each_line_of_the_address_is_a_part_of_one_paragraph():
    said = said_by(draw_acknowledgement(kestrel()))
    lines = [each.text for each in said if each.around == ("Document", "P")]
    assert lines == [
        "Kestrel Yacht Outfitters GmbH",
        "Ms Hannah Whitfield",
        "Purchasing",
        "Am Kranspeicher 14",
        "18055 Rostock",
    ]


@pytest.mark.parametrize(("locale", "tag"), [("en-GB", "en-GB"), ("de-DE", "de-DE")])
def test_a_letter_names_its_language(locale, tag):
    frame = replace(kestrel().frame, locale=locale)
    with open_pdf(draw_acknowledgement(replace(kestrel(), frame=frame))) as letter:
        assert str(letter.Root.Lang) == tag
