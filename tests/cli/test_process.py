"""Does the installed command behave in a real process: streams, exit codes, foreign names?"""

import json
import os
import subprocess
import sys

import pytest

from loyaldesk.credentials import KEY_VARIABLE
from tests.support.stores import KEY


@pytest.fixture
def start(company_profile, tmp_path):
    """Return a function that runs `python -m loyaldesk` and returns how it ended."""

    def run(*words, **environment):
        known = {**os.environ, KEY_VARIABLE: KEY.hex(), "LOYALDESK_PROFILE": str(company_profile)}
        return subprocess.run(
            [sys.executable, "-m", "loyaldesk", *words],
            env={**known, **environment},
            cwd=tmp_path,
            capture_output=True,
            check=False,
            timeout=60,
        )

    return run


def test_json_stands_alone_on_standard_output(start):
    done = start("customer", "show", "10042", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["customer"]["number"] == "10042"


def test_a_refusal_and_wrong_use_have_codes_of_their_own(start):
    refused, wrong = start("order", "show", "404", "--json"), start("order", "show")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "no order with the number “404”" in refused.stderr.decode()
    assert (wrong.returncode, wrong.stdout) == (2, b"")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_name_reaches_a_pipe_of_any_code_page(start, encoding):
    done = start("search", "Łódzki", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Łódzki Sp. z o.o." in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_crash(company_profile):
    with subprocess.Popen(
        [sys.executable, "-m", "loyaldesk", "customer", "show", "10042", "--json"],
        env={**os.environ, KEY_VARIABLE: KEY.hex(), "LOYALDESK_PROFILE": str(company_profile)},
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
        env={**os.environ, KEY_VARIABLE: KEY.hex(), "LOYALDESK_PROFILE": str(company_profile)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stderr.strip() == ""
    assert "Müller" in done.stdout
