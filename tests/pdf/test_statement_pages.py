"""Whether the pages of a statement are framed, broken and carried forward as they should be."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from loyaldesk.pdf.statement import draw_statement
from tests.pdf import statement_letters as letters
from tests.pdf.reading import find, lines_of, open_pdf, page_count, text_of
from tests.pdf.statement_reading import caught, every_specimen, flat, words_of
from tests.support.ledgers import AS_OF, payment, set_off


@every_specimen
def test_pages_are_counted_and_carry_the_id_line(make):
    pdf = draw_statement(make())
    total = page_count(pdf)
    for page in range(total):
        text = flat(text_of(pdf, page))
        assert re.search(rf"(Page|Seite) {page + 1} (of|von) {total}", text)
        assert re.search(r"(content|Inhalt) [0-9A-F]{4}-[0-9A-F]{4}", text)


@every_specimen
def test_same_letter_gives_the_same_bytes(make):
    assert draw_statement(make()) == draw_statement(make())


@every_specimen
def test_only_embedded_fonts_are_named(make):
    with open_pdf(draw_statement(make())) as pdf:
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "NotoSans" in str(font.BaseFont)


@every_specimen
def test_nothing_is_printed_outside_the_printable_edge(make):
    letter = make()
    pdf = draw_statement(letter)
    width, height = (215.9, 279.4) if letter.frame.envelope == "us-10" else (210.0, 297.0)
    for page in range(page_count(pdf)):
        for line in lines_of(pdf, page):
            assert line.left >= 4.5
            assert line.right <= width - 4.5
            assert line.top >= 4.5
            assert line.bottom <= height - 4.4


@every_specimen
def test_text_ends_at_the_right_edge_of_the_column_of_text(make):
    letter = make()
    pdf = draw_statement(letter)
    right = 196.85 if letter.frame.envelope == "us-10" else 190.0
    for page in range(page_count(pdf)):
        assert max(line.right for line in lines_of(pdf, page)) <= right + 0.3


def test_disputed_item_has_a_bar_in_the_margin():
    disputed = draw_statement(letters.two_currencies())
    peaceful = letters.make_letter([letters.billed(1, "5", date(2026, 1, 2), "26-1")])
    assert _bars_left_of_text(disputed) == 1
    assert _bars_left_of_text(draw_statement(peaceful)) == 0


def _bars_left_of_text(pdf):
    """Return how many filled boxes stand in the margin just left of the text."""
    with open_pdf(pdf) as document:
        content = document.pages[0].Contents.read_bytes().decode("latin-1")
    boxes = re.findall(r"([\d.]+) [\d.]+ ([\d.]+) [\d.]+ re", content)
    edge = 25.0 * 72 / 25.4
    return sum(1 for x, width in boxes if edge - 10 < float(x) < edge - 8 and float(width) < 3)


def test_what_is_carried_forward_is_brought_forward_to_the_cent():
    letter = letters.busy_quarter()
    pdf = draw_statement(letter)
    carried = [
        caught(rf"Übertrag auf Seite {page + 2} (\S+) (\S+) (\S+)", flat(text_of(pdf, page)))
        for page in range(page_count(pdf) - 1)
    ]
    brought = [
        caught(rf"Übertrag von Seite {page} (\S+) (\S+) (\S+)", flat(text_of(pdf, page)))
        for page in range(1, page_count(pdf))
    ]
    assert carried == brought
    assert len(carried) == 2


def test_carried_balance_is_the_running_balance_of_the_row_above():
    letter = letters.busy_quarter()
    text = flat(text_of(draw_statement(letter), 0))
    running, carried = caught(r"(\S+) Übertrag auf Seite 2 \S+ \S+ (\S+)", text)
    assert running == carried


def test_running_total_of_open_items_is_carried_forward():
    bills = [letters.billed(i, "10", date(2026, 3, 1), f"26-{i:03}") for i in range(1, 60)]
    pdf = draw_statement(letters.make_letter(bills))
    first, second = flat(text_of(pdf, 0)), flat(text_of(pdf, 1))
    (carried,) = caught(r"Carried forward to page 2 (\S+)", first)
    assert f"Brought forward from page 1 {carried}" in second


def test_copy_is_marked_and_otherwise_the_same():
    letter = letters.credit_balance()
    copy = flat(text_of(draw_statement(letter, copy=True)))
    assert copy.replace(" KOPIE", "").replace("KOPIE ", "") == words_of(letter)


def test_content_id_does_not_depend_on_the_instant_of_printing():
    letter = letters.settled()
    later = letter.frame.printed_at + timedelta(days=2)
    again = replace(letter, frame=replace(letter.frame, printed_at=later))
    ids = [caught(r"content (\S+)", words_of(each)) for each in (letter, again)]
    assert ids[0] == ids[1]


def test_title_and_address_stand_where_the_envelope_wants_them():
    letter = letters.two_currencies()
    lines = lines_of(draw_statement(letter))
    title = find(lines, "Statement of account S-2026-00318")
    assert abs(title.left - 25.0) < 0.5
    for text in ("Harbourside Chandlery Ltd", "UNITED KINGDOM"):
        line = find(lines, text)
        assert line.left >= 20
        assert line.right <= 100
        assert line.top >= 57
        assert line.bottom <= 81


def test_following_page_repeats_title_customer_and_day():
    text = flat(text_of(draw_statement(letters.two_currencies()), 1))
    assert text.startswith("Nordlicht Handels GmbH Statement of account S-2026-00318")
    assert "Customer no. 10391 · 1 April 2026" in text


def long_numbers(frame, kind, *, credit="50", **facts):
    """Return a quarter of documents with numbers of fourteen letters and an unapplied payment."""
    bills = [
        letters.billed(i, "311.50", date(2026, 1, 2 + i), f"INV-2026-{i:05}", f"PO-{i}")
        for i in range(1, 5)
    ]
    paid = payment(50, "311.50", date(2026, 2, 20), number="REC-2026-00031")
    kept = payment(51, credit, date(2026, 3, 20), number="REC-2026-00044")
    known = {"frame": frame, "kind": kind, "start": date(2026, 1, 1)} | facts
    return letters.make_letter([*bills, paid, kept], [set_off(paid, bills[0], "311.50")], **known)


FRAMES = {
    "German": letters.german_frame(),
    "British": letters.make_frame(),
    "American": letters.american().frame,
}
every_frame = pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)


@every_frame
@pytest.mark.parametrize("kind", ["balance-forward", "activity", "detailed"])
def test_our_own_numbers_stay_whole_among_the_movements(frame, kind):
    text = text_of(draw_statement(long_numbers(frame, kind)), 0)
    for number in (*(f"INV-2026-{i:05}" for i in range(1, 5)), "REC-2026-00031", "REC-2026-00044"):
        assert number in text


@every_frame
@pytest.mark.parametrize("credit", ["50", "4000"])
def test_labels_of_the_panels_leave_their_amounts_room(frame, credit):
    lines = lines_of(draw_statement(long_numbers(frame, "detailed", credit=credit)))
    for line, other in combinations(lines, 2):
        level = min(line.bottom, other.bottom) - max(line.top, other.top)
        if level > 1.0:
            gap = max(line.left, other.left) - min(line.right, other.right)
            assert gap >= -0.05, (line, other)


def test_many_unapplied_payments_run_over_pages_and_keep_their_sum():
    payments = [payment(i, "1.50", date(2026, 1, 2), number=f"RC-{i:04}") for i in range(1, 121)]
    letter = letters.make_letter([letters.billed(500, "900", AS_OF, "26-1"), *payments])
    text = words_of(letter)
    assert all(f"RC-{i:04}" in text for i in range(1, 121))
    assert "Balance at 31 March 2026, euros (EUR) 720.00" in text
