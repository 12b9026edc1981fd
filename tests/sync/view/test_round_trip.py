"""Does a row of the wire that is put into the tables come out of them as it was?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.protocol.kinds import KINDS, Kind
from loyaldesk.store.search_check import check_index
from tests.support.stores import fresh_store
from tests.support.twins import drop_all, put_all, read_row, wire_rows
from tests.support.wire_rows import WORLD, rows_of, uid_of

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = fresh_store(tmp_path_factory.mktemp("world"))
    assert put_all(opened, WORLD) == []
    yield opened
    with opened.reader() as reader:
        assert check_index(reader) == []
    assert opened.check() == []
    opened.close()


def test_a_world_comes_out_as_it_went_in(store):
    assert {key: row for key, row in wire_rows(store).items() if key in WORLD} == WORLD


@EVERY_KIND
def test_any_row_comes_out_as_it_went_in_and_as_it_was_changed(store, kind: Kind):
    most = 1 if kind.name == "document_link" else 4

    @settings(max_examples=15)
    @given(st.data(), st.booleans())
    def check(data, loose):
        names = data.draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1, max_size=most))
        for _ in range(2):
            rows = {
                (kind.name, uid_of(f"{kind.name} {name}")): data.draw(
                    rows_of(kind, name, loose=loose)
                )
                for name in names
            }
            assert put_all(store, rows) == []
            assert {key: read_row(store, *key) for key in rows} == rows
        uids = [uid for _, uid in rows]
        assert drop_all(store, kind.name, uids) == []
        assert {read_row(store, *key) for key in rows} == {None}

    check()
