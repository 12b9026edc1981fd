"""Do the bars say the document's number, read back from the page as a scanner reads it?"""

import itertools

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.errors import Refused
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.code128 import bars_of
from tests.pdf.ack_letters import kestrel, kuestenkontor


@pytest.mark.parametrize(
    ("make", "code"), [(kestrel, "A-2026-00421-2"), (kuestenkontor, "A-2026-00433-1")]
)
def test_bars_read_back_from_the_page_are_the_number(make, code):
    document = pypdfium2.PdfDocument(draw_acknowledgement(make()))
    try:
        picture = document[0].render(scale=3).to_pil()
    finally:
        document.close()
    (found,) = zxingcpp.read_barcodes(picture)
    assert (found.text, found.format) == (code, zxingcpp.BarcodeFormat.Code128)


def test_pairs_of_digits_take_half_the_room():
    assert len(bars_of("12345678")) < len(bars_of("abcdefgh"))


@pytest.mark.parametrize("text", ["", "Łódź", "a\nb"])
def test_what_has_no_bars_is_refused(text):
    with pytest.raises(Refused, match="bars"):
        bars_of(text)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30))
def test_bars_never_touch_and_end_with_the_stop_sign(text):
    bars = bars_of(text)
    assert all(at + width < following for (at, width), (following, _) in itertools.pairwise(bars))
    assert [width for _, width in bars[-4:]] == [2, 3, 1, 2]
