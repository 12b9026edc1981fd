"""Do the fonts that come along draw what they claim, and do they stand with their papers?"""

import hashlib
import re

import pytest

from loyaldesk.pdf.scripts import ScriptFace, face_for
from loyaldesk.resources import resource

FONTS = sorted(resource("fonts").glob("*.tt[cf]"))
# The last face has one weight for all of its signs, which begin behind these.
LETTERS = [chr(code) for code in range(0x20, 0x2E80)]
FILLER = "\u3164"


def test_what_is_drawn_regular_is_drawn_bold_too():
    lost = [
        letter
        for letter in LETTERS
        if face_for(letter, bold=False) is not None and face_for(letter, bold=True) is None
    ]
    assert lost == []


def test_chinese_japanese_and_korean_signs_of_everyday_are_all_there():
    for encoding in ("gb2312", "shift_jis", "big5", "euc_kr"):
        signs = {chr(code) for code in range(0x3041, 0xD7A4) if encodes(chr(code), encoding)}
        assert [
            sign for sign in sorted(signs - {FILLER}) if face_for(sign, bold=False) is None
        ] == []


def encodes(sign, encoding):
    return len(sign.encode(encoding, errors="ignore")) > 0


def test_every_korean_syllable_is_there():
    assert all(face_for(chr(code), bold=False) for code in range(0xAC00, 0xD7A4))


def test_an_empty_shape_is_no_letter():
    assert ScriptFace("wqy-microhei.ttc").has("\u3163")
    assert not ScriptFace("wqy-microhei.ttc").has(FILLER)


def test_harfbuzz_gives_a_glyph_to_each_letter_it_came_from():
    face = ScriptFace("NotoSansArabic-Regular.ttf")
    glyphs = face.shape("\u0644\u0627\u0645", turned=True)
    assert [glyph.text for glyph in glyphs] == ["\u0645", "\u0644\u0627"]
    assert all(glyph.advance > 0 for glyph in glyphs)


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.name)
def test_every_font_is_the_one_whose_source_and_licence_are_named(font):
    told = (font.parent / "SOURCE.txt").read_text(encoding="utf-8")
    sums = dict(re.findall(r"^([0-9a-f]{64})  (\S+)$", told, re.MULTILINE))
    assert sums[hashlib.sha256(font.read_bytes()).hexdigest()] == font.name
    assert {"OFL.txt", "Apache-2.0.txt"} <= {file.name for file in font.parent.iterdir()}


def test_the_fonts_take_no_more_than_ten_megabytes():
    assert sum(font.stat().st_size for font in FONTS) < 10_000_000
