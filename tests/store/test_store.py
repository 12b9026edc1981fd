"""The file is encrypted, whole, never newer than the program, and its troubles are told plainly."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from loyaldesk.errors import Cancelled, Refused, Unavailable
from loyaldesk.models import Setting
from loyaldesk.store import schema
from loyaldesk.store.connection import connect, translated
from loyaldesk.store.schema import FILE_NAME, KEPT_COPIES, is_current, keep_copy, migrate
from loyaldesk.store.store import Store
from tests.support.records import make_customer
from tests.support.stores import KEY, OTHER_KEY, fresh_store

WRITER = Path(__file__).parents[1] / "support" / "endless_writer.py"


class TestEncryption:
    def test_nothing_of_a_customer_can_be_read_in_the_files(self, store, tmp_path):
        with store.transaction("Create customer") as tx:
            make_customer(tx, "Geheimrat Xylander")
        files = [path for path in tmp_path.iterdir() if path.is_file()]
        raw = b"".join(path.read_bytes() for path in files)
        assert len(raw) > 100_000
        assert b"Xylander" not in raw
        assert b"SQLite format" not in raw

    def test_without_a_key_the_file_is_no_database(self, store):
        plain = driver.connect(str(store.path))
        with pytest.raises(driver.DatabaseError, match="not a database"):
            plain.execute("SELECT * FROM customer")
        plain.close()

    def test_a_wrong_key_is_refused_and_says_what_to_do(self, store, tmp_path):
        with pytest.raises(Refused, match=r"cannot be opened with this key.*Use the key that made"):
            Store.open(tmp_path, OTHER_KEY)

    def test_a_key_of_another_length_is_refused(self, tmp_path):
        with pytest.raises(Refused, match="32 bytes"):
            Store.open(tmp_path, b"short")

    @pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder private by its account")
    def test_only_the_user_may_enter_the_folder(self, tmp_path):
        Store.open(tmp_path / "new", KEY).close()
        assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


class TestVersions:
    def test_a_new_folder_gets_this_versions_tables(self, tmp_path):
        path = tmp_path / FILE_NAME
        assert not is_current(path, KEY)
        migrate(path, KEY)
        assert is_current(path, KEY)

    def test_a_file_of_a_newer_version_is_refused_and_left_alone(self, tmp_path):
        fresh_store(tmp_path).close()
        give_revision(tmp_path, "9999")
        before = (tmp_path / FILE_NAME).read_bytes()
        with pytest.raises(Refused, match=r"newer LoyalDesk. Nothing was changed"):
            Store.open(tmp_path, KEY)
        assert (tmp_path / FILE_NAME).read_bytes() == before

    def test_an_older_file_is_kept_before_it_is_changed(self, tmp_path, monkeypatch):
        with fresh_store(tmp_path).transaction("Create customer") as tx:
            make_customer(tx, "Kept GmbH")
        give_revision(tmp_path, "0000")
        monkeypatch.setattr(schema, "_upgrade", lambda _: None)
        migrate(tmp_path / FILE_NAME, KEY)
        copy = connect(tmp_path / "kept" / "loyaldesk-0000.db", KEY)
        assert copy.execute("SELECT name FROM customer").fetchone() == ("Kept GmbH",)
        copy.close()

    def test_only_the_last_copies_are_kept(self, tmp_path):
        path = tmp_path / FILE_NAME
        path.write_bytes(b"x")
        for revision in ("0001", "0002", "0003", "0004", "0005"):
            keep_copy(path, revision)
        kept = sorted(copy.name for copy in (tmp_path / "kept").iterdir())
        assert kept == ["loyaldesk-0003.db", "loyaldesk-0004.db", "loyaldesk-0005.db"]
        assert len(kept) == KEPT_COPIES


def give_revision(folder, revision):
    connection = connect(folder / FILE_NAME, KEY)
    connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class TestWholeness:
    def test_a_sound_store_has_no_problems(self, store):
        assert store.check() == []

    def test_a_reference_to_nothing_is_reported(self, store):
        connection = connect(store.path, KEY)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO contact (uid, customer_id, family_name) VALUES (x'00', 99, 'Nobody')"
        )
        connection.close()
        assert store.check() == ["a row of contact refers to a missing customer"]

    def test_a_damaged_file_is_refused_when_it_is_verified(self, tmp_path):
        store = fresh_store(tmp_path)
        with store.transaction("Fill") as tx:
            tx.insert_many(Setting, ["key", "value"], ((str(i), "x" * 500) for i in range(2000)))
        store.close()
        path = tmp_path / FILE_NAME
        damaged = bytearray(path.read_bytes())
        middle = len(damaged) // 2
        damaged[middle : middle + 8192] = os.urandom(8192)
        path.write_bytes(damaged)
        with pytest.raises(Unavailable, match=r"damaged.*data folder"):
            Store.open(tmp_path, KEY, verify=True)

    def test_a_kill_between_two_statements_leaves_nothing_half_written(self, tmp_path):
        fresh_store(tmp_path).close()
        writer = subprocess.Popen(
            [sys.executable, WRITER, tmp_path, KEY.hex()], stdout=subprocess.PIPE, text=True
        )
        told = writer.stdout
        assert told is not None
        committed = int(told.readline())
        assert told.readline() == "half way\n"
        writer.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        writer.wait()
        told.close()
        store = Store.open(tmp_path, KEY, verify=True)
        with store.reader() as reader:
            assert reader.value("SELECT count(*) FROM customer") == committed
            assert reader.value("SELECT count(*) FROM search_entry") == committed
            assert reader.value("SELECT count(*) FROM change_group") == committed
        store.close()


class TestTroubles:
    @pytest.mark.parametrize(
        ("raised", "meaning", "words"),
        [
            ("database or disk is full", Unavailable, "disk is full. Nothing was changed"),
            ("disk I/O error", Unavailable, "disk did not answer"),
            ("database is locked", Unavailable, "Another program is writing"),
            ("attempt to write a readonly database", Unavailable, "cannot be written to"),
            ("unable to open database file", Unavailable, "cannot be opened"),
            ("database disk image is malformed", Unavailable, "put back a copy"),
            ("interrupted", Cancelled, "^$"),
        ],
    )
    def test_the_drivers_errors_are_told_in_plain_words(self, raised, meaning, words):
        with pytest.raises(meaning, match=words), translated():
            raise driver.OperationalError(raised)

    def test_an_error_nobody_knows_stays_a_bug(self):
        with pytest.raises(driver.OperationalError), translated():
            raise driver.OperationalError("no such column: nme")

    def test_a_full_disk_takes_the_whole_action_back(self, store):
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        fill = [(str(i), "x" * 1000) for i in range(2000)]
        with pytest.raises(Unavailable, match="disk is full"), store.transaction("Fill") as tx:
            tx.insert_many(Setting, ["key", "value"], fill)
        store.connection.execute("PRAGMA max_page_count = 1000000")
        with store.reader() as reader:
            assert reader.value("SELECT count(*) FROM setting") == 0
        assert store.check() == []

    def test_another_writer_is_told_as_such(self, store):
        store.connection.execute("PRAGMA busy_timeout = 1")
        other = connect(store.path, KEY)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="Another program"), store.transaction("Wait") as tx:
            tx.insert(Setting, key="a", value="1")
        other.execute("ROLLBACK")
        other.close()
        with store.transaction("Try again") as tx:
            tx.insert(Setting, key="a", value="1")

    @pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
    )
    def test_a_folder_that_cannot_be_written_is_told(self, tmp_path):
        folder = tmp_path / "closed"
        folder.mkdir(mode=0o500)
        with pytest.raises(Unavailable, match="cannot be opened"):
            Store.open(folder, KEY)
        shutil.rmtree(folder)
