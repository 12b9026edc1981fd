"""Does the status bar say how it is with the hub, aloud when it matters, and lead to the page?"""

import pytest

from loyaldesk.sync.state import Phase, SyncState
from loyaldesk.ui.sync import pill as pill_module
from loyaldesk.ui.sync.pill import SyncPill


@pytest.fixture
def said(monkeypatch):
    heard = []
    monkeypatch.setattr(pill_module, "announce", lambda _, words: heard.append(words))
    return heard


@pytest.fixture
def pill(desk, keep):
    return keep(SyncPill(desk))


def test_a_desk_without_a_hub_has_no_pill(pill, tell, desk):
    desk.news.tell_sync(SyncState())
    assert not pill.isVisible()
    tell()
    assert pill.isVisible()


def test_it_tells_what_waits_beside_how_it_is(pill, tell):
    tell(phase=Phase.OFFLINE, waiting=3)
    assert pill.words.startswith("Offline since")
    assert pill.words.endswith("3 changes waiting")
    tell(phase=Phase.WAITING, waiting=3)
    assert pill.words == "3 changes waiting"


def test_a_screen_reader_hears_what_lasts_once(pill, tell, said):
    tell()
    tell(phase=Phase.SENDING, waiting=1)
    tell(phase=Phase.OFFLINE, waiting=1)
    tell(phase=Phase.OFFLINE, waiting=2)
    tell(phase=Phase.RECEIVING)
    tell()
    assert [words.partition(" ")[0] for words in said] == ["Offline", "Up"]


def test_a_new_conflict_is_said_aloud(pill, tell, said):
    tell()
    tell(conflicts=1)
    assert said == [pill.words]
    assert said[0].startswith("1 conflict")


def test_pressing_it_leads_to_the_page(pill, tell, desk):
    tell()
    wished: list[str] = []
    desk.ways.section_wanted.connect(wished.append)
    pill.click()
    assert wished == ["sync"]


def test_its_name_says_what_it_is(pill, tell):
    tell()
    assert pill.accessibleName() == f"Sync: {pill.words}"
