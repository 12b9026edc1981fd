"""Does the window tell of the hub calmly and once, and lead to what has to be decided?"""

import pytest

from loyaldesk.models import EditConflict
from loyaldesk.sync.engine.putting_aside import put_aside
from loyaldesk.sync.state import Phase, SyncState
from loyaldesk.ui.sync.conflict_pane import ConflictPane
from loyaldesk.ui.sync.log_dialog import LogDialog
from loyaldesk.ui.sync.page import SyncPage
from tests.support.desks import NOW
from tests.support.teamwork import make_conflict, make_refused, uid_of

PAUSE_MS = 1_000


@pytest.fixture
def tell(desk):
    def telling(phase=Phase.IN_STEP, **changes):
        state = SyncState(phase=phase, hub="https://hub.example", user="ana", **changes)
        desk.news.tell_sync(state)

    return telling


@pytest.fixture
def section(window):
    """Return what shows the entry of a section as it is read out."""
    return lambda key: next(item.spoken for item in window.nav.entries if item.key == key)


def banner(window):
    return "" if window.banners.banner is None else window.banners.banner.text


def test_a_window_without_a_hub_says_that_all_is_here(window):
    window.status.show_open()
    assert not window.status.pill.isVisible()
    assert window.status.kept_words == "On this computer"
    assert not window.commands.commands["sync_now"].isEnabled()
    assert window.commands.commands["connect"].isEnabled()


def test_with_a_hub_the_pill_speaks_and_an_exchange_can_be_asked_for(window, tell, desk):
    window.status.show_open()
    tell(last_success_at=NOW)
    assert window.status.pill.isVisible()
    assert window.status.pill.words.startswith("Up to date")
    wished = []
    desk.ways.sync_wanted.connect(lambda: wished.append("sync"))
    window.commands.commands["sync_now"].trigger()
    assert wished == ["sync"]
    assert not window.commands.commands["connect"].isEnabled()


def test_offline_is_normal_and_no_banner(window, tell):
    tell()
    tell(Phase.OFFLINE, problem="The hub did not answer. Nothing is lost.")
    assert banner(window) == ""


def test_signed_out_is_told_with_the_way_back(window, tell, desk):
    tell(Phase.SIGNED_OUT)
    assert banner(window).startswith("hub.example wants you to sign in again.")
    # Whoever is signed out may connect again, with the same hub.
    assert window.commands.commands["connect"].isEnabled()


@pytest.mark.parametrize("phase", [Phase.REVOKED, Phase.TROUBLE])
def test_what_ended_is_told_in_its_own_sentence(window, tell, phase):
    tell(phase, problem="Your access was ended by Claire. Nothing you typed is lost.")
    assert banner(window).startswith("Your access was ended by Claire.")
    window.banners.clear()
    tell(phase, problem="Your access was ended by Claire. Nothing you typed is lost.", waiting=1)
    assert banner(window) == ""


def test_access_that_ended_without_a_word_is_told_all_the_same(window, tell):
    tell(Phase.REVOKED)
    assert "ended this computer’s access" in banner(window)


def test_a_copy_that_was_made_anew_is_told(window):
    window.sync_parts.tell_rebuilt("The file was damaged and was made anew. 3 edits were saved.")
    assert "made anew" in banner(window)
    window.banners.banner.action_chosen.emit(0)
    assert isinstance(window.guide.page, SyncPage)


def test_a_conflict_on_a_record_leads_to_the_page(window, tell, desk, store):
    tell()
    record = ("customer", uid_of(store, "customer", 2))
    make_conflict(store, ("customer", uid_of(store, "customer", 1)), "phone", ("", "1", "2"))
    make_conflict(store, record, "phone", ("", "1", "2"))
    desk.ways.conflicts_wanted.emit(*record)
    page = window.guide.page
    assert isinstance(page, SyncPage)
    assert isinstance(page.panes.pane, ConflictPane)
    assert page.panes.pane.found.record.uid == record[1]


def test_the_section_counts_what_needs_somebody(window, tell, store, section, qtbot):
    window.sections.begin_counting()
    record = ("customer", uid_of(store, "customer", 1))
    make_conflict(store, record, "phone", ("", "1", "2"))
    qtbot.waitUntil(lambda: section("sync") == "Sync, 1", timeout=PAUSE_MS * 3)
    uuid = make_refused(store, record, changes={"phone": ["1", "2"]})
    tell(attention=1)
    qtbot.waitUntil(lambda: section("sync") == "Sync, 2", timeout=PAUSE_MS * 3)
    put_aside(store, uuids=[uuid])
    qtbot.waitUntil(lambda: section("sync") == "Sync, 1", timeout=PAUSE_MS * 3)
    with store.transaction("Decide") as tx:
        tx.update(EditConflict, 1, status="resolved")
    qtbot.waitUntil(lambda: section("sync") == "Sync", timeout=PAUSE_MS * 3)


def test_the_log_opens_over_the_window(window, tell, desk):
    tell()
    desk.ways.sync_log_wanted.emit()
    [dialog] = window.frame.findChildren(LogDialog)
    assert "in-step" in dialog.log.toPlainText()
    dialog.reject()


def test_f5_on_the_page_asks_for_an_exchange(window, tell, desk):
    tell()
    window.guide.go_to_section("sync")
    wished = []
    desk.ways.sync_wanted.connect(lambda: wished.append("sync"))
    window.commands.commands["refresh"].trigger()
    assert wished == ["sync"]


def test_the_first_start_has_a_door_to_the_hub(open_window, desk):
    window = open_window(is_first_run=True)
    doors = window.pages.currentWidget()
    wished = []
    desk.ways.connect_wanted.disconnect()
    desk.ways.connect_wanted.connect(lambda: wished.append("connect"))
    doors.hub.button.click()
    assert wished == ["connect"]
    desk.news.hub_changed.emit()
    assert window.guide.place.section == "customers"
    # A second word of the hub finds the usual pages there.
    desk.news.hub_changed.emit()
    assert window.guide.place.section == "customers"
