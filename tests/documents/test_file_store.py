"""Is a content stored once, encrypted, whole, and found out when it was tampered with?"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loyaldesk.documents.file_store import FileStore
from loyaldesk.documents.sealing import FRAME_BYTES
from loyaldesk.errors import Refused, Unavailable
from tests.documents.conftest import KEY, make_pdf

HELLO = b"the quick brown canary"


def stored_paths(tmp_path):
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def add(files, content):
    return files.add(BytesIO(content))


class TestAdd:
    def test_a_content_is_known_by_its_hash_size_and_kind(self, files):
        content = make_pdf("x")
        stored = add(files, content)
        assert (stored.sha256, stored.size, stored.mime, stored.is_new) == (
            hashlib.sha256(content).digest(), len(content), "application/pdf", True,
        )  # fmt: skip

    def test_the_same_content_again_is_stored_once(self, files, tmp_path):
        first, again = add(files, HELLO), add(files, HELLO)
        assert (again.sha256, again.is_new) == (first.sha256, False)
        assert len(stored_paths(tmp_path)) == 1

    def test_a_path_is_read_and_left_where_it_is(self, files, tmp_path):
        path = tmp_path / "order.txt"
        path.write_bytes(HELLO)
        assert files.read(files.add(path).sha256) == path.read_bytes() == HELLO

    @settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(size=st.integers(0, 3 * FRAME_BYTES))
    @example(size=0)
    @example(size=FRAME_BYTES - 1)
    @example(size=FRAME_BYTES)
    @example(size=FRAME_BYTES + 1)
    @example(size=2 * FRAME_BYTES)
    def test_content_of_any_size_comes_back_equal(self, files, size):
        content = hashlib.sha256(str(size).encode()).digest() * (size // 32 + 1)
        assert files.read(add(files, content[:size]).sha256) == content[:size]

    def test_neither_content_nor_hash_stands_on_the_disk(self, files, tmp_path):
        stored = add(files, HELLO)
        (path,) = stored_paths(tmp_path)
        assert b"canary" not in path.read_bytes()
        assert stored.sha256.hex() not in str(path)

    def test_equal_frames_look_different_on_the_disk(self, files, tmp_path):
        add(files, b"x" * (3 * FRAME_BYTES))
        content, frame = stored_paths(tmp_path)[0].read_bytes(), FRAME_BYTES + 16
        frames = {content[start : start + frame] for start in range(36, len(content), frame)}
        assert len(frames) == 3

    def test_another_key_gives_another_name(self, files, tmp_path):
        stored = add(files, HELLO)
        assert not FileStore(tmp_path / "files", b"x" * 32).has(stored.sha256)

    def test_a_content_over_the_limit_is_refused_and_nothing_stays(self, files, tmp_path):
        with pytest.raises(Refused, match="larger than the 1 MB"):
            files.add(BytesIO(b"x" * 1_000_001), size_limit=1_000_000)
        assert stored_paths(tmp_path) == []

    def test_a_full_disk_leaves_nothing_and_can_be_tried_again(self, files, tmp_path, monkeypatch):
        def full(_):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Unavailable, match=r"No space left.*Nothing was stored"):
            add(files, HELLO)
        assert stored_paths(tmp_path) == []

    def test_a_damaged_content_is_healed_by_storing_it_again(self, files, tmp_path):
        stored = add(files, HELLO)
        (path,) = stored_paths(tmp_path)
        path.write_bytes(b"rot")
        assert add(files, HELLO).is_new
        assert files.read(stored.sha256) == HELLO

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
    def test_only_this_person_can_read_it(self, files, tmp_path):
        add(files, HELLO)
        (path,) = stored_paths(tmp_path)
        assert {path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077} == {0}

    def test_a_kill_while_storing_leaves_no_half_file(self, files, tmp_path):
        code = (
            "import sys, pathlib\n"
            "from loyaldesk.documents.file_store import FileStore\n"
            "class Slow:\n"
            "    def read(self, size):\n"
            "        if self.__dict__.setdefault('asked', 0) == 2:\n"
            "            print('half way', flush=True); sys.stdin.read()\n"
            "        self.asked += 1\n"
            "        return b'x' * size\n"
            "FileStore(pathlib.Path(sys.argv[1]), b'k' * 32).add(Slow())\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "files")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"half way\n"
            process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            process.wait(20)
        assert [path.parent.name for path in stored_paths(tmp_path)] == ["incoming"]
        assert (files.sweep(), stored_paths(tmp_path)) == (1, [])


class TestDamage:
    @pytest.fixture
    def stored(self, files, tmp_path):
        """A content of three frames, its place and the store."""
        content = os.urandom(2 * FRAME_BYTES + 100)
        sha256 = add(files, content).sha256
        return sha256, stored_paths(tmp_path)[0]

    @pytest.mark.parametrize("place", [0, 10, 40, FRAME_BYTES, -1])
    def test_one_flipped_bit_is_found(self, files, stored, place):
        sha256, path = stored
        content = bytearray(path.read_bytes())
        content[place] ^= 1
        path.write_bytes(content)
        assert "damaged" in (files.check(sha256) or "")

    @pytest.mark.parametrize("length", [0, 3, 36, 36 + FRAME_BYTES + 16, -1])
    def test_a_cut_off_file_is_found(self, files, stored, length):
        sha256, path = stored
        path.write_bytes(path.read_bytes()[:length])
        with pytest.raises(Unavailable, match="missing or damaged"):
            files.read(sha256)

    def test_swapped_frames_are_found(self, files, stored):
        sha256, path = stored
        content, frame = path.read_bytes(), FRAME_BYTES + 16
        first, second = content[36 : 36 + frame], content[36 + frame : 36 + 2 * frame]
        path.write_bytes(content[:36] + second + first + content[36 + 2 * frame :])
        assert files.check(sha256)

    def test_another_content_in_its_place_is_found(self, files, stored, tmp_path):
        sha256, path = stored
        add(files, HELLO)
        (other,) = set(stored_paths(tmp_path)) - {path}
        path.write_bytes(other.read_bytes())
        assert files.check(sha256)

    def test_a_missing_file_is_found(self, files, stored):
        sha256, path = stored
        path.unlink()
        assert files.check(sha256)
        assert not files.has(sha256)

    def test_a_sound_file_is_found_sound(self, files, stored):
        assert files.check(stored[0]) is None


class TestSealed:
    def test_its_key_opens_this_file_and_no_other(self, files):
        one, two = add(files, b"one").sha256, add(files, b"two").sha256
        assert files.sealed(one).key != files.sealed(two).key

    def test_its_text_does_not_show_the_key(self, files):
        sealed = files.sealed(add(files, HELLO).sha256)
        assert repr(sealed.key) not in repr(sealed)


class TestExport:
    def test_the_content_is_written(self, files, tmp_path):
        files.export(add(files, HELLO).sha256, tmp_path / "out.txt")
        assert (tmp_path / "out.txt").read_bytes() == HELLO

    def test_an_existing_file_is_kept_unless_it_may_be_replaced(self, files, tmp_path):
        target, sha256 = tmp_path / "out.txt", add(files, HELLO).sha256
        target.write_bytes(b"mine")
        with pytest.raises(Refused, match="exists already"):
            files.export(sha256, target)
        assert target.read_bytes() == b"mine"
        files.export(sha256, target, may_replace=True)
        assert target.read_bytes() == HELLO

    def test_a_damaged_content_leaves_the_old_file_and_no_part(self, files, tmp_path):
        sha256, target = add(files, HELLO).sha256, tmp_path / "out.txt"
        target.write_bytes(b"mine")
        stored_paths(tmp_path)[0].write_bytes(b"rot")
        with pytest.raises(Unavailable):
            files.export(sha256, target, may_replace=True)
        assert target.read_bytes() == b"mine"
        assert {path.name for path in tmp_path.iterdir()} == {"files", "out.txt"}

    def test_a_folder_that_is_gone_is_unavailable(self, files, tmp_path):
        with pytest.raises(Unavailable, match="disk did not do its part"):
            files.export(add(files, HELLO).sha256, tmp_path / "gone" / "out.txt")


def test_importing_the_store_imports_no_cryptography():
    code = (
        "import sys, loyaldesk.documents.file_store, loyaldesk.documents.shapes\n"
        "print([m for m in ('cryptography', 'pypdfium2', 'PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_store_needs_no_more_than_its_folder(tmp_path):
    stored = FileStore(tmp_path / "a" / "b", KEY).add(BytesIO(HELLO))
    assert FileStore(Path(tmp_path / "a" / "b"), KEY).read(stored.sha256) == HELLO
