"""Is every letter and every copy a file that an archive and a reader for the blind take?"""

import io
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from loyaldesk.domain.letter import Overprint, Recipient
from loyaldesk.domain.statement_letter import StatementLetter
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.archive_rules import broken_bytes, broken_rules, claims_of
from loyaldesk.pdf.canvas import LetterCanvas
from loyaldesk.pdf.copies import mark_copy
from loyaldesk.pdf.envelope_test import draw_envelope_test
from loyaldesk.pdf.envelopes import envelope_names
from loyaldesk.pdf.faces import REGULAR, faces
from loyaldesk.pdf.metadata import Metadata, describe
from loyaldesk.pdf.reminder import draw_reminder
from loyaldesk.pdf.sheet import Sheet
from loyaldesk.pdf.statement import draw_statement
from loyaldesk.pdf.style import Type
from tests.pdf import ack_letters, reminder_letters, statement_letters
from tests.pdf.ack_letters import NORDLICHT, kestrel, make_frame, make_letter, make_line
from tests.pdf.reading import open_pdf
from tests.pdf.test_qr_bill import DEBTOR, late, swiss
from tests.pdf.test_script_letters import CUSTOMERS, letter_to

BOTH = {"pdfaid", "pdfuaid"}
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
METADATA = Metadata("A title", "", "Nordlicht", (), "en-GB", NOON)
ACKNOWLEDGEMENTS = {
    "kestrel": ack_letters.kestrel,
    "kuestenkontor": ack_letters.kuestenkontor,
    "blue_heron": ack_letters.blue_heron,
}
STATEMENTS: dict[str, Callable[[], StatementLetter]] = {
    "two_currencies": statement_letters.two_currencies,
    "american": statement_letters.american,
    "american_activity": statement_letters.american_activity,
    "settled": statement_letters.settled,
    "credit_balance": statement_letters.credit_balance,
    **{
        kind: partial(statement_letters.busy_quarter, kind=kind)
        for kind in ("open-item", "balance-forward", "activity", "detailed")
    },
}
REMINDERS = {
    "german": lambda: reminder_letters.german(*map(reminder_letters.item, range(1, 5))),
    "many": lambda: reminder_letters.german(*(reminder_letters.item(n) for n in range(70))),
    "swiss": lambda: reminder_letters.swiss(
        *(reminder_letters.item(n, currency="CHF") for n in range(1, 31))
    ),
    "american": lambda: reminder_letters.american(reminder_letters.item(1, currency="USD")),
}


def troubles(pdf):
    with open_pdf(pdf) as letter:
        return [*broken_rules(letter), *broken_bytes(pdf)]


def claimed(pdf):
    with open_pdf(pdf) as letter:
        return claims_of(letter)


@pytest.mark.parametrize("name", ACKNOWLEDGEMENTS)
def test_acknowledgements_are_kept_and_read_aloud(name):
    pdf = draw_acknowledgement(ACKNOWLEDGEMENTS[name]())
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_are_kept_and_read_aloud(name):
    pdf = draw_statement(STATEMENTS[name]())
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("locale", ["de-CH", "fr-CH", "en-GB"])
def test_statements_with_a_qr_bill_are_kept_and_read_aloud(locale):
    pdf = draw_statement(swiss(late(1, "100"), late(2, "77.10", "EUR"), locale=locale))
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


def test_a_qr_bill_to_be_filled_in_by_hand_is_kept_and_read_aloud():
    pdf = draw_statement(swiss(debtor=replace(DEBTOR, name="Γκαράζ")))
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("name", REMINDERS)
def test_reminders_are_kept_and_read_aloud(name):
    pdf = draw_reminder(REMINDERS[name]())
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("script", CUSTOMERS)
def test_letters_of_all_scripts_are_kept_and_read_aloud(script):
    pdf = draw_acknowledgement(letter_to(CUSTOMERS[script]))
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("name", envelope_names())
def test_the_envelope_test_page_is_kept_and_read_aloud(name):
    pdf = draw_envelope_test(name, sender=NORDLICHT, locale="en-GB", printed_at=NOON)
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("overprint", list(Overprint))
def test_overprints_and_copies_are_decoration(overprint):
    frame = replace(kestrel().frame, overprint=overprint)
    pdf = draw_acknowledgement(replace(kestrel(), frame=frame), copy=True)
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK"])
def test_a_logo_of_any_make_stands_flat_on_the_paper(tmp_path, mode):
    path = tmp_path / ("logo.tif" if mode == "CMYK" else "logo.png")
    Image.new("RGBA", (30, 9), (20, 80, 110, 128)).convert(mode).save(path)
    frame = kestrel().frame
    frame = replace(frame, sender=replace(frame.sender, logo=path))
    pdf = draw_acknowledgement(replace(kestrel(), frame=frame))
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@pytest.mark.parametrize("draw", [
    lambda: draw_acknowledgement(kestrel()),
    lambda: draw_statement(statement_letters.busy_quarter()),
])  # fmt: skip
def test_a_marked_copy_is_kept_and_read_aloud_like_its_letter(draw):
    copy = mark_copy(draw(), language="en-GB")
    assert (troubles(copy), claimed(copy)) == ([], BOTH)


def test_a_copy_of_a_letter_that_lost_its_way_claims_nothing():
    whole = draw_acknowledgement(kestrel())
    with open_pdf(whole) as letter:
        del letter.Root.OutputIntents
        path = letter.make_stream(b"")
        letter.pages[0].contents_add(path)
        copy = mark_copy(saved(letter), language="en-GB")
    assert claimed(copy) == set()


def test_a_copy_of_a_letter_from_before_the_tags_is_made_and_claims_nothing():
    with open_pdf(draw_acknowledgement(kestrel())) as letter:
        for key in ("/StructTreeRoot", "/MarkInfo", "/OutputIntents", "/Metadata"):
            del letter.Root[key]
        old = saved(letter)
    copy = mark_copy(old, language="de-DE")
    assert claimed(copy) == set()
    with open_pdf(copy) as letter:
        assert "/CopyMark" in letter.pages[0].Resources.XObject


def saved(letter):
    written = io.BytesIO()
    letter.save(written, deterministic_id=True)
    return written.getvalue()


def bare_canvas():
    return LetterCanvas(width=210, height=297, accent="17506B", metadata=METADATA)


def test_text_outside_of_all_tags_is_found_and_takes_back_the_claim():
    canvas = bare_canvas()
    with canvas.tag("H1"):
        canvas.text(25, 100, "Told", Type.TITLE)
    canvas.text(25, 120, "Untold", Type.BODY)
    pdf = canvas.finish(lambda _page, _pages: None)
    assert claimed(pdf) == {"pdfaid"}
    assert troubles(pdf) == ["Page 1 paints (Tj) outside of all tags and artifacts."]


def test_a_figure_without_words_takes_back_the_claim():
    canvas = bare_canvas()
    with canvas.tag("H1"):
        canvas.text(25, 100, "Told", Type.TITLE)
    with canvas.tag("Figure"):
        canvas.bars(25, 120, 6, "A-1")
    pdf = canvas.finish(lambda _page, _pages: None)
    assert claimed(pdf) == {"pdfaid"}
    assert troubles(pdf) == ["A figure has no words for those who cannot see it."]


def test_a_page_without_title_takes_back_the_claim():
    canvas = bare_canvas()
    with canvas.tag("P"):
        canvas.text(25, 100, "Told", Type.BODY)
    pdf = canvas.finish(lambda _page, _pages: None)
    assert claimed(pdf) == {"pdfaid"}
    assert troubles(pdf) == ["The letter has no heading."]


def test_a_font_that_is_not_inside_the_file_takes_back_the_other_claim():
    sheet = Sheet((595, 842), first_font=REGULAR, language="en-GB")
    describe(sheet, METADATA)
    with sheet.tags.open("H1"):
        sheet.put(72, 700, "Told", faces().regular, 14)
    sheet.setFont("Helvetica", 10)
    pdf = sheet.close(lambda _page, _pages: None)
    assert claimed(pdf) == {"pdfuaid"}


def test_two_letters_have_two_ids_and_one_letter_always_the_same():
    ids = []
    for number in ("A-2026-00001", "A-2026-00002", "A-2026-00001"):
        frame = replace(kestrel().frame, number=number)
        with open_pdf(draw_acknowledgement(replace(kestrel(), frame=frame))) as letter:
            ids.append(bytes(letter.trailer.ID[0]))
    assert ids[0] == ids[2] != ids[1]


WORDS = st.text(string.ascii_letters + string.digits + " ()\\<>/%äöß€–", min_size=1, max_size=60)


@settings(max_examples=15, deadline=None)
@given(
    texts=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=40),
    name=WORDS,
    discount=st.sampled_from([0, 50_000]),
)
def test_whatever_the_letter_says_it_is_kept_and_read_aloud(texts, name, discount):
    lines = [
        make_line(i, description=text or "-", note=note, discount_ppm=discount)
        for i, (text, note) in enumerate(texts, start=1)
    ]
    frame = make_frame(recipient=Recipient(name=name, lines=("Kai 1",)))
    pdf = draw_acknowledgement(make_letter(lines, frame=frame))
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)


@settings(max_examples=10, deadline=None)
@given(
    movements=st.integers(1, 60),
    kind=st.sampled_from(["open-item", "balance-forward", "activity", "detailed"]),
)
def test_however_long_the_statement_is_it_is_kept_and_read_aloud(movements, kind):
    pdf = draw_statement(statement_letters.busy_quarter(movements, kind=kind))
    assert (troubles(pdf), claimed(pdf)) == ([], BOTH)
