"""Does an acknowledgement print the right figures, words and dates in the right places?"""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.letter import Overprint, file_name
from loyaldesk.errors import Refused
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import width_of
from tests.pdf.ack_letters import (
    HAMBURG,
    blue_heron,
    kestrel,
    kuestenkontor,
    make_frame,
    make_letter,
    make_line,
)
from tests.pdf.reading import find, lines_of, open_pdf, page_count, text_of

SPECIMENS = [kestrel, kuestenkontor, blue_heron]


def printed(letter, **options):
    """Return the text of a letter with single spaces."""
    return re.sub(r"\s+", " ", text_of(draw_acknowledgement(letter, **options)))


@pytest.mark.parametrize(
    ("make", "sums"),
    [
        (
            kestrel,
            (
                "Goods, net 6,294.70 Freight and packing 48.00 VAT 19% on 5,993.70 1,138.80 "
                "VAT 7% on 349.00 24.43 Order total, euros (EUR) 7,505.93 "
                "Deposit received 11 March 2026 -1,000.00 Balance to pay, EUR 6,505.93"
            ),
        ),
        (
            kuestenkontor,
            (
                "Warenwert netto 13.697,42 Fracht und Verpackung 85,00 USt. 19 % auf 11.454,22 "
                "2.176,30 USt. 7 % auf 2.328,20 162,97 Summe, Euro (EUR) 16.121,69"
            ),
        ),
        (
            blue_heron,
            (
                "Merchandise 12,256.52 Freight 165.00 Sales tax 6.25% on 353.60 22.10 "
                "Exempt from tax, on 12,067.92 0.00 Order total, US dollars (USD) 12,443.62"
            ),
        ),
    ],
)
def test_sums_are_printed_as_the_country_writes_them(make, sums):
    assert sums in printed(make())


def test_the_steps_and_their_days_are_printed():
    text = printed(kestrel())
    days = ["Thu 12 Mar", "Thu 19 Mar", "Fri 20 Mar", "Tue 24 Mar", "Tue 24 Mar", "Thu 23 Apr"]
    names = ["Confirmed", "Picked", "Shipped", "Delivered", "Invoiced", "Payment due"]
    for day, name in zip(days, names, strict=True):
        assert f"{day}" in text
        assert name in text
    assert "line 2: Fri 27 Mar" in text


def test_american_letters_are_american():
    text = printed(blue_heron())
    for words in (
        "Order acknowledgment A-2026-10087",
        "March 18, 2026",
        "Wed, Mar 25",
        "Dear Ms. Dubois:",
        "Sincerely, Dana Whitcomb",
        "printed Mar 18, 2026 9:15 AM",
    ):
        assert words in text
    assert "acknowledgement" not in text


def test_german_letters_are_german():
    text = printed(kuestenkontor())
    for words in (
        "Auftragsbestätigung A-2026-00433",
        "17. März 2026",
        "mit den zwei unten genannten Abweichungen",
        "Bitte bis Freitag, 20. März 2026 melden",
        "Di 24.03.",
        "Rest: Pos. 7, 16, 17.",
        "Küstenkontor Jørgensen & Möller OHG Frau Łucja Wiśniewska",
    ):
        assert words in text


def test_german_letters_have_no_english_words_from_the_order():
    line = make_line(back_ordered_milli=1_000, asked_quantity_milli=2_000)
    letter = make_letter(
        [line],
        frame=make_frame(locale="de-DE"),
        received="phone",
        received_on=date(2026, 3, 9),
    )
    text = printed(letter)
    assert "Eingang telefonisch, 09.03.2026" in text
    assert text.count("Stk.") == 4
    assert not {"pcs", "phone,"} & set(text.split())


def test_a_changed_date_is_bold_and_listed():
    lines = lines_of(draw_acknowledgement(kestrel()))
    listed, in_table = (line for line in lines if "31 Mar 2026" in line.text)
    regular = width_of("31 Mar 2026", Type.CELL)
    assert in_table.right - in_table.left > regular > 17
    assert listed.top < in_table.top
    assert "2 Date 24 Mar 2026 31 Mar 2026 maker delivers on 26 March" in printed(kestrel())


def test_text_and_first_column_share_the_left_edge_and_amounts_the_right():
    lines = lines_of(draw_acknowledgement(kestrel()))
    for text in ("Order acknowledgement", "Dear Ms", "Thank you", "What happens"):
        assert find(lines, text).left == pytest.approx(25.0, abs=0.4)
    for amount in ("1,926.60", "6,294.70", "7,505.93", "6,505.93", "-1,000.00"):
        assert find(lines, amount).right == pytest.approx(190.0, abs=0.3)


@pytest.mark.parametrize("make", SPECIMENS)
def test_nothing_is_printed_near_the_edge_or_over_its_neighbour(make):
    letter = make()
    pdf = draw_acknowledgement(letter)
    for page in range(page_count(pdf)):
        lines = lines_of(pdf, page)
        for line in lines:
            assert line.left >= 4.5
            assert line.right <= (190.2 if letter.frame.envelope != "us-10" else 197.1)
        for i, line in enumerate(lines):
            for other in lines[i + 1 :]:
                level = min(line.bottom, other.bottom) - max(line.top, other.top)
                if level > 1.0:
                    gap = max(line.left, other.left) - min(line.right, other.right)
                    assert gap >= -0.05, (line, other)


def test_without_any_discount_its_column_is_left_out():
    assert "Disc." in printed(kestrel())
    assert "Disc." not in printed(make_letter())


def test_without_any_tax_its_column_is_left_out():
    text = printed(make_letter([make_line(tax_ppm=0)]))
    assert "Quantity unit Unit price EUR Amount EUR" in text


@pytest.mark.parametrize(("locale", "word"), [("en-GB", "VAT "), ("de-DE", "USt. ")])
def test_an_order_without_any_tax_has_no_line_for_it(locale, word):
    letter = make_letter([make_line(tax_ppm=0)], frame=make_frame(locale=locale))
    total = "Warenwert netto 10,00 Summe" if locale == "de-DE" else "Goods, net 10.00 Order total"
    text = printed(letter)
    assert total in text
    assert word not in text[text.index(total) :].replace("VAT id", "")


def test_a_revision_names_the_one_it_replaces():
    text = printed(kestrel())
    assert "Revision 2 – replaces revision 1 of 10 March 2026." in text
    assert "2 of 12 Mar 2026" in text
    assert "Revision" not in printed(make_letter())


def test_one_difference_is_spoken_of_as_one():
    text = printed(make_letter([make_line(asked_price_micro=9_000_000)]))
    assert "with the one difference listed here" in text
    assert "1 Price EUR 9.00 EUR 10.00" in text


def test_an_order_accepted_as_it_came_has_no_box():
    text = printed(make_letter())
    assert "We accept it as you ordered." in text
    assert "We confirm" not in text
    assert "tell us by Tuesday 17 March 2026 if anything differs" in text


def test_a_receipt_says_that_it_is_not_an_acceptance():
    assert "this is not yet an acceptance" in printed(make_letter(stance=Stance.RECEIPT))


@pytest.mark.parametrize(
    ("locale", "word", "sentence"),
    [
        ("en-GB", "ON HOLD", "On hold – not yet accepted. We will write to you by Friday 20"),
        ("de-DE", "ANGEHALTEN", "Angehalten – noch nicht angenommen."),
    ],
)
def test_a_held_order_says_so_in_words_and_across_the_page(locale, word, sentence):
    letter = make_letter(
        stance=Stance.ON_HOLD, answer_by=date(2026, 3, 20), frame=make_frame(locale=locale)
    )
    text = printed(letter)
    assert sentence in text
    assert "We accept" not in text
    # A word set at an angle comes back letter by letter.
    assert "".join(word.split()) in re.sub(r"\s+", "", text)


@pytest.mark.parametrize("stance", [Stance.RECEIPT, Stance.ON_HOLD])
def test_what_is_not_accepted_is_not_called_confirmed(stance):
    letter = replace(kestrel(), stance=stance, answer_by=date(2026, 3, 20), next_steps=None)
    text = printed(letter)
    assert "We confirm" not in text
    assert "Confirmed" not in text


def test_a_draft_is_printed_over():
    text = printed(make_letter(frame=make_frame(overprint=Overprint.DRAFT)))
    assert "DRAFT" in re.sub(r"\s+", "", text)


def test_a_copy_differs_only_by_its_word():
    copy = text_of(draw_acknowledgement(kestrel(), copy=True))
    assert copy.replace("COPY\r\n", "", 1) == text_of(draw_acknowledgement(kestrel()))
    assert find(
        lines_of(draw_acknowledgement(kestrel(), copy=True)), "COPY"
    ).right == pytest.approx(190, abs=0.3)


def test_part_shipped_and_back_ordered_lines_say_so():
    line = make_line(quantity=60, shipped_milli=40_000, back_ordered_milli=20_000)
    text = printed(make_letter([line]))
    assert "40 shipped, 20 to come; back-ordered: 20 pcs" in text


def test_deposits_above_the_total_are_a_credit():
    letter = replace(kestrel(), credits=(replace(kestrel().credits[0], minor=800_000),))
    assert "Credit in your favour, EUR -494.07" in printed(letter)


@pytest.mark.parametrize(
    ("parts", "back", "words"),
    [
        (True, True, "Both possible; we tell you before we use them."),
        (True, False, "Part deliveries allowed, no back-orders."),
        (False, True, "Back-orders allowed, no part deliveries."),
        (False, False, "Neither: we deliver complete."),
    ],
)
def test_the_terms_say_what_was_agreed_on_part_deliveries(parts, back, words):
    assert words in printed(make_letter(part_deliveries=parts, back_orders=back))


def test_millions_widen_their_columns():
    lines = [make_line(1, "1234567.89", 99, discount_ppm=50_000), make_line(2, "0.01")]
    found = lines_of(draw_acknowledgement(make_letter(lines)))
    price, amount = find(found, "1,234,567.89"), find(found, "116,111,110.05")
    assert price.right < amount.left - 10


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "1,235"), ("KWD", "1,234.500")])
def test_amounts_have_their_currencys_decimals(currency, amount):
    line = make_line(1, "1234.5", currency=currency, tax_ppm=0)
    assert f"{amount} " in printed(make_letter([line], currency=currency))


def test_the_same_letter_is_the_same_file_to_the_byte():
    assert draw_acknowledgement(kestrel()) == draw_acknowledgement(kestrel())


def test_the_content_id_is_of_the_facts_and_not_of_the_print():
    later = make_frame(printed_at=datetime(2026, 5, 1, 8, 0, tzinfo=HAMBURG))
    ids = [
        re.findall(r"content ([0-9A-F]{4}-[0-9A-F]{4})", printed(letter))
        for letter in (make_letter(), make_letter(frame=later), make_letter(order_number="4712"))
    ]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize("make", SPECIMENS)
def test_both_faces_are_embedded_and_no_base_font_is_named(make):
    with open_pdf(draw_acknowledgement(make())) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                assert "NotoSans" in str(font.BaseFont)
                assert "/FontFile2" in font.FontDescriptor


def test_the_file_says_what_it_is():
    with open_pdf(draw_acknowledgement(kestrel())) as document:
        info = document.docinfo
        assert str(info.Title) == "Order acknowledgement A-2026-00421"
        assert str(info.Author) == "Nordlicht Handels GmbH"
        assert str(info.Keywords) == "10482, 4711, A-2026-00421-2"
        assert str(info.CreationDate) == "D:20260312094200+01'00'"
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        with document.open_metadata() as packet:
            assert packet["dc:title"] == str(info.Title)
            assert packet["pdf:Keywords"] == str(info.Keywords)


def test_a_letter_that_does_not_add_up_is_never_drawn():
    with pytest.raises(Refused, match="Nothing was printed"):
        draw_acknowledgement(replace(kestrel(), total_minor=1))


def test_a_company_colour_too_pale_to_read_is_refused():
    pale = replace(make_frame().sender, accent="FFD700")
    with pytest.raises(Refused, match="too pale"):
        draw_acknowledgement(make_letter(frame=make_frame(sender=pale)))


def test_files_are_named_by_number_customer_kind_and_day():
    frame = kestrel().frame
    expected = "A-2026-00421-r2_10482_order-acknowledgement_2026-03-12.pdf"
    assert file_name(frame, "order-acknowledgement") == expected
    strange = replace(frame, customer_number="../Ä 1", revision=None)
    assert file_name(strange, "x", copy=True) == "A-2026-00421_1_x_2026-03-12_copy.pdf"
