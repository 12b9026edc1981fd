"""Does a script's text stand in the file with the right shapes, and is it read back as typed?"""

import subprocess
import sys
from itertools import pairwise

import pytest

from loyaldesk.pdf.style import Type
from loyaldesk.resources import resource
from tests.pdf.reading import open_pdf
from tests.pdf.script_pages import (
    glyph_boxes,
    harfbuzz_boxes,
    letters_read,
    lines_read,
    page_of,
    plain,
)

READ_BACK = [
    "Ελληνική Εταιρεία «Ωμέγα»",
    "ООО «Щёлково», Київ",
    "Zażółć gęślą jaźń",
    "Đặng Thị Hường, Đường Nguyễn Huệ",
    "株式会社東京商事「ラーメン」、3月",
    "上海贸易有限公司",
    "주식회사 한국무역",
    "שלום בע״מ",
    "שדרות רוטשילד 12 (קומה 3)",
    "شركة النور للتجارة (دبي) 12",
    "السلام",
    "می‌خواهم",
    "บริษัท ราคาน้ำ จำกัด",
    "भारतीय व्यापार हिन्दी",
    "Հայաստան, საქართველო",
    "Order 12 שלום 東京 №5",
]


@pytest.mark.parametrize("text", READ_BACK)
def test_text_is_read_back_as_it_was_typed(text):
    assert lines_read(page_of(text)) == [plain(text)]


@pytest.mark.parametrize("text", READ_BACK)
def test_every_font_is_embedded_and_none_is_a_base_font(text):
    with open_pdf(page_of(text, text)) as document:
        fonts = document.pages[0].Resources.Font
        for font in fonts.values():
            bottom = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert "/FontFile2" in bottom.FontDescriptor
            assert "/ToUnicode" in font
            assert str(font.BaseFont)[7] == "+"


@pytest.mark.parametrize(
    ("text", "file", "direction"),
    [
        ("النور", "NotoSansArabic-Regular.ttf", "rtl"),
        ("السلام", "NotoSansArabic-Regular.ttf", "rtl"),
        ("مُحَمَّد", "NotoSansArabic-Regular.ttf", "rtl"),
        ("שָׁלוֹם", "NotoSansHebrew-Regular.ttf", "rtl"),
        ("क्षत्रिय", "NotoSansDevanagari-Regular.ttf", "ltr"),
        ("น้ำ", "NotoSansThai-Regular.ttf", "ltr"),
        ("東京", "wqy-microhei.ttc", "ltr"),
    ],
)
def test_the_shapes_in_the_file_are_those_that_harfbuzz_chooses(text, file, direction):
    drawn = glyph_boxes(page_of(text), file.rpartition(".")[0])
    assert drawn == harfbuzz_boxes(resource(f"fonts/{file}"), text, direction)


def test_letters_of_a_word_have_other_shapes_than_alone():
    word = glyph_boxes(page_of("\u0628\u0628\u0628"), "NotoSansArabic-Regular")
    alone = glyph_boxes(page_of("\u0628"), "NotoSansArabic-Regular")
    assert len(word) == 3
    assert len(set(word)) == 3
    assert alone[0] not in word


@pytest.mark.parametrize("word", ["شركة", "שלום", "النور"])
def test_the_first_letter_of_a_word_stands_rightmost(word):
    letters = letters_read(page_of(word))
    assert [plain(letter.letter) for letter in letters] == list(word)
    assert all(first.left > then.left for first, then in pairwise(letters))


def test_a_number_in_hebrew_runs_from_the_left():
    letters = letters_read(page_of("שלום 345"))
    digits = [letter for letter in letters if letter.letter in "345"]
    assert [letter.letter for letter in digits] == ["3", "4", "5"]
    assert digits[0].left < digits[1].left < digits[2].left
    assert digits[2].left < min(letter.left for letter in letters if letter.letter in "שלום")


def test_brackets_open_towards_what_they_hold():
    letters = {letter.letter: letter.left for letter in letters_read(page_of("אב (גד)"))}
    assert letters[")"] < letters["ד"] < letters["ג"] < letters["("] < letters["ב"]


def test_a_mark_stands_over_its_letter():
    below, above = letters_read(page_of("x\u030c"))
    assert abs(below.left - above.left) < 2


def test_arabic_in_a_latin_line_stands_where_it_was_typed():
    letters = letters_read(page_of("Dear شركة, thanks"))
    places = {letter.letter: letter.left for letter in letters}
    assert places["D"] < places["ة"] < places["ش"] < places[","] < places["k"]


def test_bold_is_drawn_bold_where_there_is_a_bold_face():
    with open_pdf(page_of("שלום 東京", style=Type.BODY.as_bold())) as document:
        names = {str(font.BaseFont)[8:] for font in document.pages[0].Resources.Font.values()}
    assert {"NotoSansHebrew-Bold", "wqy-microhei"} <= names


def test_the_same_text_makes_the_same_bytes():
    assert page_of(*READ_BACK) == page_of(*READ_BACK)


def test_a_part_of_a_large_font_is_small():
    assert len(page_of("東京都千代田区丸の内")) < len(page_of("Tokyo")) + 12_000


def test_a_latin_letter_reads_no_other_font():
    code = (
        "import sys; from tests.pdf.script_pages import METADATA;"
        "from loyaldesk.pdf.canvas import LetterCanvas; from loyaldesk.pdf.style import Type;"
        "canvas = LetterCanvas(width=210, height=297, accent='#204080', metadata=METADATA);"
        "canvas.text(20, 20, 'Łódź Ωμέγα Жук 12,50 €', Type.BODY);"
        "canvas.finish(lambda _number, _count: None);"
        "print('loyaldesk.pdf.scripts' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
