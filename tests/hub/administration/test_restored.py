"""Does a hub notice that its database is not the one that served, and serve again when told?"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.hub import backup
from loyaldesk.hub.access import Role
from loyaldesk.hub.backup import CONTENTS_SUFFIX, back_up
from loyaldesk.hub.identity import MARK_NAME, Identity, Mark, check_mark
from loyaldesk.hub.opening import FILE_NAME, hub_place, keep_mark, open_store, put_back, start_store
from loyaldesk.hub.state import epoch_of
from tests.hub.conftest import postgres_database, postgres_url  # noqa: F401 - fixtures
from tests.support.hub_desks import HubDesk, customer_row, principal, uid
from tests.support.postgres import find_binaries

HERE = Identity("Acme", "", "place", 2)


@pytest.fixture
def place(tmp_path):
    """A hub that has served: one customer was pushed, and it ended in good order."""
    place = hub_place(str(tmp_path / "hub"), {})
    serve(place, "a")
    return place


def serve(place, *words):
    """Serve for a while, in which customers are made."""
    opened = start_store(place, "Acme")
    desk = HubDesk(opened.store, principal("Olga", Role.OFFICE, None), client=uid(f"{words}"))
    for word in words:
        desk.create("customer", word, customer_row(word))
    keep_mark(place, opened.store, opened.identity)
    opened.store.close()
    return opened


def customers(place):
    store = open_store(place)
    with store.snapshot("read") as tx:
        found = tx.rows("SELECT id FROM entity WHERE kind = 'customer'")
    store.close()
    return {row[0] for row in found}


def test_first_start_gives_a_password_once(tmp_path):
    place = hub_place(str(tmp_path / "hub"), {})
    passwords = [serve(place).password for _ in range(2)]
    assert passwords[0]
    assert passwords[1] is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_data_is_for_its_owner_alone(place):
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700


def test_hub_that_was_not_restored_starts_again_and_again(place):
    for word in ("b", "c"):
        serve(place, word)
    assert customers(place) == {uid("a"), uid("b"), uid("c")}


def test_backup_holds_all_and_serves_after_the_restore_is_finished_alone(place, tmp_path):
    made = back_up(place, tmp_path / "copy.db")
    serve(place, "later")
    (place.folder / FILE_NAME).unlink()
    shutil.copy(made.file, place.folder / FILE_NAME)
    with pytest.raises(Refused, match=r"made as a backup.*restore-finished"):
        start_store(place, "Acme")
    store = open_store(place)
    with store.snapshot("epoch") as tx:
        before = epoch_of(tx)
    store.close()
    epoch = put_back(place)
    assert epoch != before
    serve(place)
    assert customers(place) == {uid("a")}


def test_file_copied_while_nobody_looked_is_noticed_by_its_age(place, tmp_path):
    shutil.copy(place.folder / FILE_NAME, tmp_path / "old.db")
    serve(place, "later")
    shutil.copy(tmp_path / "old.db", place.folder / FILE_NAME)
    with pytest.raises(Refused, match="older than what was served"):
        start_store(place, "Acme")
    put_back(place)
    serve(place)


def test_file_put_into_another_folder_is_noticed(place, tmp_path):
    other = hub_place(str(tmp_path / "other"), {})
    other.folder.mkdir()
    shutil.copy(place.folder / FILE_NAME, other.folder / FILE_NAME)
    with pytest.raises(Refused, match=f"no “{MARK_NAME}”"):
        start_store(other, "Acme")


def test_mark_that_cannot_be_read_stops_the_hub(place):
    (place.folder / MARK_NAME).write_text("{", encoding="utf-8")
    with pytest.raises(Refused, match="cannot be read"):
        start_store(place, "Acme")


@pytest.mark.parametrize(
    ("identity", "mark", "place", "reach", "words"),
    [
        (HERE, Mark("place", 2, 5), "", 5, None),
        (HERE, Mark("place", 2, 5), "", 6, None),
        (HERE, Mark("place", 2, 5), "", 4, "older than"),
        (HERE, Mark("place", 3, 0), "", 4, "earlier restore"),
        (HERE, Mark("other", 2, 0), "", 4, "not the one"),
        (HERE, Mark("other", 1, 9), "", 4, None),
        (HERE, None, "", 4, "no “"),
        (HERE, None, "", 0, None),
        (HERE, None, "place", 4, None),
        (HERE, Mark("place", 2, 5), "elsewhere", 5, "loaded from a copy"),
        (Identity("Acme", "", "", 2), Mark("place", 2, 5), "", 5, "as a backup"),
    ],
)
def test_mark_is_compared_with_the_database(identity, mark, place, reach, words):
    if words is None:
        check_mark(identity, mark, place=place, reach=reach)
    else:
        with pytest.raises(Refused, match=words):
            check_mark(identity, mark, place=place, reach=reach)


def test_backup_never_takes_the_place_of_another_file(place, tmp_path):
    (tmp_path / "copy.db").write_bytes(b"mine")
    with pytest.raises(Refused, match="there already"):
        back_up(place, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == b"mine"


def test_backup_lists_the_contents_that_are_there(place, tmp_path):
    store = open_store(place)
    with store.transaction("contents") as tx:
        for sha256, state in (("aa", "present"), ("bb", "going")):
            tx.run(
                "INSERT INTO blob (sha256, size, state, stored_at) VALUES (?, 7, ?, 'now')",
                (sha256, state),
            )
    store.close()
    made = back_up(place, tmp_path / "copy.db")
    assert (made.contents, made.contents_bytes) == (1, 7)
    assert made.contents_file == tmp_path / f"copy.db{CONTENTS_SUFFIX}"
    assert made.contents_file.read_text() == "aa 7\n"


def test_backup_that_fails_leaves_nothing_behind(place, tmp_path, monkeypatch):
    def fail(_):
        raise Unavailable("full")

    monkeypatch.setattr(backup, "_mark_as_copy", fail)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(Unavailable):
        back_up(place, folder / "copy.db")
    assert list(folder.iterdir()) == []


def test_backup_into_a_folder_that_is_not_there_is_refused_by_name(place, tmp_path):
    with pytest.raises(Refused, match=r"There is no folder .*nowhere"):
        back_up(place, tmp_path / "nowhere" / "copy.db")


def test_backup_that_the_database_refuses_is_told_in_a_sentence(place, tmp_path, monkeypatch):
    monkeypatch.setattr("os.urandom", bytes)
    (tmp_path / ".copy.db.00000000").write_bytes(b"in the way")
    with pytest.raises(Unavailable, match="could not be made"):
        back_up(place, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_folder_without_a_hub_is_said_to_have_none(tmp_path):
    with pytest.raises(Refused, match="There is no hub"):
        open_store(hub_place(str(tmp_path / "empty"), {}))
    assert not (tmp_path / "empty").exists()


@pytest.mark.parametrize("url", ["mysql://x", "postgresql://x", "sqlite://", "nonsense"])
def test_other_databases_are_refused(url, tmp_path):
    with pytest.raises(Refused, match="begins with postgresql"):
        hub_place(str(tmp_path), {"LOYALDESK_HUB_DATABASE": url})


def test_database_that_is_away_is_said_to_be_without_its_password(tmp_path):
    environ = {"LOYALDESK_HUB_DATABASE": "postgresql+psycopg://u:canary@127.0.0.1:1/x"}
    with pytest.raises(Unavailable) as refused:
        start_store(hub_place(str(tmp_path), environ), "Acme")
    assert "canary" not in str(refused.value)


class TestPostgres:
    @pytest.fixture
    def place(self, postgres_database, tmp_path):  # noqa: F811 - the fixture
        return hub_place(str(tmp_path / "one"), {"LOYALDESK_HUB_DATABASE": postgres_database})

    @pytest.fixture(autouse=True)
    def no_revision(self, place):
        yield
        engine = sa.create_engine(place.url)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
        engine.dispose()

    def test_further_process_may_have_a_folder_of_its_own(self, place, tmp_path):
        serve(place, "a")
        other = hub_place(str(tmp_path / "two"), {"LOYALDESK_HUB_DATABASE": place.url})
        assert serve(other, "b").password is None
        serve(place)

    def test_database_loaded_from_a_dump_is_noticed(self, place):
        serve(place, "a")
        store = open_store(place)
        with store.transaction("as another database has it") as tx:
            tx.run("UPDATE hub_identity SET place = '1/1'")
        store.close()
        with pytest.raises(Refused, match="loaded from a copy"):
            start_store(place, "Acme")
        put_back(place)
        serve(place)

    def test_older_state_of_the_same_database_is_noticed(self, place):
        serve(place, "a", "b")
        store = open_store(place)
        with store.transaction("back to an earlier day") as tx:
            tx.run("UPDATE bucket_head SET seq = 1")
        store.close()
        with pytest.raises(Refused, match="older than what was served"):
            start_store(place, "Acme")

    def test_dump_names_its_password_in_no_command(self, place, tmp_path, monkeypatch):
        heard = []
        monkeypatch.setattr(shutil, "which", lambda _: "/bin/pg_dump")
        monkeypatch.setattr(backup, "open_store", lambda _: SimpleNamespace(close=lambda: None))

        def run(words, env, **_):
            heard.append((words, env))
            (tmp_path / "copy").write_bytes(b"")

        monkeypatch.setattr(subprocess, "run", run)
        url = "postgresql+psycopg://u:canary@db.test:5433/loyal"
        listed = type(place)(place.folder, url)
        monkeypatch.setattr(backup, "_listed", lambda *_: None)
        back_up(listed, tmp_path / "copy")
        words, environ = heard[0]
        assert "canary" not in " ".join(words)
        assert environ["PGPASSWORD"] == "canary"
        assert (environ["PGHOST"], environ["PGPORT"]) == ("db.test", "5433")

    def test_dump_is_loaded_elsewhere_and_serves_after_the_restore_is_finished(
        self, place, tmp_path, monkeypatch
    ):
        programs = find_binaries()
        assert programs is not None
        if not (programs / "pg_dump").exists():
            pytest.skip("pg_dump is not installed on this machine")
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        serve(place, "a")
        made = back_up(place, tmp_path / "copy.dump")
        to = ["-h", str(make_url(place.url).query["host"]), "-U", "hub"]
        subprocess.run(["createdb", *to, "elsewhere"], check=True, timeout=60)
        try:
            load = ["pg_restore", *to, "-d", "elsewhere", str(made.file)]
            subprocess.run(load, check=True, timeout=60)
            url = place.url.replace("/postgres?", "/elsewhere?")
            other = hub_place(str(tmp_path / "other"), {"LOYALDESK_HUB_DATABASE": url})
            with pytest.raises(Refused, match="loaded from a copy"):
                start_store(other, "Acme")
            put_back(other)
            serve(other)
            assert customers(other) == {uid("a")}
        finally:
            subprocess.run(["dropdb", "--force", *to, "elsewhere"], check=True, timeout=60)

    def test_backup_without_the_program_says_what_to_do(self, place, tmp_path, monkeypatch):
        serve(place)
        monkeypatch.setattr(shutil, "which", lambda _: None)
        with pytest.raises(Refused, match="pg_dump"):
            back_up(place, tmp_path / "copy")
