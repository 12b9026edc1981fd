"""Is a letter printed where its window envelope needs it, to the third of a millimetre?"""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import ImageChops

from loyaldesk.ui.letters.acknowledgement_dialog import AcknowledgementDialog
from loyaldesk.ui.papers.printing import PrintRun
from tests.pdf.reading import lines_of, page_count

MM_PER_POINT = 25.4 / 72
DPI = 600
CLOSE_MM = 0.3


def ink_box(pdf: bytes, box_mm: tuple[float, float, float, float]) -> tuple[float, ...]:
    """Return where ink stands inside a box of the first page, in mm from its upper left corner."""
    page = pypdfium2.PdfDocument(pdf)[0]
    scale = DPI / 72
    image = page.render(scale=scale).to_pil().convert("L")
    per_mm = scale / MM_PER_POINT
    left, top, right, bottom = (round(side * per_mm) for side in box_mm)
    inked = ImageChops.invert(image.crop((left, top, right, bottom)))
    found = inked.point(lambda tone: 255 if tone > 128 else 0).getbbox()
    assert found is not None, "There is no ink."
    return tuple(side / per_mm for side in found)


@pytest.fixture
def printed(desk, case, qtbot, printed_to) -> tuple[bytes, bytes]:
    """Print the acknowledgement and return what was shown and what the printer got."""
    dialog = AcknowledgementDialog(desk, case.order_id)
    qtbot.addWidget(dialog)
    dialog.show()
    shown = dialog.reader.source
    assert isinstance(shown, bytes)
    dialog.verb_button.click()
    qtbot.waitUntil(lambda: not desk.news.findChildren(PrintRun), timeout=20_000)
    return shown, printed_to.read_bytes()


def test_the_address_stands_on_paper_where_it_stands_in_the_letter(printed):
    shown, paper = printed
    name = next(line for line in lines_of(shown) if line.text == "Müller & Söhne GmbH")
    box = (15.0, name.top - 2, 100.0, name.bottom + 12)
    for on_screen, on_paper in zip(ink_box(shown, box), ink_box(paper, box), strict=True):
        assert abs(on_screen - on_paper) <= CLOSE_MM


def test_every_page_is_printed_at_its_own_size(printed):
    shown, paper = printed
    assert page_count(paper) == page_count(shown)
    sizes = [pypdfium2.PdfDocument(pdf)[0].get_size() for pdf in (shown, paper)]
    assert sizes[1] == pytest.approx(sizes[0], abs=0.6)


def test_a_printed_letter_is_on_record(printed, letters):
    assert [entry[0] for entry in letters()] == ["A-2026-00001"]


def test_how_a_printed_letter_left_is_on_record(printed, store):
    with store.reader() as reader:
        found = reader.rows("SELECT channel, state, is_copy, position FROM dispatch")
    assert found == [("print", "handed", 0, 1)]


def test_how_a_saved_letter_and_its_copy_left_is_on_record(desk, case, qtbot, store, save_to):
    for _ in range(2):
        dialog = AcknowledgementDialog(desk, case.order_id)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.save_button.click()
    with store.reader() as reader:
        found = reader.rows("SELECT channel, state, is_copy, recipient FROM dispatch ORDER BY id")
    assert found == [("file", "confirmed", 0, save_to.name), ("file", "confirmed", 1, save_to.name)]
