"""The number of a letter, as customers quote it, finds the paper."""

from datetime import date

import pytest

from loyaldesk.models import Letter, LetterKind
from loyaldesk.queries.book import sql_of
from loyaldesk.queries.search import HitKind, Matched, search
from loyaldesk.store.reader import open_reader
from loyaldesk.store.schema import FILE_NAME
from tests.support.records import make_customer, make_document, make_order
from tests.support.stores import KEY, fresh_store


def issue(tx, customer_id, number, kind, revision=1):
    name = f"{number}-r{revision}_10001.pdf"
    tx.insert(
        Letter, kind=kind, number=number, revision=revision, customer_id=customer_id,
        document_id=make_document(tx, customer_id, name), issued_at=tx.now, issued_by="Ana",
        language="en", data_sha256=bytes(32),
    )  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("letters")
    store = fresh_store(folder)
    with store.transaction("Fill") as tx:
        alpha = make_customer(tx, "Alpha Kontor", number="10001")
        issue(tx, alpha, "S-2026-00002", LetterKind.STATEMENT)
        issue(tx, alpha, "A-2026-00001", LetterKind.ACKNOWLEDGEMENT)
        issue(tx, alpha, "A-2026-00001", LetterKind.ACKNOWLEDGEMENT, revision=2)
        issue(tx, alpha, "A-2026-B7-00012", LetterKind.ACKNOWLEDGEMENT)
        issue(tx, alpha, "S-2026-KX27-00345", LetterKind.STATEMENT)
        make_document(tx, alpha, "Reply to S-2026-00002.pdf")
        make_order(tx, alpha, "A-2026-000019")
        make_order(tx, alpha, "2026")
    store.close()
    with open_reader(folder / FILE_NAME, KEY) as opened:
        yield opened


@pytest.mark.parametrize(
    "typed", ["S-2026-00002", "s 2026 00002", "s202600002", "No. S-2026-00002",
              "alpha S-2026-00002"],
)  # fmt: skip
def test_a_letter_is_found_first_by_its_number(reader, typed):
    hit = search(reader, typed).hits[0]
    assert (hit.kind, hit.title) == (HitKind.DOCUMENT, "S-2026-00002-r1_10001.pdf")
    assert (hit.why, hit.number, hit.day) == (Matched.NUMBER, "10001", date(2024, 11, 6))
    assert [hit.title[a:b] for a, b in hit.title_marks] == ["S-2026-00002"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("A-2026-B7-00012", "A-2026-B7-00012"),
        ("a 2026 b7 00012", "A-2026-B7-00012"),
        ("A2026B700012", "A-2026-B7-00012"),
        ("A-2026-B7-00012-1", "A-2026-B7-00012"),
        ("s-2026-kx27-00345", "S-2026-KX27-00345"),
        ("S-2026-KX27-00345-1", "S-2026-KX27-00345"),
    ],
)
def test_a_letter_of_one_desk_among_many_is_found_first_by_its_number(reader, typed, number):
    hit = search(reader, typed).hits[0]
    assert (hit.title, hit.why) == (f"{number}-r1_10001.pdf", Matched.NUMBER)


@pytest.mark.parametrize("typed", ["A-2026-B8-00012", "A-2026-B7-00013"])
def test_the_letter_of_another_desk_is_no_hit_by_number(reader, typed):
    assert [hit for hit in search(reader, typed).hits if hit.why is Matched.NUMBER] == []


def test_the_newest_revision_comes_first_and_each_paper_once(reader):
    titles = [hit.title for hit in search(reader, "A-2026-00001").hits]
    assert titles[:2] == ["A-2026-00001-r2_10001.pdf", "A-2026-00001-r1_10001.pdf"]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("revision", [1, 2])
def test_what_the_bars_say_finds_that_revision_first(reader, revision):
    hit = search(reader, f"A-2026-00001-{revision}").hits[0]
    assert (hit.kind, hit.why) == (HitKind.DOCUMENT, Matched.NUMBER)
    assert hit.title == f"A-2026-00001-r{revision}_10001.pdf"


def test_a_revision_that_was_never_issued_is_no_hit_by_number(reader):
    hits = search(reader, "A-2026-00001-3").hits
    assert not [hit for hit in hits if hit.kind is HitKind.DOCUMENT and hit.why is Matched.NUMBER]


def test_no_letter_is_found_where_other_records_are_wanted(reader):
    hits = search(reader, "#A-2026-00001").hits
    assert {hit.kind for hit in hits} == {HitKind.ORDER}


def test_letters_are_read_by_the_index_over_their_numbers(reader):
    wanted = {"keys": "[]"}
    plan = [row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql_of('search.letters')}", wanted)]
    assert any("letter USING INDEX" in step and "number=?" in step for step in plan)
