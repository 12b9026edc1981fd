"""Is a dropped file taken in whole, and everything else refused with a reason?"""

from __future__ import annotations

import os
import sys

import pytest

from loyaldesk.documents.capture import capture_file
from loyaldesk.errors import Refused, Unavailable

not_on_windows = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


@pytest.fixture
def order(tmp_path):
    path = tmp_path / "Bestellung 4711 .pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def test_a_file_is_stored_under_its_clean_name(files, order):
    captured = capture_file(order, files=files)
    assert (captured.name, files.read(captured.content.sha256)) == (
        "Bestellung 4711 .pdf", b"%PDF-1.7",
    )  # fmt: skip


def test_the_original_stays(files, order):
    capture_file(order, files=files)
    assert order.read_bytes() == b"%PDF-1.7"


def test_a_file_that_is_there_already_is_reported(files, order):
    capture_file(order, files=files)
    assert not capture_file(order, files=files).content.is_new


def test_an_empty_file_is_refused(files, tmp_path):
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(Refused, match="is empty"):
        capture_file(tmp_path / "empty.pdf", files=files)


def test_a_file_over_the_limit_is_refused_before_it_is_read(files, tmp_path):
    with (tmp_path / "huge.bin").open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(Refused, match="10,000 MB; at most 200 MB"):
        capture_file(tmp_path / "huge.bin", files=files)


def test_a_folder_is_refused(files, tmp_path):
    with pytest.raises((Refused, Unavailable), match="Nothing was stored"):
        capture_file(tmp_path, files=files)


def test_a_missing_file_is_unavailable(files, tmp_path):
    with pytest.raises(Unavailable, match="cannot be read"):
        capture_file(tmp_path / "gone.pdf", files=files)


@not_on_windows
@pytest.mark.parametrize("target", ["Bestellung 4711 .pdf", "/etc/passwd", "gone"])
def test_a_link_is_refused(files, order, tmp_path, target):
    (tmp_path / "link.pdf").symlink_to(target)
    with pytest.raises(Refused, match="is a link"):
        capture_file(tmp_path / "link.pdf", files=files)


@not_on_windows
def test_a_link_that_came_after_the_look_is_not_followed(files, order, tmp_path, monkeypatch):
    (tmp_path / "link.pdf").symlink_to(order)
    monkeypatch.setattr("pathlib.Path.is_symlink", lambda _: False)
    with pytest.raises(Unavailable, match="cannot be read"):
        capture_file(tmp_path / "link.pdf", files=files)


@not_on_windows
def test_a_pipe_does_not_keep_the_program_waiting(files, tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(Refused, match="is not a file"):
        capture_file(tmp_path / "pipe.pdf", files=files)


def test_a_file_that_grows_meanwhile_is_not_attached(files, order, monkeypatch):
    stored = files.add

    def grow(file, *, size_limit):
        content = stored(file, size_limit=size_limit)
        with order.open("ab") as more:
            more.write(b"more")
        return content

    monkeypatch.setattr(files, "add", grow)
    with pytest.raises(Unavailable, match="still being written"):
        capture_file(order, files=files)
