"""What do the tests of imports share?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loyaldesk.store.store import Store


@pytest.fixture(scope="session")
def empty_profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    Store.open(folder, bytes(32)).close()
    return folder / "loyaldesk.db"


@pytest.fixture
def store(tmp_path, empty_profile):
    folder = tmp_path / "profile"
    folder.mkdir()
    (folder / "loyaldesk.db").write_bytes(empty_profile.read_bytes())
    opened = Store.open(
        folder, bytes(32), actor="Ana", clock=lambda: datetime(2026, 3, 24, 9, tzinfo=UTC)
    )
    yield opened
    opened.close()


@pytest.fixture
def reader(store):
    with store.reader() as opened:
        yield opened


@pytest.fixture
def csv_file(tmp_path):
    """Return a function that writes a CSV file from text or bytes and returns its path."""

    def write(content, *, encoding="utf-8", name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
