"""A new profile, and the program that works on it."""

import pytest

from tests.support.program import Program


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


@pytest.fixture
def loyaldesk(profile, tmp_path):
    return Program(profile, tmp_path)
