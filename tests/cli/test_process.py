"""Does the installed command behave in a real process: streams, exit codes, foreign names?"""

import os
import subprocess
import sys

import pytest

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.settings import PROFILE_VARIABLE
from tests.support.program import Program
from tests.support.stores import KEY


def environment_of(profile):
    known = {KEY_VARIABLE: KEY.hex(), PROFILE_VARIABLE: str(profile)}
    return {**os.environ, **known}


@pytest.fixture
def start(company_profile, tmp_path):
    """Return the program on the company's profile."""
    return Program(company_profile, tmp_path)


def test_json_stands_alone_on_standard_output(start):
    ended = start("customer", "show", "10042", "--json")
    assert (ended.code, ended.err) == (0, "")
    assert ended.data["customer"]["number"] == "10042"


def test_a_refusal_and_wrong_use_have_codes_of_their_own(start):
    refused, wrong = start("order", "show", "404", "--json"), start("order", "show")
    assert (refused.code, refused.out) == (1, "")
    assert "no order with the number “404”" in refused.err
    assert (wrong.code, wrong.out) == (2, "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_name_reaches_a_pipe_of_any_code_page(start, monkeypatch, encoding):
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    monkeypatch.setenv("PYTHONUTF8", "0")
    ended = start("search", "Łódzki")
    assert ended.code == 0
    assert "Łódzki Sp. z o.o." in ended.out


def test_a_reader_that_goes_away_is_no_crash(company_profile):
    with subprocess.Popen(
        [sys.executable, "-m", "loyaldesk", "customer", "show", "10042", "--json"],
        env=environment_of(company_profile),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(60), said) == (1, b"")


def test_a_reading_command_imports_no_heavy_library(company_profile):
    code = (
        "import sys; from loyaldesk.cli.main import run_command;"
        "run_command(['customer', 'show', '10042']);"
        "heavy = {'sqlalchemy', 'PySide6', 'reportlab', 'babel', 'alembic', 'keyring'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment_of(company_profile),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.strip() == ""
    assert "Müller" in done.stdout
