"""Do whole letters take customers and items of any script, or say which letters they cannot?"""

from dataclasses import dataclass

import pytest

from loyaldesk.domain.letter import Recipient
from loyaldesk.errors import Refused
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.archive_rules import broken_rules
from tests.pdf.ack_letters import make_frame, make_letter, make_line
from tests.pdf.reading import lines_of, open_pdf, page_count
from tests.pdf.script_pages import letters_read, plain

LEFT_EDGE = 25.0
RIGHT_OF_WINDOW = 110.0


@dataclass(frozen=True)
class Customer:
    name: str
    street: str
    item: str
    note: str


CUSTOMERS = {
    "Arabic": Customer(
        "شركة النور للتجارة", "شارع الشيخ زايد 12", "فانوس سطح نحاس", "مع حامل للتركيب"
    ),
    "Hebrew": Customer("אור הצפון סחר בע״מ", "שדרות רוטשילד 12", "פנס סיפון", "כולל תושבת"),
    "Japanese": Customer(
        "株式会社東京商事", "東京都千代田区丸の内1", "デッキランタン", "ブラケット付き"
    ),
    "Chinese": Customer("上海东方贸易有限公司", "上海市浦东新区世纪大道", "甲板灯", "含支架"),
    "Korean": Customer("주식회사 한국무역", "서울특별시 중구", "갑판 랜턴", "브래킷 포함"),
    "Greek": Customer("Ελληνική Εταιρεία", "Λεωφόρος Συγγρού 12", "Φανάρι", "με βάση"),
    "Cyrillic": Customer("ООО «Щёлково»", "улица Ленина 12", "Фонарь", "с креплением"),
    "Vietnamese": Customer("Công ty Đặng Hường", "Đường Nguyễn Huệ 12", "Đèn boong", "kèm giá"),
}


def letter_to(customer):
    line = make_line(description=customer.item, note=customer.note)
    recipient = Recipient(name=customer.name, lines=(customer.street,), salutation="Dear all,")
    return make_letter(
        [line], frame=make_frame(recipient=recipient), deliver_to=(customer.name, customer.street)
    )


@pytest.mark.parametrize("script", CUSTOMERS)
def test_a_letter_says_all_of_what_was_typed(script):
    customer = CUSTOMERS[script]
    read = "".join(
        letter.letter for letter in letters_read(draw_acknowledgement(letter_to(customer)))
    )
    whole = plain(read).replace(" ", "")
    for text in (customer.name, customer.street, customer.item, customer.note):
        for word in plain(text).split():
            assert word in whole, (word, whole)


@pytest.mark.parametrize("script", CUSTOMERS)
def test_the_address_stays_in_the_window(script):
    customer = CUSTOMERS[script]
    lines = lines_of(draw_acknowledgement(letter_to(customer)))
    inside = [line for line in lines if plain(line.text) and 50 < line.top < 72 and line.left < 100]
    assert inside
    assert all(line.left >= LEFT_EDGE - 0.5 for line in inside)
    assert all(line.right <= RIGHT_OF_WINDOW for line in inside)


@pytest.mark.parametrize("script", CUSTOMERS)
def test_a_letter_keeps_the_rules_of_the_archive_in_any_script(script):
    with open_pdf(draw_acknowledgement(letter_to(CUSTOMERS[script]))) as document:
        assert broken_rules(document) == []


@pytest.mark.parametrize("script", CUSTOMERS)
def test_no_letter_names_a_font_that_it_does_not_bring(script):
    pdf = draw_acknowledgement(letter_to(CUSTOMERS[script]))
    with open_pdf(pdf) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                bottom = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                assert "/FontFile2" in bottom.FontDescriptor
    assert page_count(pdf) == 1


def test_a_letter_in_a_script_without_font_is_refused_with_the_letters_named():
    customer = Customer("ᏣᎳᎩ Trading", "Main Street 1", "Lantern", "")
    with pytest.raises(Refused) as caught:
        draw_acknowledgement(letter_to(customer))
    assert "Ꮳ (cherokee letter tsa)" in caught.value.message
    assert "ᏣᎳᎩ Trading" in caught.value.message
    assert "Nothing was printed" in caught.value.message
