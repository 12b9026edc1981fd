"""Does a second desk that hears all that the first one did have just the same records?"""

from datetime import date

import pytest

from loyaldesk.operations.demo.create import create_demo
from loyaldesk.queries.search import search
from loyaldesk.store.search_check import check_index
from tests.support.stores import fresh_store
from tests.support.twins import connect_store, put_all, told_rows, wire_rows


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """Return a desk that made the demo company, and one that heard of it."""
    folder = tmp_path_factory.mktemp("desks")
    first, second = connect_store(fresh_store(folder / "first")), fresh_store(folder / "second")
    create_demo(first, today=date(2024, 11, 12))
    assert put_all(second, told_rows(first)) == []
    yield first, second
    first.close()
    second.close()


def test_it_has_the_same_records(desks):
    first, second = desks
    assert wire_rows(second) == wire_rows(first)


def test_its_file_is_sound_and_so_is_its_index(desks):
    _, second = desks
    assert second.check() == []
    with second.reader() as reader:
        assert check_index(reader) == []


def test_it_finds_what_the_first_one_finds(desks):
    def found(store):
        with store.reader() as reader:
            return [(hit.kind, hit.number, hit.title) for hit in search(reader, "muller").hits]

    first, second = desks
    assert found(second) == found(first) != []


def test_hearing_it_again_changes_nothing(desks):
    first, second = desks
    heard: list[object] = []
    second.on_commit(heard.append)
    assert put_all(second, told_rows(first)) == []
    assert heard == []
