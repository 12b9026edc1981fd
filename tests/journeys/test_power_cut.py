"""The power goes during an import or a letter: what was kept is whole, nothing is half."""

import subprocess
import sys
from pathlib import Path

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from tests.support.company import make_company
from tests.support.factories import make_address
from tests.support.importing import unpacked
from tests.support.stores import KEY, content, fresh_store

pytestmark = pytest.mark.journey

PROGRAM = Path(__file__).parents[1] / "support" / "ended_half_way.py"


@pytest.fixture
def cut_power(profile):
    """Return a function that starts the program and kills it when it is half way."""

    def run(what, *more):
        words = [sys.executable, PROGRAM, what, profile, KEY.hex(), *more]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "half way\n"
            process.kill()

    return run


def kept(profile):
    """Return all records of the profile, opened as after any start."""
    store = fresh_store(profile)
    try:
        assert store.check() == []
        return content(store, with_changes=True)
    finally:
        store.close()


def test_an_import_that_was_cut_off_left_nothing_and_can_be_repeated(
    profile, cut_power, loyaldesk, tmp_path
):
    source = unpacked("northwind/northwind_small.db.gz", tmp_path)
    before = kept(profile)
    cut_power("import", str(source))
    assert kept(profile) == before
    assert loyaldesk("check", "--json").data["ok"] is True
    again = loyaldesk("import", source, "--map", "northwind", "--json").data
    assert again["counts"]["sales_order"]["new"] == 830
    assert loyaldesk("check", "--json").data["ok"] is True


def test_a_letter_that_was_cut_off_is_not_on_record_and_keeps_its_number(
    profile, cut_power, loyaldesk
):
    store = fresh_store(profile)
    make_company(store, files=FileStore(profile / FOLDER_NAME, KEY))
    make_address(store, 2)
    store.close()
    before = kept(profile)
    cut_power("issue")
    assert kept(profile) == before
    letter = loyaldesk("acknowledge", "10042", "--out", "a.pdf", "--json").data
    assert letter["number"].endswith("-00001")
    assert loyaldesk("check", "--json").data["ok"] is True
