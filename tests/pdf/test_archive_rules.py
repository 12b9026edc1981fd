"""Does each rule for archival and tagged files find the file that breaks it, and no other?"""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from loyaldesk.pdf import archive_rules, font_rules, tag_rules
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.archive_rules import ARCHIVE_RULES, broken_bytes, broken_rules, withdraw_claims
from loyaldesk.pdf.font_rules import FONT_RULES
from loyaldesk.pdf.tag_rules import TAG_RULES, elements
from tests.pdf.ack_letters import kestrel
from tests.pdf.reading import open_pdf

RULES = (*ARCHIVE_RULES, *FONT_RULES, *TAG_RULES)


@pytest.fixture(scope="module")
def drawn():
    return draw_acknowledgement(kestrel())


@pytest.fixture
def letter(drawn):
    with open_pdf(drawn) as pdf:
        yield pdf


def first(pdf, kind):
    return next(element.node for element in elements(pdf) if element.kind == kind)


def fonts(pdf):
    return pdf.pages[0].Resources.Font


def a_font(pdf):
    return next(iter(fonts(pdf).values()))


def paint(pdf, code):
    pdf.pages[0].contents_add(code)


def unpacked(pdf):
    """Return the operators of the first page as one text, to be changed and written back."""
    pdf.pages[0].contents_coalesce()
    return pdf.pages[0].Contents.read_bytes()


def rewrite(pdf, old, new):
    code = unpacked(pdf)
    assert old in code
    pdf.pages[0].Contents.write(code.replace(old, new, 1))


def picture(pdf, **facts):
    return pdf.make_stream(
        b"\x00\x00\x00", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1,
        BitsPerComponent=8, **({"ColorSpace": Name.DeviceRGB} | facts),
    )  # fmt: skip


def place(pdf, thing):
    pdf.pages[0].Resources["/XObject"] = Dictionary(Added=thing)


def blend(pdf):
    pdf.pages[0].Resources["/ExtGState"] = Dictionary(Faint=Dictionary(ca=0.5))


def drop(holder, key):
    del holder[key]


def rename(pdf, title):
    pdf.docinfo["/Title"] = String(title)


def put(holder, key, value):
    holder[key] = value


def change_packet(pdf, old, new):
    packet = pdf.Root.Metadata.read_bytes()
    assert old in packet
    pdf.Root.Metadata.write(packet.replace(old, new))


def spoil_profile(pdf):
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes().replace(b"RGB ", b"CMYK"))


def widen(pdf):
    font = a_font(pdf)
    font.Widths = Array([int(width) + 7 for width in font.Widths])


def forget_a_letter(pdf):
    table = a_font(pdf).ToUnicode
    assert b"<44> <0044>" in table.read_bytes()
    table.write(table.read_bytes().replace(b"<44> <0044>", b"<44> <0000>"))


def swap_marks(pdf):
    """Let the index lead from the first mark to another element than the one that names it."""
    owners = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    owners[0], owners[2] = owners[2], owners[0]


ALL_IN_ONE = b"/Artifact BMC /P <</MCID 0>> BDC 0 0 9 9 re f EMC EMC"
BREAKS = [
    (archive_rules.has_a_number_of_its_own, lambda pdf: drop(pdf.trailer, "/ID")),
    (
        archive_rules.does_nothing_by_itself,
        lambda pdf: put(pdf.Root, "/OpenAction", Dictionary(S=Name.JavaScript, JS="app.beep()")),
    ),
    (
        archive_rules.does_nothing_by_itself,
        lambda pdf: put(pdf.Root, "/Names", Dictionary(EmbeddedFiles=Dictionary())),
    ),
    (
        archive_rules.does_nothing_by_itself,
        lambda pdf: put(pdf.pages[0].obj, "/Annots", Array([Dictionary(Subtype=Name.Link)])),
    ),
    (archive_rules.uses_open_filters, lambda pdf: place(pdf, picture(pdf, Filter=Name.LZWDecode))),
    (archive_rules.uses_open_filters, lambda pdf: place(pdf, picture(pdf, F="elsewhere.raw"))),
    (archive_rules.says_what_its_colours_mean, lambda pdf: drop(pdf.Root, "/OutputIntents")),
    (archive_rules.says_what_its_colours_mean, spoil_profile),
    (archive_rules.paints_in_red_green_and_blue, lambda pdf: paint(pdf, b" 0 0 0 1 k")),
    (
        archive_rules.paints_in_red_green_and_blue,
        lambda pdf: place(pdf, picture(pdf, ColorSpace=Name.DeviceCMYK)),
    ),
    (
        archive_rules.lets_nothing_shine_through,
        lambda pdf: place(pdf, picture(pdf, SMask=picture(pdf))),
    ),
    (
        archive_rules.lets_nothing_shine_through,
        lambda pdf: place(pdf, picture(pdf, Interpolate=True)),
    ),
    (archive_rules.lets_nothing_shine_through, blend),
    (archive_rules.says_the_same_twice, lambda pdf: rename(pdf, "Another title")),
    (archive_rules.says_the_same_twice, lambda pdf: drop(pdf.Root, "/Metadata")),
    (archive_rules.claims_to_be_kept, withdraw_claims),
    (
        archive_rules.explains_words_of_its_own,
        lambda pdf: change_packet(pdf, b"prefix>pdfuaid<", b"prefix>other<"),
    ),
    (font_rules.embeds_every_font, lambda pdf: drop(a_font(pdf).FontDescriptor, "/FontFile2")),
    (font_rules.embeds_every_font, lambda pdf: put(a_font(pdf), "/BaseFont", Name.NotoSans)),
    (font_rules.maps_every_font_to_letters, lambda pdf: drop(a_font(pdf), "/ToUnicode")),
    (font_rules.maps_every_font_to_letters, forget_a_letter),
    (
        font_rules.encodes_symbolic_fonts_by_themselves,
        lambda pdf: put(a_font(pdf), "/Encoding", Name.WinAnsiEncoding),
    ),
    (font_rules.draws_only_what_its_fonts_have, widen),
    (
        font_rules.draws_only_what_its_fonts_have,
        lambda pdf: rewrite(pdf, b"(Document no.)", b"(\\377)"),
    ),
    (tag_rules.says_that_it_is_tagged, lambda pdf: drop(pdf.Root, "/MarkInfo")),
    (tag_rules.says_that_it_is_tagged, lambda pdf: drop(pdf.Root, "/Lang")),
    (tag_rules.shows_its_title, lambda pdf: drop(pdf.Root, "/ViewerPreferences")),
    (tag_rules.shows_its_title, lambda pdf: rename(pdf, " ")),
    (tag_rules.marks_all_that_is_painted, lambda pdf: paint(pdf, b" 0 0 m 9 9 l S")),
    (tag_rules.marks_all_that_is_painted, lambda pdf: paint(pdf, ALL_IN_ONE)),
    (
        tag_rules.ties_each_mark_to_its_element,
        lambda pdf: paint(pdf, b"/P <</MCID 9999>> BDC 0 0 9 9 re f EMC"),
    ),
    (tag_rules.ties_each_mark_to_its_element, swap_marks),
    (tag_rules.ties_each_mark_to_its_element, lambda pdf: drop(pdf.pages[0].obj, "/Tabs")),
    (
        tag_rules.nests_elements_as_they_must,
        lambda pdf: put(first(pdf, "P"), "/S", Name.TD),
    ),
    (
        tag_rules.nests_elements_as_they_must,
        lambda pdf: put(first(pdf, "P"), "/S", Name.Paragraph),
    ),
    (
        tag_rules.nests_elements_as_they_must,
        lambda pdf: put(first(pdf, "Document"), "/S", Name.Sect),
    ),
    (tag_rules.gives_head_cells_a_scope, lambda pdf: drop(first(pdf, "TH"), "/A")),
    (tag_rules.has_head_cells_in_tables, lambda pdf: without_a_cell(pdf)),
    (tag_rules.has_head_cells_in_tables, lambda pdf: without_heads(pdf)),
    (tag_rules.describes_figures, lambda pdf: drop(first(pdf, "Figure"), "/Alt")),
    (tag_rules.describes_figures, lambda pdf: drop(first(pdf, "Figure"), "/A")),
    (
        tag_rules.leaves_out_no_level_of_headings,
        lambda pdf: put(first(pdf, "H1"), "/S", Name.H2),
    ),
    (
        tag_rules.leaves_out_no_level_of_headings,
        lambda pdf: put(first(pdf, "H2"), "/S", Name.H3),
    ),
]  # fmt: skip


def without_a_cell(pdf):
    first(pdf, "TR").K = Array([first(pdf, "TR").K[0]])


def without_heads(pdf):
    for element in list(elements(pdf)):
        if element.kind == "TH":
            element.node.S = Name.TD


def test_a_letter_breaks_no_rule(letter):
    assert broken_rules(letter) == []


@pytest.mark.parametrize(("rule", "break_it"), BREAKS)
def test_a_rule_finds_the_file_that_breaks_it(letter, rule, break_it):
    assert list(rule(letter)) == []
    break_it(letter)
    found = list(rule(letter))
    assert found
    assert set(found) <= set(broken_rules(letter))


def test_there_is_no_rule_without_a_file_that_breaks_it():
    assert {rule for rule, _ in BREAKS} == set(RULES)


def test_an_encrypted_file_is_none_for_an_archive(drawn):
    locked = io.BytesIO()
    with open_pdf(drawn) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="secret", user=""))
    with open_pdf(locked.getvalue()) as pdf:
        assert list(archive_rules.has_a_number_of_its_own(pdf)) == ["The file is encrypted."]


def test_a_letter_is_written_as_an_archive_wants_it(drawn):
    assert drawn.count(b"endstream") > 5
    assert list(broken_bytes(drawn)) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (b"%PDF-1.7\n", b"%PDF-2.0\n", "The file does not begin as an archive wants it."),
        (b"%%EOF\n", b"%%EOF\nmore", "Something stands after the end of the file."),
        (b"\nendstream", b"endstream", "No line ends before the end of the stream at"),
        (b"\nendstream", b"\nmore\nendstream", "The stream at"),
    ],
)
def test_how_a_file_is_written_is_looked_at(drawn, old, new, found):
    assert old in drawn
    assert any(sentence.startswith(found) for sentence in broken_bytes(drawn.replace(old, new)))
