"""A profile with a small company in it, and the command line run in this process."""

from __future__ import annotations

import shutil

import pytest

from loyaldesk.cli.main import run_command
from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from tests.support.company import make_company
from tests.support.factories import make_address
from tests.support.program import Ended
from tests.support.stores import KEY, fresh_store


@pytest.fixture(scope="session")
def company_profile(tmp_path_factory):
    """Return a profile, made once, whose customer 10042 has everything and an address."""
    folder = tmp_path_factory.mktemp("company")
    store = fresh_store(folder)
    make_company(store, files=FileStore(folder / FOLDER_NAME, KEY))
    for customer_id in (1, 3):
        make_address(store, customer_id)
    store.close()
    return folder


@pytest.fixture
def profile(tmp_path, company_profile, monkeypatch):
    """Return a copy of the company's profile, whose key is in the environment."""
    folder = tmp_path / "profile"
    shutil.copytree(company_profile, folder)
    monkeypatch.setenv(KEY_VARIABLE, KEY.hex())
    return folder


@pytest.fixture
def loyaldesk(profile, capsys):
    """Return a function that runs a command line on the profile."""

    def run(*words, at=profile):
        capsys.readouterr()
        try:
            code = run_command([*map(str, words), "--profile", str(at)])
        except SystemExit as end:
            code = int(end.code or 0)
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return run
