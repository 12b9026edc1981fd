"""Where does a command refuse to write?"""

from __future__ import annotations

import os
import sys

import pytest

from loyaldesk.cli.outputs import checked_output
from loyaldesk.errors import Refused


@pytest.fixture
def profile(tmp_path):
    folder = tmp_path / "profile"
    folder.mkdir()
    return folder


def test_an_ordinary_file_may_be_replaced(tmp_path, profile):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"old")
    assert checked_output(path, profile=profile) == path


def test_the_data_folder_is_no_place_to_write(profile):
    with pytest.raises(Refused, match="lies in the data folder"):
        checked_output(profile / "loyaldesk.db", profile=profile)


def test_what_is_read_is_not_written(tmp_path, profile):
    source = tmp_path / "source.csv"
    source.write_text("a")
    with pytest.raises(Refused, match="what is being read"):
        checked_output(tmp_path / "." / "source.csv", profile=profile, besides=[source])


def test_a_folder_that_is_missing_is_told(tmp_path, profile):
    with pytest.raises(Refused, match="There is no folder"):
        checked_output(tmp_path / "no" / "letter.pdf", profile=profile)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no device files.")
def test_a_device_is_no_ordinary_file(profile):
    with pytest.raises(Refused, match="no ordinary file"):
        checked_output(type(profile)(os.devnull), profile=profile)
