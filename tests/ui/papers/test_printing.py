"""Is a paper printed at 100 %, whole and without seams, on the pages that were asked for?"""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from loyaldesk.documents.pages import describe
from loyaldesk.ui.papers.printing import (
    PrintRun,
    PrintWish,
    kept_printer,
    kept_printer_words,
    page_numbers,
)
from tests.support.paper import picture, two_pages

POINT = 1.0


def printed(desk, qtbot, folder, source, pages, *, shrinks=False):
    """Print into a file and return it, opened."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    run = PrintRun(
        desk, PrintWish(printer, pages), source, describe(source=source).sizes, shrinks=shrinks
    )
    with qtbot.waitSignal(run.ended) as ended:
        run.start()
    assert ended.args == [len(pages)]
    return pypdfium2.PdfDocument((folder / "printed.pdf").read_bytes())


def inked(page, scale):
    """Return the box that has ink, in points from the upper left corner."""
    from PIL import ImageChops

    image = page.render(scale=scale).to_pil().convert("L")
    box = ImageChops.invert(image).point(lambda tone: 255 if tone > 128 else 0).getbbox()
    assert box is not None, "There is no ink."
    return tuple(side / scale for side in box)


def test_a_page_is_printed_where_it_stands_at_its_own_size(desk, qtbot, tmp_path):
    source = two_pages()
    found = printed(desk, qtbot, tmp_path, source, (0, 1))
    assert [size for page in found for size in page.get_size()] == pytest.approx(
        [595, 842] * 2, abs=POINT
    )
    original = inked(pypdfium2.PdfDocument(source)[1], 4)
    assert inked(found[1], 4) == pytest.approx(original, abs=POINT)


def test_only_the_pages_that_were_asked_for_are_printed(desk, qtbot, tmp_path):
    assert len(printed(desk, qtbot, tmp_path, two_pages(), (1,))) == 1


def test_a_large_picture_is_made_to_fit_the_sheet_and_turned_with_it(desk, qtbot, tmp_path):
    found = printed(desk, qtbot, tmp_path, picture((3000, 1500)), (0,), shrinks=True)
    width, height = found[0].get_size()
    assert width > height
    left, top, right, bottom = inked(found[0], 1)
    assert 0 < left < right < width
    assert (right - left) / (bottom - top) == pytest.approx(2, rel=0.05)


def test_a_small_picture_is_not_blown_up(desk, qtbot, tmp_path):
    found = printed(desk, qtbot, tmp_path, picture((300, 150)), (0,), shrinks=True)
    left, _, right, _ = inked(found[0], 1)
    assert right - left == pytest.approx(144, abs=3)


def test_the_status_bar_hears_of_every_page_and_of_the_end(desk, qtbot, tmp_path):
    went, ended = [], []
    desk.news.work_went.connect(lambda done, total: went.append((done, total)))
    desk.news.work_ended.connect(lambda: ended.append(True))
    printed(desk, qtbot, tmp_path, two_pages(), (0, 1))
    assert went == [(1, 2), (2, 2)]
    assert ended == [True]


def test_a_paper_that_breaks_while_printing_says_so_and_ends(desk, qtbot, tmp_path, heard):
    sizes = describe(source=two_pages()).sizes
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "broken.pdf"))
    run = PrintRun(desk, PrintWish(printer, (0,)), b"%PDF-1.4 broken", sizes)
    with qtbot.waitSignal(run.ended) as ended:
        run.start()
    assert ended.args == [0]
    assert "damaged" in heard.said[0][0]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", (0, 1, 2, 3, 4)),
        ("1-3,5", (0, 1, 2, 4)),
        ("2", (1,)),
        ("4-99", (3, 4)),
        ("3,3,1", (2, 0)),
        ("0-1", (0,)),
        ("1-99999999999", (0, 1, 2, 3, 4)),
        ("all", ()),
        ("2-x", ()),
    ],
)
def test_page_ranges_are_read_as_people_type_them(text, pages):
    assert page_numbers(text, 5) == pages


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ({"name": "Kyocera", "copies": 1, "tray": 1}, "Kyocera · lower tray"),
        ({"name": "Kyocera", "copies": 2, "tray": 6}, "Kyocera · 2 copies"),
        ({"name": "Kyocera"}, "Kyocera"),
        ({}, ""),
        (None, ""),
    ],
)
def test_the_remembered_printer_is_told_with_its_tray_and_copies(desk, kept, words):
    desk.state.put("printers", {"acknowledgement": kept})
    assert kept_printer_words(desk.state, "acknowledgement") == words
    assert kept_printer_words(desk.state, "statement") == ""


def test_a_printer_that_is_gone_is_not_taken_for_another(desk):
    desk.state.put("printers", {"acknowledgement": {"name": "Sold last year"}})
    assert kept_printer(desk.state, "acknowledgement") is None
