"""A run of statements is killed: it goes on where it was, twice to nobody, no number lost."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.models import Customer, LetterWay
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.settings import change_company
from tests.pdf.ack_letters import NORDLICHT
from tests.runs.statement_customers import owing
from tests.support.factories import do
from tests.support.mail import SMTP
from tests.support.stores import KEY, fresh_store

pytestmark = pytest.mark.journey

PROGRAM = Path(__file__).parents[1] / "support" / "killed_run.py"
CUSTOMERS = 8
RUN = ("statement", "run", "--as-of", "2024-10-31", "--workers", "2", "--mail")


@pytest.fixture
def company(profile):
    """Make a profile with eight customers who owe, of whom the even ones get letters by mail."""
    store = fresh_store(profile)
    do(store, change_company, sender=replace(NORDLICHT, country="DE"))
    do(store, change_mail_settings, settings=SMTP)
    for number in range(1, CUSTOMERS + 1):
        customer_id = owing(store, str(number))
        if number % 2 == 0:
            with store.transaction("Change") as tx:
                address = f"ar@{number}.example"
                tx.update(Customer, customer_id, letters_by=LetterWay.EMAIL, letters_email=address)
    store.close()
    return profile


@pytest.fixture
def started(company, tmp_path):
    """Return a function that starts a run in a group of its own, to be stopped from outside."""

    def start(*words):
        return subprocess.Popen(
            [sys.executable, *words, "--profile", company],
            env={**os.environ, KEY_VARIABLE: KEY.hex()}, cwd=tmp_path,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip

    return start


def register(profile):
    """Return number and customer of every letter, and the state of what left how often."""
    store = fresh_store(profile)
    try:
        assert store.check() == []
        with store.reader() as reader:
            letters = reader.rows(
                "SELECT l.number, c.number FROM letter l JOIN customer c ON c.id = l.customer_id"
                " ORDER BY l.id"
            )
            left = reader.rows(
                "SELECT l.number, count(*) FROM letter l LEFT JOIN dispatch d"
                " ON d.letter_id = l.id GROUP BY l.id ORDER BY l.id"
            )
            mails = reader.value("SELECT count(*) FROM mail")
    finally:
        store.close()
    return letters, left, mails


def check_all_done(profile, out):
    """Check that each customer has one letter, that left once, with numbers in a row."""
    letters, left, mails = register(profile)
    assert [number[-5:] for number, _ in letters] == [f"{n:05d}" for n in range(1, CUSTOMERS + 1)]
    assert [customer for _, customer in letters] == [str(n) for n in range(1, CUSTOMERS + 1)]
    assert [times for _, times in left] == [1] * CUSTOMERS
    assert mails == CUSTOMERS // 2
    names = sorted(path.name for path in out.iterdir())
    assert [name.split("_")[1] for name in names] == ["1", "3", "5", "7"]
    files, store = FileStore(profile / FOLDER_NAME, KEY), fresh_store(profile)
    with store.reader() as reader:
        kept: dict = dict(reader.rows("SELECT d.name, f.sha256 FROM document d"
                                " JOIN stored_file f ON f.id = d.file_id"))  # fmt: skip
    store.close()
    for name in names:
        assert (out / name).read_bytes() == files.read(kept[name])


@pytest.mark.parametrize("point", ["drawn", "inserted", "recorded", "written", "queued"])
def test_a_killed_run_goes_on_where_it_was(company, started, loyaldesk, tmp_path, point):
    out = tmp_path / "out"
    with started(PROGRAM, point, *RUN, "--out", out) as process:
        assert process.stdout.readline() == "half way\n"
        process.kill()
    done = loyaldesk(*RUN, "--out", out, "--resume", "--json")
    assert done.code == 0, done.err
    assert done.data["counts"] == {"saved": CUSTOMERS // 2, "sent": CUSTOMERS // 2}
    check_all_done(company, out)


def test_ctrl_c_stops_after_the_letter_and_says_how_to_go_on(company, started, loyaldesk, tmp_path):
    out = tmp_path / "out"
    with started("-m", "loyaldesk", *RUN, "--out", out, "--json") as process:
        for line in process.stderr:
            if line.startswith("2 of 8"):
                os.killpg(process.pid, signal.SIGINT)
                break
        said = process.stderr.read()
        assert process.wait(60) == 3, said
    assert "--resume" in said
    letters, left, _ = register(company)
    assert 2 <= len(letters) < CUSTOMERS
    assert {times for _, times in left} == {1}
    done = loyaldesk(*RUN, "--out", out, "--resume", "--json")
    assert (done.code, done.data["state"]) == (0, "finished")
    check_all_done(company, out)
