"""Can a content be read in spans, come in pieces, and leave, without one wrong byte?"""

from __future__ import annotations

import hashlib
import os
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loyaldesk.documents.arriving import joined
from loyaldesk.documents.sealing import FRAME_BYTES
from loyaldesk.errors import Unavailable

CONTENT = hashlib.sha256(b"x").digest() * (2 * FRAME_BYTES // 32) + b"the end"
SHA256 = hashlib.sha256(CONTENT).digest()


@pytest.fixture
def stored(files):
    files.add(BytesIO(CONTENT))
    return files


def sealed_path(files, sha256=SHA256):
    return files.sealed(sha256).path


class TestSpans:
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(start=st.integers(0, len(CONTENT)), length=st.integers(0, len(CONTENT)))
    @example(start=0, length=len(CONTENT))
    @example(start=FRAME_BYTES, length=FRAME_BYTES)
    @example(start=FRAME_BYTES - 1, length=2)
    def test_any_span_comes_back_equal(self, stored, start, length):
        stop = min(start + length, len(CONTENT))
        assert stored.span(SHA256, start, stop) == CONTENT[start:stop]

    def test_a_span_behind_the_end_is_refused(self, stored):
        with pytest.raises(Unavailable):
            stored.span(SHA256, len(CONTENT) - 1, len(CONTENT) + 1)

    @pytest.mark.parametrize("cut", [1, FRAME_BYTES + 17])
    def test_a_span_of_a_file_that_was_cut_is_refused(self, stored, cut):
        path = sealed_path(stored)
        os.truncate(path, path.stat().st_size - cut)
        with pytest.raises(Unavailable):
            stored.span(SHA256, 0, len(CONTENT))

    def test_a_changed_byte_is_found_out_in_its_frame(self, stored):
        path = sealed_path(stored)
        raw = bytearray(path.read_bytes())
        raw[FRAME_BYTES + 500] ^= 1
        path.write_bytes(raw)
        assert stored.span(SHA256, 0, 100) == CONTENT[:100]
        with pytest.raises(Unavailable):
            stored.span(SHA256, FRAME_BYTES, FRAME_BYTES + 10)

    @pytest.mark.parametrize("size", [0, 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES])
    def test_the_size_is_that_of_the_content(self, files, size):
        stored = files.add(BytesIO(CONTENT[:size]))
        assert files.size_of(stored.sha256) == size


class TestPieces:
    def test_pieces_in_any_order_make_the_content(self, files):
        pieces = {3: CONTENT[400_000:], 1: CONTENT[:100], 2: CONTENT[100:400_000]}
        for number, piece in pieces.items():
            files.arriving.keep(SHA256, number, piece)
        assert files.arriving.numbers(SHA256) == [1, 2, 3]
        files.add(joined(files.arriving.chunks(SHA256, 3)), expected=SHA256)
        files.arriving.forget(SHA256)
        assert files.read(SHA256) == CONTENT
        assert files.arriving.numbers(SHA256) == []

    def test_nothing_of_a_piece_stands_on_the_disk(self, files, tmp_path):
        files.arriving.keep(SHA256, 1, b"canary" * 100)
        on_disk = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert len(on_disk) == 1
        assert b"canary" not in on_disk[0].read_bytes()
        assert SHA256.hex() not in on_disk[0].name

    @pytest.mark.parametrize(
        "spoil", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")]
    )
    def test_a_piece_that_is_missing_or_damaged_is_found_out(self, files, tmp_path, spoil):
        files.arriving.keep(SHA256, 1, CONTENT)
        spoil(next(path for path in tmp_path.rglob("*-1")))
        with pytest.raises(Unavailable):
            b"".join(files.arriving.chunks(SHA256, 1))

    def test_old_pieces_are_swept(self, files, tmp_path):
        files.arriving.keep(SHA256, 1, CONTENT)
        moment = next(path for path in tmp_path.rglob("*-1")).stat().st_mtime
        assert files.arriving.sweep(before=moment - 1) == files.sweep() == 0
        assert files.arriving.sweep(before=moment + 1) == 1


class TestLeaving:
    def test_what_is_not_what_was_asked_for_is_not_stored(self, files, tmp_path):
        with pytest.raises(Unavailable, match="not what was asked for"):
            files.add(BytesIO(b"other"), expected=SHA256)
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []

    def test_a_removed_content_is_gone_and_can_come_again(self, stored):
        assert (stored.remove(SHA256), stored.has(SHA256)) == (True, False)
        assert (stored.remove(SHA256), stored.size_of(SHA256)) == (False, None)
        assert stored.used_at(SHA256) is None
        stored.add(BytesIO(CONTENT), expected=SHA256)
        assert stored.read(SHA256) == CONTENT

    def test_a_use_is_remembered_and_carrying_is_none(self, stored):
        path = sealed_path(stored)
        os.utime(path, (1000, 1000))
        stored.span(SHA256, 0, 10)
        assert stored.used_at(SHA256) == 1000
        stored.read(SHA256)
        assert stored.used_at(SHA256) > 1000
