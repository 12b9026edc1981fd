"""Do marks open and close with what is drawn, and belong to the element that was open?"""

import pytest

from loyaldesk.pdf.tag_tree import in_reading_order, tree_objects
from loyaldesk.pdf.tags import (
    ARTIFACT,
    Aside,
    Tag,
    Tags,
    properties_of,
    said_otherwise,
    text_string,
)


def opened(tags: Tags, kind: str) -> Tag:
    """Open an element, of which the test wants to know what became of it."""
    tag = tags.open(kind)
    assert isinstance(tag, Tag)
    return tag


def draw(tags, code):
    if tags.marked is not tags.wanted:
        tags.mark(code)
    code.append("text")


def test_two_texts_of_one_element_share_a_mark():
    tags, code = Tags(), list[str]()
    with tags.open("P"):
        draw(tags, code)
        draw(tags, code)
    tags.end(code)
    assert code == ["/P <</MCID 0>> BDC", "text", "text", "EMC"]


def test_decoration_between_two_texts_splits_their_element_in_two_marks():
    tags, code = Tags(), list[str]()
    with opened(tags, "P") as paragraph:
        draw(tags, code)
        tags.decorate(code)
        tags.decorate(code)
        draw(tags, code)
    tags.end(code)
    assert code.count("/Artifact BMC") == 1
    assert paragraph.kids == [(0, 0), (0, 1)]
    assert code.count("EMC") == 3


def test_an_element_nobody_draws_in_leaves_no_mark():
    tags, code = Tags(), list[str]()
    with tags.open("TD"):
        pass
    tags.end(code)
    assert code == []


def test_inside_of_an_artifact_all_elements_are_artifacts():
    tags, code = Tags(), list[str]()
    with Aside(tags), tags.open("H2"):
        draw(tags, code)
    tags.end(code)
    assert code == ["/Artifact BMC", "text", "EMC"]
    assert tags.root.kids == []
    assert tags.wanted is tags.root


def test_an_element_entered_again_goes_on_and_gives_back_what_was_open():
    tags = Tags()
    with tags.open("Table") as table:
        row = opened(tags, "TR")
        with row, tags.open("TH"):
            pass
        with row:
            cell = tags.open("TD")
        with cell:
            assert tags.wanted is cell
        assert tags.wanted is table
    assert [kid.kind for kid in row.kids if isinstance(kid, Tag)] == ["TH", "TD"]


def test_an_element_goes_on_over_the_page():
    tags, code = Tags(), list[str]()
    with opened(tags, "P") as paragraph:
        draw(tags, code)
        tags.end(code)
        tags.next_page()
        draw(tags, code)
    assert paragraph.kids == [(0, 0), (1, 0)]
    assert tags.owners == [[paragraph], [paragraph]]


def test_a_text_directly_in_a_group_is_a_stray():
    tags, code = Tags(), list[str]()
    with tags.open("Sect"):
        draw(tags, code)
    assert tags.has_stray
    assert code == ["text"]


def test_a_figure_stands_where_its_parts_stand():
    tags, code = Tags(), list[str]()
    with opened(tags, "Figure") as figure:
        tags.decorate(code)
        tags.cover([(10, 10, 5, 5), (20, 0, 1, 40)])
        tags.cover([(0, 20, 1, 1)])
    assert figure.box == (0, 0, 21, 40)


def test_decoration_has_no_place():
    tags, code = Tags(), list[str]()
    tags.decorate(code)
    tags.cover([(10, 10, 5, 5)])
    assert ARTIFACT.box is None


def test_elements_are_numbered_in_the_order_they_are_read():
    tags, code = Tags(), list[str]()
    with tags.open("Sect"):
        with tags.open("H1"):
            draw(tags, code)
        with tags.open("P"):
            pass
    kinds = [tag.kind for tag in in_reading_order(tags.root)]
    assert kinds == ["Document", "Sect", "H1", "P"]
    root, index, *elements = tree_objects(tags, [3], first=10)
    assert b"/K 12 0 R/ParentTree 11 0 R" in root
    assert index == b"<</Nums[0[14 0 R]]>>"
    assert elements[2] == b"<</S/H1/P 13 0 R/Pg 3 0 R/K 0>>"
    assert elements[3] == b"<</S/P/P 13 0 R>>"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", "(plain)"),
        ("a (b) \\ c", "(a \\(b\\) \\\\ c)"),
        ("Süd", "<FEFF005300FC0064>"),
        ("line\nend", "<FEFF006C0069006E0065000A0065006E0064>"),
    ],
)
def test_words_are_written_so_that_they_end_where_they_end(text, written):
    assert text_string(text) == written


def test_an_element_says_of_itself_only_what_was_given():
    assert properties_of("", 1, "") == ""
    assert properties_of("Row", 3, "") == "/A<</O/Table/Scope/Row/ColSpan 3>>"
    assert properties_of("", 1, "A logo") == "/Alt (A logo)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("–1,000.00", "-1,000.00"),
        ("EUR –5.00", "EUR -5.00"),
        ("–5,00 €", "-5,00 €"),
        ("1–30 days", None),
        ("12–14", None),
        ("–", None),
        ("Revision 2 – replaces 1", None),
    ],
)
def test_only_a_dash_that_stands_for_a_minus_is_read_as_one(text, said):
    drawn = said_otherwise("text", text, {})
    assert drawn == (f"/Span <</ActualText {text_string(said)}>> BDC text EMC" if said else "text")


def test_an_abbreviation_is_read_out_where_it_stands_alone():
    forms = {"pcs": "pieces"}
    assert said_otherwise("text", "pcs", forms) == "/Span <</E (pieces)>> BDC text EMC"
    assert said_otherwise("text", "5 pcs", forms) == "text"
