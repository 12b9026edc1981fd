"""Is no content lost or wrong in any story, and does the simulator notice when one would be?"""

from __future__ import annotations

import pytest

from tests.simulator.blob_world import play

SEEDS = range(24)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_and_nothing_wrong_is_present(seed):
    world = play(seed)
    assert world.requests < 60 * (len(world.papers) + 5)


def test_the_same_seed_tells_the_same_story():
    assert play(3).trace.digest == play(3).trace.digest
    assert play(3).trace.digest != play(4).trace.digest


def caught(seeds=range(40)):
    """Return whether any of these stories breaks a promise."""
    for seed in seeds:
        try:
            play(seed)
        except AssertionError:
            return True
    return False


def says_it_is_there(*_):
    """Steps that ask nobody."""
    return True
    yield


class TestMutants:
    def test_room_made_without_asking_the_hub(self, monkeypatch):
        room = "loyaldesk.sync.contents.room"
        monkeypatch.setattr(f"{room}.is_at_hub", says_it_is_there)
        monkeypatch.setattr(
            f"{room}._FREE",
            "SELECT f.sha256, f.size FROM stored_file AS f WHERE :since <> ''",
        )
        assert caught()

    def test_a_hub_that_does_not_hash_the_whole(self, monkeypatch):
        def unproven(self, upload, parts):
            from loyaldesk.hub.contents.engine import part_name

            for number in range(1, len(parts) + 1):
                yield from self._files.read(part_name(upload.id, number, parts[number]), 0, 999)

        monkeypatch.setattr("loyaldesk.hub.contents.engine.BlobHub._proven", unproven)
        assert caught()

    def test_a_sweep_that_does_not_look_who_names_a_content(self, monkeypatch):
        monkeypatch.setattr("loyaldesk.hub.contents.sweep.is_named", lambda *_, **__: False)
        assert caught()

    def test_a_desk_that_believes_it_is_done_when_it_has_begun(self, monkeypatch):
        from loyaldesk.sync.contents import upload as blob_upload
        from loyaldesk.sync.contents.book import note_present

        def done_at_once(desk, travel, *_):
            note_present(desk, travel.sha256, travel.size)

        monkeypatch.setattr(blob_upload, "note_parts", done_at_once)
        assert caught()

    def test_a_disk_that_takes_whatever_comes(self, monkeypatch):
        from tests.support.blob_desk import MemoryFiles

        add = MemoryFiles.add
        monkeypatch.setattr(
            MemoryFiles, "add", lambda self, source, *, expected=None: add(self, source)
        )
        assert caught()
