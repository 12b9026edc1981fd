"""A hub in a folder of its own, asked over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from loyaldesk.hub.accounts import passwords
from tests.support.hub_http import hub_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.hub_http import HubHttp


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    """Let passwords cost next to nothing here; `test_passwords` looks at the real ones."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(1, 8, 1))
    passwords._nobodys.cache_clear()  # noqa: SLF001 - made by the hasher that was there
    yield
    passwords._nobodys.cache_clear()  # noqa: SLF001 - as above


@pytest.fixture
def http(tmp_path) -> Iterator[HubHttp]:
    """A hub without users but its administrator."""
    with hub_at(tmp_path / "hub") as http:
        yield http
