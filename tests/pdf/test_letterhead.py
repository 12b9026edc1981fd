"""Does every page carry its head, marks and foot, whatever the company has to say about itself?"""

from dataclasses import replace

import pytest
from PIL import Image

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from tests.pdf.ack_letters import NORDLICHT, blue_heron, kestrel, make_frame, make_letter, make_line
from tests.pdf.reading import find, lines_of, open_pdf, page_count, text_of


def letter_from(sender, lines=None):
    return make_letter(lines, frame=make_frame(sender=sender))


def test_a_logo_is_embedded_once_and_drawn_on_every_page(tmp_path):
    logo = tmp_path / "logo.png"
    Image.new("RGBA", (400, 90), (23, 80, 107, 255)).save(logo)
    lines = [make_line(i) for i in range(1, 31)]
    pdf = draw_acknowledgement(letter_from(replace(NORDLICHT, logo=logo), lines))
    assert page_count(pdf) == 2
    with open_pdf(pdf) as document:
        drawn = [set(page.Resources.XObject.keys()) for page in document.pages]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("content", [None, b"", b"<svg/>"])
def test_a_logo_that_cannot_be_read_is_named(tmp_path, content):
    logo = tmp_path / "logo.png"
    if content is not None:
        logo.write_bytes(content)
    with pytest.raises(Unavailable, match=r"The logo logo\.png could not be read"):
        draw_acknowledgement(letter_from(replace(NORDLICHT, logo=logo)))


def test_without_a_logo_the_name_stands_for_it():
    line = lines_of(draw_acknowledgement(kestrel()))[0]
    assert line.text == "Nordlicht Handels GmbH"
    assert line.bottom - line.top > 4


def test_a_long_company_name_keeps_clear_of_the_bars():
    name = "Norddeutsche Schiffsausrüstungs- und Handelsgesellschaft mit beschränkter Haftung"
    lines = lines_of(draw_acknowledgement(letter_from(replace(NORDLICHT, name=name))))
    assert lines[0].text == name
    assert lines[0].right < 125


def test_following_pages_repeat_title_customer_and_day():
    lines = [make_line(i) for i in range(1, 31)]
    second = lines_of(draw_acknowledgement(make_letter(lines)), 1)
    assert find(second, "Order acknowledgement A-2026-00421").right == pytest.approx(190, abs=0.6)
    assert find(second, "Customer no. 10482 · 12 March 2026").bottom < 24.5


def test_the_footer_stands_in_four_columns_with_the_iban_in_fours():
    lines = lines_of(draw_acknowledgement(kestrel()))
    assert find(lines, "IBAN DE05 2009 9999 0004 7110 00").left == pytest.approx(104.2, abs=0.3)
    assert find(lines, "Hamburg Local Court").left == pytest.approx(146.2, abs=0.3)
    assert max(line.bottom for line in lines) < 297 - 4.5


def test_letter_paper_has_the_address_under_the_logo_and_a_footer_of_one_line():
    lines = lines_of(draw_acknowledgement(blue_heron()))
    assert find(lines, "1200 Northlight Way").top < 30
    assert find(lines, "(207) 555-0140 · hello@nordlicht.example")
    assert find(lines, "ABA 011990044").top > 267


def test_a_footer_that_finds_no_room_is_refused():
    register = tuple(f"Registered office number {i}" for i in range(12))
    with pytest.raises(Refused, match="The footer has no room"):
        draw_acknowledgement(letter_from(replace(NORDLICHT, register=register)))


def test_a_company_with_nothing_but_a_name_has_no_empty_labels():
    pdf = draw_acknowledgement(letter_from(Sender(name="Nordlicht", bank=BankAccount())))
    text = text_of(pdf)
    for label in ("Phone", "Fax", "IBAN", "BIC", "apply"):
        assert label not in text


def test_a_long_id_line_keeps_clear_of_the_page_number():
    sender = replace(NORDLICHT, conditions="General conditions of sale, delivery and payment " * 3)
    lines = lines_of(draw_acknowledgement(letter_from(sender)))
    page = find(lines, "Page 1 of 1")
    beside = [line for line in lines if line.top > 260 and line.left < 30 and line.top < 272]
    assert len(beside) >= 2
    assert all(line.right < page.left for line in beside)


def test_the_fold_and_punch_marks_are_at_the_left_edge():
    with open_pdf(draw_acknowledgement(kestrel())) as document:
        stream = document.pages[0].Contents.read_bytes().decode("latin-1")
    for y in (105, 210, 148.5):
        assert f"12.756 {(297 - y) * 72 / 25.4:.3f} m" in stream
