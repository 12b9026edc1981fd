"""Is a reprint the kept letter and nothing else, with COPY over its title, and counted?"""

import pytest

from loyaldesk.errors import LoyalDeskError, Refused
from loyaldesk.operations.customers import edit_customer
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.pdf.copies import mark_copy, read_copy, reprint
from loyaldesk.pdf.issuing import draw, issue_letter
from tests.pdf.reading import lines_of, open_pdf, text_of
from tests.support.factories import do, make_address, make_customer, make_order
from tests.support.stores import MORNING


@pytest.fixture
def issued(store, files):
    """Return a drawn letter on record, and the id of its record."""
    customer_id = make_customer(store, "Kraft AG", language="de")
    make_address(store, customer_id)
    order_id = make_order(store, customer_id)
    with store.reader() as reader:
        drawn = draw(compose_acknowledgement(reader, order_id=order_id, now=MORNING))
    return drawn, issue_letter(store, files=files, drawn=drawn)


def copies(store):
    with store.reader() as reader:
        return reader.value("SELECT copies FROM letter")


def test_a_copy_says_what_the_letter_says_and_copy(store, files, issued):
    drawn, letter_id = issued
    copy = reprint(store, files=files, letter_id=letter_id)
    before, after = lines_of(drawn.pdf), lines_of(copy)
    added = [line for line in after if line not in before]
    assert [line.text for line in added] == ["KOPIE"]
    assert [line for line in before if line not in after] == []


def test_what_the_pages_draw_is_untouched(store, files, issued):
    drawn, letter_id = issued
    copy = reprint(store, files=files, letter_id=letter_id)
    with open_pdf(drawn.pdf) as original, open_pdf(copy) as marked:
        assert len(original.pages) == len(marked.pages)
        for page, copied in zip(original.pages, marked.pages, strict=True):
            page.contents_coalesce()
            copied.contents_coalesce()
            assert page.Contents.read_bytes() in copied.Contents.read_bytes()


def test_two_reprints_are_the_same_bytes_and_both_counted(store, files, issued):
    _, letter_id = issued
    first, second = (reprint(store, files=files, letter_id=letter_id) for _ in range(2))
    assert first == second
    assert copies(store) == 2


def test_looking_at_a_copy_counts_none(store, files, issued):
    _, letter_id = issued
    with store.reader() as reader:
        looked_at = read_copy(reader, files=files, letter_id=letter_id)
    assert looked_at == reprint(store, files=files, letter_id=letter_id)
    assert copies(store) == 1


def test_the_kept_letter_stays_without_the_mark(store, files, issued):
    drawn, letter_id = issued
    reprint(store, files=files, letter_id=letter_id)
    assert files.read(drawn.sha256) == drawn.pdf


def test_a_copy_is_not_what_the_order_says_today(store, files, issued):
    _, letter_id = issued
    do(store, edit_customer, customer_id=1, name="Renamed SE")
    text = text_of(reprint(store, files=files, letter_id=letter_id))
    assert "Kraft AG" in text
    assert "Renamed" not in text


def test_a_lost_paper_is_not_printed_and_not_counted(store, files, issued, tmp_path):
    _, letter_id = issued
    for path in (tmp_path / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(LoyalDeskError):
        reprint(store, files=files, letter_id=letter_id)
    assert copies(store) == 0


def test_a_letter_that_is_not_on_record_is_refused(store, files):
    with pytest.raises(Refused, match="not in the register"):
        reprint(store, files=files, letter_id=99)


@pytest.mark.parametrize(("language", "word"), [("en-GB", "COPY"), ("de-AT", "KOPIE")])
def test_the_mark_is_in_the_language_of_the_letter(issued, language, word):
    assert word in text_of(mark_copy(issued[0].pdf, language=language), page=0)
