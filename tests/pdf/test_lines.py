"""Which face draws which part of a line, and where does each part stand?"""

import pytest

from loyaldesk.pdf.canvas import LetterCanvas
from loyaldesk.pdf.fonts import measure
from loyaldesk.pdf.lines import lay_out, missing_in
from loyaldesk.pdf.style import MM, Type
from loyaldesk.pdf.wrapping import Run
from tests.pdf.script_pages import METADATA, letters_read


def parts_of(*runs):
    """Return the texts of a line from the left, each with the face that draws it."""
    found = []
    for piece in lay_out(runs):
        face = piece.face.name.split("-")[0] if piece.face else ""
        found.append((piece.text, face))
    return found


def test_each_letter_is_drawn_by_the_first_face_that_has_it():
    assert parts_of(("Tel 東京 한국 12", False)) == [
        ("Tel ", ""),
        ("東京", "wqy"),
        (" ", ""),
        ("한국", "wqy"),
        (" 12", ""),
    ]


def test_hebrew_takes_its_digits_and_signs_from_noto_sans():
    assert parts_of(("אב 12.50", False)) == [("12.50", ""), (" ", ""), ("אב", "NotoSansHebrew")]


def test_arabic_words_stay_one_piece_with_their_spaces():
    assert parts_of(("شركة النور", False)) == [("شركة النور", "NotoSansArabic")]


def test_brackets_are_mirrored_in_text_from_the_right():
    assert parts_of(("אב (גד)", False)) == [
        ("(", ""),
        ("גד", "NotoSansHebrew"),
        (") ", ""),
        ("אב", "NotoSansHebrew"),
    ]


def test_a_mark_is_drawn_by_the_face_of_its_letter():
    assert parts_of(("x\u030c", False)) == [("x\u030c", "NotoSans")]


def test_a_line_is_as_wide_as_its_pieces():
    text = "Dear شركة 東京"
    assert measure(text, bold=False) == pytest.approx(
        sum(piece.width for piece in lay_out(((text, False),)))
    )


def test_a_mark_for_the_direction_has_no_width():
    assert measure("\u200eשלום", bold=False) == measure("שלום", bold=False)


def test_only_what_no_face_has_is_missing():
    assert missing_in("abc שלום 東京 Ꭰ") == ["Ꭰ"]


def test_bold_words_of_a_line_from_the_right_stand_in_its_order():
    canvas = LetterCanvas(width=210, height=297, accent="#204080", metadata=METADATA)
    with canvas.tag("P"):
        canvas.runs(20, 20, (Run("אבג "), Run("דהו", bold=True), Run(" 12")), Type.BODY)
    letters = {x.letter: x.left for x in letters_read(canvas.finish(lambda _number, _count: None))}
    assert letters["1"] < letters["2"] < letters["ו"] < letters["ד"] < letters["ג"] < letters["א"]
    assert letters["1"] == pytest.approx(20 * MM, abs=1.5)
