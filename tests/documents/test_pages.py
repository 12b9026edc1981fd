"""Is a document drawn where and as large as it is, and is what cannot be shown refused?"""

from __future__ import annotations

import random
from contextlib import contextmanager
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from loyaldesk.background.child_process import ChildProcess
from loyaldesk.documents.pages import (
    MOST_PIXELS,
    describe,
    find_text,
    forget,
    read_page_text,
    render_band,
    render_page,
    warm_up,
)
from loyaldesk.documents.shapes import PageSize, ViewKind
from loyaldesk.errors import LoyalDeskError, Refused, Unavailable
from tests.documents.conftest import make_bare_pdf, make_pdf, make_picture

A4 = make_pdf("Order 4711", "Müller & Söhne")


@pytest.fixture(autouse=True)
def _nothing_stays_open():
    yield
    forget()


def pixel(picture, x, y):
    """Return red, green and blue, or grey, of one pixel."""
    width = 1 if picture.is_grey else 4
    start = y * picture.stride + x * width
    return tuple(reversed(picture.pixels[start : start + min(width, 3)]))


@contextmanager
def shown_or_refused():
    """Let a hostile document be shown or refused with a sentence; anything worse is a failure."""
    try:
        yield
    except Refused as refusal:
        if "can't be shown" not in str(refusal):
            raise


class TestPdf:
    def test_every_page_and_its_size_is_told(self):
        shape = describe(source=A4)
        assert (shape.kind, len(shape.sizes)) == (ViewKind.PAGES, 2)
        assert shape.sizes[0].pixels(72) == (596, 842)

    def test_a_page_is_drawn_at_the_resolution_asked_for(self):
        picture = render_page(source=A4, page=0, dpi=100)
        assert (picture.width, picture.height, picture.dpi) == (827, 1170, 100)
        assert len(picture.pixels) == picture.stride * picture.height
        assert (pixel(picture, 50, 1120), pixel(picture, 400, 600)) == ((0, 0, 0), (255,) * 3)

    def test_a_grey_page_has_one_byte_a_pixel(self):
        picture = render_page(source=A4, page=0, dpi=100, is_grey=True)
        assert picture.is_grey
        assert (pixel(picture, 50, 1120), pixel(picture, 400, 600)) == ((0,), (255,))

    @pytest.mark.parametrize("dpi", [72, 150, 203, 300])
    def test_bands_put_together_are_the_page(self, dpi):
        whole = render_page(source=A4, page=0, dpi=dpi, is_grey=True)
        bands = [
            render_band(source=A4, page=0, dpi=dpi, top=top, height=500)
            for top in range(0, whole.height, 500)
        ]
        together = b"".join(band.pixels for band in bands)
        assert len(together) == len(whole.pixels)
        # The edge of a letter may differ by a shade, because a band is drawn at its own place.
        assert max(abs(a - b) for a, b in zip(together, whole.pixels, strict=True)) <= 2

    def test_a_page_at_printer_resolution_fits_in_bands(self):
        band = render_band(source=A4, page=1, dpi=600, top=6000, height=2000)
        assert (band.width, band.height, pixel(band, 100, 900)) == (4961, 1016, (0,))

    def test_the_words_of_a_page_are_read(self):
        assert read_page_text(source=A4, page=1).strip() == "Müller & Söhne"

    def test_a_text_is_found_where_it_is_seen(self):
        (hit,) = find_text(source=A4, text="MÜLLER")
        (box,) = hit.boxes
        assert hit.page == 1
        assert box.left == pytest.approx(72, abs=2)
        assert box.top + box.height == pytest.approx(144, abs=4)

    @pytest.mark.parametrize("turn", [90, 180, 270])
    def test_a_text_on_a_turned_page_is_found_where_it_is_seen(self, turn):
        buffer = BytesIO()
        with pikepdf.open(BytesIO(A4)) as pdf:
            pdf.pages[0].rotate(turn, relative=False)
            pdf.save(buffer)
        (hit,) = find_text(source=buffer.getvalue(), text="4711")
        box, picture = hit.boxes[0], render_page(source=buffer.getvalue(), page=0, dpi=72)
        inside = [
            pixel(picture, x, y)
            for x in range(int(box.left), int(box.left + box.width))
            for y in range(int(box.top), int(box.top + box.height))
        ]
        assert min(inside) < (128, 128, 128)

    def test_what_was_filled_into_a_form_is_drawn(self):
        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=(300, 200))
        canvas.acroForm.textfield(value="XXXX", x=50, y=50, width=200, height=40, borderWidth=0)
        canvas.showPage()
        canvas.save()
        picture = render_page(source=buffer.getvalue(), page=0, dpi=72, is_grey=True)
        assert min(picture.pixels) < 100

    @pytest.mark.parametrize("text", ["", "  ", "no such words"])
    def test_nothing_is_found_where_nothing_is(self, text):
        assert find_text(source=A4, text=text) == ()

    def test_a_page_with_ten_thousand_hits_gives_the_first(self):
        assert len(find_text(source=make_pdf(*["aa aa aa"] * 300), text="aa")) == 500

    @pytest.mark.parametrize("page", [-1, 2, 10**9])
    def test_a_page_that_is_not_there_is_refused(self, page):
        with pytest.raises(Refused, match="no such page"):
            render_page(source=A4, page=page, dpi=72)

    def test_a_protected_document_says_that_it_needs_a_password(self):
        buffer = BytesIO()
        with pikepdf.open(BytesIO(A4)) as pdf:
            pdf.save(buffer, encryption=pikepdf.Encryption(owner="o", user="u"))
        with pytest.raises(Refused, match="needs a password"):
            describe(source=buffer.getvalue())


class TestHostilePdf:
    @pytest.mark.parametrize(
        "content",
        [b"%PDF-1.7", A4[:100], A4[: len(A4) // 2], b"%PDF-<html>", b"%PDF-" * 9_000],
    )
    def test_a_broken_document_is_refused_with_a_sentence_or_shown(self, content):
        with shown_or_refused():
            assert describe(source=content).sizes

    @pytest.mark.parametrize("content", [b"", b"<html><body>404", b"\x00" * 99, b"PK\x03\x04x"])
    def test_what_is_no_document_is_refused(self, content):
        with pytest.raises(Refused, match="can't be shown"):
            describe(source=content)

    @pytest.mark.parametrize("box", ["0 0 1000000 1000000", "0 0 900000 1", "0 0 1 900000"])
    def test_a_huge_page_is_drawn_small(self, box):
        picture = render_page(source=make_bare_pdf(box), page=0, dpi=300)
        assert picture.width * picture.height <= MOST_PIXELS
        assert picture.dpi < 300

    @pytest.mark.parametrize("box", ["0 0 1e30 1e30", "0 0 99999999999 9", "0 0 0 0", "0 0 -5 -5"])
    def test_a_page_without_a_sensible_size_is_refused_or_shown(self, box):
        with shown_or_refused():
            picture = render_page(source=make_bare_pdf(box), page=0, dpi=100)
            assert 0 < picture.width * picture.height <= MOST_PIXELS

    def test_a_page_of_a_thousand_metres_is_refused(self):
        with pytest.raises(Refused, match="no sensible size"):
            describe(source=make_bare_pdf("0 0 3000000 3000000"))

    def test_a_huge_page_is_not_printed(self):
        with pytest.raises(Refused, match="too large"):
            render_band(source=make_bare_pdf("0 0 900000 900"), page=0, dpi=600, top=0, height=9)

    def test_a_document_of_too_many_pages_is_refused(self):
        with pytest.raises(Refused, match=r"5,001 pages"):
            describe(source=make_bare_pdf(count=5_001))

    @pytest.mark.parametrize("seed", range(40))
    def test_a_damaged_document_never_brings_more_than_a_refusal(self, seed):
        chance = random.Random(seed)
        content = bytearray(A4)
        for _ in range(chance.randint(1, 60)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        with shown_or_refused():
            describe(source=bytes(content))
            render_page(source=bytes(content), page=0, dpi=40)
            find_text(source=bytes(content), text="4711")


class TestPictures:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    def test_a_picture_is_one_page_of_its_size(self, kind):
        content = make_picture(kind, size=(300, 150), dpi=(300, 300))
        shape = describe(source=content)
        assert (shape.kind, shape.sizes[0].pixels(300)) == (ViewKind.PICTURE, (300, 150))

    def test_its_colours_are_drawn(self):
        picture = render_page(source=make_picture(colour="red"), page=0, dpi=150)
        assert (picture.width, picture.height, pixel(picture, 5, 5)) == (30, 20, (255, 0, 0))

    def test_what_is_transparent_is_white(self):
        content = make_picture(mode="RGBA", colour=(0, 0, 0, 0))
        assert pixel(render_page(source=content, page=0, dpi=150), 3, 3) == (255, 255, 255)

    def test_a_photo_is_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6
        content = make_picture("JPEG", size=(40, 20), exif=exif, dpi=(150, 150))
        assert describe(source=content).sizes[0].pixels(150) == (20, 40)

    def test_bands_put_together_are_the_picture(self):
        content = make_picture(size=(60, 50))
        whole = render_page(source=content, page=0, dpi=300, is_grey=True)
        parts = [
            render_band(source=content, page=0, dpi=300, top=top, height=30)
            for top in range(0, whole.height, 30)
        ]
        assert b"".join(part.pixels for part in parts) == whole.pixels

    def test_it_has_no_words(self):
        content = make_picture()
        assert (read_page_text(source=content, page=0), find_text(source=content, text="a")) == (
            "", (),
        )  # fmt: skip

    @pytest.mark.parametrize("size", [(10_000, 5_000), (20_000, 9_000)])
    def test_a_picture_bomb_is_refused(self, size):
        content = make_picture(mode="1", size=size, colour=0)
        with pytest.raises(Refused, match=r"picture can't be shown.*too large"):
            describe(source=content)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG"])
    @pytest.mark.parametrize("length", [9, 60, 150])
    def test_a_cut_off_picture_is_refused(self, kind, length):
        content = make_picture(kind, size=(300, 300))
        with pytest.raises(Refused, match=r"picture can't be shown.*damaged"):
            describe(source=content[:length])


class TestTexts:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_a_text_is_shown_in_any_usual_encoding(self, encoding):
        shape = describe(source="Größe: 5 €".encode(encoding))
        assert (shape.kind, shape.text, shape.is_cut) == (ViewKind.TEXT, "Größe: 5 €", False)

    def test_a_long_text_is_cut_between_letters(self):
        shape = describe(source=b"x" + "ä".encode() * 600_000)
        assert (shape.is_cut, set(shape.text)) == (True, {"x", "ä"})

    def test_a_mail_is_shown_as_its_text(self):
        assert describe(source=b"Subject: x\r\n\r\nhello").kind is ViewKind.TEXT


@pytest.fixture(scope="module")
def child():
    """A warm child process."""
    process = ChildProcess(memory_bytes=2 << 30)
    call(process, "warm_up")
    yield process
    process.close()


def call(child, name, **arguments):
    return child.call(f"loyaldesk.documents.pages:{name}", arguments, limit_s=20)


class TestInTheChild:
    def test_a_sealed_file_is_drawn_with_nothing_but_its_own_key(self, child, files):
        sealed = files.sealed(files.add(BytesIO(A4)).sha256)
        picture = call(child, "render_page", source=sealed, page=1, dpi=72.0)
        assert picture == render_page(source=A4, page=1, dpi=72.0)

    def test_a_broken_document_leaves_the_child_alive(self, child):
        with pytest.raises(LoyalDeskError):
            call(child, "describe", source=A4[:50])
        shape = call(child, "describe", source=A4)
        assert shape == describe(source=A4)


def test_a_document_stays_open_until_it_is_forgotten(files, tmp_path):
    sealed = files.sealed(files.add(BytesIO(A4)).sha256)
    describe(source=sealed)
    sealed.path.unlink()
    assert render_page(source=sealed, page=1, dpi=20)
    forget()
    with pytest.raises(Unavailable, match="missing or damaged"):
        render_page(source=sealed, page=1, dpi=20)


def test_warming_up_imports_the_engine():
    warm_up()
    assert PageSize(72, 36).pixels(100) == (100, 50)
