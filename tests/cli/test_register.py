"""Do `letters list`, `show` and `save` answer for every letter that was issued?"""

import hashlib

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from tests.pdf.reading import text_of
from tests.support.stores import KEY


@pytest.fixture
def issued(loyaldesk, tmp_path):
    """Return the bytes of an acknowledgement of customer 10042 as its file was written."""
    out = tmp_path / "issued.pdf"
    answer = loyaldesk("acknowledge", "10042", "--receipt-only", "--out", out, "--json")
    assert answer.code == 0, answer.err
    return answer.data["number"], out.read_bytes()


@pytest.fixture
def statement(loyaldesk, tmp_path):
    """Return the number of a statement to the same customer."""
    answer = loyaldesk("statement", "10042", "--out", tmp_path / "s.pdf", "--json")
    assert answer.code == 0, answer.err
    return answer.data["number"]


def test_letters_are_listed_with_how_they_left_the_newest_first(loyaldesk, issued, statement):
    answer = loyaldesk("letters", "list", "--json")
    assert [row["number"] for row in answer.data] == [statement, issued[0]]
    row = answer.data[1]
    assert (row["channel"], row["state"], row["to"]) == ("file", "sent", "issued.pdf")
    assert row["sha256"] == hashlib.sha256(issued[1]).hexdigest()
    said = loyaldesk("letters", "list").out
    assert statement in said
    assert row["sha256"][:8] in said


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("--kind", "statement"), 1),
        (("--kind", "reminder"), 0),
        (("--customer", "10042"), 2),
        (("--customer", "10000"), 0),
        (("--from", "2999-01-01"), 0),
        (("--to", "2999-01-01"), 2),
        (("--to", "2000-01-01"), 0),
    ],
)
def test_the_list_is_narrowed_by_kind_customer_and_days(loyaldesk, issued, statement, words, count):
    assert len(loyaldesk("letters", "list", *words, "--json").data) == count


def test_nothing_issued_is_said(loyaldesk):
    assert loyaldesk("letters", "list").out.strip() == "No letter was issued."
    assert loyaldesk("letters", "list", "--json").data == []


def test_one_letter_is_shown_with_every_time_it_left(loyaldesk, issued):
    shown = loyaldesk("letters", "show", issued[0], "--json").data
    assert (shown["number"], shown["revision"], shown["copies"]) == (issued[0], 1, 0)
    assert [way["channel"] for way in shown["dispatches"]] == ["file"]


def test_a_letter_is_saved_byte_for_byte(loyaldesk, issued, tmp_path):
    out = tmp_path / "again.pdf"
    answer = loyaldesk("letters", "save", issued[0], "--out", out, "--json")
    assert out.read_bytes() == issued[1]
    assert answer.data["sha256"] == hashlib.sha256(issued[1]).hexdigest()
    assert loyaldesk("letters", "show", issued[0], "--json").data["copies"] == 0


def test_a_copy_is_marked_counted_and_on_record(loyaldesk, issued, tmp_path):
    out = tmp_path / "copy.pdf"
    assert loyaldesk("letters", "save", issued[0], "--out", out, "--copy").code == 0
    assert "COPY" in text_of(out.read_bytes())
    shown = loyaldesk("letters", "show", issued[0], "--json").data
    assert shown["copies"] == 1
    assert [way["copy"] for way in shown["dispatches"]] == [False, True]


def test_a_letter_whose_file_was_changed_is_not_written(loyaldesk, issued, profile, tmp_path):
    files = FileStore(profile / FOLDER_NAME, KEY)
    sealed = files.sealed(hashlib.sha256(issued[1]).digest())
    raw = bytearray(sealed.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    sealed.path.chmod(0o600)
    sealed.path.write_bytes(bytes(raw))
    out = tmp_path / "again.pdf"
    answer = loyaldesk("letters", "save", issued[0], "--out", out)
    assert answer.code == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "A-2026-99999"), "No letter was issued with the number"),
        (("save", "A-2026-99999", "--out", "x.pdf"), "No letter was issued with the number"),
        (("list", "--customer", "99999"), "99999"),
    ],
)
def test_what_is_not_there_is_refused(loyaldesk, words, said):
    answer = loyaldesk("letters", *words)
    assert (answer.code, said in answer.err) == (1, True)


def test_a_revision_that_there_is_not_is_refused(loyaldesk, issued):
    answer = loyaldesk("letters", "show", issued[0], "--revision", "7")
    assert answer.code == 1
    assert "no revision 7" in answer.err


def test_a_day_that_is_none_is_wrong_use(loyaldesk):
    assert loyaldesk("letters", "list", "--from", "yesterday").code == 2
