"""A stolen disk: without the key nothing of the customers, papers and letters can be read."""

import sqlite3
import zlib

import pytest

from tests.support.program import Program
from tests.support.stores import OTHER_KEY

pytestmark = pytest.mark.journey

SECRETS = ("Zweibrücker Teehandel", "Quittenweg", "Kirschbaum", "tee-geheim", "Darjeeling streng")


@pytest.fixture(scope="module")
def used(tmp_path_factory):
    """Return the program after a customer came in, a paper was filed and a letter was issued."""
    folder = tmp_path_factory.mktemp("locked")
    loyaldesk = Program(folder / "profile", folder)
    customers = folder / "c.csv"
    head = "Number,Name,Street,Postcode,Town,Country,Contact\n"
    row = "7,Zweibrücker Teehandel,Quittenweg 5,20095,Hamburg,DE,Rosa Kirschbaum\n"
    customers.write_text(head + row, encoding="utf-8")
    paper = folder / "tee-geheim.txt"
    paper.write_text("Darjeeling streng vertraulich " * 50)
    for words in (
        ("import", customers),
        ("document", "add", paper, "--customer", "7"),
        ("statement", "7", "--out", folder / "s.pdf"),
    ):
        answer = loyaldesk(*words)
        assert answer.code == 0, answer.err
    return loyaldesk


@pytest.fixture(scope="module")
def profile(used):
    return used.profile


def test_no_file_of_the_profile_holds_a_readable_word_of_a_customer(profile):
    held = {path: path.read_bytes() for path in profile.rglob("*") if path.is_file()}
    names = " ".join(str(path) for path in held)
    assert len(held) >= 4
    for secret in SECRETS:
        assert secret not in names
        for encoding in ("utf-8", "utf-16-le", "latin-1"):
            raw = secret.encode(encoding)
            assert [path.name for path, data in held.items() if raw in data] == []


def test_what_is_kept_cannot_even_be_compressed(profile):
    for path in profile.rglob("*"):
        if path.is_file() and path.stat().st_size > 1_000:
            data = path.read_bytes()
            assert len(zlib.compress(data)) > 0.97 * len(data), path.name


def test_plain_sqlite_cannot_read_the_database(profile):
    connection = sqlite3.connect(profile / "loyaldesk.db")  # noqa: TID251 the thief's own tool
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()


def test_another_key_opens_nothing_and_the_right_one_still_does(used, profile):
    before = {path: path.read_bytes() for path in profile.rglob("*.db")}
    thief = Program(profile, used.folder, OTHER_KEY)("customer", "show", "7")
    assert (thief.code, thief.out) == (1, "")
    assert {path: path.read_bytes() for path in profile.rglob("*.db")} == before
    assert used("customer", "show", "7", "--json").data["customer"]["name"] == SECRETS[0]
