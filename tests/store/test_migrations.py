"""Whether the migrations lead to exactly the tables that the models declare, or change nothing."""

import errno
import re

import pytest
import sqlalchemy as sa

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.models import Base
from loyaldesk.store import schema
from loyaldesk.store.connection import connect
from loyaldesk.store.schema import FILE_NAME, HEAD, is_current, migrate
from loyaldesk.store.store import Store
from loyaldesk.store.sync_tables import SYNC_TABLES
from loyaldesk.store.uids import setting_uid
from tests.support.stores import FIRST, KEY, make_first_version

DECLARED = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def _plain(sql):
    """Return what is declared; a column added later stands behind the constraints of its table."""
    plain = " ".join(sql.split())
    found = re.fullmatch(r"(CREATE TABLE [^(]*)\((.*)\)[^)]*", plain)
    if found is None:
        return plain
    head, body = found.groups()
    return head.strip(), frozenset(part.strip() for part in re.split(r",(?![^(]*\))", body))


@pytest.fixture
def file(tmp_path):
    return tmp_path / FILE_NAME


@pytest.fixture
def old_file(file, monkeypatch):
    """Return a file as the first version left it, with one customer in it."""
    make_first_version(file.parent, monkeypatch)
    return file


def declared(file):
    connection = connect(file, KEY)
    found = {name: _plain(sql) for name, sql in connection.execute(DECLARED)}
    connection.close()
    return found


def revision(file):
    connection = connect(file, KEY)
    ((found,),) = connection.execute("SELECT version_num FROM alembic_version")
    connection.close()
    return found


@pytest.fixture
def wanted():
    memory = sa.create_engine("sqlite://")
    Base.metadata.create_all(memory)
    with memory.connect() as connection:
        found = {name: _plain(sql) for name, sql in connection.exec_driver_sql(DECLARED)}
    memory.dispose()
    return found


def test_migrated_tables_and_indexes_are_those_of_the_models(file, wanted):
    migrate(file, KEY)

    found = declared(file)

    assert {name: found.get(name) for name in wanted} == wanted
    assert is_current(file, KEY)


def test_an_older_file_becomes_what_a_new_one_is(old_file, tmp_path):
    new = tmp_path / "new.db"
    migrate(new, KEY)
    assert declared(old_file) != declared(new)

    store = Store.open(old_file.parent, KEY)

    with store.reader() as reader:
        assert reader.rows("SELECT name FROM customer") == [("Müller & Söhne GmbH",)]
    assert store.check() == []
    store.close()
    assert declared(old_file) == declared(new)
    assert is_current(old_file, KEY)


def test_settings_are_kept_under_the_uid_that_every_desk_gives_them(old_file):
    connection = connect(old_file, KEY)
    kept = [(3, "company", '{"name":"Nordlicht"}'), (7, "mail", "{}")]
    connection.executemany("INSERT INTO setting (id, key, value) VALUES (?, ?, ?)", kept)
    connection.close()

    migrate(old_file, KEY)

    connection = connect(old_file, KEY)
    found = connection.execute("SELECT id, key, value, uid FROM setting ORDER BY id").fetchall()
    connection.close()
    assert found == [(*row, setting_uid(row[1])) for row in kept]


def test_an_older_file_is_connected_to_no_hub(old_file):
    store = Store.open(old_file.parent, KEY)
    assert store.link is None
    store.close()


def test_a_copy_of_an_older_file_is_kept_as_it_was(old_file):
    before = declared(old_file)

    migrate(old_file, KEY)

    copy = old_file.parent / "kept" / f"loyaldesk-{FIRST}.db"
    assert declared(copy) == before
    assert revision(copy) == FIRST


def test_a_migration_that_fails_half_way_changes_nothing(old_file):
    before = declared(old_file)
    connection = connect(old_file, KEY)
    # Its last step finds the name taken.
    connection.execute("CREATE INDEX ix_invoice_days ON invoice (number)")
    connection.close()

    with pytest.raises(Exception, match="already exists"):
        migrate(old_file, KEY)

    assert revision(old_file) == FIRST
    assert {name: declared(old_file)[name] for name in before} == before


def test_without_room_for_the_copy_nothing_is_changed_and_nothing_left(old_file, monkeypatch):
    def fill_disk(_, copy):
        copy.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copy2", fill_disk)

    with pytest.raises(Unavailable, match=r"Nothing was changed\. Free 1 MB"):
        migrate(old_file, KEY)

    assert revision(old_file) == FIRST
    assert list((old_file.parent / "kept").iterdir()) == []


def test_a_full_disk_while_migrating_is_said_and_changes_nothing(old_file):
    connection = connect(old_file, KEY)
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.close()
    limited = connect

    def tight(path, key):
        opened = limited(path, key)
        opened.execute(f"PRAGMA max_page_count = {pages}")
        return opened

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "connect", tight)
        with pytest.raises(Unavailable, match="The disk is full"):
            migrate(old_file, KEY)

    assert revision(old_file) == FIRST


def test_only_three_copies_are_kept(file):
    file.write_bytes(b"records")

    for number in range(1, 6):
        schema.keep_copy(file, f"{number:04}")

    kept = sorted(path.name for path in (file.parent / "kept").iterdir())
    assert kept == [f"loyaldesk-{number:04}.db" for number in (3, 4, 5)]


def test_the_file_of_a_newer_version_is_refused(file, monkeypatch):
    migrate(file, KEY)
    monkeypatch.setattr(schema, "HEAD", FIRST)

    with pytest.raises(Refused, match="newer LoyalDesk"):
        migrate(file, KEY)

    assert revision(file) == HEAD


def test_what_is_not_a_model_belongs_to_the_search_index_to_sync_or_to_alembic(file):
    migrate(file, KEY)
    connection = connect(file, KEY)
    tables = {
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
    }
    connection.close()

    others = tables - set(Base.metadata.tables)
    sync = {
        statement.split()[2] for statement in SYNC_TABLES if statement.startswith("CREATE TABLE")
    }
    assert {name for name in others - sync if not name.startswith("search_")} == {"alembic_version"}
