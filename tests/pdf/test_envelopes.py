"""Does every letter fit every envelope: the address in its window, all else out of it?"""

from dataclasses import replace

import pypdfium2
import pytest

from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.address import place_address
from loyaldesk.pdf.copies import mark_copy
from loyaldesk.pdf.envelopes import envelope, envelope_names
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import ack_letters, statement_letters
from tests.pdf.reading import find, lines_of, page_count
from tests.pdf.test_address import overlaps

MM = 25.4 / 72
UNPRINTABLE = 4.4
SLIDE = 0.6  # What PDFium adds around letters.
every_envelope = pytest.mark.parametrize("name", envelope_names())


def acknowledgement(name):
    letter = ack_letters.make_letter([ack_letters.make_line(i) for i in range(1, 31)])
    return letter.frame, lambda frame: draw_acknowledgement(replace(letter, frame=frame)), name


def statement(name):
    letter = statement_letters.two_currencies()
    return letter.frame, lambda frame: draw_statement(replace(letter, frame=frame)), name


def period(name):
    letter = statement_letters.busy_quarter()
    return letter.frame, lambda frame: draw_statement(replace(letter, frame=frame)), name


every_letter = pytest.mark.parametrize("kind", [acknowledgement, statement, period])


def drawn(kind, name):
    """Return the frame for an envelope, with an address that fills its window, and the file."""
    frame, draw, _ = kind(name)
    lines = envelope(name).address.lines
    short = replace(frame.recipient, contact="", lines=("Quay Parade 14", "Room 4711")[: lines - 2])
    remit = ("Nordlicht Handels GmbH", "Accounts", "Nordlichtkai 12", "20457 Hamburg")
    sender = replace(frame.sender, remit_to=remit)
    frame = replace(frame, envelope=name, recipient=short, sender=sender)
    return frame, draw(frame)


def marks_of(pdf, page):
    """Return the boxes of everything drawn on a page that is no text, in mm from the top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        height = sheet.get_height()
        boxes = []
        for each in sheet.get_objects(max_depth=1):
            if each.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH:
                left, bottom, right, top = each.get_bounds()
                edges = (left, height - top, right, height - bottom)
                boxes.append(tuple(edge * MM for edge in edges))
        return boxes
    finally:
        document.close()


@every_envelope
@every_letter
def test_address_shows_in_every_position_of_the_sheet(kind, name):
    frame, pdf = drawn(kind, name)
    field = envelope(name).address
    expected = place_address(frame.recipient, field)
    found = [line for line in lines_of(pdf) if line.text in expected][: len(expected)]
    assert [line.text for line in found] == expected
    for low, high in field.shown:
        for box in (low, high):
            for line in found:
                assert box.x0 <= line.left <= line.right <= box.x1
                assert box.y0 <= line.top <= line.bottom <= box.y1


@every_envelope
@every_letter
def test_only_the_address_can_be_seen_through_the_window(kind, name):
    frame, pdf = drawn(kind, name)
    field = envelope(name).address
    shown = [line for line in lines_of(pdf) if overlaps(line, field.quiet)]
    expected = place_address(frame.recipient, field)
    assert [line.text for line in shown[-len(expected) :]] == expected
    assert len(shown) - len(expected) == bool(field.return_baseline)
    rules = [box for box in marks_of(pdf, 0) if overlaps_box(box, field.quiet)]
    assert len(rules) == bool(field.return_baseline)


def overlaps_box(box, other):
    return box[2] > other[0] and box[0] < other[2] and box[3] > other[1] and box[1] < other[3]


@every_envelope
@every_letter
def test_fold_and_punch_marks_stand_at_the_left_edge_of_each_page(kind, name):
    _, pdf = drawn(kind, name)
    places = envelope(name)
    last = page_count(pdf) - 1
    torn = places.slip.tear if kind is not acknowledgement else None
    for page in range(last + 1):
        heights = sorted((box[1] + box[3]) / 2 for box in marks_of(pdf, page) if box[2] < 12)
        wanted = sorted([*places.marks.folds, *places.marks.punch])
        if page == last:
            wanted = [y for y in wanted if y != torn]
        assert heights == pytest.approx(wanted, abs=0.1)


@every_envelope
@every_letter
def test_nothing_stands_where_printers_cannot_print(kind, name):
    _, pdf = drawn(kind, name)
    paper = envelope(name).paper
    for page in range(page_count(pdf)):
        tear = envelope(name).slip.tear
        dashes = [box for box in marks_of(pdf, page) if abs(box[1] - tear) < 1]
        boxes = [line[1:] for line in lines_of(pdf, page)]
        boxes += [box for box in marks_of(pdf, page) if box not in dashes]
        for left, top, right, bottom in boxes:
            assert left >= UNPRINTABLE
            assert top >= UNPRINTABLE
            assert right <= paper.width - UNPRINTABLE
            assert bottom <= paper.height - UNPRINTABLE


@every_envelope
@pytest.mark.parametrize("kind", [statement, period])
def test_address_on_the_slip_shows_in_the_return_envelope(kind, name):
    frame, pdf = drawn(kind, name)
    slip = envelope(name).slip
    wanted = {line.casefold() for line in frame.sender.remit_to}
    page = lines_of(pdf, page_count(pdf) - 1)
    left = [line for line in page if line.top > slip.tear and line.right < slip.right_x]
    found = [line for line in left if line.text.casefold() in wanted]
    assert len(found) == len(wanted)
    for line in found:
        assert slip.safe.x0 <= line.left <= line.right <= slip.safe.x1
        assert slip.safe.y0 - SLIDE <= line.top - slip.tear
        assert line.bottom - slip.tear <= slip.safe.y1 + SLIDE
    clear = (slip.tear + slip.clear.y0, slip.tear + slip.clear.y1)
    others = [line for line in left if line not in found]
    assert [line for line in others if clear[0] < line.bottom and line.top < clear[1]] == []


@every_envelope
@every_letter
def test_references_touch_neither_the_title_nor_each_other(kind, name):
    _, pdf = drawn(kind, name)
    places = envelope(name)
    info = places.info
    rows = [
        line
        for line in lines_of(pdf)
        if info.label_x - 1 < line.left < info.right
        and info.baseline - 4 < line.top
        and line.bottom < places.head.copy + 1
        and not overlaps(line, places.address.quiet)
    ]
    assert len(rows) >= 10
    assert max(line.right for line in rows) <= info.right + SLIDE
    assert max(line.bottom for line in rows) < places.head.title - 3.6
    for label in [line for line in rows if line.left < info.value_x - 1]:
        assert label.right < info.value_x


@every_envelope
def test_copy_stands_above_the_title_whether_drawn_or_stamped(name):
    frame, draw, _ = acknowledgement(name)
    frame = replace(frame, envelope=name, recipient=replace(frame.recipient, contact="", lines=()))
    stamped = find(lines_of(mark_copy(draw(frame), language="en-GB")), "COPY")
    letter = replace(ack_letters.make_letter(), frame=frame)
    printed = find(lines_of(draw_acknowledgement(letter, copy=True)), "COPY")
    assert stamped[1:] == pytest.approx(printed[1:], abs=0.3)
    assert stamped.bottom < envelope(name).head.title - 3
    assert not overlaps(stamped, envelope(name).address.quiet)
