"""Is the profile private, open once at a time, and are its small files never half written?"""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
import subprocess
import sys

import pytest

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.settings import (
    PROFILE_VARIABLE,
    PrivateFolder,
    ProfileLock,
    UiState,
    profile_folder,
    write_atomically,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


class TestProfileFolder:
    def test_the_chosen_folder_comes_before_the_environments(self, tmp_path):
        environ = {PROFILE_VARIABLE: str(tmp_path / "other")}
        assert profile_folder(tmp_path / "mine", environ=environ) == tmp_path / "mine"

    def test_the_environments_folder_comes_before_the_systems(self, tmp_path):
        assert profile_folder(environ={PROFILE_VARIABLE: str(tmp_path / "x")}) == tmp_path / "x"

    def test_without_a_choice_the_system_says_where_data_lies(self, tmp_path, monkeypatch):
        monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "share")
        assert profile_folder(environ={}) == tmp_path / "share"

    def test_importing_the_module_imports_no_platformdirs(self):
        code = "import sys, loyaldesk.settings; print('platformdirs' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "False"

    @pytest.mark.parametrize("may_make", [True, False])
    def test_a_path_that_no_disk_takes_is_refused_with_a_sentence(self, tmp_path, may_make):
        with pytest.raises(Unavailable, match="cannot be used"):
            profile_folder(tmp_path / ("a" * 300), environ={}, may_make=may_make)

    @posix_only
    def test_a_new_folder_is_private(self, tmp_path):
        assert mode_of(profile_folder(tmp_path / "a" / "b", environ={})) == 0o700

    @posix_only
    def test_a_folder_of_ours_becomes_private_again(self, tmp_path):
        folder = profile_folder(tmp_path / "mine", environ={})
        with ProfileLock(folder):
            folder.chmod(0o755)
            profile_folder(folder, environ={})
        assert mode_of(folder) == 0o700

    @posix_only
    def test_a_folder_with_other_peoples_files_keeps_its_permissions(self, tmp_path):
        (tmp_path / "thesis.txt").touch()
        tmp_path.chmod(0o755)
        assert mode_of(profile_folder(tmp_path, environ={})) == 0o755

    def test_a_file_is_refused(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(Refused, match="is a file"):
            profile_folder(tmp_path / "file", environ={})

    def test_a_folder_that_cannot_be_made_is_unavailable(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(Unavailable, match="cannot be used"):
            profile_folder(tmp_path / "file" / "below", environ={})


class TestProfileLock:
    def test_a_second_writer_is_told_who_has_the_data(self, tmp_path):
        sentence = rf"already open.*process {os.getpid()}"
        with ProfileLock(tmp_path), pytest.raises(Refused, match=sentence):
            ProfileLock(tmp_path).acquire()

    def test_a_lock_that_was_let_go_can_be_taken_and_was_clean(self, tmp_path):
        with ProfileLock(tmp_path):
            pass
        with ProfileLock(tmp_path) as lock:
            assert not lock.was_unclean

    def test_a_new_profile_was_not_left_unclean(self, tmp_path):
        with ProfileLock(tmp_path) as lock:
            assert not lock.was_unclean

    def test_a_killed_process_leaves_an_unclean_profile_that_opens(self, tmp_path):
        code = (
            "import sys, pathlib, loyaldesk.settings as s\n"
            "s.ProfileLock(pathlib.Path(sys.argv[1])).acquire(); print('held', flush=True)\n"
            "sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            with pytest.raises(Refused, match=f"process {process.pid}"):
                ProfileLock(tmp_path).acquire()
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait(20)
        with ProfileLock(tmp_path) as lock:
            assert lock.was_unclean

    def test_a_disk_that_cannot_lock_is_not_taken_for_another_process(self, tmp_path, monkeypatch):
        def no_locks(_):
            raise OSError(errno.ENOLCK, "No locks available")

        monkeypatch.setattr("loyaldesk.settings._take", no_locks)
        with pytest.raises(Unavailable, match="No locks available"):
            ProfileLock(tmp_path).acquire()

    def test_a_profile_that_is_gone_is_unavailable(self, tmp_path):
        with pytest.raises(Unavailable, match="disk did not do its part"):
            ProfileLock(tmp_path / "gone").acquire()

    def test_letting_go_twice_is_harmless(self, tmp_path):
        lock = ProfileLock(tmp_path)
        lock.acquire()
        lock.release()
        lock.release()
        assert (tmp_path / "profile.lock").read_text() == "closed"


class TestWriteAtomically:
    def test_a_crash_before_the_rename_keeps_the_old_file_and_no_other(self, tmp_path, monkeypatch):
        path = tmp_path / "state.json"
        write_atomically(path, b"old")

        def power_cut(_):
            raise OSError("power cut")

        monkeypatch.setattr("os.fsync", power_cut)
        with pytest.raises(OSError, match="power cut"):
            write_atomically(path, b"new")
        assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("state.json", b"old")]

    def test_the_name_is_on_the_disk_before_it_returns(self, tmp_path, monkeypatch):
        synced: list[object] = []
        monkeypatch.setattr("loyaldesk.settings.sync_folder", synced.append)
        write_atomically(tmp_path / "x", b"")
        assert synced == [tmp_path]

    @posix_only
    def test_the_file_is_private(self, tmp_path):
        write_atomically(tmp_path / "x", b"")
        assert mode_of(tmp_path / "x") == 0o600


class TestUiState:
    def test_what_was_put_and_saved_is_there_next_time(self, tmp_path):
        state = UiState(tmp_path / "ui.json")
        state.put("window", {"rect": [10, 20, 800, 600], "maximised": False})
        state.save()
        again = UiState(tmp_path / "ui.json")
        assert again.get("window") == {"rect": [10, 20, 800, 600], "maximised": False}

    def test_nothing_is_written_when_nothing_changed(self, tmp_path):
        UiState(tmp_path / "ui.json").save()
        assert list(tmp_path.iterdir()) == []

    def test_a_failed_save_is_told_and_tried_again(self, tmp_path):
        state = UiState(tmp_path / "later" / "ui.json")
        state.put("theme", "dark")
        with pytest.raises(Unavailable, match="disk did not do its part"):
            state.save()
        (tmp_path / "later").mkdir()
        state.save()
        assert UiState(tmp_path / "later" / "ui.json").get("theme") == "dark"

    def test_an_unknown_name_gives_the_default(self, tmp_path):
        assert UiState(tmp_path / "ui.json").get("theme", "system") == "system"

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[1]", b"\xff\xfe", b'"text"', b"[" * 100_000, b"\x00" * 50]
    )
    def test_a_damaged_file_costs_the_looks_and_is_set_aside(self, tmp_path, content):
        path = tmp_path / "ui.json"
        path.write_bytes(content)
        state = UiState(path)
        state.put("theme", "dark")
        state.save()
        assert json.loads(path.read_text()) == {"theme": "dark"}
        assert (tmp_path / "ui.json.damaged").read_bytes() == content


class TestPrivateFolder:
    def test_it_is_gone_at_the_end(self, tmp_path):
        with PrivateFolder(tmp_path) as folder:
            (folder / "preview.pdf").write_bytes(b"%PDF")
        assert list(tmp_path.iterdir()) == []

    def test_what_a_crash_left_is_gone_at_the_next_start(self, tmp_path):
        left = PrivateFolder(tmp_path).__enter__() / "print.pdf"
        left.write_bytes(b"%PDF")
        with PrivateFolder(tmp_path):
            assert not left.exists()

    def test_a_profile_that_cannot_hold_it_is_unavailable(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(Unavailable):
            PrivateFolder(tmp_path / "file").__enter__()

    @posix_only
    def test_nobody_else_can_look_in(self, tmp_path):
        with PrivateFolder(tmp_path) as folder:
            assert (mode_of(folder), mode_of(folder.parent)) == (0o700, 0o700)
