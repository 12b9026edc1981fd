"""Whether the envelope test page can be measured with a ruler."""

from datetime import UTC, datetime

import pypdfium2
import pytest

from loyaldesk.domain.letter import Sender
from loyaldesk.pdf.envelope_test import draw_envelope_test
from loyaldesk.pdf.envelopes import envelope, envelope_names

MM = 72 / 25.4
SENDER = Sender(name="Nordlicht Handels GmbH", return_line="Nordlicht · 20457 Hamburg")


def words_of(pdf):
    """Return each piece of text with its box in mm from the top left: (text, x0, y0, x1, y1)."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    height, text = page.get_height(), page.get_textpage()
    found = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        found.append((words, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    text.close()
    page.close()
    document.close()
    return found


def page_for(name, locale="en-GB"):
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    return draw_envelope_test(name, sender=SENDER, locale=locale, printed_at=moment)


@pytest.mark.parametrize("name", envelope_names())
def test_sample_address_stands_where_it_always_shows(name):
    x0, y0, x1, y1 = envelope(name).address.safe

    sample = [w for w in words_of(page_for(name)) if "sample" in w[0].casefold()]

    assert sample
    assert all(x0 <= a and y0 <= b and c <= x1 and d <= y1 for _, a, b, c, d in sample)


@pytest.mark.parametrize("name", envelope_names())
def test_scale_is_a_hundred_millimetres_long(name):
    words = words_of(page_for(name))

    ends = {word: (a + c) / 2 for word, a, b, c, _ in words if word in {"0", "100"} and b > 90}

    assert ends["100"] - ends["0"] == pytest.approx(100, abs=2.0)


@pytest.mark.parametrize("locale", ["en-GB", "en-US", "de-DE"])
def test_page_is_written_in_the_language_of_the_company(locale):
    text = " ".join(word for word, *_ in words_of(page_for("din-5008-b", locale)))

    assert ("Testseite" in text) is (locale == "de-DE")


def test_same_page_has_the_same_bytes():
    assert page_for("us-10") == page_for("us-10")
